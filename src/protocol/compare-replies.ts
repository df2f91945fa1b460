/**
 * Two answers of a function to the same request, compared as data: what they do to states (by name), messages, delayed messages
 * and egress records (in order). Values of one type are the same where they mean the same: JSON may order its members
 * otherwise. Gives the first difference, for people, with the bytes beside.
 */
import type { DelayedRequest, EgressMessage, FunctionReply, InvocationResult, OutgoingMessage, StateSpec, TypedValue } from './messages.ts';
import { KAFKA_RECORD_TYPE, KINESIS_RECORD_TYPE } from './egress-records.ts';
import { shownText } from './typed-value.ts';

export interface DifferenceSide {
  readonly text: string;
  /** The value's own bytes, where it is one value that differs. */
  readonly bytes: Uint8Array | null;
}

export interface ReplyDifference {
  /** What differs, e.g. `state visits` or `message 2`. */
  readonly part: string;
  readonly left: DifferenceSide;
  readonly right: DifferenceSide;
}

export function replyDifference(left: FunctionReply, right: FunctionReply): ReplyDifference | null {
  if (left.type === 'incomplete' || right.type === 'incomplete') {
    return left.type === 'incomplete' && right.type === 'incomplete'
      ? specsDifference(left.missing, right.missing)
      : { part: 'kind of answer', left: kindOf(left), right: kindOf(right) };
  }
  return (
    mutationsDifference(left, right) ??
    listDifference('message', left.messages, right.messages, messageParts) ??
    listDifference('delayed message', left.delayed, right.delayed, delayedParts) ??
    listDifference('egress record', left.egresses, right.egresses, egressParts)
  );
}

export function sameValue(left: TypedValue, right: TypedValue): boolean {
  if (left.typename !== right.typename || left.hasValue !== right.hasValue) {
    return false;
  }
  return sameBytes(left.bytes, right.bytes) || sameMeaning(left, right);
}

function sameMeaning(left: TypedValue, right: TypedValue): boolean {
  const [ours, theirs] = [shownText(left.typename, left.bytes), shownText(right.typename, right.bytes)];
  if (ours === null || theirs === null) {
    return false;
  }
  if (ours === theirs) {
    // Of other types the text may hide bytes that are no part of it.
    return left.typename.startsWith('io.statefun.types/') || isRecord(left.typename);
  }
  if (left.typename.startsWith('io.statefun.types/')) {
    return false;
  }
  const [a, b] = [parsedJson(ours), parsedJson(theirs)];
  return a !== undefined && b !== undefined && sameJson(a, b);
}

function isRecord(typename: string): boolean {
  return typename === KAFKA_RECORD_TYPE || typename === KINESIS_RECORD_TYPE;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sameJson(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return left === right;
  }
  if (Array.isArray(left) !== Array.isArray(right)) {
    return false;
  }
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(Reflect.get(left, key), Reflect.get(right, key)))
  );
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

const NOTHING: DifferenceSide = { text: 'nothing', bytes: null };

function side(text: string): DifferenceSide {
  return { text, bytes: null };
}

export function valueSide(value: TypedValue): DifferenceSide {
  const shown = shownText(value.typename, value.bytes) ?? `${value.bytes.length} bytes`;
  return { text: `${value.typename} ${value.hasValue ? shown : 'without a value'}`.trim(), bytes: value.bytes };
}

function kindOf(reply: FunctionReply): DifferenceSide {
  return side(
    reply.type === 'result' ? 'a result' : `incomplete, it misses ${reply.missing.map(({ name }) => name).join(', ') || 'nothing'}`,
  );
}

function specsDifference(left: readonly StateSpec[], right: readonly StateSpec[]): ReplyDifference | null {
  const texts = (specs: readonly StateSpec[]) =>
    new Map(
      specs.map(({ name, typename, expiration }) => [
        name,
        `${typename}${expiration === null ? '' : `, expires ${expiration.millis} ms ${expiration.mode.replace('-', ' ')}`}`,
      ]),
    );
  const [ours, theirs] = [texts(left), texts(right)];
  const name = [...new Set([...ours.keys(), ...theirs.keys()])].find((each) => ours.get(each) !== theirs.get(each));
  const shown = (text: string | undefined): DifferenceSide => (text === undefined ? NOTHING : side(text));
  return name === undefined ? null : { part: `declared state ${name}`, left: shown(ours.get(name)), right: shown(theirs.get(name)) };
}

/** The last change of a state is the one that stays. */
function mutationsDifference(left: InvocationResult, right: InvocationResult): ReplyDifference | null {
  const last = ({ mutations }: InvocationResult) => new Map(mutations.map((mutation) => [mutation.name, mutation]));
  const [ours, theirs] = [last(left), last(right)];
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours.get(name), theirs.get(name)];
    const isSame =
      a !== undefined &&
      b !== undefined &&
      a.type === b.type &&
      (a.type === 'delete' || a.value === b.value || (a.value !== null && b.value !== null && sameValue(a.value, b.value)));
    if (!isSame) {
      return { part: `state ${name}`, left: mutationSide(a), right: mutationSide(b) };
    }
  }
  return null;
}

function mutationSide(mutation: InvocationResult['mutations'][number] | undefined): DifferenceSide {
  if (mutation === undefined) {
    return side('not changed');
  }
  return mutation.type === 'delete' ? side('deleted') : mutation.value === null ? side('set without a value') : valueSide(mutation.value);
}

/** What an effect is about, as text that must be equal, and its value. */
interface Parts {
  readonly about: string;
  readonly value: TypedValue | null;
}

function messageParts({ target, argument }: OutgoingMessage): Parts {
  return { about: `to ${target.typename} / ${target.id}`, value: argument };
}

function delayedParts(delayed: DelayedRequest): Parts {
  const token = delayed.token === null ? '' : `, token ${delayed.token}`;
  return delayed.type === 'cancel'
    ? { about: `cancelled${token}`, value: null }
    : {
        about: `after ${delayed.delayMillis} ms to ${delayed.target.typename} / ${delayed.target.id}${token}`,
        value: delayed.argument,
      };
}

function egressParts({ egress, argument }: EgressMessage): Parts {
  return { about: `to ${egress}`, value: argument };
}

function listDifference<T>(name: string, left: readonly T[], right: readonly T[], partsOf: (item: T) => Parts): ReplyDifference | null {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [ours, theirs] = [left[index], right[index]];
    const [a, b] = [ours === undefined ? null : partsOf(ours), theirs === undefined ? null : partsOf(theirs)];
    const isSame =
      a !== null &&
      b !== null &&
      a.about === b.about &&
      (a.value === b.value || (a.value !== null && b.value !== null && sameValue(a.value, b.value)));
    if (!isSame) {
      return { part: `${name} ${index + 1}`, left: partsSide(a), right: partsSide(b) };
    }
  }
  return null;
}

function partsSide(parts: Parts | null): DifferenceSide {
  if (parts === null) {
    return NOTHING;
  }
  const { text, bytes } = parts.value === null ? side('') : valueSide(parts.value);
  return { text: `${parts.about}${text === '' ? '' : `: ${text}`}`, bytes };
}
