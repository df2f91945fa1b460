/**
 * The bench's work for as long as the project is open: one draft a function, what became of it, and the runs before. Drafts stay while
 * views change; what was written in them outlives the page.
 *
 * B1 One trial at a time: an answer that comes after a newer trial began, or after Cancel, changes nothing.
 * B2 What a run shows is the input it was made with, also when the draft goes on.
 */
import { create } from 'zustand';
import type { ProjectId, Typename } from '../../base/ids.ts';
import { workerClient } from '../../state/client.ts';
import { useDocument } from '../../state/document-controller.ts';
import { activeLogpoints, noteLogpointProblems, useLogpoints } from '../../state/logpoints-store.ts';
import { trialLines } from '../../state/printed-lines.ts';
import { smallMemory } from '../../state/small-memory.ts';
import { useTrials } from '../../state/trials-store.ts';
import type { Project } from '../../model/project.ts';
import type { WorkerError } from '../../worker/contract.ts';
import type { Logpoint, TrialInput, TrialResult } from '../../worker/trial-contract.ts';
import { draftOfInput, inputOfDraft } from './bench-draft.ts';
import type { BenchDraft, DraftFaults } from './bench-draft.ts';
import { readDrafts, storedDrafts } from './bench-memory.ts';

export interface BenchRun {
  readonly id: number;
  readonly draft: BenchDraft;
  readonly input: TrialInput;
  readonly result: TrialResult;
  /** The files that it was made with. */
  readonly files: Project['files'];
}

export interface FunctionBench {
  readonly draft: BenchDraft;
  /** Someone wrote in it or chose it: it is kept. What the bench begins with is made anew from the code. */
  readonly touched: boolean;
  /** Null while what is shown is only a draft. */
  readonly shown: BenchRun | null;
  /** Newest first. */
  readonly runs: readonly BenchRun[];
  readonly faults: DraftFaults;
  readonly error: string | null;
}

interface BenchSession {
  readonly benches: ReadonlyMap<Typename, FunctionBench>;
  readonly running: { readonly ticket: number; readonly typename: Typename; readonly since: number } | null;
  /** Which recorded call is being read; its bench shows it when it is there. */
  readonly loading: { readonly typename: Typename; readonly seq: number } | null;
}

const KEPT_RUNS = 30;
const NO_FAULTS: DraftFaults = new Map();
let lastRun = 0;
let lastTicket = 0;

export const useBenchSession = create<BenchSession>()(() => ({ benches: new Map(), running: null, loading: null }));

export function benchOf(typename: Typename): FunctionBench | null {
  return useBenchSession.getState().benches.get(typename) ?? null;
}

/** `begun`: the bench itself wrote it, nobody else. */
export function setDraft(draft: BenchDraft, begun: 'begun' | null = null): void {
  const before = benchOf(draft.typename);
  // Faults are shown after the first try, and then follow the typing.
  const checked = before !== null && before.faults.size > 0 ? inputOfDraft(draft) : null;
  put(draft.typename, {
    draft,
    touched: begun === null || before?.touched === true,
    shown: before?.shown ?? null,
    runs: before?.runs ?? [],
    faults: checked?.ok === false ? checked.error : NO_FAULTS,
    error: before?.error ?? null,
  });
}

/** Calls the function with the draft of now. */
export async function runTrial(typename: Typename): Promise<void> {
  const bench = benchOf(typename);
  if (bench === null) {
    return;
  }
  const input = inputOfDraft(bench.draft);
  if (!input.ok) {
    put(typename, { ...bench, faults: input.error, error: null });
    return;
  }
  lastTicket += 1;
  const ticket = lastTicket;
  useBenchSession.setState({ running: { ticket, typename, since: performance.now() } });
  put(typename, { ...bench, faults: NO_FAULTS, error: null });
  const { files } = useDocument.getState().project;
  const { logpoints } = useLogpoints.getState();
  const answer = await tryFunction(input.value, activeLogpoints(logpoints));
  if (useBenchSession.getState().running?.ticket !== ticket) {
    return;
  }
  useBenchSession.setState({ running: null });
  const now = benchOf(typename) ?? bench;
  if (!answer.ok) {
    put(typename, { ...now, error: answer.error.message });
    return;
  }
  lastRun += 1;
  const run: BenchRun = { id: lastRun, draft: bench.draft, input: input.value, result: answer.value, files };
  put(typename, { ...now, shown: run, runs: [run, ...now.runs].slice(0, KEPT_RUNS), error: null });
  noteLogpointProblems(logpoints, answer.value.logpointProblems);
  showTrial(run);
  useTrials.getState().print(trialLines(input.value, answer.value));
}

/** What was typed last has to reach the worker first: it tries the code that is saved. */
async function tryFunction(input: TrialInput, logpoints: readonly Logpoint[]) {
  const document = useDocument.getState();
  if (document.save === 'saving') {
    await document.whenSaved();
  }
  return workerClient().ask('try-function', { input, logpoints });
}

export function cancelTrial(): void {
  useBenchSession.setState({ running: null });
  void workerClient().ask('cancel-trial', {});
}

/** Puts an earlier run back, input and result. */
export function restoreRun(typename: Typename, run: BenchRun): void {
  const bench = benchOf(typename);
  if (bench !== null) {
    put(typename, { ...bench, draft: run.draft, shown: run, faults: NO_FAULTS, error: null });
    showTrial(run);
  }
}

/** Its values stand beside the lines from now on. */
function showTrial({ input, result, draft, files }: BenchRun): void {
  const { typename } = input;
  useTrials
    .getState()
    .show({ typename, source: 'trial', chosen: true, seq: draft.seq, input, result, difference: null, files, changedFiles: [] });
}

/** Opens a recorded call: its input as the draft, and what it did as the result. */
export async function loadRecorded(typename: Typename, seq: number): Promise<void> {
  useBenchSession.setState({ loading: { typename, seq } });
  const answer = await workerClient().ask('read-trial-input', { seq });
  const { loading } = useBenchSession.getState();
  if (loading?.typename !== typename || loading.seq !== seq) {
    return;
  }
  useBenchSession.setState({ loading: null });
  const bench = benchOf(typename);
  if (!answer.ok) {
    if (bench !== null) {
      put(typename, { ...bench, error: recordedFailure(answer.error) });
    }
    return;
  }
  const fact = useDocument.getState().facts.functions.find((candidate) => candidate.typename === typename) ?? null;
  put(typename, {
    draft: draftOfInput(answer.value, seq, fact),
    touched: true,
    shown: null,
    runs: bench?.runs ?? [],
    faults: NO_FAULTS,
    error: null,
  });
}

function recordedFailure(error: WorkerError): string {
  return `The recorded call cannot be opened here: ${error.message}`;
}

function put(typename: Typename, bench: FunctionBench): void {
  const benches = new Map(useBenchSession.getState().benches);
  const before = benches.get(typename);
  // Set anew, it is the last one.
  benches.delete(typename);
  useBenchSession.setState({ benches: benches.set(typename, bench) });
  if (bench.touched && bench.draft !== before?.draft) {
    clearTimeout(keeping ?? undefined);
    keeping = setTimeout(keepDrafts, REST);
  }
}

/** Milliseconds of rest after which what was typed is kept. */
const REST = 500;
const memoryKey = (project: ProjectId) => `bench.${project}`;
let keeping: ReturnType<typeof setTimeout> | null = null;

/** Keeps what was written and is not kept yet. */
export function keepDrafts(project: ProjectId | null = useDocument.getState().id): void {
  if (keeping === null) {
    return;
  }
  clearTimeout(keeping);
  keeping = null;
  if (project !== null) {
    // The last one that was put is the last of the map.
    const drafts = [...useBenchSession.getState().benches.values()].flatMap(({ draft, touched }) => (touched ? [draft] : []));
    smallMemory().remember(memoryKey(project), storedDrafts(drafts.toReversed()));
  }
}

function recallBenches(): void {
  const { id } = useDocument.getState();
  const drafts = id === null ? [] : readDrafts(smallMemory().recall(memoryKey(id)));
  const recalled = drafts.map((draft): FunctionBench => ({ draft, touched: true, shown: null, runs: [], faults: NO_FAULTS, error: null }));
  useBenchSession.setState({
    benches: new Map(recalled.toReversed().map((bench) => [bench.draft.typename, bench])),
    running: null,
    loading: null,
  });
}

// This part loads with the bench, when a project is open already.
recallBenches();

// Another project has other functions.
useDocument.subscribe((state, before) => {
  if (state.id !== before.id) {
    keepDrafts(before.id);
    recallBenches();
    useTrials.getState().forget();
  }
});
