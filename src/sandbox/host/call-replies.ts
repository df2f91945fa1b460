/** From a worker's answers to the replies that the runtime gets, with places in the user's sources. */
import { filePath } from '../../base/ids.ts';
import type { CallOutcome, CallReply, CallRequest, FetchRecord, LogLine, Stall } from '../../protocol/call.ts';
import { STALL_WORDS } from '../../protocol/stall-words.ts';
import type { CodeBundle, SandboxReply } from '../sandbox-api.ts';
import type { CallDetails } from '../wire.ts';
import type { RawFetch } from '../worker/call-record.ts';
import { errorWords } from './error-words.ts';
import { mapPlace, mapStack } from './place-mapper.ts';

const STUCK =
  'The function waits for a promise that nothing can settle: no timer and no request is left. In production the call would time out.';

export function replyWithout(bundle: CodeBundle, request: CallRequest, outcome: CallOutcome): CallReply {
  return { call: request.call, attempt: request.attempt, outcome, extraMillis: 0, logs: [], fetches: [], code: bundle.hash };
}

/** With where the call stays: in the outcome, and in a line of its own that leads there. */
export function withStall(reply: SandboxReply, stall: Stall): SandboxReply {
  if (reply.outcome.type !== 'timed-out') {
    return reply;
  }
  const { limitMillis } = reply.outcome;
  const line: LogLine = {
    level: 'error',
    text: limitMillis === 0 ? STUCK : `Ended after ${limitMillis / 1000} s: ${STALL_WORDS[stall.type]}.`,
    message: 0,
    place: stall.place,
  };
  // What was said without the place is said with it.
  const logs = limitMillis === 0 ? reply.logs.filter((log) => log.text !== STUCK) : reply.logs;
  return { ...reply, outcome: { ...reply.outcome, stall }, logs: [...logs, line] };
}

/** With the statement that ran last before the call failed. */
export function withThrowPlace(reply: SandboxReply, { type, place }: Stall): SandboxReply {
  const { outcome } = reply;
  return outcome.type === 'threw' && type === 'statement'
    ? { ...reply, outcome: { ...outcome, error: { ...outcome.error, stack: [place] } } }
    : reply;
}

export function replyOf(bundle: CodeBundle, request: CallRequest, reply: Uint8Array, details: CallDetails | null): SandboxReply {
  if (details === null) {
    return replyWithout(bundle, request, { type: 'replied', reply });
  }
  const logs = (details.logs ?? []).map(({ level, text, message, place, unanswered }) => ({
    level,
    text,
    message,
    place: mapPlace(bundle, place),
    ...(unanswered === undefined ? {} : { unanswered: fetchOf(unanswered) }),
  }));
  if (details.stuck) {
    logs.push({ level: 'error', text: STUCK, message: 0, place: null });
  }
  const fetches = (details.fetches ?? []).map(fetchOf);
  return {
    call: request.call,
    attempt: request.attempt,
    outcome: outcomeOf(bundle, reply, details, fetches),
    extraMillis: details.extraMillis,
    logs,
    fetches,
    code: bundle.hash,
    ...(details.observed === undefined ? {} : { observed: details.observed }),
  };
}

function fetchOf(fetched: RawFetch): FetchRecord {
  return { ...fetched, stub: fetched.stub === null ? null : filePath(fetched.stub) };
}

function outcomeOf(bundle: CodeBundle, reply: Uint8Array, { error, stuck }: CallDetails, fetches: readonly FetchRecord[]): CallOutcome {
  if (stuck) {
    return { type: 'timed-out', limitMillis: 0 };
  }
  if (reply.length > 0) {
    return { type: 'replied', reply };
  }
  const { name, message, stack, messageIndex } = error ?? {
    name: 'Error',
    message: "The SDK's handler answered 500 without a reason.",
    stack: [],
    messageIndex: null,
  };
  const unanswered = fetches.findLast((fetched) => fetched.stub === null);
  const missing = unanswered === undefined ? {} : { unanswered };
  const words = errorWords(bundle, message, stack[0] ?? null);
  return { type: 'threw', error: { name, message: words, stack: mapStack(bundle, stack), messageIndex, ...missing } };
}
