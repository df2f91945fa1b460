/** Where the parts of the app are plugged in: the only file of the shell that knows them, one line each. */
import { lazy } from 'react';
import { AddPanel } from '../canvas/AddPanel.tsx';
import { CanvasView } from '../canvas/CanvasView.tsx';
import { OutlinePanel } from '../canvas/OutlinePanel.tsx';
import { ModuleTextPane } from '../code/ModuleTextPane.tsx';
import { exampleById } from '../examples/registry.ts';
export { EXAMPLES } from '../examples/registry.ts';
import { ProblemsPanel, showProblem } from '../panels/ProblemsPanel.tsx';
import { createSandboxFrames } from '../sandbox/page/sandbox-frames.ts';
import type { Typename } from '../base/ids.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { FileTree } from '../worker/contract.ts';

export { AddPanel, CanvasView, ModuleTextPane, OutlinePanel, ProblemsPanel, showProblem };

export const CodeView = lazy(async () => ({ default: (await import('../code/CodeView.tsx')).CodeView }));
export const CodeSide = lazy(async () => ({ default: (await import('../code/CodeSide.tsx')).CodeSide }));
/** Its forms load with the first selection: the canvas shows without them. */
export const InspectorPanel = lazy(async () => ({ default: (await import('../panels/InspectorPanel.tsx')).InspectorPanel }));
export const RunBar = lazy(async () => ({ default: (await import('../panels/run/RunBar.tsx')).RunBar }));
export const FailureBanner = lazy(async () => ({ default: (await import('../panels/run/FailureBanner.tsx')).FailureBanner }));
export const MessagesPanel = lazy(async () => ({ default: (await import('../panels/run/MessagesPanel.tsx')).MessagesPanel }));
export const StatePanel = lazy(async () => ({ default: (await import('../panels/run/StatePanel.tsx')).StatePanel }));
export const TopicsPanel = lazy(async () => ({ default: (await import('../panels/run/TopicsPanel.tsx')).TopicsPanel }));
export const TimersPanel = lazy(async () => ({ default: (await import('../panels/run/TimersPanel.tsx')).TimersPanel }));
export const ScenariosPanel = lazy(async () => ({ default: (await import('../panels/scenarios/ScenariosPanel.tsx')).ScenariosPanel }));
export const BenchPanel = lazy(async () => ({ default: (await import('../panels/bench/BenchPanel.tsx')).BenchPanel }));
export const ConsolePanel = lazy(async () => ({ default: (await import('../panels/run/ConsolePanel.tsx')).ConsolePanel }));
export const MessageInspector = lazy(async () => ({ default: (await import('../panels/run/MessageInspector.tsx')).MessageInspector }));
export const SendRecordDialog = lazy(async () => ({ default: (await import('../panels/run/SendRecordDialog.tsx')).SendRecordDialog }));
export const ExportDialog = lazy(async () => ({ default: (await import('./export/ExportDialog.tsx')).ExportDialog }));
export const SettingsDialog = lazy(async () => ({ default: (await import('../panels/run/SettingsDialog.tsx')).SettingsDialog }));

export function createWorker(): Worker {
  return new Worker(new URL('../worker/entry.ts', import.meta.url), { type: 'module', name: 'statefun-studio' });
}

export function startSandboxFrames(client: WorkerClient): void {
  createSandboxFrames(client);
}

/** The files of an example and the name its project gets; null for an unknown id. */
export async function loadExample(id: string): Promise<{ readonly name: string; readonly files: FileTree } | null> {
  const example = exampleById(id);
  return example === null ? null : { name: example.id, files: await example.load() };
}

/** Alt+Enter in the code view: calls the function of the bench with what is written there. */
export async function runBench(typename: Typename): Promise<void> {
  const part = await import('../panels/bench/bench-session.ts');
  await part.runTrial(typename);
}

/** Ctrl+S: applies the code to the run there is, or checks it. */
export async function applyCode(): Promise<void> {
  const part = await import('../code/apply-code.ts');
  await part.applyCode();
}

/** Ctrl+F9: asks at the line of the cursor what is to be printed there. */
export async function editLogpoint(): Promise<void> {
  const part = await import('../code/logpoint-at-cursor.ts');
  part.editLogpoint();
}

/** Prints what the logpoints say for the newest calls of a run that has happened. */
export async function printLogpoints(typename: Typename): Promise<void> {
  const part = await import('../state/observing-store.ts');
  await part.printNewest(typename);
}

export async function playAllScenarios(): Promise<void> {
  const part = await import('../state/scenario-plays.ts');
  await part.playAll();
}
