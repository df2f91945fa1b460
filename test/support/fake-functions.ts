/**
 * Functions without user code: a tiny interpreter that speaks the request-reply protocol. A message's payload is a list
 * of commands as JSON; the function does them in order. So a test writes a program as data and any host can run it.
 *
 * It answers the way the SDK's handler does: first what states it misses, then effects in the SDK's order.
 */

import { typename } from '../../src/base/ids.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/base/text-encoding.ts';
import type { CallOutcome, CallReply, CallRequest } from '../../src/protocol/call.ts';
import { encodeKafkaRecord } from '../../src/protocol/egress-records.ts';
import type { DelayedRequest, EgressMessage, OutgoingMessage, StateMutation, StateSpec } from '../../src/protocol/messages.ts';
import { decodeToFunction, encodeFromFunction } from '../../src/protocol/wire-codec.ts';

export type Command =
  | { readonly do: 'set'; readonly state: string; readonly to: string }
  /** Appends to a state that holds a text. */
  | { readonly do: 'append'; readonly state: string; readonly text: string }
  | { readonly do: 'count'; readonly state: string }
  | { readonly do: 'delete'; readonly state: string }
  | { readonly do: 'send'; readonly type: string; readonly id: string; readonly program: readonly Command[] }
  | { readonly do: 'send-self'; readonly program: readonly Command[] }
  | {
      readonly do: 'send-after';
      readonly type: string;
      readonly id: string;
      readonly millis: number;
      readonly token?: string;
      readonly program: readonly Command[];
    }
  | { readonly do: 'cancel'; readonly token: string }
  | { readonly do: 'emit'; readonly egress: string; readonly topic: string; readonly key: string; readonly text: string }
  /** Throws; with `attempts`, in the first so many attempts of a call only. */
  | { readonly do: 'fail'; readonly message: string; readonly attempts?: number };

export const COMMANDS_TYPE = 'test/commands';
export const TEXT_STATE = 'test/text';

export interface FakeFunctions {
  /** State specs by function type; a type that is not here has none. */
  readonly states: Readonly<Record<string, readonly StateSpec[]>>;
}

export function textState(name: string, expiration: StateSpec['expiration'] = null): StateSpec {
  return { name, typename: TEXT_STATE, expiration };
}

export function programBytes(program: readonly Command[]): Uint8Array {
  return encodeUtf8(JSON.stringify(program));
}

/** Answers one call. `code` goes into the reply; a `fail` command throws as user code would. */
export function answerCall(functions: FakeFunctions, request: CallRequest, code = 'code-1'): CallReply {
  return {
    call: request.call,
    attempt: request.attempt,
    outcome: outcomeOf(functions, request),
    extraMillis: 0,
    logs: [],
    fetches: [],
    code,
  };
}

function outcomeOf(functions: FakeFunctions, request: CallRequest): CallOutcome {
  const decoded = decodeToFunction(request.request);
  if (!decoded.ok) {
    throw new Error(decoded.error);
  }
  const { target, states, messages } = decoded.value;
  const specs = functions.states[target.typename] ?? [];
  const missing = specs.filter(({ name }) => !states.some((state) => state.name === name));
  if (missing.length > 0) {
    return { type: 'replied', reply: encodeFromFunction({ type: 'incomplete', missing }) };
  }
  const values = new Map(states.map(({ name, value }) => [name, value === null ? null : decodeUtf8(value.bytes)]));
  const changed = new Set<string>();
  const sent: OutgoingMessage[] = [];
  const delayed: DelayedRequest[] = [];
  const egresses: EgressMessage[] = [];
  for (const [index, message] of messages.entries()) {
    const program = JSON.parse(decodeUtf8(message.argument.bytes) || '[]') as readonly Command[];
    for (const command of program) {
      switch (command.do) {
        case 'set':
          values.set(command.state, command.to);
          changed.add(command.state);
          break;
        case 'append':
          values.set(command.state, (values.get(command.state) ?? '') + command.text);
          changed.add(command.state);
          break;
        case 'count':
          values.set(command.state, String(Number(values.get(command.state) ?? '0') + 1));
          changed.add(command.state);
          break;
        case 'delete':
          values.set(command.state, null);
          changed.add(command.state);
          break;
        case 'send':
          sent.push({ target: { typename: typename(command.type), id: command.id }, argument: commandsValue(command.program) });
          break;
        case 'send-self':
          sent.push({ target, argument: commandsValue(command.program) });
          break;
        case 'send-after':
          delayed.push({
            type: 'send',
            delayMillis: command.millis,
            target: { typename: typename(command.type), id: command.id },
            argument: commandsValue(command.program),
            token: command.token ?? null,
          });
          break;
        case 'cancel':
          delayed.push({ type: 'cancel', token: command.token });
          break;
        case 'emit':
          egresses.push({
            egress: typename(command.egress),
            argument: encodeKafkaRecord({
              topic: command.topic,
              key: command.key === '' ? null : command.key,
              value: encodeUtf8(command.text),
            }),
          });
          break;
        case 'fail':
          if (request.attempt > (command.attempts ?? Infinity)) {
            break;
          }
          return { type: 'threw', error: { name: 'Error', message: command.message, stack: [], messageIndex: index } };
      }
    }
  }
  const mutations = [...changed].map((name): StateMutation => {
    const value = values.get(name) ?? null;
    return value === null
      ? { type: 'delete', name, value: null }
      : { type: 'modify', name, value: { typename: TEXT_STATE, hasValue: true, bytes: encodeUtf8(value) } };
  });
  return { type: 'replied', reply: encodeFromFunction({ type: 'result', mutations, messages: sent, delayed, egresses }) };
}

function commandsValue(program: readonly Command[]) {
  return { typename: COMMANDS_TYPE, hasValue: true, bytes: programBytes(program) };
}
