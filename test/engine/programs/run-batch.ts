/** Runs many random applications side by side in one job of the real engine: each has its own types, ids and topics. */
import { programBytes } from '../../support/programs/command.ts';
import { EGRESSES, specsOf } from '../../support/programs/application.ts';
import type { Application } from '../../support/programs/application.ts';
import { serveFunctions } from '../../support/programs/function-server.ts';
import { decodeFromFunction } from '../../../src/protocol/wire-codec.ts';
import { moduleText } from '../cases/module-text.ts';
import { LiveJob } from '../driver/live-job.ts';
import type { PartnerClient } from '../driver/partner-client.ts';
import type { Recording } from '../recording.ts';

export interface Batch {
  readonly name: string;
  readonly applications: readonly Application[];
  /** Checkpoints are of the job, crashes too: they hit all applications. */
  readonly crashes: readonly number[];
  readonly config: Readonly<Record<string, string>>;
  /** How long nothing must happen until the batch is over. */
  readonly quietMillis: number;
}

/** A function that nobody else uses: once it was called, the ingress reads all topics. */
const WARM = { type: 'warm/up', topic: 'warm' };

/** The module of all applications: one ingress, two egresses, an endpoint for each function type. */
export function batchModule(applications: readonly Application[]): string {
  const endpoints = applications.flatMap((app) =>
    app.types.map(({ name, transport, maxBatch }) => ({
      functions: `${app.name}/${name}`,
      more: `  maxNumBatchRequests: ${maxBatch}\n  transport:\n    type: io.statefun.transports.v1/${transport}\n`,
    })),
  );
  const topics: Record<string, readonly string[]> = Object.fromEntries(
    applications.flatMap((app) =>
      app.topics.map(({ name, targets }) => [`${app.name}-${name}`, targets.map((target) => `${app.name}/${target}`)]),
    ),
  );
  const [plain, exact] = EGRESSES;
  return moduleText(
    [...endpoints, { functions: WARM.type }],
    [{ id: 'shared/in', topics: { ...topics, [WARM.topic]: [WARM.type] } }],
    [
      { id: plain, delivery: '    type: at-least-once\n' },
      { id: exact, delivery: '    type: exactly-once\n    transactionTimeout: 1min\n' },
    ],
  );
}

/** Delays of programs that are of no interest: nobody waits for them. */
const FAR = 600_000;

/** The recording of each application, in their order. */
export async function runBatch(partner: PartnerClient, batch: Batch): Promise<Recording[]> {
  const { applications } = batch;
  const versions = new Map(applications.map(({ name }) => [name, 0]));
  const byName = new Map(applications.map((app) => [app.name, app]));
  const server = await serveFunctions((type) => {
    const app = byName.get(type.split('/')[0] ?? '');
    return app === undefined ? [] : specsOf(app, versions.get(app.name) ?? 0)(type);
  });
  const job = await LiveJob.start(partner, {
    name: batch.name,
    module: batchModule(applications),
    config: batch.config,
    topics: [{ topic: WARM.topic }, ...applications.flatMap((app) => app.topics.map(({ name }) => ({ topic: `${app.name}-${name}` })))],
    egressTopics: applications.map((app) => ({ topic: `${app.name}-out` })),
    functions: server.port,
  });
  try {
    const warm = programBytes([], batch.name);
    job.outstanding.expect(`${WARM.type}/a`, warm);
    await job.produce([{ topic: WARM.topic, key: 'a', value: warm }]);
    await job.settle();
    const start = Date.now();
    await Promise.all([
      ...applications.flatMap((app) =>
        app.deployments.map(async ({ at, version }) => {
          await moment(start, at);
          versions.set(app.name, version);
        }),
      ),
      feed(job, applications, start),
      ...batch.crashes.map(async (at) => {
        await moment(start, at);
        await job.until('the job to run', () => job.state === 'RUNNING');
        await job.crash();
      }),
    ]);
    await quiet(job, start, batch.quietMillis);
    return applications.map((app) =>
      job.recording(app.name, start, (target) => target.startsWith(`${app.name}/`), new Set([`${app.name}-out`])),
    );
  } finally {
    await job.stop();
    await server.close();
  }
}

async function feed(job: LiveJob, applications: readonly Application[], start: number): Promise<void> {
  const records = applications
    .flatMap((app) => app.records.map((record) => ({ app, ...record })))
    .sort((left, right) => left.at - right.at);
  while (records.length > 0) {
    const at = records[0]?.at ?? 0;
    const due = records.splice(0, records.filter((record) => record.at <= at + 20).length);
    for (const { app, topic, key, n, program } of due) {
      for (const target of app.topics.find(({ name }) => name === topic)?.targets ?? []) {
        job.outstanding.expect(`${app.name}/${target}/${key}`, programBytes(program, n));
      }
    }
    await moment(start, at);
    await job.produce(
      due.map(({ app, topic, key, n, program }) => ({ topic: `${app.name}-${topic}`, key, value: programBytes(program, n) })),
    );
  }
}

/** Until every call is answered and no delayed message that will fire soon can still bring one. */
async function quiet(job: LiveJob, start: number, millis: number): Promise<void> {
  for (;;) {
    await job.until('the job to run', () => job.state === 'RUNNING');
    await settled(job);
    const seen = job.schedule.filter(({ kind }) => kind !== 'snapshot').length;
    const last = Math.max(start, ...job.proxy.exchanges.map(({ answeredAt, at, response }) => (answeredAt ?? at) + longestDelay(response)));
    await moment(Math.max(last, Date.now()), millis);
    await job.until('the job to run', () => job.state === 'RUNNING');
    await settled(job);
    if (job.schedule.filter(({ kind }) => kind !== 'snapshot').length === seen) {
      return;
    }
  }
}

/** A long queue is no fault: gives up only when nothing was seen for as long as the job is patient. */
async function settled(job: LiveJob): Promise<void> {
  for (;;) {
    const before = job.schedule.length;
    try {
      await job.settle();
      return;
    } catch (problem) {
      if (job.schedule.length === before) {
        throw problem;
      }
    }
  }
}

/** Ms until the last delayed message of an answer is due. */
function longestDelay(response: Buffer | 'dropped' | 'none'): number {
  const decoded = typeof response === 'string' ? null : decodeFromFunction(response);
  return decoded?.ok === true && decoded.value.type === 'result'
    ? Math.max(0, ...decoded.value.delayed.map((one) => (one.type === 'send' && one.delayMillis < FAR ? one.delayMillis : 0)))
    : 0;
}

async function moment(start: number, at: number): Promise<void> {
  const left = start + at - Date.now();
  if (left > 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, left);
    });
  }
}
