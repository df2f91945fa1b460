/** Plays a case on the real engine. */
import { decodeModule } from '../../../src/module-yaml/decode.ts';
import { moduleDefinition } from '../../../src/module-yaml/definition.ts';
import { nameOf } from '../../support/programs/command.ts';
import type { FunctionServer } from '../../support/programs/function-server.ts';
import { PATIENCE_MILLIS } from '../driver/live-job.ts';
import type { LiveJob } from '../driver/live-job.ts';
import type { Recording } from '../recording.ts';
import type { AwaitedEvent, CaseGroup, CaseRecord, EngineCase, FunctionTypes } from './case.ts';
import { isOwn, recordBytes } from './play-simulated.ts';

export async function playLive(job: LiveJob, server: FunctionServer, group: CaseGroup, played: EngineCase): Promise<Recording> {
  // A restart reads records of earlier cases again.
  let types: FunctionTypes = Object.assign({}, ...group.cases.map((one) => one.types), played.types);
  const deploy = (): void => server.deploy((type) => types[type] ?? null);
  deploy();
  const start = Date.now();
  const before = { restarted: job.count('restarted'), failed: job.count('failed') };
  for (const step of played.steps) {
    switch (step.do) {
      case 'produce':
        expectArrivals(job, group, step.records);
        await job.produce(
          step.records.map((record) => ({
            topic: record.topic,
            key: record.key,
            value: recordBytes(record),
            ...(record.partition === undefined ? {} : { partition: record.partition }),
          })),
        );
        break;
      case 'settle':
        await job.settle();
        break;
      case 'hold':
        job.proxy.hold(step.target);
        break;
      case 'release':
        job.proxy.release(step.target);
        break;
      case 'pass':
        await new Promise((resolve) => {
          setTimeout(resolve, step.millis);
        });
        break;
      case 'deploy':
        types = { ...types, ...step.types };
        deploy();
        break;
      case 'fault':
        job.proxy.fault(step.fault);
        break;
      case 'checkpoint':
        await job.checkpoint();
        break;
      case 'begin-checkpoint':
        job.beginCheckpoint();
        break;
      case 'crash':
        await job.crash();
        break;
      case 'process-crash':
        await job.startAnew();
        break;
      case 'until':
        await job.until(
          JSON.stringify(step.event),
          () => happened(job, step.event, start, before),
          Math.max(PATIENCE_MILLIS, 2 * step.simulated),
        );
        break;
    }
  }
  return job.recording(played.name, start, (target) => isOwn(played, target), new Set(played.egressTopics ?? []));
}

function expectArrivals(job: LiveJob, group: CaseGroup, records: readonly CaseRecord[]): void {
  const { ingresses } = moduleDefinition(decodeModule(group.module));
  for (const record of records) {
    const bytes = recordBytes(record);
    if (bytes === null || record.key === null) {
      continue;
    }
    for (const { routes } of ingresses) {
      for (const target of routes.findLast(({ topic }) => topic === record.topic)?.targets ?? []) {
        job.outstanding.expect(`${target}/${record.key}`, bytes);
      }
    }
  }
}

function happened(job: LiveJob, event: AwaitedEvent, start: number, before: { restarted: number; failed: number }): boolean {
  switch (event.type) {
    case 'request':
      return (
        job.proxy.exchanges.filter(
          ({ at, target, decoded }) =>
            at >= start && target === event.target && decoded.messages.some(({ argument }) => nameOf(argument.bytes) === event.n),
        ).length >= (event.times ?? 1)
      );
    case 'taken':
      return (
        job.schedule.filter(
          (entry) =>
            entry.at >= start &&
            entry.kind === 'message' &&
            entry.target === event.target &&
            nameOf(Buffer.from(entry.argument, 'base64')) === event.n,
        ).length >= event.times
      );
    case 'applied':
      return job.schedule.some(
        (entry) => entry.at >= start && entry.kind === 'completion' && entry.target === event.target && entry.outcome === 'success',
      );
    case 'accepted':
      return job.proxy.exchanges.some(
        ({ at, target, decoded }) =>
          at >= start &&
          target === event.target &&
          decoded.states.length > 0 &&
          decoded.messages.some(({ argument }) => nameOf(argument.bytes) === event.n),
      );
    case 'restarted':
      return job.state === 'RUNNING' && job.count('restarted') - before.restarted >= event.times;
    case 'failed':
      return job.count('failed') - before.failed >= event.times;
    case 'ended':
      return job.count('ended') > 0;
    case 'egress': {
      const isolation = event.committed ? 'read_committed' : 'read_uncommitted';
      return job.records.filter((record) => record.topic === event.topic && record.isolation === isolation).length >= event.records;
    }
  }
}
