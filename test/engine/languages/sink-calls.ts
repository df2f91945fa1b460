/** Calls of the function `languages/sink`, with no state stored. */
import { typename } from '../../../src/base/ids.ts';
import { encodeUtf8 } from '../../../src/base/text-encoding.ts';
import type { BatchedMessage, StateEntry, TypedValue } from '../../../src/protocol/messages.ts';
import { callFunction } from './call-function.ts';
import type { FunctionAnswer } from './call-function.ts';
import { SINK_STATES } from './sink-messages.ts';
import type { SinkOrder } from './sink-messages.ts';

export const SINK = typename('languages/sink');

export const noStates: readonly StateEntry[] = SINK_STATES.map((name) => ({ name, value: null }));

export function fromIngress(argument: TypedValue): BatchedMessage {
  return { caller: null, argument };
}

export function orderOf(order: SinkOrder): BatchedMessage {
  return fromIngress({ typename: 'languages.types/order', hasValue: true, bytes: encodeUtf8(JSON.stringify(order)) });
}

export async function callSink(
  port: number,
  messages: readonly BatchedMessage[],
  states: readonly StateEntry[] = noStates,
  id = 'one',
): Promise<FunctionAnswer> {
  return callFunction(port, { target: { typename: SINK, id }, states, messages });
}
