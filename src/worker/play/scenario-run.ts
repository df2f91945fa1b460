/** What a scenario is played on: a run of a project from its start, wherever its sandboxes are. */
import type { FilePath } from '../../base/ids.ts';
import { ok, err } from '../../base/result.ts';
import type { Project } from '../../model/project.ts';
import { textFile } from '../../model/project.ts';
import type { TraceEvent } from '../../runtime/trace-event.ts';
import type { ScenarioHost } from '../../scenario/scenario-host.ts';
import type { PlayProject } from './play-project.ts';
import { startRun } from './play-run.ts';
import type { PlayRun, PlayRunOptions } from './play-run.ts';
import { startProblemText } from './start-problem.ts';

export interface ScenarioRun {
  readonly host: ScenarioHost;
  readonly run: PlayRun;
}

/** @param project with the scenario's settings in its configuration */
export function createScenarioRun(project: PlayProject, files: Project['files'], options: PlayRunOptions = {}): ScenarioRun {
  const listeners: ((events: readonly TraceEvent[]) => void)[] = [];
  let current = files;
  const run = startRun(project, {
    ...options,
    onTrace(events) {
      for (const listener of listeners) {
        listener(events);
      }
      return options.onTrace?.(events);
    },
  });
  const host: ScenarioHost = {
    config: project.config,
    view: run.engine,
    async advance({ until, stopAt }) {
      const stop = await run.advanceTo(until, stopAt);
      // Whoever owns the run sees why.
      return stop === 'looping' ? 'interrupted' : stop;
    },
    apply: (input) => run.apply(input),
    watch: (listener) => {
      listeners.push(listener);
    },
    call: (request) => run.call(request),
    file: (path) => textFile({ files: current }, path),
    async replaceCode(at, changes) {
      const changed = new Map<FilePath, string | Uint8Array>([...current, ...changes]);
      const replaced = await run.replaceCode(at, changed);
      if (!replaced.ok) {
        return err(replaced.error.map(startProblemText));
      }
      current = changed;
      return ok(null);
    },
  };
  return { host, run };
}
