/** A scenario on the real engine and in the simulator, for comparing what came of it. */
import type { FilePath } from '../../../src/base/ids.ts';
import { filePath } from '../../../src/base/ids.ts';
import { decodeModule } from '../../../src/module-yaml/decode.ts';
import { moduleDefinition } from '../../../src/module-yaml/definition.ts';
import type { TraceEvent } from '../../../src/runtime/trace-event.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import { playText } from '../../support/play-text.ts';
import { LiveJob } from '../driver/live-job.ts';
import type { PartnerClient } from '../driver/partner-client.ts';
import { engineCourse, simulatedCourse } from './course.ts';
import type { Course } from './course.ts';
import { playScenarioLive } from './live-scenario.ts';

export interface PlayedProject {
  /** Unique among the jobs of this run. */
  readonly name: string;
  /** What the simulator plays. */
  readonly files: ReadonlyMap<FilePath, string>;
  readonly scenario: string;
  /** What the engine loads: addresses are replaced, nothing else. */
  readonly module: string;
  /** Flink's own keys, in addition. */
  readonly config?: Readonly<Record<string, string>>;
  /** The port of the function server that answers the engine. */
  readonly functions: number;
}

export async function playBothWays(partner: PartnerClient, project: PlayedProject): Promise<{ engine: Course; simulated: Course }> {
  const parsed = parseScenario(project.scenario, filePath('scenarios/both-ways.yaml'));
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.error));
  }
  const { settings } = parsed.value;
  const played = await playText(project.files, project.scenario);
  if (played.failures.length > 0) {
    throw new Error(played.failures.join('\n'));
  }
  const simulated = simulatedCourse(played.trace, played.engine);
  const begin = played.trace[0]?.at ?? 0;
  const checkpoints = played.trace.flatMap((event) => (event.type === 'checkpoint-completed' ? [event.at - begin] : []));
  const module = moduleDefinition(decodeModule(project.module));
  const topics = [...new Set(module.ingresses.flatMap(({ routes }) => routes.map(({ topic }) => topic)))];
  const egressTopics = played.engine.topics().flatMap(({ topic, role }) => (role === 'egress' ? [{ topic }] : []));
  const job = await LiveJob.start(partner, {
    name: project.name,
    module: project.module,
    // The engine is asked for the simulator's checkpoints: its own clock for them begins at a random phase.
    config: { ...project.config, 'execution.checkpointing.interval': '1h' },
    functions: project.functions,
    topics: topics.map((topic) => ({ topic })),
    egressTopics,
    ownTopics: true,
  });
  try {
    await playScenarioLive(job, module, parsed.value, {
      seed: settings.seed ?? 'statefun',
      startAt: settings.startAt ?? 0,
      checkpoints,
      handled: (at) => handledBy(played.trace, begin + at),
    });
    const count = (records: Readonly<Record<string, readonly string[]>>): number => Object.values(records).flat().length;
    await job.until('the egress records', () => job.records.length >= count(simulated.committed) + count(simulated.uncommitted));
    return { engine: engineCourse(job.proxy.exchanges, job.records), simulated };
  } finally {
    await job.stop();
  }
}

/** How many messages calls had handled that were completed by then. */
function handledBy(trace: readonly TraceEvent[], at: number): number {
  const batches = new Map(trace.flatMap((event) => (event.type === 'call-started' ? [[event.call, event.messages.length]] : [])));
  return trace.reduce(
    (count, event) => (event.type === 'call-completed' && event.at <= at ? count + (batches.get(event.call) ?? 0) : count),
    0,
  );
}
