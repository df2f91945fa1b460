/** Calls of functions: built, handed out, tried again, ended. R2: an address has one at most. */
import { virtualTime } from '../base/ids.ts';
import type { CallReply, CallRequest } from '../protocol/call.ts';
import { encodeToFunction } from '../protocol/wire-codec.ts';
import { faultDuration, hitByFault } from './faults.ts';
import { attemptLimit } from './transport.ts';
import { callSeed, drawLatency, minimumLatency } from './chance.ts';
import { nextSeq, nextTraceSeq, nowOf } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Address, Call, Message } from './machine-types.ts';
import { attachStates, registrationOf } from './state-table.ts';

const NO_BYTES = new Uint8Array(0);

/** Sends a batch to an address that has no call in flight and has been touched. */
export function startCall(machine: Machine, address: Address, messages: readonly Message[], unready = 0): void {
  const { type, subtask } = address;
  const registration = registrationOf(address);
  const bootstrap = registration === null && type.standIn === null; // S9, S14
  if (bootstrap) {
    type.registrations[subtask.index] = { entries: [], names: [] };
  }
  address.ordinal += 1;
  machine.lastCall += 1;
  const call: Call = {
    id: machine.lastCall,
    address,
    ordinal: address.ordinal,
    messages,
    bootstrap,
    request: type.standIn === null ? buildRequest(machine, address, messages) : NO_BYTES,
    attempt: 0,
    tries: 0,
    issuedAt: machine.now,
    budgetFrom: machine.now,
    at: machine.now,
    seq: 0,
    reply: null,
    moved: false,
    overdue: false,
    fault: null,
    resends: 0,
    unready,
    lastFailure: null,
    phase: 'in-flight',
    handedOut: true,
    stored: false,
  };
  address.call = call;
  machine.calls.set(call.id, call);
  subtask.inFlight += 1;
  type.node.inFlight += 1;
  if (bootstrap) {
    subtask.blockedBy = call;
  }
  issueAttempt(machine, call);
}

/** Sends the call's request once more (or for the first time), with a duration and a seed of its own. */
export function issueAttempt(machine: Machine, call: Call): void {
  const { address } = call;
  const { type } = address;
  const { callLatency } = machine.config.settings;
  call.attempt += 1;
  call.tries += 1;
  call.issuedAt = machine.now;
  call.fault = type.endpoint === null ? null : hitByFault(machine, type.typename);
  const drawn = type.standIn === null ? drawLatency(address.seed, call.ordinal, call.attempt, callLatency) : minimumLatency(callLatency);
  setDuration(call, call.fault === null ? drawn : faultDuration(call.fault, drawn));
  call.seq = nextSeq(machine);
  call.reply = null;
  call.moved = false;
  call.phase = 'in-flight';
  machine.dirtyCalls.add(call);
  machine.agenda.push({ type: 'completion', at: call.at, seq: call.seq, call });
  if (needsReply(call)) {
    offer(machine, call);
  }
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'call-started',
    call: call.id,
    attempt: call.attempt,
    address: address.ref,
    messages: call.messages.map(({ id }) => id),
    bootstrap: call.bootstrap,
  });
}

/** Virtual ms after which the transport gives the attempt under way up. */
export function limitOf({ address, issuedAt, budgetFrom }: Call): number {
  const { endpoint } = address.type;
  return endpoint === null ? Infinity : attemptLimit(endpoint, issuedAt - budgetFrom);
}

/** Lets the attempt under way complete after `duration`, or at the end of its time. */
export function setDuration(call: Call, duration: number): void {
  const limit = limitOf(call);
  call.overdue = duration > limit;
  call.at = call.issuedAt + Math.min(duration, limit);
}

/** Whether it takes the function's code to complete this attempt. */
export function needsReply(call: Call): boolean {
  return call.reply === null && call.address.type.standIn === null && !call.overdue && (call.fault === null || call.fault.type === 'slow');
}

/** Puts a call among those to hand out. */
export function offer(machine: Machine, call: Call): void {
  call.handedOut = false;
  machine.handOutCount += 1;
  machine.toHandOut.push({ at: call.at, seq: call.seq, call, attempt: call.attempt });
}

/** A call that needs no handing out any more: it was handed out, answered or given up. */
export function withdraw(machine: Machine, call: Call): void {
  if (!call.handedOut) {
    call.handedOut = true;
    machine.handOutCount -= 1;
  }
}

export function handOut(machine: Machine, max: number): CallRequest[] {
  const requests: CallRequest[] = [];
  while (requests.length < max) {
    const next = machine.toHandOut.pop();
    if (next === undefined) {
      break;
    }
    const { call } = next;
    if (call.handedOut || call.attempt !== next.attempt) {
      continue;
    }
    withdraw(machine, call);
    requests.push(requestOf(call));
  }
  return requests;
}

/** The attempt under way as the sandbox is asked for it. */
export function requestOf(call: Call): CallRequest {
  return {
    call: call.id,
    attempt: call.attempt,
    typename: call.address.type.typename,
    id: call.address.ref.id,
    at: virtualTime(call.issuedAt),
    seed: callSeed(call.address.seed, call.ordinal, call.attempt),
    request: call.request,
  };
}

/** Takes a call out of the tables, without a word on its messages. */
export function removeCall(machine: Machine, call: Call): void {
  withdraw(machine, call);
  machine.calls.delete(call.id);
  machine.dirtyCalls.delete(call);
  if (call.stored) {
    machine.removedCells.add(`c${call.id}`);
  }
}

/**
 * Ends a call: what waited goes out as the next request (S25), in full (S32 last, S34). The address has been touched.
 */
export function endCall(machine: Machine, call: Call): void {
  const { address } = call;
  const { subtask, type } = address;
  removeCall(machine, call);
  address.call = null;
  subtask.inFlight -= 1;
  type.node.inFlight -= 1;
  subtask.heldBy.delete(address); // S27
  if (subtask.blockedBy === call) {
    subtask.blockedBy = null;
  }
  if (address.waiting.length > 0) {
    const batch = address.waiting;
    address.waiting = [];
    type.node.queued -= batch.length;
    startCall(machine, address, batch);
  }
}

function buildRequest(machine: Machine, address: Address, messages: readonly Message[]): Uint8Array {
  const registration = registrationOf(address);
  return encodeToFunction({
    target: address.ref,
    states: registration === null ? [] : attachStates(machine, address, registration),
    messages: messages.map(({ caller, value }) => ({ caller, argument: value })),
  });
}

/** A reply that may still be used: for this attempt of a call in flight. */
export function awaitedCall(machine: Machine, reply: CallReply): Call | null {
  const call = machine.calls.get(reply.call);
  return call !== undefined && call.phase === 'in-flight' && call.attempt === reply.attempt && call.reply === null ? call : null;
}
