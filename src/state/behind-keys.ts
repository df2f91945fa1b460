/**
 * Work that can wait gives way to typing: while keys come, it is done just behind the frame that shows one, when the next key is
 * furthest away. Work that waits together is done together.
 */

/** Real ms without a key after which nobody types any more: a slow typist's pause between two keys. */
const QUIET_MS = 400;
const TELL_MS = 100;

const waiting = new Set<() => void>();
let lastKey = Number.NEGATIVE_INFINITY;
let quiet: ReturnType<typeof setTimeout> | null = null;

export function isTyping(): boolean {
  return performance.now() - lastKey < QUIET_MS;
}

/** Runs it at once when nobody types. Asking again for what waits already changes nothing. */
export function behindKeys(work: () => void): void {
  if (!isTyping()) {
    work();
    return;
  }
  waiting.add(work);
  quiet ??= setTimeout(workOff, QUIET_MS);
}

function workOff(): void {
  if (quiet !== null) {
    clearTimeout(quiet);
    quiet = null;
  }
  const works = [...waiting];
  waiting.clear();
  works.forEach((work) => work());
}

/**
 * `afterFrame` runs what it is given behind the next frame; `onBusy` is told of the first key or step of a drag, and of at most ten a second
 * from then on. Returns the function that stops listening.
 */
export function listenToInput(target: Document, afterFrame: (run: () => void) => void, onBusy: () => void): () => void {
  let framed = false;
  let told = Number.NEGATIVE_INFINITY;
  const tell = (now: number) => {
    if (now - told >= TELL_MS) {
      told = now;
      onBusy();
    }
  };
  const key = (event: KeyboardEvent) => {
    // A command is not typing: what it asks for should come at once.
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    lastKey = performance.now();
    tell(lastKey);
    if (!framed) {
      framed = true;
      afterFrame(() => {
        framed = false;
        workOff();
      });
    }
  };
  const move = (event: PointerEvent) => {
    if (event.buttons !== 0) {
      tell(performance.now());
    }
  };
  target.addEventListener('keydown', key, { capture: true, passive: true });
  target.addEventListener('pointermove', move, { capture: true, passive: true });
  return () => {
    target.removeEventListener('keydown', key, { capture: true });
    target.removeEventListener('pointermove', move, { capture: true });
  };
}
