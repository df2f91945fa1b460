/** What an endpoint's transport does: options that cannot work, and when a failed request is sent again (S61 to S64, S93). */
import { assertNever } from '../base/assert-never.ts';
import type { Typename } from '../base/ids.ts';
import type { EndpointDefinition } from '../model/module.ts';
import { splitTypename } from '../protocol/wire-codec.ts';
import { javaName } from './java-names.ts';
import type { CallFailureReason, JobFailureCode } from './trace-event.ts';

/** Why the first message to a type fails the job, or null. */
export function transportProblem(
  type: Typename,
  endpoint: EndpointDefinition | null,
): { readonly code: JobFailureCode; readonly message: string } | null {
  if (endpoint === null) {
    // S58
    return { code: 'no-endpoint', message: `Cannot find a provider for type ${javaName('FunctionType', type)}.` };
  }
  // S93: the name goes in as it is, and nothing else is replaced.
  const url = endpoint.urlPathTemplate.replaceAll('{function.name}', () => splitTypename(type).name);
  const brace = url.search(/[{}]/);
  if (brace >= 0) {
    return { code: 'bad-transport-options', message: `Illegal character in path at index ${brace}: ${url}` };
  }
  if (endpoint.transport === 'okhttp') {
    const { call, connect, read, write } = endpoint.timeouts;
    const tooLong = connect > call ? 'Connect' : read > call ? 'Read' : write > call ? 'Write' : null;
    if (tooLong !== null) {
      // S64
      return {
        code: 'bad-transport-options',
        message: `Unable to parse transport client properties when creating client: ${tooLong} timeout cannot be larger than request timeout.`,
      };
    }
  }
  return null;
}

/** OkHttp takes 0 for no limit; so long that it never ends. */
const FOREVER = 100 * 365 * 86_400_000;

/** Virtual ms that one attempt may take when `elapsed` of the call's budget is gone. */
export function attemptLimit(endpoint: EndpointDefinition, elapsed: number): number {
  const { call, read } = endpoint.timeouts;
  if (endpoint.transport === 'okhttp') {
    // S61: the read time-out ends an attempt without an answer. The budget is looked at between attempts only.
    return Math.min(read > 0 ? read : FOREVER, call > 0 ? call : FOREVER);
  }
  // One attempt may take the whole budget; a late one has 7 to 13 ms all the same.
  return Math.max(call - elapsed, 10);
}

export type NextAttempt =
  /** OkHttp sends the request once more by itself, within the same attempt. */
  | { readonly type: 'resend'; readonly afterMillis: number }
  | { readonly type: 'retry'; readonly afterMillis: number }
  /** No further attempt: the job fails after so long. */
  | { readonly type: 'give-up'; readonly afterMillis: number };

export interface FailedAttempt {
  readonly reason: CallFailureReason;
  /** Virtual ms since the first attempt, when this failure is noticed. */
  readonly elapsed: number;
  /** Attempts so far, this one included. */
  readonly tries: number;
  /** Times that OkHttp sent this attempt again by itself. */
  readonly resends: number;
  /** The first request of its type, over a connection that has carried nothing before. */
  readonly bootstrap: boolean;
}

/** What follows a failed attempt (S61, S62). */
export function nextAttempt(endpoint: EndpointDefinition, attempt: FailedAttempt): NextAttempt {
  const left = endpoint.timeouts.call - attempt.elapsed;
  if (endpoint.transport === 'okhttp') {
    if (!isRetriedByOkHttp(attempt.reason)) {
      return { type: 'give-up', afterMillis: 0 };
    }
    if (attempt.resends < resendLimit(attempt)) {
      return { type: 'resend', afterMillis: 1 };
    }
    // S62: the last attempt is made at the deadline.
    return left <= 0
      ? { type: 'give-up', afterMillis: 0 }
      : { type: 'retry', afterMillis: Math.min(left, 10 * 2 ** Math.min(attempt.tries - 1, 40)) };
  }
  // S62: async retries whatever it was, waits out the rest of the budget without a last attempt, and makes none in its last ms.
  const pause = left <= 1 ? 0 : Math.min(left, 2 * 2 ** Math.min(attempt.tries, 40));
  return left - pause > 1 ? { type: 'retry', afterMillis: pause } : { type: 'give-up', afterMillis: pause };
}

const OKHTTP_RETRIES: readonly number[] = [408, 409, 420, 429, 499];

function isRetriedByOkHttp(reason: CallFailureReason): boolean {
  switch (reason.type) {
    case 'http-status':
      // 407 without a proxy is an exception to OkHttp, and exceptions are retried.
      return reason.status >= 500 || reason.status === 407 || OKHTTP_RETRIES.includes(reason.status);
    case 'bad-reply':
    case 'malformed':
    case 'wrong-content-type':
      return false;
    case 'threw':
    case 'no-such-function':
    case 'never-ready':
    case 'timed-out':
    case 'sandbox-lost':
    case 'refused':
    case 'dropped':
    case 'no-answer':
      return true;
    default:
      return assertNever(reason);
  }
}

/**
 * How often OkHttp sends a request again at once. A connection of its pool that turns out to be closed is replaced twice
 * (S61), a new one is not; a 408 is asked again once.
 */
function resendLimit({ reason, tries, bootstrap }: FailedAttempt): number {
  if (reason.type === 'dropped') {
    return tries === 1 && !bootstrap ? 2 : 0;
  }
  return reason.type === 'http-status' && reason.status === 408 ? 1 : 0;
}

/** S61, S65: what the job dies of when no attempt is left. */
export function giveUpMessage(type: Typename, id: string, endpoint: EndpointDefinition, reason: CallFailureReason): string {
  const cause = endpoint.transport === 'async' ? 'RequestTimeoutException' : okHttpCause(reason);
  return `Failure forwarding a message to a remote function ${javaName('Address', type, id)}: ${cause}`;
}

function okHttpCause(reason: CallFailureReason): string {
  switch (reason.type) {
    case 'threw':
    case 'no-such-function':
      return 'Maximal request time has elapsed. Last known error is: invalid HTTP response code 500';
    case 'http-status':
      if (!isRetriedByOkHttp(reason)) {
        return `Non successful HTTP response code ${reason.status}`;
      }
      return reason.status === 407
        ? 'Maximal request time has elapsed. Last cause is attached'
        : `Maximal request time has elapsed. Last known error is: invalid HTTP response code ${reason.status}`;
    case 'wrong-content-type':
      return `Wrong HTTP content-type ${reason.contentType}`;
    case 'bad-reply':
    case 'malformed':
      return 'Unable to parse a Protobuf message';
    case 'never-ready':
    case 'timed-out':
    case 'sandbox-lost':
    case 'refused':
    case 'dropped':
    case 'no-answer':
      return 'Maximal request time has elapsed. Last cause is attached';
    default:
      return assertNever(reason);
  }
}
