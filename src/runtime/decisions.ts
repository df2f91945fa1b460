/** A run that paused at a failure: what it shows of it, and what the user decides. */
import { assertNever } from '../base/assert-never.ts';
import { virtualTime } from '../base/ids.ts';
import { endCall, issueAttempt } from './calls.ts';
import { askAgain } from './completion.ts';
import type { FailureDecision, PausedFailure } from './engine-api.ts';
import { addressKey, failJob, failWithReply, jobKey, recordKey, retryOrFail } from './failures.ts';
import { traceDrop } from './failure-trace.ts';
import { passRecord } from './ingress.ts';
import { nextSeq, touch } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Call, JobFailure, PendingFailure, Reader } from './machine-types.ts';
import { takeTimer } from './reply-apply.ts';
import { settle } from './subtask-loop.ts';

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
    case 'job':
      return { at, address: null, call: null, messages: [], record: null, failure: ofJob(pending.failure) };
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
    case 'job':
      failJob(machine, pending.failure, null);
      return;
    default:
      assertNever(pending);
  }
}

function continuePending(machine: Machine, pending: PendingFailure): void {
  switch (pending.type) {
    case 'call':
      if (pending.reason.type === 'never-ready') {
        // S16: StateFun asks again, without a pause and without a limit.
        askAgain(machine, pending.call, []);
        settle(machine, pending.call.address.subtask);
      } else {
        retryOrFail(machine, pending.call, pending.reason);
      }
      return;
    case 'reply':
      failWithReply(machine, pending.call, pending.failure, pending.leaving);
      return;
    case 'record':
    case 'timer':
    case 'job':
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
    case 'job':
      failJob(machine, pending.failure, null);
      return;
    default:
      assertNever(pending);
  }
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
    case 'job':
      return jobKey(pending.failure);
    default:
      return assertNever(pending);
  }
}

function recordPlace({ topic, partition, offset }: Reader) {
  return { topic, partition, offset };
}
