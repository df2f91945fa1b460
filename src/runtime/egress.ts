/** Records that functions write: checked against the egress, appended to its topic, settled with checkpoints. */
import { egressNode, functionNode } from '../model/graph-ids.ts';
import { decodeKafkaRecord, decodeKinesisRecord } from '../protocol/egress-records.ts';
import type { EgressMessage } from '../protocol/messages.ts';
import { javaName } from './java-names.ts';
import { nextTraceSeq, nowOf } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Address, Call, Egress, EgressRecord, JobFailure } from './machine-types.ts';
import { appendRecord } from './ingress.ts';

const PROTO = 'org.apache.flink.statefun.sdk.egress.generated';

/** The record that a message makes, or why the job fails over it (S59, S60). */
export function egressRecord(machine: Machine, from: Address, message: EgressMessage): EgressRecord | JobFailure {
  const egress = machine.egresses.get(message.egress);
  if (egress === undefined) {
    const key = javaName('EgressKey', message.egress, 'class org.apache.flink.statefun.sdk.reqreply.generated.TypedValue');
    return { code: 'unknown-egress', message: `Unknown egress ${key}`, address: from.ref };
  }
  if (egress.transactional && hasTimedOut(machine, egress, from.subtask.index)) {
    return {
      code: 'transaction-timed-out',
      message: 'Failed to send data to Kafka: Producer attempted to produce with an old epoch.',
      address: from.ref,
    };
  }
  switch (egress.definition.connector) {
    case 'kafka': {
      const record = decodeKafkaRecord(message.argument);
      return record === null || record.topic === ''
        ? badPayload(
            from,
            `The generic Kafka egress expects only messages of type ${PROTO}.KafkaProducerRecord; this one is ${message.argument.typename}`,
          )
        : { egress, topic: record.topic, key: record.key, typename: '', value: record.value };
    }
    case 'kinesis': {
      const record = decodeKinesisRecord(message.argument);
      return record === null || record.stream === ''
        ? badPayload(
            from,
            `The generic Kinesis egress expects only messages of type ${PROTO}.KinesisEgressRecord; this one is ${message.argument.typename}`,
          )
        : {
            egress,
            topic: record.stream,
            key: record.partitionKey,
            explicitHashKey: record.explicitHashKey,
            typename: '',
            value: record.value,
          };
    }
    case 'custom':
      return { egress, topic: message.egress, key: null, typename: message.argument.typename, value: message.argument.bytes };
  }
}

export function writeRecord(machine: Machine, call: Call, record: EgressRecord): void {
  const { egress } = record;
  const { definition, node, transactional } = egress;
  const topic = machine.topics.declare(record.topic, 'egress', definition.connector === 'kinesis' ? 'kinesis' : 'kafka');
  const partition = machine.topics.choosePartition(topic, record.key, record.explicitHashKey);
  const offset = appendRecord(
    machine,
    topic,
    partition,
    { at: machine.now, key: record.key, value: record.value, headers: [], call: call.id },
    transactional ? 'open' : 'committed',
  );
  node.handled += 1;
  if (transactional) {
    node.waiting += 1;
    const subtask = call.address.subtask.index;
    egress.openSince[subtask] ??= machine.now;
    machine.openRecords.push({ egress: definition.id, topic: topic.name, partition, offset, subtask });
  } else {
    node.instances += 1;
  }
  countEdge(machine, call.address, egress);
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'egress-written',
    call: call.id,
    address: call.address.ref,
    egress: definition.id,
    topic: topic.name,
    partition,
    offset,
    key: record.key,
    value: { typename: record.typename, bytes: record.value },
  });
}

export interface SettledTransactions {
  readonly committed: number;
  /** Records lost, since the broker had ended their transaction. */
  readonly lost: number;
}

/** S78, S79: a checkpoint commits what is open, a failure aborts it. */
export function settleTransactions(machine: Machine, status: 'committed' | 'aborted'): SettledTransactions {
  const open = machine.openRecords;
  machine.openRecords = [];
  let committed = 0;
  for (const { egress: id, topic, partition, offset, subtask } of open) {
    const egress = machine.egresses.get(id);
    if (egress === undefined) {
      continue;
    }
    const kept = status === 'committed' && !hasTimedOut(machine, egress, subtask);
    machine.topics.settle(topic, partition, offset, kept ? 'committed' : 'aborted');
    egress.node.waiting -= 1;
    egress.node.instances += kept ? 1 : 0;
    committed += kept ? 1 : 0;
  }
  for (const egress of machine.egresses.values()) {
    egress.openSince.fill(null);
  }
  return { committed, lost: status === 'committed' ? open.length - committed : 0 };
}

/** The broker aborts a transaction that is open longer than its time-out, and knows its producer no more. */
function hasTimedOut(machine: Machine, egress: Egress, subtask: number): boolean {
  const since = egress.openSince[subtask] ?? null;
  const timeout = egress.definition.transactionTimeout;
  return since !== null && timeout !== null && machine.now - since >= timeout;
}

function countEdge(machine: Machine, from: Address, egress: Egress): void {
  const name = from.type.typename;
  let edge = egress.edges.get(name);
  if (edge === undefined) {
    edge = machine.counters.edge(functionNode(name), egressNode(egress.definition.id));
    egress.edges.set(name, edge);
  }
  edge.count += 1;
}

function badPayload(from: Address, message: string): JobFailure {
  return { code: 'bad-egress-payload', message, address: from.ref };
}
