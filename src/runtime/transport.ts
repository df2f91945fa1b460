/** What an endpoint's transport does: options that cannot work, and when a failed request is sent again (S61 to S64, S93). */
import type { Typename } from '../base/ids.ts';
import type { EndpointDefinition } from '../model/module.ts';
import type { CallFailureReason, JobFailureCode } from './trace-event.ts';

/** Why the first message to a type fails the job, or null. */
export function transportProblem(
  type: Typename,
  endpoint: EndpointDefinition | null,
): { readonly code: JobFailureCode; readonly message: string } | null {
  if (endpoint === null) {
    // S58
    const [namespace = '', ...name] = type.split('/');
    return { code: 'no-endpoint', message: `Cannot find a provider for type FunctionType(${namespace}, ${name.join('/')}).` };
  }
  const url = endpoint.urlPathTemplate.replaceAll('{function.name}', '');
  const brace = /[{}]/.exec(url);
  if (brace !== null) {
    // S93
    return {
      code: 'bad-transport-options',
      message: `Illegal character in path: ${endpoint.urlPathTemplate}. Only {function.name} is replaced.`,
    };
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

/** Virtual ms that one attempt may take when `elapsed` of the call's budget is gone. */
export function attemptLimit(endpoint: EndpointDefinition, elapsed: number): number {
  const left = endpoint.timeouts.call - elapsed;
  if (left <= 0) {
    return Infinity; // S62: okhttp's last attempt is made at the deadline, and takes what it takes.
  }
  // Without an answer async makes one attempt for the whole budget; okhttp gives up at its read timeout (S61).
  return endpoint.transport === 'okhttp' && endpoint.timeouts.read > 0 ? Math.min(left, endpoint.timeouts.read) : left;
}

export type NextAttempt =
  | { readonly type: 'retry'; readonly afterMillis: number }
  /** No further attempt: the job fails after so long. */
  | { readonly type: 'give-up'; readonly afterMillis: number };

/**
 * What follows a failed attempt. `elapsed`: since the first attempt, when this failure is noticed. `tries`: attempts so
 * far, this one included.
 */
export function nextAttempt(endpoint: EndpointDefinition, reason: CallFailureReason, elapsed: number, tries: number): NextAttempt {
  const left = endpoint.timeouts.call - elapsed;
  if (endpoint.transport === 'okhttp') {
    if (reason.type === 'bad-reply' || left <= 0) {
      return { type: 'give-up', afterMillis: 0 };
    }
    // S62: the last attempt is made at the deadline.
    return { type: 'retry', afterMillis: Math.min(left, 10 * 2 ** Math.min(tries - 1, 40)) };
  }
  const pause = 2 * 2 ** Math.min(tries, 40);
  // S62: async waits out the rest of the budget without a last attempt.
  return pause < left ? { type: 'retry', afterMillis: pause } : { type: 'give-up', afterMillis: Math.max(0, left) };
}

/** S61, S65: what the job dies of when no attempt is left. */
export function giveUpMessage(type: Typename, id: string, endpoint: EndpointDefinition, reason: CallFailureReason): string {
  const [namespace = '', ...name] = type.split('/');
  const cause =
    endpoint.transport === 'async'
      ? 'RequestTimeoutException'
      : reason.type === 'bad-reply'
        ? 'Unable to parse a Protobuf message'
        : reason.type === 'timed-out' || reason.type === 'sandbox-lost'
          ? 'Maximal request time has elapsed. Last cause is attached'
          : 'Maximal request time has elapsed. Last known error is: invalid HTTP response code 500';
  return `Failure forwarding a message to a remote function Address(${namespace}, ${name.join('/')}, ${id}): ${cause}`;
}
