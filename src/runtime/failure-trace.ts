/** What the trace says of a failure. */
import type { PausedFailure } from './engine-api.ts';
import { nextTraceSeq, nowOf } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Call, JobFailure } from './machine-types.ts';
import type { AddressRef, CallFailed, CallFailureReason, JobFailed } from './trace-event.ts';

export function traceCallFailure(
  machine: Machine,
  call: Call,
  reason: CallFailureReason,
  decision: CallFailed['decision'],
  retryAfterMillis: number | null,
): void {
  const fetches = call.reply?.fetches ?? [];
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
    ...(fetches.length === 0 ? {} : { fetches }),
  });
}

export function traceJobFailure(machine: Machine, failure: JobFailure, call: Call | null, decision: JobFailed['decision']): void {
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

export function traceDrop(
  machine: Machine,
  address: AddressRef | null,
  messages: readonly number[],
  record: PausedFailure['record'],
): void {
  machine.trace.push({ seq: nextTraceSeq(machine), at: nowOf(machine), type: 'dropped-by-user', address, messages, record });
}
