/** The test partner as a test sees it: topics and records of the broker, jobs of the engine. */
import { connectControl } from './control-client.ts';
import type { ControlClient } from './control-client.ts';
import type { PartnerPlace } from './test-partner.ts';

export interface TopicSpec {
  readonly topic: string;
  readonly partitions?: number;
}

export interface FedRecord {
  readonly topic: string;
  readonly partition?: number;
  readonly key: string | null;
  readonly value: Uint8Array | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ReadRecord {
  readonly isolation: 'read_committed' | 'read_uncommitted';
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
}

export interface KeyGroups {
  /** For each parallelism asked for. */
  readonly maxParallelism: readonly number[];
  /** In the order asked for: the key group of 128, and the subtask at each parallelism. */
  readonly ids: readonly { readonly id: string; readonly keyGroup: number; readonly subtasks: readonly number[] }[];
  /** The ids as RocksDB sorts them. */
  readonly restoreOrder: readonly string[];
}

export interface PartnerClient {
  readonly place: PartnerPlace;
  readonly engine: ControlClient;
  /** Rejects, with one clear line, when one of the two processes has gone; never resolves. */
  readonly gone: Promise<never>;
  createTopics(topics: readonly TopicSpec[]): Promise<void>;
  /** Returns when topics of these names may be created again. */
  deleteTopics(topics: readonly TopicSpec[]): Promise<void>;
  /** Reads topics from their first record on, as both kinds of reader; records come to `onRecord`. */
  follow(topics: readonly TopicSpec[]): Promise<void>;
  onRecord(listener: (record: ReadRecord) => void): () => void;
  /** Returns when the broker has them all. */
  produce(records: readonly FedRecord[]): Promise<void>;
  /** Where Flink puts ids, by its own arithmetic. */
  keyGroups(ids: readonly string[], parallelism: readonly number[]): Promise<KeyGroups>;
  close(): void;
}

export async function connectPartner(place: PartnerPlace): Promise<PartnerClient> {
  const broker = await connectControl('Kafka broker', place.broker.port, place.broker.log);
  const engine = await connectControl('engine', place.engine.port, place.engine.log);
  const gone = Promise.race([broker.gone, engine.gone]);
  gone.catch(() => undefined);
  return {
    place,
    engine,
    gone,
    async createTopics(topics) {
      await broker.ask('create-topics', { topics });
    },
    async deleteTopics(topics) {
      await broker.ask('unfollow', { topics });
      await broker.ask('delete-topics', { topics });
    },
    async follow(topics) {
      await broker.ask('follow', { topics });
    },
    onRecord(listener) {
      return broker.listen((event) => {
        if (event.event === 'record') {
          // The broker's process writes exactly these fields.
          listener(event as unknown as ReadRecord);
        }
      });
    },
    async produce(records) {
      await broker.ask('produce', {
        records: records.map(({ value, ...record }) => ({
          ...record,
          value: value === null ? null : Buffer.from(value).toString('base64'),
        })),
      });
    },
    async keyGroups(ids, parallelism) {
      // The engine's process answers with exactly these fields.
      return (await engine.ask('key-groups', { ids, parallelism })) as KeyGroups;
    },
    close() {
      broker.close();
      engine.close();
    },
  };
}
