/** One listener for all calls that share a signal: a run has dozens under way, and each would add its own. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `act` when the signal is given, at once if it was; gives the function that lets go.
 */
export function onGivenUp(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) {
    act();
    return () => undefined;
  }
  let acts = waiting.get(signal);
  if (acts === undefined) {
    const all = new Set<() => void>();
    signal.addEventListener('abort', () => all.forEach((each) => each()), { once: true });
    waiting.set(signal, all);
    acts = all;
  }
  const own = acts;
  own.add(act);
  return () => own.delete(act);
}
