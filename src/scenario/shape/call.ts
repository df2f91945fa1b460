/** `call:`, one call of one function and what it has to answer. */
import type { Typename } from '../../base/ids.ts';
import type { TypedValue, WireAddress } from '../../protocol/messages.ts';
import { encodePayload } from '../call/typed-payload.ts';
import type { CallExpectation, EgressMatch, FunctionCall, Payload, SendMatch, StateMatch } from '../scenario.ts';
import { list, oneOrMany } from './composites.ts';
import { MATCH_KEYS, matchFields, matchOf } from './expectations.ts';
import { object, optional, required } from './object.ts';
import type { Made } from './object.ts';
import { componentId, duration, flag, functionName, instant, text, whole } from './scalars.ts';
import { payloadFields } from './send.ts';
import { BAD } from './shape.ts';
import type { Bad } from './shape.ts';

const { json, text: written, base64 } = payloadFields;
/** Unlike a record's, a value of a message or a state has a type. */
const valueFields = {
  type: required(text({ empty: false }), 'The typename of the value, such as io.statefun.types/int.'),
  json,
  text: written,
  base64,
};
const VALUE_KEYS = ['json', 'text', 'base64'];

interface ValueParts {
  readonly type: string;
  readonly json: Payload | undefined;
  readonly text: Payload | undefined;
  readonly base64: Payload | undefined;
}

function valueOf(values: ValueParts, made: Made): TypedValue | Bad {
  const payload = values.json ?? values.text ?? values.base64 ?? { type: 'tombstone' };
  const encoded = encodePayload(values.type, payload);
  return encoded.ok
    ? encoded.value
    : made.report('scenario-bad-value', encoded.error, VALUE_KEYS.find((key) => key === payload.type) ?? 'type');
}

const caller = object({
  what: 'a caller',
  fields: {
    function: required(functionName(), 'The typename of the function that sent it.'),
    id: required(text(), 'The id of its address.'),
  },
  make: (values): WireAddress => ({ typename: values.function, id: values.id }),
});

const message = object({
  what: 'a message',
  fields: { ...valueFields, caller: optional(caller, 'Who sent it; an ingress when absent.') },
  rules: [{ type: 'exactly-one', keys: VALUE_KEYS }],
  make(values, made): FunctionCall['messages'][number] | Bad {
    const value = valueOf(values, made);
    return value === BAD ? BAD : { caller: values.caller ?? null, value };
  },
});

const stateBefore = object({
  what: 'a state',
  fields: { state: required(text({ empty: false }), 'The name of the state.'), ...valueFields },
  rules: [{ type: 'exactly-one', keys: VALUE_KEYS }],
  make(values, made): FunctionCall['states'][number] | Bad {
    const value = valueOf(values, made);
    return value === BAD ? BAD : { name: values.state, value };
  },
});

const stateAfter = object({
  what: 'a state that changes',
  fields: {
    state: required(text({ empty: false }), 'The name of the state.'),
    absent: optional(flag(), 'true: it is deleted.'),
    ...matchFields,
  },
  rules: [{ type: 'exactly-one', keys: ['absent', ...MATCH_KEYS] }],
  make: (values): StateMatch => ({ name: values.state, value: matchOf(values) }),
});

const sendFields = {
  function: required(functionName(), 'The typename of the function that it goes to.'),
  id: required(text(), 'The id of the address that it goes to.'),
  type: optional(text({ empty: false }), 'The typename of its value.'),
  ...matchFields,
};

function sendOf(
  values: { readonly function: Typename; readonly id: string; readonly type: string | undefined } & Parameters<typeof matchOf>[0],
): SendMatch {
  return { function: values.function, id: values.id, typename: values.type ?? null, value: matchOf(values) };
}

const sent = object({
  what: 'a message that is sent',
  fields: sendFields,
  rules: [{ type: 'at-most-one', keys: MATCH_KEYS }],
  make: sendOf,
});

const delayedMessage = object({
  what: 'a delayed message',
  fields: {
    after: optional(duration(0), 'How long it is delayed.'),
    token: optional(text(), 'Its cancellation token; none when absent.'),
    ...sendFields,
  },
  rules: [{ type: 'at-most-one', keys: MATCH_KEYS }],
  make: (values) => ({ ...sendOf(values), afterMillis: values.after ?? null, token: values.token ?? null }),
});

const egressRecord = object({
  what: 'a record for an egress',
  fields: {
    egress: required(componentId(), 'The id of the egress.'),
    topic: optional(text(), 'The topic or stream that it goes to.'),
    key: optional(text(), "The record's key."),
    ...matchFields,
  },
  rules: [{ type: 'at-most-one', keys: MATCH_KEYS }],
  make: (values): EgressMatch => ({
    egress: values.egress,
    ...(values.topic === undefined ? {} : { topic: values.topic }),
    ...(values.key === undefined ? {} : { key: values.key }),
    value: matchOf(values),
  }),
});

const reply = object({
  what: 'a reply',
  fields: {
    states: optional(list(stateAfter, 0, 'a list of states'), 'All states that it writes or deletes.'),
    sends: optional(list(sent, 0, 'a list of messages'), 'All messages that it sends, in order.'),
    delayed: optional(list(delayedMessage, 0, 'a list of delayed messages'), 'All delayed messages that it sends, in order.'),
    cancels: optional(list(text(), 0, 'a list of tokens'), 'The tokens of all delayed messages that it cancels, in order.'),
    egress: optional(list(egressRecord, 0, 'a list of records'), 'All records that it sends to egresses, in order.'),
  },
  make: (values): CallExpectation => ({
    type: 'reply',
    states: values.states ?? null,
    sends: values.sends ?? null,
    delayed: values.delayed ?? null,
    cancels: values.cancels ?? null,
    egress: values.egress ?? null,
  }),
});

export const functionCall = object({
  what: 'a call',
  fields: {
    function: required(functionName(), 'The typename of the function.'),
    id: required(text(), 'The id of its address.'),
    time: optional(instant(), 'What the clock shows to the function; the time of the step when absent.'),
    seed: optional(whole(0, 4_294_967_295), 'Every draw of chance in the call follows from it; 0 when absent.'),
    states: optional(
      oneOrMany(stateBefore, 'a state, or a list of them'),
      'What its states hold before; those that are not named are absent.',
    ),
    messages: required(oneOrMany(message, 'a message, or a list of them'), 'What it is called with; several make a batch.'),
    reply: optional(reply, 'What it has to answer. What is left out is not looked at; an empty list: there is none.'),
    throws: optional(text(), 'It has to throw an error whose name and message hold this text.'),
  },
  rules: [{ type: 'at-most-one', keys: ['reply', 'throws'] }],
  make: (values, { place }): FunctionCall => ({
    place,
    function: values.function,
    id: values.id,
    time: values.time ?? null,
    seed: values.seed ?? 0,
    states: values.states ?? [],
    messages: values.messages,
    expect: values.throws === undefined ? (values.reply ?? null) : { type: 'throws', message: values.throws },
  }),
});
