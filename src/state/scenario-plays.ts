/**
 * What became of the project's scenarios on this page, and whether they passed on an earlier one (scenario-memory.ts).
 *
 * One at a time: what is asked for while one is played replaces what still waits behind it.
 */
import { create } from 'zustand';
import type { FilePath } from '../base/ids.ts';
import { err } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { isScenarioFile } from '../model/scenario-files.ts';
import type { Project } from '../model/project.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { decodeStudioFile } from '../model/studio-file-codec.ts';
import { sourceHash } from '../sandbox/compile/source-hash.ts';
import type { RequestType, Requests, WorkerError } from '../worker/contract.ts';
import type { ScenarioComparison, ScenarioProgress, ScenarioVerdict } from '../worker/scenario-contract.ts';
import { workerClient } from './client.ts';
import { useDocument } from './document-controller.ts';
import { askForRemotes } from './remote-consent.ts';
import { useView } from './document-store.ts';

export interface Answered<Answer> {
  readonly answer: Result<Answer, WorkerError>;
  /** What it was played with. */
  readonly files: Project['files'];
  /** Of what decided how it went. It comes with the answer, so that a verdict that is shown can be remembered at once. */
  readonly hash: string;
}

export interface VerdictSummary {
  readonly passed: boolean;
  readonly expectations: number;
  /** What does not hold, the first of it. */
  readonly first: { readonly line: number; readonly message: string } | null;
}

/** Of a scenario that was played on an earlier page. */
export interface RememberedVerdict extends VerdictSummary {
  /** What it was played with; null when that is not what there is now. */
  readonly files: Project['files'] | null;
}

export interface RunningScenario {
  readonly ticket: number;
  readonly path: FilePath;
  readonly type: 'play' | 'compare';
  readonly progress: ScenarioProgress | null;
  /** Those that are played after it. */
  readonly waiting: readonly FilePath[];
  readonly cancelled: boolean;
}

interface ScenarioPlays {
  readonly plays: ReadonlyMap<FilePath, Answered<ScenarioVerdict>>;
  readonly comparisons: ReadonlyMap<FilePath, Answered<ScenarioComparison>>;
  readonly remembered: ReadonlyMap<FilePath, RememberedVerdict>;
  readonly running: RunningScenario | null;
  /** Which one the panel shows. */
  readonly selected: FilePath | null;
}

const NOTHING: ScenarioPlays = { plays: new Map(), comparisons: new Map(), remembered: new Map(), running: null, selected: null };

export const useScenarioPlays = create<ScenarioPlays>()(() => NOTHING);

let lastTicket = 0;

/** Plays them one after the other. */
export async function playScenarios(paths: readonly FilePath[]): Promise<void> {
  const ticket = begin();
  for (const [index, path] of paths.entries()) {
    const answered = await ask(ticket, path, 'play', paths.slice(index + 1), 'play-scenario', { path });
    if (answered === null) {
      return;
    }
    useScenarioPlays.setState(({ plays }) => ({ plays: new Map(plays).set(path, answered) }));
    if (useScenarioPlays.getState().running?.cancelled === true) {
      break;
    }
  }
  over(ticket);
}

export function playAll(): Promise<void> {
  return playScenarios([...useDocument.getState().project.files.keys()].filter(isScenarioFile).toSorted());
}

/** @param functions patterns of those that are answered outside in the second run; null for all that are remote */
export async function compareScenario(path: FilePath, functions: readonly string[] | null): Promise<void> {
  const ticket = begin();
  const answered = await ask(ticket, path, 'compare', [], 'compare-scenario', { path, functions });
  if (answered !== null) {
    useScenarioPlays.setState(({ comparisons }) => ({ comparisons: new Map(comparisons).set(path, answered) }));
    over(ticket);
  }
}

/** Ends the one that is played, which then tells what it had found; those that wait are not begun. */
export function cancelScenarios(): void {
  const { running } = useScenarioPlays.getState();
  if (running !== null) {
    useScenarioPlays.setState({ running: { ...running, waiting: [], cancelled: true } });
    void workerClient().ask('cancel-scenario', {});
  }
}

export function selectScenario(path: FilePath): void {
  useScenarioPlays.setState({ selected: path });
}

/** Opens the panel at a scenario and plays it. */
export function showAndPlay(path: FilePath): void {
  selectScenario(path);
  useView.getState().setDock(true, 'scenarios');
  void playScenarios([path]);
}

/** Whether anything that decides how a scenario goes is another than when it was played. */
export function isOutdated(path: FilePath, then: Project['files'], now: Project['files']): boolean {
  if (then === now) {
    return false;
  }
  const before = new Map(decidingFiles(path, then));
  const after = decidingFiles(path, now);
  return (
    before.size !== after.length ||
    after.some(([file, content]) => before.get(file) !== content) ||
    (then.get(STUDIO_JSON) !== now.get(STUDIO_JSON) && settingsText(then) !== settingsText(now))
  );
}

/** The same for two states of the project between which nothing has changed that decides how the scenario goes. */
export function decidingHash(scenario: FilePath, files: Project['files']): Promise<string> {
  const parts = decidingFiles(scenario, files).map(([path, content]) => ({
    path,
    text: typeof content === 'string' ? content : content.join(' '),
  }));
  return sourceHash([...parts, { path: STUDIO_JSON, text: settingsText(files) }]);
}

/** The files that decide how a scenario goes: itself, and all but other scenarios and studio.json, of which `settingsText` is what counts. */
function decidingFiles(scenario: FilePath, files: Project['files']): readonly (readonly [FilePath, string | Uint8Array])[] {
  return [...files].filter(([file]) => file !== STUDIO_JSON && (file === scenario || !isScenarioFile(file)));
}

/** What of studio.json decides how a run goes; the same for none as for one that sets nothing. */
function settingsText(files: Project['files']): string {
  const { settings, feeds, standIns, remotes } = decodeStudioFile(textFile({ files }, STUDIO_JSON)).studio;
  return JSON.stringify([settings, feeds, standIns, remotes]);
}

function begin(): number {
  lastTicket += 1;
  return lastTicket;
}

function over(ticket: number): void {
  if (useScenarioPlays.getState().running?.ticket === ticket) {
    useScenarioPlays.setState({ running: null });
  }
}

/** Null where something else has been asked for meanwhile, or it was cancelled before it began. */
async function ask<Type extends Extract<RequestType, 'play-scenario' | 'compare-scenario'>>(
  ticket: number,
  path: FilePath,
  type: RunningScenario['type'],
  waiting: readonly FilePath[],
  request: Type,
  params: Requests[Type]['in'],
): Promise<Answered<Requests[Type]['out']> | null> {
  useScenarioPlays.setState({ running: { ticket, path, type, progress: null, waiting, cancelled: false } });
  const stop = workerClient().listen((event) => {
    const { running } = useScenarioPlays.getState();
    if (event.type === 'scenario-progress' && running?.ticket === ticket && event.path === path) {
      useScenarioPlays.setState({ running: { ...running, progress: event } });
    }
  });
  const isWanted = () => lastTicket === ticket && useScenarioPlays.getState().running?.cancelled !== true;
  const answered = await onSaved(path, request, params, isWanted);
  stop();
  if (lastTicket !== ticket) {
    return null;
  }
  if (answered === null) {
    over(ticket);
  }
  return answered;
}

/** The worker plays what is saved, so what is on its way to storage goes first. Null where it is not wanted any more by then. */
async function onSaved<Type extends RequestType>(
  path: FilePath,
  type: Type,
  params: Requests[Type]['in'],
  isWanted: () => boolean,
): Promise<Answered<Requests[Type]['out']> | null> {
  const saved = await useDocument.getState().whenSaved();
  if (!isWanted()) {
    return null;
  }
  const { files } = useDocument.getState().project;
  const hash = decidingHash(path, files);
  if (!saved) {
    const message = 'The last edits are not saved, so a scenario would not see them. Save again first.';
    return { answer: err({ code: 'storage-closed', message }), files, hash: await hash };
  }
  const answer = await workerClient().ask(type, params);
  const again = !answer.ok && answer.error.code === 'unconfirmed-remotes' && (await askForRemotes()) && isWanted();
  return { answer: again ? await workerClient().ask(type, params) : answer, files, hash: await hash };
}

useDocument.subscribe((state, before) => {
  if (state.id !== before.id) {
    lastTicket += 1;
    useScenarioPlays.setState(NOTHING);
  }
});
