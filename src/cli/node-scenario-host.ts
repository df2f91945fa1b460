/** What a scenario is played on from Node: a run of the project, on worker threads. */
import type { FilePath } from '../base/ids.ts';
import { ok, err } from '../base/result.ts';
import type { Project } from '../model/project.ts';
import { textFile } from '../model/project.ts';
import type { TraceEvent } from '../runtime/trace-event.ts';
import type { ScenarioHost } from '../scenario/scenario-host.ts';
import { startRun } from './node-run.ts';
import type { NodeProject, NodeRun, NodeRunOptions } from './node-run.ts';
import { problemLine } from './start-problem.ts';

export interface NodeScenarioHost {
  readonly host: ScenarioHost;
  readonly run: NodeRun;
}

/** @param project with the scenario's settings in its configuration */
export function createScenarioHost(project: NodeProject, files: Project['files'], options: NodeRunOptions = {}): NodeScenarioHost {
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
    file: (path) => textFile({ files: current }, path),
    async replaceCode(at, changes) {
      const changed = new Map<FilePath, string | Uint8Array>([...current, ...changes]);
      const replaced = await run.replaceCode(at, changed);
      if (!replaced.ok) {
        return err(replaced.error.map((problem) => problemLine(problem)));
      }
      current = changed;
      return ok(null);
    },
  };
  return { host, run };
}
