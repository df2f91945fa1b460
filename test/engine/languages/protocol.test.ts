/** Functions on the official SDKs of other languages, called as the runtime calls them: they mean the same by their replies as JavaScript's. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typename } from '../../../src/base/ids.ts';
import type { Typename } from '../../../src/base/ids.ts';
import { encodeUtf8 } from '../../../src/base/text-encoding.ts';
import type { BatchedMessage, FunctionReply, StateEntry, TypedValue } from '../../../src/protocol/messages.ts';
import type { ReadyProcess } from '../driver/ready-process.ts';
import { callFunction, postBytes } from './call-function.ts';
import type { FunctionAnswer } from './call-function.ts';
import { anyId, builtIn, greeterBatch, modelBatch, sinkBatch } from './generated-requests.ts';
import { startLanguage, wantedLanguages } from './language-server.ts';
import { plainReply } from './plain-reply.ts';
import { startReference } from './reference-server.ts';
import type { ReferenceServer } from './reference-server.ts';
import { callSink, fromIngress, noStates, orderOf, SINK } from './sink-calls.ts';
import { SINK_STATES } from './sink-messages.ts';

const SEED = 20_260_805;
const GREET = typename('greeter/greet');
const MODEL = typename('fraud/model');
const STATES: Readonly<Record<Typename, readonly string[]>> = { [GREET]: ['visits'], [MODEL]: [], [SINK]: SINK_STATES };

const none = (type: Typename): StateEntry[] => (STATES[type] ?? []).map((name) => ({ name, value: null }));

/** The states after a reply (S35). */
function after(before: readonly StateEntry[], reply: FunctionReply | null): StateEntry[] {
  const mutations = reply?.type === 'result' ? reply.mutations : [];
  return before.map(({ name, value }) => {
    const mutation = mutations.findLast((one) => one.name === name);
    return { name, value: mutation === undefined ? value : mutation.type === 'delete' ? null : mutation.value };
  });
}

describe.each(wantedLanguages())('the %s SDK', (language) => {
  let server: ReadyProcess;
  let reference: ReferenceServer;

  beforeAll(async () => {
    reference = await startReference();
    server = await startLanguage(language);
  });

  afterAll(async () => {
    await server?.end();
    await reference?.close();
  });

  const call = async (
    type: Typename,
    id: string,
    states: readonly StateEntry[],
    messages: readonly BatchedMessage[],
  ): Promise<FunctionAnswer> => callFunction(server.port, { target: { typename: type, id }, states, messages });

  const mutationOf = async (argument: TypedValue): Promise<unknown> => {
    const { reply } = await callSink(server.port, [fromIngress(argument)]);
    return reply?.type === 'result' ? reply.mutations : reply;
  };

  it('answers a first request with the specs of all states, expirations included', async () => {
    const { status, contentType, reply } = await callSink(server.port, [fromIngress(builtIn.int(1))], []);
    expect([status, contentType]).toEqual([200, 'application/octet-stream']);
    const spec = (name: string, type: string, expiration: unknown = null): unknown => ({ name, typename: type, expiration });
    const text = 'io.statefun.types/string';
    expect(reply?.type).toBe('incomplete');
    expect(new Set(reply?.type === 'incomplete' ? reply.missing : [])).toEqual(
      new Set([
        ...['bool', 'int', 'long', 'float', 'double', 'string'].map((type) => spec(`${type}_value`, `io.statefun.types/${type}`)),
        spec('after_write', text, { mode: 'after-write', millis: 3_600_000 }),
        spec('after_call', text, { mode: 'after-invoke', millis: 1_800_000 }),
        spec('note', 'languages.types/note'),
      ]),
    );
  });

  it('asks for the states that a request lacks, and for no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...SINK_STATES], { maxLength: SINK_STATES.length - 1 }), async (given) => {
        const { reply } = await call(
          SINK,
          'one',
          given.map((name) => ({ name, value: null })),
          [fromIngress(builtIn.int(1))],
        );
        const missing = reply?.type === 'incomplete' ? reply.missing.map(({ name }) => name) : [];
        expect(missing.toSorted()).toEqual(SINK_STATES.filter((name) => !given.includes(name)).toSorted());
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  it('takes no notice of a state that the function no longer has (S18)', async () => {
    const { reply } = await call(MODEL, 'one', [{ name: 'dropped', value: builtIn.int(3) }], [fromIngress(builtIn.int(1))]);
    expect(reply).toEqual({ type: 'result', mutations: [], messages: [], delayed: [], egresses: [] });
  });

  it.each([
    ['int', builtIn.int(1), '0d01000000'],
    ['float', builtIn.float(1.5), '0d0000c03f'],
    ['bool', builtIn.bool(true), '0801'],
    ['string', builtIn.string('ab'), '0a026162'],
    ['long', builtIn.long(1n), '090100000000000000'],
    ['double', builtIn.double(1.5), '09000000000000f83f'],
  ])('S24: stores %s as StateFun encodes it', async (type, value, hex) => {
    const stored = { typename: `io.statefun.types/${type}`, hasValue: true, bytes: new Uint8Array(Buffer.from(hex, 'hex')) };
    expect(await mutationOf(value)).toEqual([{ type: 'modify', name: `${type}_value`, value: stored }]);
  });

  it.each([
    ['int', builtIn.int(0)],
    ['float', builtIn.float(0)],
    ['bool', builtIn.bool(false)],
    ['string', builtIn.string('')],
    ['long', builtIn.long(0n)],
    ['double', builtIn.double(0)],
  ])('S24: stores the %s that is nothing as a value of no bytes, and reads it as one', async (type, value) => {
    const stored = { typename: `io.statefun.types/${type}`, hasValue: true, bytes: new Uint8Array(0) };
    const name = `${type}_value`;
    expect(await mutationOf(value)).toEqual([{ type: 'modify', name, value: stored }]);
    const states = noStates.map((entry) => (entry.name === name ? { name, value: stored } : entry));
    const caller = { typename: typename('a/b'), id: 'c' };
    const { reply } = await callSink(server.port, [{ caller, argument: value }], states);
    expect(reply?.type === 'result' ? reply.messages : reply).toEqual([{ target: caller, argument: stored }]);
  });

  it('writes a state and deletes it in one batch: the deletion is what is left', async () => {
    const { reply } = await callSink(server.port, [orderOf({ do: 'keep', text: 'a' }), orderOf({ do: 'forget', state: 'note' })]);
    expect(reply?.type === 'result' ? reply.mutations.filter(({ name }) => name === 'note') : reply).toEqual([
      { type: 'delete', name: 'note', value: null },
    ]);
  });

  it('sends delayed messages with and without a token, and cancels one', async () => {
    const { reply } = await callSink(server.port, [
      orderOf({ do: 'later', millis: 1500, token: 'tök', text: 'a' }),
      orderOf({ do: 'later', millis: 0, token: null, text: 'b' }),
      orderOf({ do: 'cancel', token: 'tök' }),
    ]);
    const target = { typename: SINK, id: 'one' };
    expect(reply?.type === 'result' ? reply.delayed : reply).toEqual([
      { type: 'send', delayMillis: 1500, target, argument: builtIn.string('a'), token: 'tök' },
      { type: 'send', delayMillis: 0, target, argument: builtIn.string('b'), token: null },
      { type: 'cancel', token: 'tök' },
    ]);
  });

  it.each([
    ['greeter', GREET, greeterBatch, 60],
    ['model', MODEL, modelBatch, 60],
    ['sink', SINK, sinkBatch, 150],
  ] as const)(
    '%s means by every reply what JavaScript means, and each goes on from the states of the other',
    async (_name, type, batches, runs) => {
      const step = fc.record({ messages: batches, fromReference: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(anyId, fc.array(step, { minLength: 1, maxLength: 6 }), async (id, steps) => {
          let states = none(type);
          for (const { messages, fromReference } of steps) {
            const [own, reply] = await Promise.all([
              call(type, id, states, messages),
              callFunction(reference.port, { target: { typename: type, id }, states, messages }),
            ]);
            expect({ status: own.status, reply: plainReply(own.reply) }).toEqual({ status: reply.status, reply: plainReply(reply.reply) });
            states = after(states, fromReference ? reply.reply : own.reply);
          }
        }),
        { seed: SEED, numRuns: runs },
      );
    },
  );

  it.each([
    ['a function that fails', SINK, noStates, orderOf({ do: 'fail', text: 'on purpose' })],
    ['a function that is not there', typename('nobody/here'), [], fromIngress(builtIn.int(1))],
    ['a message without the value that the function needs', MODEL, [], featuresWithoutValue()],
  ] as const)('answers %s with a status that StateFun retries (S61)', async (_what, type, states, message) => {
    const { status } = await call(type, 'one', states, [message]);
    expect(status).toBe(500);
  });

  it('answers bytes that are no request with an error', async () => {
    expect((await postBytes(server.port, encodeUtf8('no protobuf'))).status).toBe(500);
  });
});

function featuresWithoutValue(): BatchedMessage {
  return {
    caller: { typename: typename('a/b'), id: 'c' },
    argument: { typename: 'fraud.types/feature-vector', hasValue: false, bytes: new Uint8Array(0) },
  };
}
