/**
 * The machine as plain data: scalars and small tables in `core`, everything that grows in keyed cells, so that a delta
 * costs what changed.
 *
 * `a<n>` an address, `c<n>` a call, `t<n>` a timer, `p<topic>.<partition>.<chunk>` a chunk of a topic; what the last
 * checkpoint held of things changed since: `u<n>` an address, `v<n>` a timer. What is derived from the run's
 * configuration (endpoints, readers, seeds) is not stored.
 */
import type { Typename } from '../base/ids.ts';
import type { CallReply } from '../protocol/call.ts';
import { needsReply, offer } from './calls.ts';
import type { FaultEffect, SnapshotDelta } from './engine-api.ts';
import { addressOf, functionType } from './addresses.ts';
import type { AddressImage, Machine } from './machine.ts';
import type { Address, Call, Message, StoredValue, Timer } from './machine-types.ts';
import { restoreCore, storeCore } from './snapshot-core.ts';
import type { Core } from './snapshot-core.ts';
import type { StoredChunk } from './topic-log.ts';
import type { StoredTopicChunk } from './topics.ts';
import type { CallFailureReason } from './trace-event.ts';

/** Changes whenever stored runs of before can not go on with this engine. */
export const RUNTIME_VERSION = 2;

interface StoredAddress {
  readonly type: Typename;
  readonly id: string;
  readonly ordinal: number;
  readonly waiting: readonly Message[];
  readonly values: readonly (StoredValue | null)[];
}

interface StoredCall {
  readonly id: number;
  readonly address: number;
  readonly ordinal: number;
  readonly messages: readonly Message[];
  readonly bootstrap: boolean;
  readonly request: Uint8Array;
  readonly attempt: number;
  readonly tries: number;
  readonly issuedAt: number;
  readonly budgetFrom: number;
  readonly at: number;
  readonly seq: number;
  readonly reply: CallReply | null;
  readonly moved: boolean;
  readonly overdue: boolean;
  readonly fault: FaultEffect | null;
  readonly resends: number;
  /** Absent in runs of before it was counted. */
  readonly unready?: number;
  readonly lastFailure: CallFailureReason | null;
  readonly phase: Call['phase'];
}

interface StoredImage {
  readonly waiting: readonly Message[];
  readonly inFlight: readonly Message[] | null;
  readonly call: number;
  readonly values: readonly (StoredValue | null)[];
}

type Cell = readonly [key: string, value: unknown];

export function takeSnapshot(machine: Machine): SnapshotDelta {
  const cells: Cell[] = [...machine.removedCells].map((key): Cell => [key, null]);
  machine.removedCells.clear();
  for (const address of machine.dirtyAddresses) {
    address.dirty = false;
    cells.push([`a${address.index}`, storeAddress(address)]);
  }
  machine.dirtyAddresses.clear();
  for (const call of machine.dirtyCalls) {
    call.stored = true;
    cells.push([`c${call.id}`, storeCall(call)]);
  }
  machine.dirtyCalls.clear();
  for (const id of machine.timers.dirty) {
    cells.push([`t${id}`, machine.timers.get(id) ?? null]);
  }
  machine.timers.dirty.clear();
  for (const address of machine.dirtyUndo) {
    const image = machine.undo.get(address);
    if (image !== undefined) {
      machine.storedUndo.add(`u${address.index}`);
      cells.push([`u${address.index}`, storeImage(image)]);
    }
  }
  machine.dirtyUndo.clear();
  storeTimerUndo(machine, cells);
  for (const topic of machine.topics.list) {
    topic.partitions.forEach((log, partition) => {
      for (const [chunk, stored] of log.takeDirty()) {
        cells.push([`p${topic.index}.${partition}.${chunk}`, stored]);
      }
    });
  }
  return { version: RUNTIME_VERSION, core: storeCore(machine), cells };
}

/** Fills a new machine. Throws when the snapshot is another version's: its host must not try. */
export function restoreMachine(machine: Machine, stored: unknown, cells: Iterable<readonly [string, unknown]>): void {
  // Checked boundary: written by takeSnapshot of the same version, which the host verifies.
  const core = stored as Core;
  const byKind = new Map<string, { readonly key: string; readonly value: unknown }[]>();
  for (const [cell, value] of cells) {
    const kind = cell.slice(0, 1);
    const list = byKind.get(kind) ?? [];
    list.push({ key: cell.slice(1), value });
    byKind.set(kind, list);
  }
  const numbered = (kind: string) =>
    (byKind.get(kind) ?? []).map(({ key, value }) => ({ index: Number(key), value })).sort((left, right) => left.index - right.index);

  for (const name of core.types) {
    functionType(machine, name);
  }
  for (const { value } of numbered('a')) {
    restoreAddress(machine, value as StoredAddress);
  }
  machine.topics.restore(
    core.topics,
    (byKind.get('p') ?? []).map(({ key, value }) => topicChunk(key, value as StoredChunk)),
  );
  const timers = numbered('t').map(({ value }) => value as Timer);
  const removed = numbered('v').map(({ value }) => value as Timer);
  const held = new Set(core.heldTimers);
  const lastStored = core.scalars.image?.lastTimer ?? 0;
  machine.timers.restore(
    timers,
    removed,
    (timer) => timer.id > lastStored,
    (timer) => held.has(timer.id),
  );
  for (const timer of removed) {
    machine.storedTimerUndo.ids.add(timer.id);
  }
  for (const { value } of numbered('c')) {
    restoreCall(machine, value as StoredCall, core);
  }
  for (const { index, value } of numbered('u')) {
    const address = machine.addresses[index];
    if (address !== undefined) {
      machine.undo.set(address, restoreImage(value as StoredImage));
      machine.storedUndo.add(`u${index}`);
    }
  }
  restoreCore(machine, core);
  for (const address of machine.addresses) {
    address.dirty = false;
  }
  machine.dirtyAddresses.clear();
  machine.dirtyCalls.clear();
}

/** Timers that a roll-back would bring back; the cells of an earlier checkpoint's are removed. */
function storeTimerUndo(machine: Machine, cells: Cell[]): void {
  const stored = machine.storedTimerUndo;
  if (stored.generation !== machine.timers.generation) {
    for (const id of stored.ids) {
      if (!machine.timers.removed.has(id)) {
        cells.push([`v${id}`, null]);
      }
    }
    stored.ids.clear();
    stored.generation = machine.timers.generation;
  }
  for (const [id, timer] of machine.timers.removed) {
    if (!stored.ids.has(id)) {
      stored.ids.add(id);
      cells.push([`v${id}`, timer]);
    }
  }
}

function storeAddress(address: Address): StoredAddress {
  return {
    type: address.ref.typename,
    id: address.ref.id,
    ordinal: address.ordinal,
    waiting: [...address.waiting],
    values: storeValues(address.values),
  };
}

function restoreAddress(machine: Machine, stored: StoredAddress): void {
  const address = addressOf(machine, stored.type, stored.id);
  address.ordinal = stored.ordinal;
  address.waiting = [...stored.waiting];
  address.values.push(...restoreValues(stored.values));
}

function storeCall(call: Call): StoredCall {
  return {
    id: call.id,
    address: call.address.index,
    ordinal: call.ordinal,
    messages: [...call.messages],
    bootstrap: call.bootstrap,
    request: call.request,
    attempt: call.attempt,
    tries: call.tries,
    issuedAt: call.issuedAt,
    budgetFrom: call.budgetFrom,
    at: call.at,
    seq: call.seq,
    reply: call.reply,
    moved: call.moved,
    overdue: call.overdue,
    fault: call.fault,
    resends: call.resends,
    unready: call.unready,
    lastFailure: call.lastFailure,
    phase: call.phase,
  };
}

function restoreCall(machine: Machine, stored: StoredCall, core: Core): void {
  const address = machine.addresses[stored.address];
  if (address === undefined) {
    throw new Error(`call ${stored.id} has no address`);
  }
  const call: Call = { ...stored, unready: stored.unready ?? 0, address, handedOut: true, stored: true };
  address.call = call;
  machine.calls.set(call.id, call);
  address.subtask.inFlight += 1;
  const { at, seq, phase } = call;
  if (phase === 'waiting-to-retry') {
    machine.agenda.push({ type: 'retry', at, seq, call });
  } else if (phase === 'waiting-out-budget') {
    machine.agenda.push({ type: 'budget-spent', at, seq, call });
  } else if (phase === 'in-flight' && !core.heldCalls.includes(call.id)) {
    machine.agenda.push({ type: 'completion', at, seq, call });
    if (needsReply(call)) {
      offer(machine, call);
    }
  }
}

function storeImage({ waiting, inFlight, call, values }: AddressImage): StoredImage {
  return { waiting: [...waiting], inFlight: inFlight === null ? null : [...inFlight], call, values: storeValues(values) };
}

function restoreImage({ waiting, inFlight, call, values }: StoredImage): AddressImage {
  return { waiting, inFlight, call, values: restoreValues(values) };
}

function storeValues(values: readonly (StoredValue | undefined)[]): (StoredValue | null)[] {
  return Array.from(values, (value) => value ?? null);
}

function restoreValues(values: readonly (StoredValue | null)[]): (StoredValue | undefined)[] {
  return values.map((value) => value ?? undefined);
}

function topicChunk(key: string, stored: StoredChunk): StoredTopicChunk {
  const [topic = 0, partition = 0, chunk = 0] = key.split('.').map(Number);
  return { topic, partition, chunk, stored };
}
