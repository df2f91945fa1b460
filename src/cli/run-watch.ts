/** What a terminal is told while a run goes on: how far it is, and which functions do not return. */
import type { Engine } from '../runtime/engine-api.ts';
import type { TraceEvent } from '../runtime/trace-event.ts';
import { OverrunWatch } from '../worker/play/call-failures.ts';
import { PROGRAM } from './help.ts';
import { createProgress, runProgress } from './progress.ts';
import { print } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export interface RunWatch {
  note(events: readonly TraceEvent[], engine: Engine): void;
  /** Takes the progress line away. */
  clear(): void;
}

/** @param label what the run is called in front of each line, where there are several */
export function watchRun(terminal: Terminal, startAt: number, label = ''): RunWatch {
  const progress = createProgress(terminal);
  const overruns = new OverrunWatch();
  return {
    note(events, engine) {
      for (const warning of overruns.warnings(events)) {
        progress.clear();
        print(terminal.stderr, `${PROGRAM}: ${label}${warning}`);
      }
      progress.show((realMillis) => {
        const { messages, now } = engine.metrics();
        return `${label}${runProgress(messages, now - startAt, realMillis)}`;
      });
    },
    clear: () => progress.clear(),
  };
}
