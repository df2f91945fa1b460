/** Records on their way in: appended to topics, read by every ingress of the topic (S86), routed to functions. */
import type { RecordProduced } from './trace-event.ts';
import { addressOf, functionType } from './addresses.ts';
import { markChanged, nextSeq, nextTraceSeq, nowOf } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Headers, InputJob, JobFailure, Message, Reader, Subtask } from './machine-types.ts';
import { subtaskOf } from './java-hash.ts';
import type { LogRecord, RecordStatus } from './topic-log.ts';
import type { Topic } from './topics.ts';

export interface NewRecord {
  readonly topic: string;
  readonly partition: number | null;
  readonly key: string | null;
  readonly value: Uint8Array | null;
  readonly headers: Headers;
}

/** A record from outside. */
export function produce(machine: Machine, record: NewRecord, source: RecordProduced['source']): void {
  const topic = machine.topics.declare(record.topic, 'ingress');
  const chosen = record.partition === null ? -1 : Math.trunc(record.partition);
  const partition = chosen >= 0 && chosen < topic.partitions.length ? chosen : machine.topics.choosePartition(topic, record.key);
  const { key, value, headers } = record;
  const offset = appendRecord(machine, topic, partition, { at: machine.now, key, value, headers, call: 0 }, 'committed');
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'record-produced',
    source,
    topic: topic.name,
    partition,
    offset,
    key,
    value: value === null ? null : { typename: machine.readersByTopic.get(topic.name)?.[0]?.valueType ?? '', bytes: value },
    headers,
  });
}

export function appendRecord(machine: Machine, topic: Topic, partition: number, record: LogRecord, status: RecordStatus): number {
  const offset = machine.topics.append(topic, partition, record, status);
  if (machine.phase !== 'loading') {
    for (const reader of machine.readersByTopic.get(topic.name) ?? []) {
      if (reader.partition === partition) {
        reader.routerNode.queued += 1;
        reader.ingressNode.queued += 1;
        scheduleRead(machine, reader);
      }
    }
  }
  return offset;
}

export function scheduleRead(machine: Machine, reader: Reader): void {
  if (machine.phase === 'running' && !reader.scheduled && reader.offset < machine.topics.log(reader.topic, reader.partition).length) {
    reader.scheduled = true;
    machine.agenda.push({ type: 'read', at: machine.now, seq: nextSeq(machine), reader });
  }
}

/** Why the reader's next record fails the job (S58, S64, S82, S83), or null. */
export function recordFailure(machine: Machine, reader: Reader): JobFailure | null {
  const log = machine.topics.log(reader.topic, reader.partition);
  const key = log.keyAt(reader.offset);
  if (key === null) {
    return {
      code: 'record-without-key',
      message: `The ${reader.kind} ingress requires a UTF-8 key set for each record. This one has none: ${place(reader)}.`,
      address: null,
    };
  }
  if (!log.hasValueAt(reader.offset)) {
    return {
      code: 'record-without-value',
      message: `NullPointerException (${place(reader)} has no value: it is a tombstone)`,
      address: null,
    };
  }
  for (const target of reader.targets) {
    const { problem } = functionType(machine, target);
    if (problem !== null) {
      return { ...problem, address: { typename: target, id: key } };
    }
  }
  return null;
}

/** The subtask that the reader's next record goes to: its key is the id (S1, S82). */
export function subtaskOfNext(machine: Machine, reader: Reader): Subtask | undefined {
  return subtaskAt(machine, reader, reader.offset);
}

function subtaskAt(machine: Machine, reader: Reader, offset: number): Subtask | undefined {
  const key = machine.topics.log(reader.topic, reader.partition).keyAt(offset);
  return machine.subtasks[subtaskOf(key ?? '', machine.subtasks.length)];
}

/**
 * Reads the next record and makes one message for each target, in list order (S85). Each of them is an input of its own, which
 * back-pressure or a bootstrap may hold while the one before it is under way (S14, S26, S27).
 */
export function routeRecord(machine: Machine, reader: Reader, subtask: Subtask): void {
  const { offset } = reader;
  passRecord(machine, reader);
  routeRecordAt(machine, reader, subtask, offset);
}

/** The messages of a record that its reader is past. */
function routeRecordAt(machine: Machine, reader: Reader, subtask: Subtask, offset: number): void {
  const record = machine.topics.log(reader.topic, reader.partition).read(offset);
  reader.routerNode.handled += 1;
  reader.ingressNode.handled += 1;
  reader.ingressEdge.count += 1;
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'record-routed',
    ingress: reader.ingress,
    topic: reader.topic,
    partition: reader.partition,
    offset,
    targets: reader.targets.length,
  });
  const value = { typename: reader.valueType, hasValue: true, bytes: record.value ?? new Uint8Array(0) }; // S83, S84
  const behind: InputJob[] = [];
  reader.targets.forEach((target, index) => {
    const to = addressOf(machine, target, record.key ?? '');
    const message = newMessage(machine, { caller: null, value });
    machine.ledger.fromIngress += 1;
    const edge = reader.targetEdges[index];
    if (edge !== undefined) {
      edge.count += 1;
    }
    machine.trace.push({
      seq: nextTraceSeq(machine),
      at: nowOf(machine),
      type: 'message-sent',
      message: message.id,
      from: { type: 'ingress', ingress: reader.ingress, topic: reader.topic, partition: reader.partition, offset },
      to: to.ref,
      value,
      cause: null,
      timer: null,
    });
    if (index === 0) {
      subtask.local.push({ type: 'message', to, message });
    } else {
      behind.push({ type: 'feedback', to, message });
    }
  });
  subtask.inputs.putFirst(behind);
}

/** About so many small records lie in Flink's network buffers before a subtask that takes none. */
const RECORDS_IN_BUFFERS = 1000;

/**
 * Lets a reader go on behind its next record, which waits at its subtask: a subtask that stands stalls its own input, and others
 * go on until the buffers are full. Not while a barrier is under way, which is behind all that waits (S29). Gives whether it did.
 */
export function readAhead(machine: Machine, reader: Reader, subtask: Subtask): boolean {
  const goesOn = machine.subtasks.length > 1 && machine.barrier === null && subtask.ahead < RECORDS_IN_BUFFERS;
  if (goesOn) {
    subtask.inputs.push(leaveBehind(machine, reader, subtask));
  }
  return goesOn;
}

/** Readers that stood before this subtask go on, as far as its buffers take their records now. */
export function readOn(machine: Machine, subtask: Subtask): void {
  if (machine.subtasks.length > 1 && machine.barrier === null && subtask.stalled > 0 && subtask.ahead < RECORDS_IN_BUFFERS) {
    subtask.inputs.change((job) => {
      if (job.type !== 'read' || subtask.ahead >= RECORDS_IN_BUFFERS) {
        return job;
      }
      subtask.stalled -= 1;
      return leaveBehind(machine, job.reader, subtask);
    });
  }
}

function leaveBehind(machine: Machine, reader: Reader, subtask: Subtask): InputJob {
  const { offset } = reader;
  subtask.ahead += 1;
  reader.ahead += 1;
  reader.offset += 1;
  reader.scheduled = false;
  scheduleRead(machine, reader);
  return { type: 'record', reader, offset };
}

/** A record that waited behind its reader has its turn. */
export function routeWaiting(machine: Machine, reader: Reader, offset: number): void {
  const subtask = subtaskAt(machine, reader, offset);
  if (subtask === undefined) {
    throw new Error(`no subtask for record ${offset} of ${reader.topic}`);
  }
  markChanged(machine);
  subtask.ahead -= 1;
  reader.ahead -= 1;
  reader.routerNode.queued -= 1;
  reader.ingressNode.queued -= 1;
  routeRecordAt(machine, reader, subtask, offset);
}

/** Moves the reader past its next record. */
export function passRecord(machine: Machine, reader: Reader): void {
  markChanged(machine);
  reader.offset += 1;
  reader.scheduled = false;
  reader.routerNode.queued -= 1;
  reader.ingressNode.queued -= 1;
  machine.barrier?.delete(reader.index);
  scheduleRead(machine, reader);
}

export function newMessage(machine: Machine, parts: Omit<Message, 'id'>): Message {
  machine.lastMessage += 1;
  machine.ledger.created += 1;
  return { id: machine.lastMessage, caller: parts.caller, value: parts.value };
}

/** Where each reader begins: at the start of the run, and again after a failure before the first checkpoint (S76). */
export function seekToStart(machine: Machine): void {
  for (const reader of machine.readers) {
    reader.offset = startOffset(machine, reader);
    reader.startOffset = reader.offset;
    reader.dropped = 0;
  }
}

/** Lag counters, after offsets moved by more than one. */
export function recountLag(machine: Machine): void {
  for (const reader of machine.readers) {
    reader.routerNode.queued = 0;
    reader.ingressNode.queued = 0;
  }
  for (const reader of machine.readers) {
    const lag = machine.topics.log(reader.topic, reader.partition).length - reader.offset + reader.ahead;
    reader.routerNode.queued += lag;
    reader.ingressNode.queued += lag;
  }
}

function startOffset(machine: Machine, reader: Reader): number {
  const log = machine.topics.log(reader.topic, reader.partition);
  const position = machine.config.module.ingresses.find(({ id }) => id === reader.ingress)?.startupPosition;
  switch (position?.type) {
    case 'earliest':
      return 0;
    case 'date': {
      let offset = 0;
      while (offset < log.length && log.timeAt(offset) < position.at) {
        offset += 1;
      }
      return offset;
    }
    case 'specific-offsets': {
      const given = position.offsets.find(({ topic, partition }) => topic === reader.topic && partition === reader.partition);
      // An offset outside the log is reset as `auto.offset.reset` says: to the end.
      return given !== undefined && given.offset >= 0 && given.offset <= log.length ? given.offset : log.length;
    }
    case 'group-offsets':
      // A consumer group without committed offsets starts at the end.
      return reader.groupOffset >= 0 ? reader.groupOffset : log.length;
    case 'latest':
    case undefined:
      return log.length;
  }
}

function place(reader: Reader): string {
  return `record ${reader.offset} of ${reader.topic}, partition ${reader.partition}`;
}
