/** What panels read: addresses, timers, topics, counters. Nothing here changes the machine's course. */
import type { Typename } from '../base/ids.ts';
import { virtualTime } from '../base/ids.ts';
import type { HeldFunction } from '../protocol/code-change.ts';
import type { AddressView, EngineMetrics, TimerView, TopicRecord } from './engine-api.ts';
import type { Machine } from './machine.ts';
import type { Address } from './machine-types.ts';
import { holdRule } from './subtask-loop.ts';
import { isExpired, registrationOf } from './state-table.ts';
import type { AddressRef } from './trace-event.ts';

export function engineMetrics(machine: Machine): EngineMetrics {
  const nextTimer = machine.timers.peek();
  return {
    now: virtualTime(machine.now),
    events: machine.events,
    messages: machine.lastMessage,
    callsInFlight: machine.calls.size,
    timers: machine.timers.size,
    nextTimer: nextTimer === undefined ? null : virtualTime(nextTimer.at),
    checkpoint: machine.checkpoint === null ? null : { id: machine.checkpoint.id, at: virtualTime(machine.checkpoint.at) },
    jobAttempt: machine.jobAttempt,
    heldSubtasks: machine.subtasks.filter((subtask) => holdRule(machine, subtask) !== null).length,
    nodes: machine.counters.nodeMetrics(),
    edges: machine.counters.edgeCounts(),
  };
}

export function addressRows(machine: Machine, type: Typename, from: number, count: number) {
  const addresses = machine.types.get(type)?.addresses ?? [];
  return { total: addresses.length, rows: addresses.slice(from, from + count).map((address) => viewOf(machine, address)) };
}

export function addressView(machine: Machine, ref: AddressRef): AddressView | null {
  const address = machine.types.get(ref.typename)?.byId.get(ref.id);
  return address === undefined ? null : viewOf(machine, address);
}

export function timerRows(machine: Machine, from: number, count: number) {
  const rows = machine.timers
    .next(from + count)
    .slice(from)
    .map((timer): TimerView => ({
      timer: timer.id,
      due: virtualTime(timer.due),
      from: timer.from,
      to: timer.to,
      token: timer.token,
      typename: timer.value.typename,
      bytes: timer.value.bytes,
    }));
  return { total: machine.timers.size, rows };
}

export function topicRows(machine: Machine) {
  return machine.topics.list.map(({ name, role, partitions, records, committed }) => ({
    topic: name,
    role,
    partitions: partitions.length,
    records,
    committed,
  }));
}

/** Records of a topic, partition after partition. */
export function recordRows(machine: Machine, name: string, from: number, count: number) {
  const topic = machine.topics.get(name);
  if (topic === undefined) {
    return { total: 0, rows: [] };
  }
  const readers = machine.readersByTopic.get(name) ?? [];
  const rows: TopicRecord[] = [];
  let first = 0;
  topic.partitions.forEach((log, partition) => {
    const readTo = Math.min(...readers.filter((reader) => reader.partition === partition).map(({ offset }) => offset));
    for (let offset = Math.max(0, from - first); offset < log.length && rows.length < count; offset += 1) {
      const { at, key, value, headers, call } = log.read(offset);
      rows.push({
        partition,
        offset,
        at: virtualTime(at),
        key,
        typename: readers[0]?.valueType ?? '',
        value,
        headers,
        done: topic.role === 'ingress' ? readers.length > 0 && offset < readTo : log.statusAt(offset) === 'committed',
        call: call === 0 ? null : call,
      });
    }
    first += log.length;
  });
  return { total: topic.records, rows };
}

/** States with a value now; what has expired is absent, as what was never set (S53). */
function viewOf(machine: Machine, address: Address): AddressView {
  const registered = registrationOf(address)?.entries ?? [];
  const states = address.values.flatMap((value, slot) => {
    const known = address.type.slots[slot];
    const spec = registered.find((entry) => entry.slot === slot)?.spec ?? null;
    if (value === undefined || known === undefined || (spec !== null && isExpired(spec, value.touchedAt, machine.now))) {
      return [];
    }
    return [
      {
        name: known.name,
        typename: spec?.typename ?? known.known?.typename ?? '',
        bytes: value.bytes,
        touchedAt: virtualTime(value.touchedAt),
        expiresAt: spec?.expiration ? virtualTime(value.touchedAt + spec.expiration.millis) : null,
      },
    ];
  });
  return { address: address.ref, subtask: address.subtask.index, states, waiting: address.waiting.length, inFlight: address.call !== null };
}

/** What is held of each function type that was called: of several subtasks, the first that registered a state counts. */
export function heldFunctions(machine: Machine): readonly HeldFunction[] {
  return [...machine.types.values()].flatMap((type): readonly HeldFunction[] => {
    const registered = new Map(
      type.registrations.toReversed().flatMap((registration) => registration?.entries.map(({ spec }) => [spec.name, spec] as const) ?? []),
    );
    const stored = type.slots.flatMap(({ name, known }) => (known === null || registered.has(name) ? [] : [{ name, ...known }]));
    const isHeld = type.addresses.length > 0 || type.standIn !== null;
    return isHeld ? [{ typename: type.typename, registered: [...registered.values()], stored, standIn: type.standIn !== null }] : [];
  });
}
