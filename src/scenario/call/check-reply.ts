/** What a function answered against what was expected, effect by effect. */
import type { CallReply } from '../../protocol/call.ts';
import { decodeKafkaRecord, decodeKinesisRecord } from '../../protocol/egress-records.ts';
import type { EgressMessage, InvocationResult, TypedValue } from '../../protocol/messages.ts';
import { decodeFromFunction } from '../../protocol/wire-codec.ts';
import { formatDuration } from '../../module-yaml/duration.ts';
import { align, shorten } from '../expect/line-diff.ts';
import type { DiffLine } from '../expect/line-diff.ts';
import { matchesValue, shownMatch, shownValue } from '../expect/values.ts';
import type { ActualValue } from '../expect/values.ts';
import type { Mismatch } from '../outcome.ts';
import type { CallExpectation, EgressMatch, FunctionCall, SendMatch, ValueMatch } from '../scenario.ts';

export function checkReply({ function: name, id, expect }: FunctionCall, { outcome }: CallReply): Mismatch | null {
  const what = `Call of ${name} / ${id}`;
  if (outcome.type !== 'replied') {
    const error = outcome.type === 'threw' ? `${outcome.error.name}: ${outcome.error.message}` : outcome.type;
    if (expect?.type === 'throws' && outcome.type === 'threw') {
      return error.includes(expect.message) ? null : different(`${what}: it threw another error.`, expect.message, error);
    }
    const expected = expect?.type === 'throws' ? expect.message : 'a reply';
    return different(`${what}: ${outcome.type === 'threw' ? 'it threw.' : 'it did not answer.'}`, expected, error);
  }
  const decoded = decodeFromFunction(outcome.reply);
  if (!decoded.ok) {
    return different(`${what}: its answer cannot be read.`, 'a FromFunction', decoded.error);
  }
  if (decoded.value.type === 'incomplete') {
    const missing = decoded.value.missing.map((spec) => spec.name).join(', ');
    return different(`${what}: it misses states that it was given.`, 'a reply', `missing ${missing}`);
  }
  if (expect?.type === 'throws') {
    return different(`${what}: it did not throw.`, expect.message, 'a reply');
  }
  return expect === null ? null : effects(what, expect, decoded.value);
}

function different(message: string, expected: string, actual: string): Mismatch {
  return {
    message,
    expected,
    actual,
    diff: [
      { mark: '-', text: expected },
      { mark: '+', text: actual },
    ],
  };
}

/** One effect, expected or there, as a line. */
interface Expected<A> {
  readonly text: string;
  readonly fits: (actual: A) => boolean;
}

type Replied = Extract<CallExpectation, { readonly type: 'reply' }>;

function effects(what: string, expect: Replied, result: InvocationResult): Mismatch | null {
  const parts = [
    section('states', expect.states?.toSorted(byName).map(stateLine) ?? null, result.mutations.toSorted(byName), ({ type, name, value }) =>
      type === 'delete' || value === null ? `${name}: deleted` : `${name}: ${shownValue(value)}`,
    ),
    section('sends', expect.sends?.map(sendLine) ?? null, result.messages, ({ target, argument }) => sentText(target, argument)),
    section('delayed', expect.delayed?.map(delayedLine) ?? null, delayedOf(result), ({ delayMillis, token, target, argument }) =>
      delayedText(delayMillis, token, sentText(target, argument)),
    ),
    section(
      'cancels',
      expect.cancels?.map((token) => ({ text: token, fits: (actual: string) => actual === token })) ?? null,
      cancelsOf(result),
      (token) => token,
    ),
    section('egress', expect.egress?.map(egressLine) ?? null, result.egresses.map(recordOf), recordText),
  ].filter((part) => part !== null);
  const [first] = parts;
  return first === undefined
    ? null
    : {
        message: `${what}: its reply has other ${parts.map(({ name }) => name).join(', ')}.`,
        expected: parts.flatMap(({ expected }) => expected).join('\n'),
        actual: parts.flatMap(({ actual }) => actual).join('\n'),
        diff: shorten(parts.flatMap(({ name, diff }): DiffLine[] => [{ mark: ' ', text: `${name}:` }, ...diff])),
      };
}

interface Section {
  readonly name: string;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  readonly diff: readonly DiffLine[];
}

/** Null: as expected, or not looked at. */
function section<A>(
  name: string,
  expected: readonly Expected<A>[] | null,
  actual: readonly A[],
  text: (actual: A) => string,
): Section | null {
  if (expected === null) {
    return null;
  }
  const fits = (left: number, right: number): boolean => {
    const effect = actual[right];
    return effect !== undefined && expected[left]?.fits(effect) === true;
  };
  const steps = align(expected.length, actual.length, fits);
  if (steps.every(({ type }) => type === 'both')) {
    return null;
  }
  const texts = actual.map(text);
  return {
    name,
    expected: expected.map((each) => each.text),
    actual: texts,
    diff: steps.map((step) =>
      step.type === 'missing'
        ? { mark: '-', text: expected[step.expected]?.text ?? '' }
        : { mark: step.type === 'both' ? ' ' : '+', text: texts[step.actual] ?? '' },
    ),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function stateLine({ name, value }: NonNullable<Replied['states']>[number]): Expected<InvocationResult['mutations'][number]> {
  return {
    text: value === null ? `${name}: deleted` : `${name}: ${shownMatch(value)}`,
    fits: (actual) =>
      actual.name === name &&
      (value === null ? actual.type === 'delete' : actual.type === 'modify' && actual.value !== null && matchesValue(value, actual.value)),
  };
}

type Delayed = Extract<InvocationResult['delayed'][number], { readonly type: 'send' }>;

function sendLine(match: SendMatch): Expected<InvocationResult['messages'][number]> {
  return { text: matchText(match), fits: ({ target, argument }) => fitsSend(match, target, argument) };
}

function delayedLine(match: NonNullable<Replied['delayed']>[number]): Expected<Delayed> {
  const { afterMillis, token } = match;
  return {
    text: delayedText(afterMillis, token, matchText(match)),
    fits: (actual) =>
      (afterMillis === null || actual.delayMillis === afterMillis) &&
      actual.token === token &&
      fitsSend(match, actual.target, actual.argument),
  };
}

function fitsSend(match: SendMatch, target: Delayed['target'], argument: TypedValue): boolean {
  return (
    target.typename === match.function &&
    target.id === match.id &&
    (match.typename === null || match.typename === argument.typename) &&
    (match.value === null || matchesValue(match.value, argument))
  );
}

function matchText({ function: name, id, typename, value }: SendMatch): string {
  return `${name} / ${id}: ${[...(typename === null ? [] : [typename]), valueText(value)].join(' ')}`;
}

function valueText(match: ValueMatch | null): string {
  return match === null ? 'anything' : shownMatch(match);
}

function sentText({ typename, id }: Delayed['target'], argument: TypedValue): string {
  return `${typename} / ${id}: ${argument.typename} ${shownValue(argument)}`;
}

function delayedText(millis: number | null, token: string | null, rest: string): string {
  return `after ${millis === null ? 'any time' : formatDuration(millis)}${token === null ? '' : `, token ${token}`} to ${rest}`;
}

function delayedOf({ delayed }: InvocationResult): readonly Delayed[] {
  return delayed.filter((each) => each.type === 'send');
}

function cancelsOf({ delayed }: InvocationResult): readonly string[] {
  return delayed.flatMap((each) => (each.type === 'cancel' ? [each.token ?? ''] : []));
}

interface SentRecord {
  readonly egress: string;
  readonly topic: string | null;
  readonly key: string | null;
  readonly value: ActualValue;
}

function recordOf({ egress, argument }: EgressMessage): SentRecord {
  const kafka = decodeKafkaRecord(argument);
  if (kafka !== null) {
    return { egress, topic: kafka.topic, key: kafka.key, value: { typename: '', bytes: kafka.value } };
  }
  const kinesis = decodeKinesisRecord(argument);
  return kinesis === null
    ? { egress, topic: null, key: null, value: argument }
    : { egress, topic: kinesis.stream, key: kinesis.partitionKey, value: { typename: '', bytes: kinesis.value } };
}

function egressLine(match: EgressMatch): Expected<SentRecord> {
  const { egress, topic, key, value } = match;
  return {
    text: `${[egress, topic, key].filter((part) => part !== undefined).join(' ')}: ${valueText(value)}`,
    fits: (actual) =>
      actual.egress === egress &&
      (topic === undefined || topic === actual.topic) &&
      (key === undefined || key === actual.key) &&
      (value === null || matchesValue(value, actual.value)),
  };
}

function recordText({ egress, topic, key, value }: SentRecord): string {
  return `${[egress, topic, key].filter((part) => part !== null).join(' ')}: ${shownValue(value)}`;
}
