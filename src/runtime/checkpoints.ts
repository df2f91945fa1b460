/**
 * Checkpoints of the simulated engine, and going back to one (R5). A checkpoint costs what changed: addresses and timers
 * keep an undo entry from their first change after it, and only small things are copied.
 */
import { settleTransactions } from './egress.ts';
import { failAsSuch } from './failures.ts';
import { readOn, recountLag, scheduleRead, seekToStart } from './ingress.ts';
import { startFailure } from './job-start.ts';
import { addressOf } from './addresses.ts';
import { maxParallelism, restoreOrder } from './java-hash.ts';
import { nextTraceSeq, nowOf } from './machine.ts';
import type { AddressImage, Machine } from './machine.ts';
import type { Address, InputJob, Message } from './machine-types.ts';
import { settle } from './subtask-loop.ts';

/** A barrier sets out: behind the records that wait for back-pressure right now (S29). */
export function startCheckpoint(machine: Machine): void {
  if (machine.barrier !== null || machine.phase !== 'running') {
    return;
  }
  machine.barrier = new Set();
  machine.barrierSince = machine.now;
  for (const subtask of machine.subtasks) {
    for (const job of subtask.inputs.toArray()) {
      if (job.type === 'read') {
        machine.barrier.add(job.reader.index);
      }
    }
  }
}

/** The tick of the checkpoint timer. Ticks that found nothing to store are counted, not made. */
export function checkpointTick(machine: Machine): void {
  const interval = machine.config.settings.checkpointIntervalMillis ?? 1;
  const tick = machine.tickAt ?? machine.now;
  machine.tickAt = null;
  if (machine.barrier !== null) {
    return; // Overdue: made up for when the pending one is through (S29).
  }
  machine.checkpointCount += Math.max(0, Math.round((tick - machine.lastTick) / interval) - 1);
  machine.lastTick = tick;
  startCheckpoint(machine);
}

/** Flink's `execution.checkpointing.timeout`, which nobody sets. */
export const CHECKPOINT_TIMEOUT_MILLIS = 600_000;

/** The barrier waited too long: Flink tolerates no failed checkpoint unless it is told to, and fails the job. */
export function expireCheckpoint(machine: Machine): void {
  machine.barrier = null;
  if (machine.checkpointing) {
    const message = 'Exceeded checkpoint tolerable failure threshold. Checkpoint expired before completing.';
    failAsSuch(machine, { code: 'checkpoint-expired', message, address: null });
  }
}

/** Flink queues no more overdue checkpoints than that. */
const MOST_OVERDUE = 1000;

/** Completes the pending checkpoint when nothing holds its barrier; those that came due meanwhile follow at once (S29). */
export function finishCheckpoint(machine: Machine): void {
  while (machine.barrier !== null && machine.pending === null && barrierIsThrough(machine, machine.barrier)) {
    completeCheckpoint(machine);
    if (machine.overdueCheckpoints > 0) {
      machine.overdueCheckpoints -= 1;
      startCheckpoint(machine);
    } else {
      machine.subtasks.forEach((subtask) => readOn(machine, subtask));
    }
  }
}

/** No subtask stands in a bootstrap, and nothing that was held when the barrier set out is before it. */
function barrierIsThrough(machine: Machine, barrier: ReadonlySet<number>): boolean {
  return (
    barrier.size === 0 &&
    machine.subtasks.every(
      ({ blockedBy, mails, ahead, inputs }) =>
        blockedBy === null && mails.size === 0 && ahead === 0 && !inputs.toArray().some(isBeforeBarrier),
    )
  );
}

function completeCheckpoint(machine: Machine): void {
  machine.barrier = null;
  countOverdue(machine);
  machine.checkpointCount += 1;
  machine.checkpoint = { id: machine.checkpointCount, at: machine.now };
  machine.changed = false;
  machine.tickAt = null;
  const { committed, lost } = settleTransactions(machine, 'committed');
  if (machine.checkpointing) {
    takeImage(machine);
    for (const reader of machine.readers) {
      reader.groupOffset = reader.offset;
    }
  }
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'checkpoint-completed',
    checkpoint: machine.checkpointCount,
    addresses: machine.addresses.length,
    timers: machine.timers.size,
    committed,
  });
  if (lost > 0) {
    failAsSuch(machine, {
      code: 'transaction-timed-out',
      message: `Committing one of transactions failed, logging first encountered failure: the broker had ended it, ${lost} records are lost`,
      address: null,
    });
  }
}

/** The ticks of the checkpoint timer that passed while the barrier was under way. */
function countOverdue(machine: Machine): void {
  const interval = machine.config.settings.checkpointIntervalMillis;
  if (!machine.checkpointing || interval === null) {
    return;
  }
  const ticks = Math.floor((machine.now - machine.tickOrigin) / interval);
  const before = Math.floor((machine.barrierSince - machine.tickOrigin) / interval);
  if (ticks > before) {
    machine.overdueCheckpoints = Math.min(machine.overdueCheckpoints + ticks - before, MOST_OVERDUE);
    machine.lastTick = machine.tickOrigin + ticks * interval;
  }
}

/** A record whose reader is past it, or a message of one whose other targets have theirs already: the barrier is behind it. */
function isBeforeBarrier(job: InputJob): boolean {
  return job.type === 'record' || (job.type === 'feedback' && job.message.caller === null);
}

function takeImage(machine: Machine): void {
  machine.image = {
    offsets: machine.readers.map(({ offset, startOffset, dropped }) => ({ offset, startOffset, dropped })),
    feedback: feedbackUnderWay(machine),
    known: machine.typeList.map(({ typename, slots }) => ({ type: typename, slots: slots.map(({ known }) => known) })),
    ledger: { ...machine.ledger },
    lastTimer: machine.lastTimer,
  };
  clearUndo(machine);
  machine.timers.commit();
}

/** All subtasks go back to the last checkpoint and begin anew; without one the job begins from nothing (S76). */
export function restartJob(machine: Machine): void {
  machine.phase = 'running';
  machine.jobAttempt += 1;
  machine.changed = false;
  machine.tickOrigin = machine.now;
  machine.lastTick = machine.now;
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'job-restarted',
    attempt: machine.jobAttempt,
    checkpoint: machine.fromNothing ? null : (machine.checkpoint?.id ?? null),
  });
  for (const subtask of machine.subtasks) {
    subtask.blockedBy = null;
    subtask.local.clear();
    subtask.mails.clear();
    subtask.inputs.clear();
    subtask.restored = 0;
    subtask.ahead = 0;
    subtask.stalled = 0;
    subtask.inFlight = 0;
    subtask.heldBy.clear();
    subtask.shownHold = null;
  }
  if (machine.fromNothing) {
    forgetCheckpoints(machine);
  }
  const resends = rollBackAddresses(machine);
  machine.timers.rollBack();
  for (const type of machine.typeList) {
    type.registrations.fill(null);
    const known = machine.image?.known.find(({ type: name }) => name === type.typename);
    type.slots.forEach((slot, index) => {
      slot.known = known?.slots[index] ?? null;
    });
  }
  restorePositions(machine);
  recountFunctions(machine);
  // S74: requests that were in flight first, then feedback messages, then timers and ingress as they come.
  for (const { address, messages } of resends) {
    address.subtask.local.push({ type: 'resend', to: address, messages });
  }
  for (const { to, message } of machine.image?.feedback ?? []) {
    const address = addressOf(machine, to.typename, to.id);
    address.subtask.inputs.push({ type: 'feedback', to: address, message });
    address.subtask.restored += 1;
  }
  const failure = startFailure(machine);
  if (failure !== null) {
    failAsSuch(machine, failure);
    return;
  }
  for (const subtask of machine.subtasks) {
    settle(machine, subtask);
  }
  for (const reader of machine.readers) {
    scheduleRead(machine, reader);
  }
}

const NOTHING: AddressImage = { waiting: [], inFlight: null, call: 0, values: [] };

/** S76, S77: every address is as if never used, and no timer is left. */
function forgetCheckpoints(machine: Machine): void {
  machine.fromNothing = false;
  machine.checkpoint = null;
  machine.image = null;
  for (const address of machine.addresses) {
    machine.undo.set(address, NOTHING);
  }
  machine.timers.forget();
}

interface Resend {
  readonly address: Address;
  readonly messages: readonly Message[];
  readonly call: number;
}

/** Takes every address back and forgets the calls; gives the requests to send again, as the state backend gives their keys. */
function rollBackAddresses(machine: Machine): Resend[] {
  const resends: Resend[] = [];
  for (const call of machine.calls.values()) {
    if (!machine.undo.has(call.address)) {
      resends.push({ address: call.address, messages: call.messages, call: call.id });
    }
    call.address.call = null;
    machine.dirtyAddresses.add(call.address);
    call.address.dirty = true;
    if (call.stored) {
      machine.removedCells.add(`c${call.id}`);
    }
  }
  machine.calls.clear();
  machine.dirtyCalls.clear();
  for (const [address, image] of machine.undo) {
    address.waiting = [...image.waiting];
    address.values.length = 0;
    address.values.push(...image.values);
    if (image.inFlight !== null) {
      resends.push({ address, messages: image.inFlight, call: image.call });
    }
    address.dirty = true;
    machine.dirtyAddresses.add(address);
  }
  clearUndo(machine);
  for (const { address, messages, call } of resends) {
    // Sent again, the request is new to the engine, but the checkpoint still holds it as in flight.
    machine.undo.set(address, { waiting: [...address.waiting], inFlight: messages, call, values: [...address.values] });
    machine.dirtyUndo.add(address);
  }
  const groups = maxParallelism(machine.subtasks.length);
  return resends.sort((left, right) => restoreOrder(left.address.ref.id, right.address.ref.id, groups) || left.call - right.call);
}

function restorePositions(machine: Machine): void {
  for (const reader of machine.readers) {
    reader.scheduled = false;
    reader.ahead = 0;
  }
  const { image } = machine;
  if (image === null) {
    seekToStart(machine);
  } else {
    machine.readers.forEach((reader, index) => Object.assign(reader, image.offsets[index]));
  }
  Object.assign(machine.ledger, image?.ledger ?? { created: 0, fromIngress: 0, done: 0, dropped: 0 });
  recountLag(machine);
}

/** Counters of what is now, which a restore changes by more than one. */
function recountFunctions(machine: Machine): void {
  for (const type of machine.typeList) {
    type.node.inFlight = 0;
    type.node.waiting = 0;
    type.node.queued = type.addresses.reduce((sum, { waiting }) => sum + waiting.length, 0);
  }
  for (const { to } of machine.timers.all()) {
    const node = machine.types.get(to.typename)?.node;
    if (node !== undefined) {
      node.waiting += 1;
    }
  }
}

/** Feedback messages that have not reached their subtask's thread, in order. */
export function feedbackUnderWay(machine: Machine) {
  const queued = machine.subtasks.flatMap(({ inputs }) => inputs.toArray()).filter((job) => job.type === 'feedback');
  const scheduled = machine.agenda
    .unordered()
    .filter((item) => item.type === 'feedback')
    .sort((left, right) => left.at - right.at || left.seq - right.seq);
  return [...queued, ...scheduled].map(({ to, message }) => ({ to: to.ref, message }));
}

function clearUndo(machine: Machine): void {
  for (const key of machine.storedUndo) {
    machine.removedCells.add(key);
  }
  machine.storedUndo.clear();
  machine.undo.clear();
  machine.dirtyUndo.clear();
}
