/**
 * Where the official SDKs differ from each other in what they put on the wire, as found by calling them: what moving a function to another language
 * changes, and what a comparison of two versions must not take for a fault of either. docs/remote.md tells users of them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typename } from '../../../src/base/ids.ts';
import { decodeUtf8 } from '../../../src/base/text-encoding.ts';
import type { FunctionReply } from '../../../src/protocol/messages.ts';
import { callFunction } from './call-function.ts';
import type { FunctionAnswer } from './call-function.ts';
import { builtIn } from './generated-requests.ts';
import { startLanguage, wantedLanguages } from './language-server.ts';
import type { Language } from './language-server.ts';
import { startReference } from './reference-server.ts';
import { callSink, fromIngress, noStates, orderOf } from './sink-calls.ts';

type Sdk = Language | 'javascript';
type Measure = (port: number) => Promise<string>;
type Outcomes = Readonly<Record<Sdk, string>>;

const FAILS = 'status 500';

const replyOf = ({ status, reply }: FunctionAnswer): FunctionReply | string => reply ?? `status ${status}`;

/** What the reply writes to a state. */
const written =
  (state: string, messages: Parameters<typeof callSink>[1], show: (bytes: Uint8Array) => string): Measure =>
  async (port) => {
    const reply = replyOf(await callSink(port, messages));
    if (typeof reply === 'string' || reply.type !== 'result') {
      return String(reply);
    }
    const mutation = reply.mutations.find(({ name }) => name === state);
    return mutation === undefined ? 'nothing' : mutation.value === null ? mutation.type : show(mutation.value.bytes);
  };

const delayed =
  (...messages: Parameters<typeof callSink>[1]): Measure =>
  async (port) => {
    const reply = replyOf(await callSink(port, messages));
    return typeof reply === 'string' || reply.type !== 'result'
      ? String(reply)
      : reply.delayed
          .map((one) => (one.type === 'send' ? `${one.delayMillis} ${one.token ?? 'no token'}` : `cancel ${one.token ?? 'no token'}`))
          .join();
  };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const later = (millis: number, token: string | null) => orderOf({ do: 'later', millis, token, text: '' });

const DIFFERENCES: readonly (readonly [what: string, measure: Measure, outcomes: Outcomes])[] = [
  [
    'JSON is written with other spaces and escapes',
    written('note', [orderOf({ do: 'keep', text: '<é>' })], decodeUtf8),
    { javascript: '{"text":"<é>"}', python: '{"text": "<é>"}', java: '{"text":"<é>"}', go: '{"text":"\\u003cé\\u003e"}\n' },
  ],
  [
    'the negative zero of a float may be taken for the zero that is not written',
    written('float_value', [fromIngress(builtIn.float(-0))], hex),
    { javascript: '', python: '', java: '', go: '0d00000080' },
  ],
  [
    'a message of a built-in type that has no value is null, zero or an error',
    written('int_value', [fromIngress({ ...builtIn.int(0), hasValue: false })], (bytes) => `value ${hex(bytes)}`),
    { javascript: 'delete', python: 'delete', java: FAILS, go: 'value ' },
  ],
  [
    'Python may take a millisecond off a delay, since it counts in fractions of a second',
    delayed(later(531_933_139, null)),
    { javascript: '531933139 no token', python: '531933138 no token', java: '531933139 no token', go: '531933139 no token' },
  ],
  [
    'an empty cancellation token is none, or an error',
    delayed(later(5, '')),
    { javascript: '5 no token', python: '5 no token', java: FAILS, go: FAILS },
  ],
  [
    'a cancellation with an empty token is sent, or is an error',
    delayed(orderOf({ do: 'cancel', token: '' })),
    { javascript: FAILS, python: 'cancel no token', java: FAILS, go: FAILS },
  ],
  [
    'half of a surrogate pair in a text is an error, or becomes something else',
    written('string_value', [fromIngress(builtIn.string('a')), orderOf({ do: 'keep', text: '\ud800' })], () => 'written'),
    { javascript: 'written', python: FAILS, java: 'written', go: 'written' },
  ],
  [
    'a stored value of another type than the function declares is noticed, or read as it comes',
    async (port) => {
      const wrong = { ...builtIn.int(7), typename: 'io.statefun.types/float' };
      const states = noStates.map((entry) => (entry.name === 'int_value' ? { ...entry, value: wrong } : entry));
      const caller = { typename: typename('a/b'), id: 'c' };
      const { status, reply } = await callSink(port, [{ caller, argument: builtIn.int(1) }], states);
      return reply?.type === 'result' ? `reads ${hex(reply.messages[0]?.argument.bytes ?? new Uint8Array(0))}` : `status ${status}`;
    },
    { javascript: FAILS, python: FAILS, java: 'reads 0d07000000', go: 'reads 0d07000000' },
  ],
  [
    'S82: an empty id, as of a record with an empty key, is an address, or an error',
    async (port) => {
      const target = { typename: typename('fraud/model'), id: '' };
      return `status ${(await callFunction(port, { target, states: [], messages: [fromIngress(builtIn.int(1))] })).status}`;
    },
    { javascript: 'status 200', python: FAILS, java: 'status 200', go: 'status 200' },
  ],
];

describe.each<Sdk>(['javascript', ...wantedLanguages()])('the %s SDK', (sdk) => {
  let port: number;
  let end: () => Promise<void> = async () => undefined;

  beforeAll(async () => {
    const started = sdk === 'javascript' ? await startReference() : await startLanguage(sdk);
    ({ port } = started);
    end = async () => ('close' in started ? started.close() : started.end());
  });

  afterAll(async () => end());

  it.each(DIFFERENCES)('%s', async (_what, measure, outcomes) => {
    expect(await measure(port)).toBe(outcomes[sdk]);
  });
});
