/** What was observed of single calls: the one shown beside the lines of each function, and the lines that trials printed. */
import { create } from 'zustand';
import type { FilePath, Typename, VirtualTime } from '../base/ids.ts';
import type { Project } from '../model/project.ts';
import type { LogLine } from '../protocol/call.ts';
import { useRun } from './run-store.ts';
import type { AddressRef } from '../runtime/trace-event.ts';
import type { TrialInput, TrialResult } from '../worker/trial-contract.ts';

export interface ObservedResult {
  readonly typename: Typename;
  /** `trial`: made in the bench. `recorded`: a call of the run, executed once more. */
  readonly source: 'trial' | 'recorded';
  /** Someone asked for it; else it is the run's last call, and gives way to the next. */
  readonly chosen: boolean;
  /** Of the recorded call that it is, or began as. */
  readonly seq: number | null;
  readonly input: TrialInput;
  readonly result: TrialResult;
  /** Where a recorded call answered otherwise this time; null: the same, or a trial. */
  readonly difference: string | null;
  /** The project's files when the answer came, and those whose text was another one for this call. */
  readonly files: Project['files'];
  readonly changedFiles: readonly FilePath[];
}

export interface PrintedLine {
  readonly id: number;
  readonly at: VirtualTime;
  readonly address: AddressRef;
  /** `studio`: a word about the call itself. */
  readonly kind: 'log' | 'logpoint' | 'error' | 'studio';
  readonly source: ObservedResult['source'];
  readonly seq: number | null;
  readonly line: LogLine;
}

interface Trials {
  /** The newest result of each function; the newest of all is the last one. */
  readonly shown: ReadonlyMap<Typename, ObservedResult>;
  readonly inlineValues: boolean;
  readonly printed: readonly PrintedLine[];
  /** During a run the console shows its lines, or those of trials. */
  readonly consoleSource: 'run' | 'trials';
  show(observed: ObservedResult): void;
  toggleInlineValues(): void;
  print(lines: readonly Omit<PrintedLine, 'id'>[]): void;
  clearPrinted(): void;
  showConsole(source: 'run' | 'trials'): void;
  /** Another project was opened, or another run began. */
  forget(): void;
}

const KEPT_LINES = 2000;
let lastLine = 0;

export const useTrials = create<Trials>()((set) => ({
  shown: new Map(),
  inlineValues: true,
  printed: [],
  consoleSource: 'run',
  show: (observed) =>
    set((state) => {
      const shown = new Map(state.shown);
      // Set anew, it is the last one.
      shown.delete(observed.typename);
      return { shown: shown.set(observed.typename, observed) };
    }),
  toggleInlineValues: () => set((state) => ({ inlineValues: !state.inlineValues })),
  print: (lines) =>
    set((state) => {
      const numbered = lines.map((line): PrintedLine => {
        lastLine += 1;
        return { ...line, id: lastLine };
      });
      return { printed: [...state.printed, ...numbered].slice(-KEPT_LINES) };
    }),
  clearPrinted: () => set({ printed: [] }),
  showConsole: (consoleSource) => set({ consoleSource }),
  forget: () => set({ shown: new Map(), printed: [] }),
}));

/** What was observed of a run that is over names events that are no more. */
useRun.subscribe((state, before) => {
  if (state.status?.run !== before.status?.run) {
    const shown = new Map([...useTrials.getState().shown].filter(([, { source }]) => source === 'trial'));
    useTrials.setState({ shown, consoleSource: 'run' });
  }
});
