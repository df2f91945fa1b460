/** Plays a scenario on the real engine: its records, faults and crashes at the times that it names, counted from when the job runs. */
import { decodeFromFunction } from '../../../src/protocol/wire-codec.ts';
import { recordSource } from '../../../src/scenario/record-source.ts';
import type { Scenario, Step } from '../../../src/scenario/scenario.ts';
import type { UserRecord } from '../../../src/runtime/engine-api.ts';
import type { ModuleDefinition } from '../../../src/model/module.ts';
import type { LiveJob } from '../driver/live-job.ts';

/** What a machine can wait for. */
const LONGEST_MILLIS = 120_000;

interface Act {
  readonly at: number;
  /** Whether the engine has to be as far as the simulator was. */
  readonly waits?: true;
  readonly does: (job: LiveJob) => Promise<void> | void;
}

/**
 * @param checkpoints when the simulator completed checkpoints: the engine is asked for them at the same times, since its own clock for
 * them begins at a random phase
 * @param handled how many messages the simulator's functions had handled by a time. What a crash takes back depends on it, so that a checkpoint and
 * a crash wait on a slow machine until the engine is as far
 */
export async function playScenarioLive(
  job: LiveJob,
  module: ModuleDefinition,
  scenario: Scenario,
  options: {
    readonly seed: string;
    readonly startAt: number;
    readonly checkpoints: readonly number[];
    readonly handled: (at: number) => number;
  },
): Promise<void> {
  const acts = [
    ...actsOf(module, scenario, options.seed, options.startAt),
    ...options.checkpoints.map((at): Act => ({ at, waits: true, does: (one) => one.checkpoint() })),
  ].toSorted((a, b) => a.at - b.at);
  const start = Date.now();
  for (const { at, waits, does } of acts) {
    const left = start + at - Date.now();
    if (left > 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, left);
      });
    }
    if (waits === true) {
      const wanted = options.handled(at);
      await job.until(`${wanted} messages to be handled`, () => handledMessages(job) >= wanted);
    }
    await does(job);
  }
  await job.settle();
  await job.checkpoint();
}

function handledMessages(job: LiveJob): number {
  return job.proxy.exchanges.reduce((count, { decoded, status, response }) => {
    const reply = status === 200 && typeof response !== 'string' ? decodeFromFunction(response) : null;
    return reply !== null && reply.ok && reply.value.type === 'result' ? count + decoded.messages.length : count;
  }, 0);
}

function actsOf(module: ModuleDefinition, scenario: Scenario, seed: string, startAt: number): Act[] {
  const acts: Act[] = [];
  let clock = 0;
  for (const step of scenario.steps) {
    clock = Math.max(clock, step.at ?? clock);
    switch (step.type) {
      case 'send':
        for (const sent of step.records) {
          const source = recordSource(sent, { from: clock, seed, startAt });
          while (source.nextAt() !== null) {
            const { at, record } = source.take();
            acts.push({ at, does: (job) => feed(job, module, record) });
          }
        }
        break;
      case 'wait':
        clock = afterWait(step, clock);
        break;
      case 'crash': {
        if (step.what !== 'task') {
          throw new Error('a crash of the process is not played here');
        }
        acts.push({ at: clock, waits: true, does: crash });
        break;
      }
      case 'checkpoint':
        acts.push({ at: clock, waits: true, does: (job) => job.checkpoint() });
        break;
      case 'fault': {
        const { functions: target, ...fault } = step.fault;
        acts.push({ at: clock, does: (job) => job.proxy.fault({ target, ...fault }) });
        break;
      }
      case 'expect':
        break;
      case 'code':
        throw new Error('changes of code are not played here');
    }
  }
  return acts;
}

async function crash(job: LiveJob): Promise<void> {
  const before = job.count('restarted');
  await job.crash();
  await job.until('the job to restart', () => job.count('restarted') > before);
}

function afterWait({ wait }: Extract<Step, { readonly type: 'wait' }>, clock: number): number {
  switch (wait.type) {
    case 'for':
      if (wait.millis > LONGEST_MILLIS) {
        throw new Error(`a wait of ${wait.millis} ms is too long for real time`);
      }
      return clock + wait.millis;
    case 'until':
      return Math.max(clock, wait.at);
    case 'idle':
      // Nothing under way takes longer.
      return clock + 2000;
    case 'next-timer':
      throw new Error('waits for a timer are not played in real time');
  }
}

async function feed(job: LiveJob, module: ModuleDefinition, record: UserRecord): Promise<void> {
  for (const { routes } of module.ingresses) {
    // S86: of two entries for a topic the later one wins.
    for (const target of routes.findLast(({ topic }) => topic === record.topic)?.targets ?? []) {
      if (record.key !== null && record.value !== null) {
        job.outstanding.expect(`${target}/${record.key}`, record.value);
      }
    }
  }
  await job.produce([
    {
      topic: record.topic,
      key: record.key,
      value: record.value,
      headers: Object.fromEntries(record.headers.map(({ name, value }) => [name, value])),
      ...(record.partition === null ? {} : { partition: record.partition }),
    },
  ]);
}
