/**
 * One StateFun job on the engine, from its start to its stop, and everything that is seen of it. Waiting is by events: a condition is looked
 * at again whenever something was seen.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeFromFunction } from '../../../src/protocol/wire-codec.ts';
import type { AddressText, EgressEntry, JobEntry, Recording, ScheduleEntry } from '../recording.ts';
import type { ControlEvent } from './control-client.ts';
import type { FedRecord, PartnerClient, ReadRecord, TopicSpec } from './partner-client.ts';
import { exchangeOf, recordExchanges } from './recording-proxy.ts';
import type { RecordingProxy, SeenExchange } from './recording-proxy.ts';
import { Outstanding } from './outstanding.ts';

export const PATIENCE_MILLIS = 30_000;

export interface JobPlan {
  /** Unique among the jobs of this run. */
  readonly name: string;
  /** module.yaml, where `kafka:9092` stands for the broker and `http://functions`, with a port or without, for the function server. */
  readonly module: string;
  /** Flink's and StateFun's own keys. */
  readonly config: Readonly<Record<string, string>>;
  readonly topics: readonly TopicSpec[];
  readonly egressTopics: readonly TopicSpec[];
  /** Whether the topics go with the job: others may have topics of these names. */
  readonly ownTopics?: boolean;
  /** Port of the function server. */
  readonly functions: number;
}

/** A job event as it is kept while the job runs, times absolute. */
export type SeenJobEvent = JobEntry;

export class LiveJob {
  readonly proxy: RecordingProxy;
  readonly schedule: ScheduleEntry[] = [];
  readonly records: ReadRecord[] = [];
  readonly events: SeenJobEvent[] = [];
  readonly outstanding = new Outstanding();
  state = 'CREATED';
  private readonly partner: PartnerClient;
  private readonly plan: JobPlan;
  private readonly waiting = new Set<() => void>();
  private readonly stopListening: (() => void)[];
  private activity = 0;

  private constructor(partner: PartnerClient, plan: JobPlan, proxy: RecordingProxy) {
    this.partner = partner;
    this.plan = plan;
    this.proxy = proxy;
    const egress = new Set(plan.egressTopics.map(({ topic }) => topic));
    this.stopListening = [
      partner.engine.listen((event) => {
        if (event['job'] === plan.name) {
          this.saw(event);
        }
      }),
      partner.onRecord((record) => {
        if (egress.has(record.topic)) {
          this.records.push(record);
          this.changed();
        }
      }),
    ];
    proxy.onChange((answered) => {
      if (answered !== null && Number(plan.config['parallelism.default'] ?? 1) > 1) {
        this.expectSent(answered);
      }
      this.changed();
    });
  }

  /** Returns when every task runs. */
  static async start(partner: PartnerClient, plan: JobPlan): Promise<LiveJob> {
    const job = await LiveJob.submit(partner, plan);
    await job.until('all tasks to run', () => job.state === 'RUNNING');
    return job;
  }

  /** Returns when the engine has taken the job; it may yet fail. */
  static async submit(partner: PartnerClient, plan: JobPlan): Promise<LiveJob> {
    await partner.createTopics([...plan.topics, ...plan.egressTopics]);
    await partner.follow(plan.egressTopics);
    const proxy = await recordExchanges(plan.functions);
    const job = new LiveJob(partner, plan, proxy);
    writeFileSync(
      job.moduleFile(),
      plan.module.replaceAll('kafka:9092', partner.place.kafka).replaceAll(/http:\/\/functions(:\d+)?/g, `http://127.0.0.1:${proxy.port}`),
    );
    try {
      await job.request();
    } catch (problem) {
      await job.forget();
      throw problem;
    }
    return job;
  }

  async produce(records: readonly FedRecord[]): Promise<void> {
    await this.partner.produce(records);
  }

  /** Of a job that is failing of itself at this moment the next attempt is crashed. */
  async crash(): Promise<void> {
    for (;;) {
      const before = this.count('restarted');
      const refusal = await this.partner.engine.ask('crash', { job: this.plan.name }).then(
        () => null,
        (problem: unknown) => problem,
      );
      if (refusal === null) {
        return;
      }
      if (!String(refusal).includes('MailboxClosedException')) {
        throw refusal;
      }
      await this.until('the job to run again', () => this.count('restarted') > before);
    }
  }

  /** Takes a checkpoint and waits until the job has completed it, and told so. */
  async checkpoint(): Promise<void> {
    const before = this.count('checkpoint');
    await this.partner.engine.ask('checkpoint', { job: this.plan.name });
    await this.until('the checkpoint to complete', () => this.count('checkpoint') > before);
  }

  /** Asks for a checkpoint that may complete when it can. */
  beginCheckpoint(): void {
    this.partner.engine.ask('checkpoint', { job: this.plan.name, async: true }).catch(() => undefined);
  }

  count(event: JobEntry['event']): number {
    return this.events.filter((entry) => entry.event === event).length;
  }

  /** Waits until something is so; says what was waited for when it never is. */
  async until(what: string, holds: () => boolean, patience = PATIENCE_MILLIS): Promise<void> {
    if (holds()) {
      return;
    }
    let look: () => void = () => undefined;
    let late: NodeJS.Timeout | undefined;
    const seen = new Promise<void>((resolve, reject) => {
      look = () => {
        if (holds()) {
          resolve();
        }
      };
      late = setTimeout(() => reject(new Error(`Waited ${patience / 1000} s for ${what}. ${this.situation()}`)), patience);
    });
    this.waiting.add(look);
    try {
      await Promise.race([seen, this.partner.gone]);
    } finally {
      this.waiting.delete(look);
      clearTimeout(late);
    }
  }

  /** Waits until every message that the engine took has been answered, but for addresses whose answers are held. */
  async settle(): Promise<void> {
    for (;;) {
      await this.until('all calls to be answered', () => this.outstanding.none((target) => this.proxy.held(target)));
      const before = this.activity;
      const drained = await this.partner.engine.ask('drain', { job: this.plan.name }).then(
        () => true,
        // Its tasks closed meanwhile, since the job failed.
        () => false,
      );
      if (!drained) {
        await this.until('the job to run again', () => this.state === 'RUNNING');
      } else if (this.activity === before && this.outstanding.none((target) => this.proxy.held(target))) {
        return;
      }
    }
  }

  /** As a process that died and is started again: nothing of its checkpoints is used. */
  async startAnew(): Promise<void> {
    await this.partner.engine.ask('stop', { job: this.plan.name });
    this.events.push({ at: Date.now(), event: 'stopped' });
    this.outstanding.restart();
    await this.request();
  }

  private async request(): Promise<void> {
    const { name, config } = this.plan;
    await this.partner.engine.ask('start', { job: name, module: `file:${this.moduleFile()}`, config, schedule: true });
  }

  private moduleFile(): string {
    return join(this.partner.place.folder, `${this.plan.name}.yaml`);
  }

  async stop(): Promise<void> {
    await this.partner.engine.ask('stop', { job: this.plan.name });
    await this.forget();
    if (this.plan.ownTopics === true) {
      await this.partner.deleteTopics([...this.plan.topics, ...this.plan.egressTopics]);
    }
  }

  /** What was seen, of the addresses and topics asked for; times from `start` on. */
  recording(name: string, start: number, isOwn: (target: AddressText) => boolean, topics: ReadonlySet<string>): Recording {
    const own = this.proxy.exchanges.filter(({ at, target }) => at >= start && isOwn(target));
    const schedule = this.schedule.filter((entry) => entry.at >= start && ('target' in entry ? isOwn(entry.target) : true));
    return {
      case: name,
      versions: this.partner.place.versions,
      exchanges: own.map((seen, index) => exchangeOf(seen, start, index + 1)),
      schedule: schedule.map((entry, index) => ({ ...entry, n: index + 1, at: entry.at - start })),
      egress: egressEntries(this.records.filter(({ topic }) => topics.has(topic))),
      job: this.events.filter(({ at }) => at >= start).map((entry) => ({ ...entry, at: entry.at - start })),
    };
  }

  private async forget(): Promise<void> {
    this.stopListening.forEach((stop) => stop());
    await this.proxy.close();
  }

  /** What an answer sends to another subtask takes its time on the way. */
  private expectSent({ status, response }: SeenExchange): void {
    const reply = status === 200 && typeof response !== 'string' ? decodeFromFunction(response) : null;
    if (reply !== null && reply.ok && reply.value.type === 'result') {
      for (const { target, argument } of reply.value.messages) {
        this.outstanding.expect(`${target.typename}/${target.id}`, argument.bytes, 'function');
      }
    }
  }

  private situation(): string {
    const failed = this.events.findLast((entry) => entry.event === 'failed');
    const causes = failed?.event === 'failed' ? ` It failed last of: ${failed.causes.join(' <- ')}` : '';
    return `The job is ${this.state}; ${this.outstanding.text()}.${causes} The engine's log is ${this.partner.place.engine.log}.`;
  }

  private saw(event: ControlEvent): void {
    const at = Date.now();
    switch (event.event) {
      case 'schedule': {
        this.outstanding.saw(event);
        const { event: _event, job: _job, ...entry } = event;
        // The engine's process writes an entry's fields, all but its number.
        this.schedule.push({ ...entry, n: this.schedule.length + 1 } as unknown as ScheduleEntry);
        break;
      }
      case 'state': {
        const before = this.state;
        this.state = String(event['state']);
        if (this.state === 'RUNNING') {
          this.outstanding.restart();
          this.events.push({ at, event: this.events.some((entry) => entry.event === 'running') ? 'restarted' : 'running' });
        } else if (this.state === 'FAILED') {
          this.events.push({ at, event: 'ended' });
        } else if (before === 'RUNNING') {
          this.outstanding.restart();
        }
        break;
      }
      case 'failed':
        // The engine's process writes a list of texts.
        this.events.push({ at: Number(event['time']), event: 'failed', causes: event['causes'] as readonly string[] });
        break;
      case 'checkpoint':
        this.events.push({ at: Number(event['time']), event: 'checkpoint', id: Number(event['checkpoint']) });
        break;
    }
    this.changed();
  }

  private changed(): void {
    this.activity += 1;
    this.waiting.forEach((look) => look());
  }
}

function egressEntries(records: readonly ReadRecord[]): EgressEntry[] {
  const place = ({ topic, partition, offset }: ReadRecord): string => `${topic}/${partition}/${offset}`;
  const committed = new Set(records.filter(({ isolation }) => isolation === 'read_committed').map(place));
  return records
    .filter(({ isolation }) => isolation === 'read_uncommitted')
    .map((record) => {
      const { topic, partition, offset, key, value } = record;
      return { topic, partition, offset, key, value, committed: committed.has(place(record)) };
    });
}
