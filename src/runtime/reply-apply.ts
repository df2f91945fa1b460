/** The effects of a checked answer, in the engine's order (S32): sends, delayed sends, egress records, state. */
import type { DelayedRequest, InvocationResult } from '../protocol/messages.ts';
import { virtualTime } from '../base/ids.ts';
import { endCall } from './calls.ts';
import { writeRecord } from './egress.ts';
import { newMessage } from './ingress.ts';
import { addressOf, edgeBetween, functionType } from './addresses.ts';
import { markChanged, nextSeq, nextTraceSeq, nowOf, touch } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Call, EgressRecord, Timer } from './machine-types.ts';
import { changeState } from './state-table.ts';
import { send } from './subtask-loop.ts';
import type { AddressRef } from './trace-event.ts';
import type { TypedValue } from '../protocol/messages.ts';

export function applyResult(machine: Machine, call: Call, result: InvocationResult, records: readonly EgressRecord[]): void {
  const { address } = call;
  touch(machine, address);
  traceCompletion(machine, call, result);
  for (const { target, argument } of result.messages) {
    sendMessage(machine, call, target, argument);
  }
  for (const request of result.delayed) {
    applyDelayed(machine, call, request);
  }
  for (const record of records) {
    writeRecord(machine, call, record);
  }
  for (const mutation of result.mutations) {
    changeState(machine, address, mutation);
    machine.trace.push({
      seq: nextTraceSeq(machine),
      at: nowOf(machine),
      type: 'state-changed',
      call: call.id,
      address: address.ref,
      name: mutation.name,
      value:
        mutation.type === 'delete' || mutation.value === null ? null : { typename: mutation.value.typename, bytes: mutation.value.bytes },
    });
  }
  address.type.node.handled += call.messages.length;
  machine.ledger.done += call.messages.length;
  endCall(machine, call);
}

function traceCompletion(machine: Machine, call: Call, result: InvocationResult): void {
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'call-completed',
    call: call.id,
    attempt: call.attempt,
    address: call.address.ref,
    latencyMillis: machine.now - call.issuedAt,
    sent: result.messages.length,
    delayed: result.delayed.length,
    egress: result.egresses.length,
    mutations: result.mutations.length,
    code: call.reply?.code ?? '',
    logs: call.reply?.logs ?? [],
    fetches: call.reply?.fetches ?? [],
  });
}

/** Queued now, delivered when the whole answer is applied (S33). */
function sendMessage(machine: Machine, call: Call, target: AddressRef, value: TypedValue): void {
  const to = addressOf(machine, target.typename, target.id);
  const from = call.address;
  const message = newMessage(machine, { caller: from.ref, value });
  edgeBetween(machine, from.type, to.type.typename, false).count += 1;
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'message-sent',
    message: message.id,
    from: { type: 'function', address: from.ref },
    to: to.ref,
    value,
    cause: call.id,
    timer: null,
  });
  send(machine, from.subtask, to, message);
}

function applyDelayed(machine: Machine, call: Call, request: DelayedRequest): void {
  const from = call.address.ref;
  markChanged(machine);
  if (request.type === 'cancel') {
    const timer = request.token === null ? undefined : machine.timers.pending(from.id, request.token);
    if (timer !== undefined) {
      takeTimer(machine, timer);
      machine.trace.push({ seq: nextTraceSeq(machine), at: nowOf(machine), type: 'timer-cancelled', timer: timer.id, call: call.id });
    }
    return; // S45: a token that is not pending does nothing.
  }
  machine.lastTimer += 1;
  const due = machine.now + request.delayMillis; // S42
  const timer: Timer = {
    id: machine.lastTimer,
    at: due + 1,
    seq: nextSeq(machine),
    due,
    from,
    to: request.target,
    token: request.token,
    value: request.argument,
    call: call.id,
  };
  machine.timers.add(timer);
  functionType(machine, timer.to.typename).node.waiting += 1;
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'timer-set',
    timer: timer.id,
    call: call.id,
    from,
    to: timer.to,
    due: virtualTime(due),
    token: timer.token,
    value: timer.value,
  });
}

/** Takes a timer out of the table because it fired, was cancelled or was dropped. */
export function takeTimer(machine: Machine, timer: Timer): void {
  machine.timers.remove(timer);
  functionType(machine, timer.to.typename).node.waiting -= 1;
}

/** A due timer becomes an ordinary message from the address that registered it (S44). */
export function fireTimer(machine: Machine, timer: Timer): void {
  markChanged(machine);
  takeTimer(machine, timer);
  const from = addressOf(machine, timer.from.typename, timer.from.id);
  const to = addressOf(machine, timer.to.typename, timer.to.id);
  machine.trace.push({ seq: nextTraceSeq(machine), at: nowOf(machine), type: 'timer-fired', timer: timer.id });
  const message = newMessage(machine, { caller: timer.from, value: timer.value });
  edgeBetween(machine, from.type, to.type.typename, true).count += 1;
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'message-sent',
    message: message.id,
    from: { type: 'function', address: timer.from },
    to: to.ref,
    value: timer.value,
    cause: timer.call,
    timer: timer.id,
  });
  send(machine, from.subtask, to, message);
}
