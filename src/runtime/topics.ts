/** The simulated broker: topics of a fixed number of partitions each, kept as logs. Survives failures of the job. */
import { partitionOfKey } from './kafka-partitioner.ts';
import { shardOfKey } from './kinesis-partitioner.ts';
import { PartitionLog } from './topic-log.ts';
import type { LogRecord, RecordStatus, StoredChunk } from './topic-log.ts';

/** What keeps the topic: Kafka, or Kinesis, where it is a stream and its partitions are shards. */
export type Service = 'kafka' | 'kinesis';

export interface Topic {
  readonly name: string;
  readonly index: number;
  role: 'ingress' | 'egress';
  /** How records with a key find their partition. */
  readonly service: Service;
  readonly partitions: readonly PartitionLog[];
  records: number;
  committed: number;
  /** The partition that the next record without key goes to. */
  nextPartition: number;
}

export class Topics {
  private readonly byName = new Map<string, Topic>();
  private readonly partitionCount: number;
  readonly list: Topic[] = [];

  private readonly keepEgress: boolean;
  private readonly lends: boolean;

  /**
   * @param keepEgress false: records of topics that no ingress reads are counted, and forgotten but for their status
   * @param lends as of {@link PartitionLog}
   */
  constructor(partitionCount: number, keepEgress = true, lends = false) {
    this.partitionCount = partitionCount;
    this.keepEgress = keepEgress;
    this.lends = lends;
  }

  /** A topic that ingresses read stays an ingress topic when functions write to it too. */
  declare(name: string, role: 'ingress' | 'egress', service: Service = 'kafka'): Topic {
    let topic = this.byName.get(name);
    if (topic === undefined) {
      const partitions = Array.from({ length: this.partitionCount }, () => new PartitionLog(this.lends));
      topic = { name, index: this.list.length, role, service, partitions, records: 0, committed: 0, nextPartition: 0 };
      this.byName.set(name, topic);
      this.list.push(topic);
    }
    return topic;
  }

  get(name: string): Topic | undefined {
    return this.byName.get(name);
  }

  log(name: string, partition: number): PartitionLog {
    const log = this.byName.get(name)?.partitions[partition];
    if (log === undefined) {
      throw new Error(`no partition ${partition} of topic ${name}`);
    }
    return log;
  }

  /** The partition as Kafka's default partitioner or Kinesis chooses it; records without key go round. */
  choosePartition(topic: Topic, key: string | null, explicitHashKey: string | null = null): number {
    if (key !== null) {
      return topic.service === 'kafka' ? partitionOfKey(key, this.partitionCount) : shardOfKey(key, explicitHashKey, this.partitionCount);
    }
    const partition = topic.nextPartition;
    topic.nextPartition = (partition + 1) % this.partitionCount;
    return partition;
  }

  append(topic: Topic, partition: number, record: LogRecord, status: RecordStatus): number {
    topic.records += 1;
    if (status === 'committed') {
      topic.committed += 1;
    }
    const kept = this.keepEgress || topic.role === 'ingress' ? record : { ...record, key: null, value: null, headers: [] };
    return this.log(topic.name, partition).append(kept, status);
  }

  /** A transaction with the record ended. */
  settle(name: string, partition: number, offset: number, status: 'committed' | 'aborted'): void {
    this.log(name, partition).setStatus(offset, status);
    const topic = this.byName.get(name);
    if (topic !== undefined && status === 'committed') {
      topic.committed += 1;
    }
  }

  /** What `restore` needs beside the chunks. */
  store(): readonly StoredTopic[] {
    return this.list.map(({ name, role, service, records, committed, nextPartition }) => ({
      name,
      role,
      service,
      records,
      committed,
      nextPartition,
    }));
  }

  restore(stored: readonly StoredTopic[], chunks: Iterable<StoredTopicChunk>): void {
    for (const { name, role, service, records, committed, nextPartition } of stored) {
      Object.assign(this.declare(name, role, service), { role, records, committed, nextPartition });
    }
    const ordered = [...chunks].sort((left, right) => left.chunk - right.chunk);
    for (const { topic, partition, stored: columns } of ordered) {
      this.list[topic]?.partitions[partition]?.restoreChunk(columns);
    }
  }
}

export interface StoredTopic {
  readonly name: string;
  readonly role: 'ingress' | 'egress';
  readonly service: Service;
  readonly records: number;
  readonly committed: number;
  readonly nextPartition: number;
}

export interface StoredTopicChunk {
  readonly topic: number;
  readonly partition: number;
  readonly chunk: number;
  readonly stored: StoredChunk;
}
