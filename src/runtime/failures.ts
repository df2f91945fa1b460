/**
 * What fails, and what then happens: retries inside the call's budget (S61 to S63), the failure of the job (S65), or a
 * pause for the user's decision. A pause leaves everything as it was before the failing job (R3).
 */
import { assertNever } from '../base/assert-never.ts';
import type { FailureDecision, PausedFailure } from './engine-api.ts';
import { virtualTime } from '../base/ids.ts';
import type { EndpointDefinition } from '../model/module.ts';
import { endCall, issueAttempt, withdraw } from './calls.ts';
import { settleTransactions, writeRecord } from './egress.ts';
import { passRecord } from './ingress.ts';
import { nextSeq, nextTraceSeq, nowOf, touch } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Call, EgressRecord, JobFailure, PendingFailure, Reader, Timer } from './machine-types.ts';
import { takeTimer } from './reply-apply.ts';
import { settle } from './subtask-loop.ts';
import type { AddressRef, CallFailed, CallFailureReason, JobFailed } from './trace-event.ts';
import { attemptLimit, giveUpMessage, nextAttempt } from './transport.ts';

export function failCall(machine: Machine, call: Call, reason: CallFailureReason): void {
  if (pauses(machine, addressKey(call))) {
    call.phase = 'paused';
    machine.dirtyCalls.add(call);
    machine.pending = { type: 'call', call, reason };
    traceCallFailure(machine, call, reason, 'paused', null);
    return;
  }
  retryOrFail(machine, call, reason);
}

export function failReply(machine: Machine, call: Call, failure: JobFailure, leaving: readonly EgressRecord[]): void {
  if (pauses(machine, addressKey(call))) {
    call.phase = 'paused';
    machine.dirtyCalls.add(call);
    machine.pending = { type: 'reply', call, failure, leaving };
    traceJobFailure(machine, failure, call, 'paused');
    return;
  }
  failWithReply(machine, call, failure, leaving);
}

export function failRecord(machine: Machine, reader: Reader, failure: JobFailure): void {
  if (pauses(machine, recordKey(reader))) {
    machine.pending = { type: 'record', reader, failure };
    traceJobFailure(machine, failure, null, 'paused');
    return;
  }
  failJob(machine, failure, null);
}

export function failTimer(machine: Machine, timer: Timer, failure: JobFailure): void {
  if (pauses(machine, `t${timer.id}`)) {
    machine.pending = { type: 'timer', timer, failure };
    traceJobFailure(machine, failure, null, 'paused');
    return;
  }
  failJob(machine, failure, null);
}

/** The budget of a call is gone and no attempt is under way. */
export function budgetSpent(machine: Machine, call: Call): void {
  const { endpoint, typename } = call.address.type;
  const reason = call.lastFailure;
  const message =
    endpoint === null || reason === null ? 'RequestTimeoutException' : giveUpMessage(typename, call.address.ref.id, endpoint, reason);
  failJob(machine, { code: 'call-budget-spent', message, address: call.address.ref }, call);
}

/** The job stops: calls in flight are given up, open transactions aborted, and it restarts or ends (S7, S8). */
export function failJob(machine: Machine, failure: JobFailure, call: Call | null): void {
  const delay = machine.checkpointing ? restartDelay(machine) : null;
  traceJobFailure(machine, failure, call, delay === null ? 'ended' : 'restart');
  for (const inFlight of machine.calls.values()) {
    withdraw(machine, inFlight);
    inFlight.phase = 'paused';
    machine.dirtyCalls.add(inFlight);
  }
  machine.pending = null;
  // What was between subtasks stays visible until a restart takes it back.
  const between = machine.agenda.unordered().filter((item) => item.type === 'feedback');
  machine.agenda.clear();
  for (const { to, message } of between.sort((left, right) => left.seq - right.seq)) {
    to.subtask.inputs.push({ type: 'feedback', to, message });
  }
  machine.barrier = null;
  machine.tickAt = null;
  for (const subtask of machine.subtasks) {
    subtask.drainScheduled = false;
  }
  settleTransactions(machine, 'aborted');
  if (delay === null) {
    machine.phase = 'ended';
    return;
  }
  machine.restarts += 1;
  machine.phase = 'restarting';
  machine.agenda.push({ type: 'restart', at: machine.now + delay, seq: nextSeq(machine) });
}

export function decide(machine: Machine, decision: FailureDecision): void {
  const { pending } = machine;
  if (pending === null) {
    return;
  }
  machine.pending = null;
  switch (decision) {
    case 'retry':
      retryPending(machine, pending);
      return;
    case 'as-engine':
      machine.asEngine.add(pendingKey(pending));
      continuePending(machine, pending);
      return;
    case 'drop':
      dropPending(machine, pending);
      return;
    default:
      assertNever(decision);
  }
}

export function pausedView(machine: Machine): PausedFailure | null {
  const { pending } = machine;
  if (pending === null) {
    return null;
  }
  const at = virtualTime(machine.now);
  const ofCall = (call: Call) => ({
    at,
    address: call.address.ref,
    call: call.id,
    messages: call.messages.map(({ id }) => id),
    record: null,
  });
  const ofJob = ({ code, message }: JobFailure) => ({ type: 'job' as const, code, message });
  switch (pending.type) {
    case 'call':
      return { ...ofCall(pending.call), failure: { type: 'call', reason: pending.reason } };
    case 'reply':
      return { ...ofCall(pending.call), failure: ofJob(pending.failure) };
    case 'record':
      return {
        at,
        address: pending.failure.address,
        call: null,
        messages: [],
        record: recordPlace(pending.reader),
        failure: ofJob(pending.failure),
      };
    case 'timer':
      return { at, address: pending.timer.to, call: null, messages: [], record: null, failure: ofJob(pending.failure) };
    default:
      return assertNever(pending);
  }
}

function retryPending(machine: Machine, pending: PendingFailure): void {
  switch (pending.type) {
    case 'call':
    case 'reply':
      pending.call.budgetFrom = machine.now;
      pending.call.tries = 0;
      issueAttempt(machine, pending.call);
      return;
    case 'record':
      machine.agenda.push({ type: 'read', at: machine.now, seq: nextSeq(machine), reader: pending.reader });
      return;
    case 'timer':
      machine.timers.rearm(pending.timer);
      return;
    default:
      assertNever(pending);
  }
}

function continuePending(machine: Machine, pending: PendingFailure): void {
  switch (pending.type) {
    case 'call':
      retryOrFail(machine, pending.call, pending.reason);
      return;
    case 'reply':
      failWithReply(machine, pending.call, pending.failure, pending.leaving);
      return;
    case 'record':
    case 'timer':
      failJob(machine, pending.failure, null);
      return;
    default:
      assertNever(pending);
  }
}

function dropPending(machine: Machine, pending: PendingFailure): void {
  switch (pending.type) {
    case 'call':
    case 'reply': {
      const { call } = pending;
      touch(machine, call.address);
      traceDrop(
        machine,
        call.address.ref,
        call.messages.map(({ id }) => id),
        null,
      );
      machine.ledger.dropped += call.messages.length;
      endCall(machine, call);
      settle(machine, call.address.subtask);
      return;
    }
    case 'record':
      traceDrop(machine, pending.failure.address, [], recordPlace(pending.reader));
      pending.reader.dropped += 1;
      passRecord(machine, pending.reader);
      return;
    case 'timer':
      traceDrop(machine, pending.timer.to, [], null);
      takeTimer(machine, pending.timer);
      return;
    default:
      assertNever(pending);
  }
}

function retryOrFail(machine: Machine, call: Call, reason: CallFailureReason): void {
  const { endpoint, typename } = call.address.type;
  if (endpoint === null) {
    throw new Error(`a call of ${typename} without an endpoint failed`);
  }
  // A function that never returns is noticed when the attempt's time is over, on the virtual clock too.
  const noticed = reason.type === 'timed-out' && !call.overdue ? Math.max(machine.now, timeOutAt(call, endpoint)) : machine.now;
  const next = nextAttempt(endpoint, reason, noticed - call.budgetFrom, call.tries);
  const at = noticed + next.afterMillis;
  machine.dirtyCalls.add(call);
  call.lastFailure = reason;
  if (next.type === 'retry') {
    call.phase = 'waiting-to-retry';
    traceCallFailure(machine, call, reason, 'retry', at - machine.now);
    machine.agenda.push({ type: 'retry', at, seq: nextSeq(machine), call });
    call.at = at;
    call.seq = machine.seq;
    return;
  }
  call.phase = 'waiting-out-budget';
  traceCallFailure(machine, call, reason, 'job-fails', null);
  machine.agenda.push({ type: 'budget-spent', at, seq: nextSeq(machine), call });
  call.at = at;
  call.seq = machine.seq;
}

/** Virtual ms until the job is up again; null when it is not restarted. */
function restartDelay(machine: Machine): number | null {
  const strategy = machine.config.settings.restartStrategy;
  if (strategy.type === 'none' || (strategy.attempts !== null && machine.restarts >= strategy.attempts)) {
    return null;
  }
  return Math.max(0, Math.ceil(strategy.delayMillis));
}

function timeOutAt(call: Call, endpoint: EndpointDefinition): number {
  const limit = attemptLimit(endpoint, call.issuedAt - call.budgetFrom);
  return call.issuedAt + (limit === Infinity ? 0 : limit);
}

function failWithReply(machine: Machine, call: Call, failure: JobFailure, leaving: readonly EgressRecord[]): void {
  for (const record of leaving) {
    writeRecord(machine, call, record); // S32
  }
  failJob(machine, failure, call);
}

function pauses(machine: Machine, key: string): boolean {
  return machine.config.settings.pauseOnFailure && !machine.asEngine.has(key);
}

function pendingKey(pending: PendingFailure): string {
  switch (pending.type) {
    case 'call':
    case 'reply':
      return addressKey(pending.call);
    case 'record':
      return recordKey(pending.reader);
    case 'timer':
      return `t${pending.timer.id}`;
    default:
      return assertNever(pending);
  }
}

function addressKey(call: Call): string {
  return `a${call.address.index}`;
}

function recordKey(reader: Reader): string {
  return `r${reader.index}/${reader.offset}`;
}

function recordPlace({ topic, partition, offset }: Reader) {
  return { topic, partition, offset };
}

function traceCallFailure(
  machine: Machine,
  call: Call,
  reason: CallFailureReason,
  decision: CallFailed['decision'],
  retryAfterMillis: number | null,
): void {
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'call-failed',
    call: call.id,
    attempt: call.attempt,
    address: call.address.ref,
    reason,
    decision,
    retryAfterMillis,
    logs: call.reply?.logs ?? [],
  });
}

function traceJobFailure(machine: Machine, failure: JobFailure, call: Call | null, decision: JobFailed['decision']): void {
  const outcome = call?.reply?.outcome;
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'job-failed',
    code: failure.code,
    message: failure.message,
    address: failure.address,
    call: call?.id ?? null,
    place: outcome?.type === 'threw' ? (outcome.error.stack[0] ?? null) : null,
    decision,
  });
}

function traceDrop(machine: Machine, address: AddressRef | null, messages: readonly number[], record: PausedFailure['record']): void {
  machine.trace.push({ seq: nextTraceSeq(machine), at: nowOf(machine), type: 'dropped-by-user', address, messages, record });
}
