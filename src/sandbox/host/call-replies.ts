/** From a worker's answers to the replies that the runtime gets, with places in the user's sources. */
import { filePath } from '../../base/ids.ts';
import type { CallOutcome, CallReply, CallRequest } from '../../protocol/call.ts';
import type { CodeBundle } from '../sandbox-api.ts';
import type { CallDetails } from '../wire.ts';
import { mapPlace, mapStack } from './place-mapper.ts';

export function replyWithout(bundle: CodeBundle, request: CallRequest, outcome: CallOutcome): CallReply {
  return { call: request.call, attempt: request.attempt, outcome, extraMillis: 0, logs: [], fetches: [], code: bundle.hash };
}

export function replyOf(bundle: CodeBundle, request: CallRequest, reply: Uint8Array, details: CallDetails | null): CallReply {
  if (details === null) {
    return replyWithout(bundle, request, { type: 'replied', reply });
  }
  const logs = (details.logs ?? []).map(({ level, text, message, place }) => ({ level, text, message, place: mapPlace(bundle, place) }));
  if (details.stuck) {
    const text =
      'The function waits for a promise that nothing can settle: no timer and no request is left. In production the call would time out.';
    logs.push({ level: 'error', text, message: 0, place: null });
  }
  return {
    call: request.call,
    attempt: request.attempt,
    outcome: outcomeOf(bundle, reply, details),
    extraMillis: details.extraMillis,
    logs,
    fetches: (details.fetches ?? []).map((fetched) => ({ ...fetched, stub: fetched.stub === null ? null : filePath(fetched.stub) })),
    code: bundle.hash,
  };
}

function outcomeOf(bundle: CodeBundle, reply: Uint8Array, { error, stuck }: CallDetails): CallOutcome {
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
  return { type: 'threw', error: { name, message, stack: mapStack(bundle, stack), messageIndex } };
}
