/** Plays the text of a scenario on a project, as the command line does, for tests: its whole trace is kept. */
import { filePath } from '../../src/base/ids.ts';
import type { FilePath } from '../../src/base/ids.ts';
import { openProject } from '../../src/cli/node-run.ts';
import { createScenarioRun } from '../../src/worker/play/scenario-run.ts';
import type { Engine } from '../../src/runtime/engine-api.ts';
import type { TraceEvent } from '../../src/runtime/trace-event.ts';
import { createTraceHash } from '../../src/runtime/trace-hash.ts';
import { traceLine } from '../../src/runtime/trace-line.ts';
import { buildSandboxText } from '../../src/sandbox/build/build-sandbox-text.ts';
import { checkScenario } from '../../src/scenario/check-scenario.ts';
import { failureText } from '../../src/scenario/outcome.ts';
import type { ScenarioOutcome } from '../../src/scenario/outcome.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { playScenario } from '../../src/scenario/play-scenario.ts';
import { scenarioConfig } from '../../src/scenario/scenario-config.ts';

export interface PlayedScenario {
  readonly outcome: ScenarioOutcome;
  /** Each failure as it is printed. */
  readonly failures: readonly string[];
  readonly trace: readonly TraceEvent[];
  readonly hash: string;
  readonly engine: Engine;
}

export interface PlayTestOptions {
  readonly keepTrace?: boolean;
  /** Events handled before the trace is taken. */
  readonly slice?: number;
  /** Calls handed to the sandbox at once. */
  readonly batch?: number;
  /** Plays what `checkScenario` warns of all the same. */
  readonly unchecked?: boolean;
}

const PATH = filePath('scenarios/test.yaml');

/** Plays a scenario's text on a project. Throws where the project or the scenario has a problem. */
export async function playText(files: ReadonlyMap<FilePath, string>, text: string, options: PlayTestOptions = {}): Promise<PlayedScenario> {
  const { keepTrace = true, unchecked = false, ...runOptions } = options;
  const parsed = parseScenario(text, PATH);
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.error, null, 1));
  }
  const scenario = parsed.value;
  const opened = await openProject(files, await buildSandboxText());
  if (!opened.ok) {
    throw new Error(JSON.stringify(opened.error));
  }
  const config = scenarioConfig(scenario, opened.value.config);
  const { functions } = opened.value.sandbox.report;
  const problems = checkScenario(scenario, {
    module: config.module,
    settings: config.settings,
    functions,
    standIns: config.standIns,
    files,
  });
  if (problems.length > 0 && !unchecked) {
    opened.value.sandbox.close();
    throw new Error(JSON.stringify(problems, null, 1));
  }
  const trace: TraceEvent[] = [];
  const hash = createTraceHash(null);
  const { host, run } = createScenarioRun({ ...opened.value, config }, files, {
    ...runOptions,
    onTrace(events) {
      for (const event of events) {
        hash.add(traceLine(event));
        if (keepTrace) {
          trace.push(event);
        }
      }
    },
  });
  try {
    const outcome = await playScenario(scenario, host);
    return {
      outcome,
      failures: outcome.failures.map((failure) => failureText(PATH, failure)),
      trace,
      hash: hash.hex(),
      engine: run.engine,
    };
  } finally {
    run.close();
  }
}
