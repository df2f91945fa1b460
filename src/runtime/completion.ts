/** A call completes: its reply is applied whole, or the call or the job fails. */
import { assertNever } from '../base/assert-never.ts';
import { tryDecodeUtf8 } from '../base/text-encoding.ts';
import type { CallReply } from '../protocol/call.ts';
import type { FunctionReply, StateSpec } from '../protocol/messages.ts';
import { decodeFromFunction } from '../protocol/wire-codec.ts';
import { limitOf, removeCall, setDuration, startCall } from './calls.ts';
import { addressKey, failCall, failReply, pauseAtCall, pauses } from './failures.ts';
import { nextTraceSeq, nowOf, touch } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Call } from './machine-types.ts';
import { applyResult } from './reply-apply.ts';
import { checkReply } from './reply-check.ts';
import { NO_EFFECTS, standInAnswer } from './stand-ins.ts';
import { registerStates, specsFailure } from './state-table.ts';
import type { CallFailureReason, RemoteFailure } from './trace-event.ts';

/**
 * The reply's extra duration (stubs, awaited timers) puts the completion off, up to the time that an attempt may take.
 * Gives true when the completion has a new, later time.
 */
export function putOff(call: Call): boolean {
  if (call.moved || call.reply === null) {
    return false;
  }
  call.moved = true;
  const before = call.at;
  const extra = call.reply.extraMillis > 0 ? Math.ceil(call.reply.extraMillis) : 0;
  setDuration(call, before - call.issuedAt + extra);
  return call.at > before;
}

export function completeCall(machine: Machine, call: Call): void {
  const answer = answerOf(machine, call);
  if (answer.type === 'failed') {
    failCall(machine, call, answer.reason);
    return;
  }
  const { reply } = answer;
  const { address } = call;
  if (reply.type === 'incomplete') {
    const failure = specsFailure(address, reply.missing);
    if (failure !== null) {
      failReply(machine, call, failure, []);
      return;
    }
    if (call.unready >= PATIENCE && pauses(machine, addressKey(call))) {
      const times = call.unready;
      pauseAtCall(machine, call, {
        type: 'never-ready',
        times,
        ...remoteFailure(call.reply, `It asked ${times} times for states that it has.`),
      });
      return;
    }
    askAgain(machine, call, reply.missing);
    return;
  }
  const { records, failure, leaving } = checkReply(machine, address, reply);
  if (failure !== null) {
    failReply(machine, call, failure, records.slice(0, leaving));
    return;
  }
  applyResult(machine, call, reply, records);
}

/** So many incomplete answers in a row that named nothing new are taken for a function that never has what it wants. */
const PATIENCE = 100;

/** S10, S16: the new states are registered and the same batch goes out again; nothing of the answer is an effect. */
export function askAgain(machine: Machine, call: Call, missing: readonly StateSpec[]): void {
  const { address } = call;
  touch(machine, address);
  const added = registerStates(machine, address, missing);
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'state-registered',
    call: call.id,
    address: address.ref,
    states: added,
  });
  removeCall(machine, call);
  address.call = null;
  address.subtask.inFlight -= 1;
  address.type.node.inFlight -= 1;
  address.subtask.heldBy.delete(address); // S27: a completed call ends it, whatever it said.
  if (address.subtask.blockedBy === call) {
    address.subtask.blockedBy = null; // S14: the repeated request is asynchronous.
  }
  startCall(machine, address, call.messages, added.length === 0 ? call.unready + 1 : 0);
}

/** What a fault, or an attempt that took too long, makes of the call; null: what the function answered counts. */
function faultAnswer(call: Call): Answer | null {
  const failed = (reason: CallFailureReason): Answer => ({ type: 'failed', reason });
  switch (call.fault?.type) {
    case 'status':
      // S61: any 2xx is a success, and an empty body one without effects.
      return call.fault.status >= 200 && call.fault.status < 300
        ? { type: 'replied', reply: NO_EFFECTS }
        : failed({ type: 'http-status', status: call.fault.status });
    case 'refused':
    case 'dropped':
    case 'malformed':
      return failed({ type: call.fault.type });
    case 'no-answer':
      return failed({ type: 'no-answer', limitMillis: call.at - call.issuedAt });
    case 'content-type':
      return failed({ type: 'wrong-content-type', contentType: call.fault.contentType });
    case 'slow':
    case undefined:
      return call.overdue ? failed({ type: 'no-answer', limitMillis: call.at - call.issuedAt }) : null;
  }
}

type Answer = { readonly type: 'replied'; readonly reply: FunctionReply } | { readonly type: 'failed'; readonly reason: CallFailureReason };

function answerOf(machine: Machine, call: Call): Answer {
  const { type } = call.address;
  const faulty = faultAnswer(call);
  if (faulty !== null) {
    return faulty;
  }
  if (type.standIn !== null) {
    return { type: 'replied', reply: standInAnswer(machine, call) };
  }
  const outcome = call.reply?.outcome;
  if (outcome === undefined) {
    throw new Error(`call ${call.id} completes without a reply`);
  }
  switch (outcome.type) {
    case 'replied': {
      const decoded = decodeFromFunction(outcome.reply);
      return decoded.ok
        ? { type: 'replied', reply: decoded.value }
        : {
            type: 'failed',
            reason: {
              type: 'bad-reply',
              message: decoded.error,
              ...remoteFailure(call.reply, `The answer is no FromFunction: ${decoded.error}. ${beginning(outcome.reply)}`),
            },
          };
    }
    case 'http-status':
    case 'wrong-content-type':
    case 'refused':
    case 'dropped':
      return { type: 'failed', reason: { ...outcome, ...remoteFailure(call.reply, outcome.type) } };
    case 'no-answer':
      return { type: 'failed', reason: { ...outcome, limitMillis: limitOf(call), ...remoteFailure(call.reply, outcome.type) } };
    case 'threw':
    case 'timed-out':
    case 'sandbox-lost':
    case 'no-such-function':
      return { type: 'failed', reason: outcome };
    default:
      return assertNever(outcome);
  }
}

/** Of an answer that is none, so many bytes are quoted. */
const QUOTED_BYTES = 40;

/** As text where all of it is, since a page that is sent as bytes tells best by its words what answered. */
function beginning(bytes: Uint8Array): string {
  const head = bytes.subarray(0, QUOTED_BYTES);
  const text = tryDecodeUtf8(head);
  const shown =
    text !== null && /^[\x20-\x7e\s]*$/.test(text)
      ? JSON.stringify(text)
      : [...head].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `It has ${bytes.length} bytes and begins with ${shown}`;
}

function remoteFailure(reply: CallReply | null, otherwise: string): { readonly remote?: RemoteFailure } {
  const remote = reply?.remote;
  return remote === undefined ? {} : { remote: { url: remote.url, detail: remote.detail ?? otherwise } };
}
