/** Makes the call that a step describes. States that the function declares and the step does not name are absent. */
import { virtualTime } from '../../base/ids.ts';
import type { VirtualTime } from '../../base/ids.ts';
import type { CallReply, CallRequest } from '../../protocol/call.ts';
import { decodeFromFunction, encodeToFunction } from '../../protocol/wire-codec.ts';
import type { FunctionCall } from '../scenario.ts';

export async function callFunction(
  call: FunctionCall,
  now: VirtualTime,
  send: (request: CallRequest) => Promise<CallReply>,
): Promise<CallReply> {
  const first = await send(callRequest(call, now));
  const decoded = first.outcome.type === 'replied' ? decodeFromFunction(first.outcome.reply) : null;
  if (decoded?.ok !== true || decoded.value.type !== 'incomplete') {
    return first;
  }
  // The function says which states it misses, and is asked again with them, as on StateFun (S9).
  const missing = decoded.value.missing.map(({ name }) => name);
  return send(callRequest(call, now, missing));
}

/** @param absent states that go with it without a value */
export function callRequest(
  { function: typename, id, time, seed, states, messages }: FunctionCall,
  now: VirtualTime,
  absent: readonly string[] = [],
): CallRequest {
  const request = encodeToFunction({
    target: { typename, id },
    states: [...states, ...absent.map((name) => ({ name, value: null }))],
    messages: messages.map(({ caller, value }) => ({ caller, argument: value })),
  });
  return { call: 1, attempt: 1, typename, id, at: time === null ? now : virtualTime(time), seed, request };
}
