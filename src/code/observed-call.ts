/**
 * Which call's values stand beside the lines of the open file: the one that was asked for last (a trial, a selected message), else the
 * last call of the run. A run is asked at a low rate and only for the file that is open; nothing here follows each message.
 */
import type { FilePath, Typename } from '../base/ids.ts';
import { isIn } from '../model/code-facts.ts';
import { workerClient } from '../state/client.ts';
import { isTyping } from '../state/behind-keys.ts';
import { useDocument } from '../state/document-controller.ts';
import { activeLogpoints, useLogpoints } from '../state/logpoints-store.ts';
import { latestProjection, useRun } from '../state/run-store.ts';
import { shownFunction } from '../state/shown-function.ts';
import { useTrials } from '../state/trials-store.ts';
import type { ObservedResult } from '../state/trials-store.ts';

/** Real ms between two looks at a run that goes on. */
const INTERVAL = 1500;

/**
 * The newest result that has something to show in the file; of its own functions if it defines some, and of those the one that the
 * view is about: of a file with several, the lines of the one that is looked at would else stand as not reached.
 */
export function observedIn(shown: ReadonlyMap<Typename, ObservedResult>, path: FilePath): ObservedResult | null {
  const about = pickedIn(path);
  const asked = about === null ? undefined : shown.get(about);
  if (asked !== undefined) {
    return asked;
  }
  const own = useDocument
    .getState()
    .facts.functions.filter((fact) => isIn(fact, path))
    .map((fact) => fact.typename);
  const found = [...shown.values()].findLast(({ typename, result }) =>
    own.length > 0
      ? own.includes(typename)
      : result.coverage.some((file) => file.path === path) || result.marks.some(({ place }) => place.path === path),
  );
  return found ?? null;
}

/** The function that the view is about, where the file has several. */
export function pickedIn(path: FilePath): Typename | null {
  const { fact, picked } = shownFunction();
  return fact !== null && isIn(fact, path) ? picked : null;
}

/** With whether the file's text is another one by now. */
export function shownIn(path: FilePath): (ObservedResult & { readonly stale: boolean }) | null {
  const found = observedIn(useTrials.getState().shown, path);
  if (found === null) {
    return null;
  }
  const kept = staleOf.get(found);
  const stale = found.changedFiles.includes(path) || found.files.get(path) !== useDocument.getState().project.files.get(path);
  if (kept?.stale === stale) {
    return kept;
  }
  const shown = { ...found, stale };
  staleOf.set(found, shown);
  return shown;
}

/** One object for one answer, so that what is drawn is told apart from what is not. */
const staleOf = new WeakMap<ObservedResult, ObservedResult & { readonly stale: boolean }>();

/** Keeps the file's functions observed while the editor is open; gives the function that ends it. */
export function followObserved(path: () => FilePath | null): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let busy = false;
  let stopped = false;
  let events = -1;
  let selected: number | null = null;
  let about: Typename | null = null;

  const look = async () => {
    const file = path();
    const { status, selectedEvent } = useRun.getState();
    // The values of a line that is being written are no help, and would cost the next key its frame.
    if (file === null || status === null || !useTrials.getState().inlineValues || document.hidden || isTyping()) {
      return;
    }
    const own = useDocument
      .getState()
      .facts.functions.filter((fact) => isIn(fact, file))
      .map((fact) => fact.typename);
    if (own.length === 0) {
      return;
    }
    if (selectedEvent !== null && selectedEvent !== selected) {
      selected = selectedEvent;
      if (await observe(selectedEvent, own)) {
        return;
      }
    }
    const now = latestProjection()?.events ?? 0;
    const free = own.filter((typename) => mayFollow(typename));
    const inView = pickedIn(file);
    const isSeen = now === events && inView === about && free.every((typename) => useTrials.getState().shown.has(typename));
    if (free.length === 0 || isSeen) {
      return;
    }
    events = now;
    about = inView;
    const activity = await workerClient().ask('read-function-activity', { typenames: free });
    const calls = activity.ok
      ? activity.value.flatMap(({ typename, lastCall }) => (lastCall === null ? [] : [{ typename, lastCall }]))
      : [];
    const last =
      calls.find(({ typename }) => typename === inView)?.lastCall ?? calls.map(({ lastCall }) => lastCall).toSorted((a, b) => b - a)[0];
    if (last !== undefined && !isShown(last)) {
      await observe(last, own);
    }
  };

  const turn = async () => {
    if (!busy) {
      busy = true;
      await look().catch(() => undefined);
      busy = false;
    }
    if (!stopped) {
      timer = setTimeout(() => void turn(), INTERVAL);
    }
  };
  const soon = () => {
    if (timer !== null) {
      clearTimeout(timer);
    }
    timer = setTimeout(() => void turn(), 50);
  };
  const stops = [
    useRun.subscribe((state, before) => {
      if (state.selectedEvent !== before.selectedEvent || state.status?.run !== before.status?.run) {
        soon();
      }
    }),
    useLogpoints.subscribe((state, before) => {
      if (state.logpoints !== before.logpoints) {
        // What was observed without them is not all of it any more.
        events = -1;
        selected = null;
      }
    }),
  ];
  void turn();
  return () => {
    stopped = true;
    for (const stop of stops) {
      stop();
    }
    if (timer !== null) {
      clearTimeout(timer);
    }
  };
}

/** What the user asked for stays until it is asked for something else. */
function mayFollow(typename: Typename): boolean {
  const shown = useTrials.getState().shown.get(typename);
  return shown === undefined || (shown.source === 'recorded' && !shown.chosen);
}

function isShown(seq: number): boolean {
  return [...useTrials.getState().shown.values()].some((observed) => observed.source === 'recorded' && observed.seq === seq);
}

/** False when the call is of a function of another file, or there is none. */
async function observe(seq: number, own: readonly Typename[]): Promise<boolean> {
  const run = useRun.getState().status?.run;
  const chosen = seq === useRun.getState().selectedEvent;
  const { files } = useDocument.getState().project;
  const logpoints = activeLogpoints(useLogpoints.getState().logpoints);
  const answer = await workerClient().ask('observe-call', { recorded: { seq }, logpoints });
  if (!answer.ok || useRun.getState().status?.run !== run || !own.includes(answer.value.input.typename)) {
    return false;
  }
  const { input, result, difference, changedFiles } = answer.value;
  useTrials.getState().show({ typename: input.typename, source: 'recorded', chosen, seq, input, result, difference, files, changedFiles });
  return true;
}
