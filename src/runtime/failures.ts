/**
 * What fails, and what then happens: retries inside the call's budget (S61 to S63), the failure of the job (S65), or a
 * pause for the user's decision. A pause leaves everything as it was before the failing job (R3).
 */
import { hash32 } from '../base/random.ts';
import { limitOf, withdraw } from './calls.ts';
import { settleTransactions, writeRecord } from './egress.ts';
import { traceCallFailure, traceJobFailure } from './failure-trace.ts';
import { nextSeq } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Call, EgressRecord, JobFailure, Reader, Timer } from './machine-types.ts';
import { afterFailure, isNamed, NO_FAILURES } from './restart-strategy.ts';
import type { CallFailureReason } from './trace-event.ts';
import { giveUpMessage, nextAttempt } from './transport.ts';

export function failCall(machine: Machine, call: Call, reason: CallFailureReason): void {
  if (pauses(machine, addressKey(call))) {
    pauseAtCall(machine, call, reason);
    return;
  }
  retryOrFail(machine, call, reason);
}

export function pauseAtCall(machine: Machine, call: Call, reason: CallFailureReason): void {
  call.phase = 'paused';
  machine.dirtyCalls.add(call);
  machine.pending = { type: 'call', call, reason };
  traceCallFailure(machine, call, reason, 'paused', null);
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

/** The job fails by itself: while it starts, or when a checkpoint cannot be completed. */
export function failAsSuch(machine: Machine, failure: JobFailure): void {
  if (pauses(machine, jobKey(failure))) {
    machine.pending = { type: 'job', failure };
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
  const { restartStrategy, seed } = machine.config.settings;
  const restarts = machine.checkpointing || isNamed(restartStrategy);
  const { memory, delayMillis } = restarts
    ? afterFailure(restartStrategy, machine.restartMemory, machine.now, hash32(`${seed}\u0000restart`, machine.jobAttempt))
    : { memory: machine.restartMemory, delayMillis: null };
  machine.restartMemory = memory;
  traceJobFailure(machine, failure, call, delayMillis === null ? 'ended' : 'restart');
  stopJob(machine);
  if (delayMillis === null) {
    machine.phase = 'ended';
    return;
  }
  // Without checkpoints there is nothing to go back to.
  machine.fromNothing ||= !machine.checkpointing;
  startAgain(machine, delayMillis);
}

/** Virtual ms until a process that died is replaced by a new one. */
const NEW_PROCESS_MILLIS = 1000;

/** S77: the process dies, and is started anew without a savepoint: its checkpoints are nobody's. */
export function crashProcess(machine: Machine): void {
  const failure: JobFailure = { code: 'process-crash', message: 'The process died and is started anew without a savepoint', address: null };
  traceJobFailure(machine, failure, null, 'restart');
  stopJob(machine);
  machine.restartMemory = NO_FAILURES;
  machine.processStart = machine.jobAttempt + 1;
  machine.fromNothing = true;
  startAgain(machine, NEW_PROCESS_MILLIS);
}

function startAgain(machine: Machine, delayMillis: number): void {
  machine.phase = 'restarting';
  machine.agenda.push({ type: 'restart', at: machine.now + delayMillis, seq: nextSeq(machine) });
}

function stopJob(machine: Machine): void {
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
  machine.overdueCheckpoints = 0;
  machine.tickAt = null;
  for (const subtask of machine.subtasks) {
    subtask.drainScheduled = false;
  }
  settleTransactions(machine, 'aborted');
}

export function retryOrFail(machine: Machine, call: Call, reason: CallFailureReason): void {
  const { endpoint, typename } = call.address.type;
  if (endpoint === null) {
    throw new Error(`a call of ${typename} without an endpoint failed`);
  }
  // A function that never returns is noticed when the attempt's time is over, on the virtual clock too.
  const silent = reason.type === 'timed-out' || (reason.type === 'no-answer' && reason.remote !== undefined);
  const noticed = silent && !call.overdue ? Math.max(machine.now, call.issuedAt + limitOf(call)) : machine.now;
  const { tries, resends, bootstrap } = call;
  const next = nextAttempt(endpoint, { reason, elapsed: noticed - call.budgetFrom, tries, resends, bootstrap });
  const at = noticed + next.afterMillis;
  machine.dirtyCalls.add(call);
  call.lastFailure = reason;
  if (next.type !== 'give-up') {
    if (next.type === 'resend') {
      call.tries -= 1;
      call.resends += 1;
    } else {
      call.resends = 0;
    }
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

export function failWithReply(machine: Machine, call: Call, failure: JobFailure, leaving: readonly EgressRecord[]): void {
  for (const record of leaving) {
    writeRecord(machine, call, record); // S32
  }
  failJob(machine, failure, call);
}

export function pauses(machine: Machine, key: string): boolean {
  return machine.config.settings.pauseOnFailure && !machine.asEngine.has(key);
}

export function addressKey(call: Call): string {
  return `a${call.address.index}`;
}

export function jobKey({ code }: JobFailure): string {
  return `j${code}`;
}

export function recordKey(reader: Reader): string {
  return `r${reader.index}/${reader.offset}`;
}
