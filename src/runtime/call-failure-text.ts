/**
 * Why a call failed, said the same wherever a line of text tells of it: on the command line, in a scenario's failures, above a function.
 * It goes behind the name of the function, in the middle of a sentence.
 */
import { assertNever } from '../base/assert-never.ts';
import { formatSpan } from '../model/text-forms.ts';
import type { CodePlace } from '../protocol/call.ts';
import { STALL_WORDS } from '../protocol/stall-words.ts';
import type { CallFailureReason } from './trace-event.ts';

export function callFailureText(reason: CallFailureReason): string {
  if ('remote' in reason && reason.remote !== undefined) {
    return `${reason.remote.url}: ${reason.remote.detail}`;
  }
  switch (reason.type) {
    case 'threw':
      return `${reason.error.name}: ${reason.error.message}`;
    case 'timed-out':
      return overrunText(reason);
    case 'never-ready':
      return `answered ${reason.times} times that states are missing which it has`;
    case 'no-such-function':
      return 'no code defines it';
    case 'sandbox-lost':
    case 'bad-reply':
      return reason.message;
    case 'http-status':
      return asked(`the endpoint answered with status ${reason.status}`);
    case 'refused':
      return asked('the endpoint refused the connection');
    case 'dropped':
      return asked('the endpoint dropped the connection');
    case 'no-answer':
      return asked(`the endpoint did not answer within ${formatSpan(reason.limitMillis)} of virtual time`);
    case 'malformed':
      return asked('the endpoint answered something that is no FromFunction');
    case 'wrong-content-type':
      return asked(`the endpoint answered with content type ${reason.contentType}`);
    default:
      return assertNever(reason);
  }
}

/** Where the code threw, or did not go on. */
export function callFailurePlace(reason: CallFailureReason): CodePlace | null {
  return (reason.type === 'threw' ? reason.error.stack[0] : reason.type === 'timed-out' ? reason.stall?.place : null) ?? null;
}

/** `functions/greet.ts:16:34`. */
export function codePlaceText({ path, line, column }: CodePlace): string {
  return `${path}:${line}:${column}`;
}

/** Where it stayed is known only of code that ran on in real time; what a stub or a slow endpoint adds is virtual. */
function overrunText({ limitMillis, stall }: Extract<CallFailureReason, { readonly type: 'timed-out' }>): string {
  return limitMillis === 0
    ? 'waits for a promise that nothing can settle: no timer and no request is left'
    : `did not return within ${formatSpan(limitMillis)}${stall === undefined ? '' : ` of real time: ${STALL_WORDS[stall.type]}`}`;
}

function asked(fault: string): string {
  return `${fault}, as a fault has it`;
}
