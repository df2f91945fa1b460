/**
 * A call that was tried, with what it came to, as the text of a scenario that expects the same. A function is kept alone, by a `call`
 * step, and not by records that would lead there: most functions are reached by other functions only, and a state that a run was
 * given from outside would be one that no run has.
 */
import { Document, visit } from 'yaml';
import type { Typename } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import type { TypedValue, WireAddress } from '../../protocol/messages.ts';
import { payloadOf } from './typed-payload.ts';

export interface TriedCall {
  readonly typename: Typename;
  readonly id: string;
  readonly messages: readonly { readonly caller: WireAddress | null; readonly value: TypedValue }[];
  readonly states: readonly { readonly name: string; readonly value: TypedValue | null }[];
  readonly at: number;
  readonly seed: number;
}

type Bytes = Pick<TypedValue, 'typename' | 'bytes'>;

/** What came of it; anything but an answer and an error is nothing to expect. */
export type TriedOutcome =
  | { readonly type: 'threw'; readonly name: string; readonly message: string }
  | {
      readonly type: 'completed';
      readonly states: readonly { readonly name: string; readonly after: Bytes | null; readonly change: 'none' | 'written' | 'deleted' }[];
      readonly sends: readonly { readonly to: WireAddress; readonly value: Bytes }[];
      readonly delayed: readonly {
        readonly to: WireAddress;
        readonly value: Bytes;
        readonly delayMillis: number;
        readonly token: string | null;
      }[];
      readonly cancellations: readonly { readonly token: string | null }[];
      readonly egress: readonly {
        readonly egress: string;
        readonly topic: string | null;
        readonly key: string | null;
        readonly value: Bytes;
      }[];
    };

const WIDTH = 120;

/** @param title what the scenario shows */
export function keptScenario(title: string, call: TriedCall, outcome: TriedOutcome): string {
  const given = call.states.flatMap(({ name, value }) => (value === null ? [] : [{ state: name, ...typed(value) }]));
  const time = instantText(call.at);
  const step = {
    call: {
      function: call.typename,
      id: call.id,
      ...(time === null ? {} : { time }),
      ...(call.seed === 0 ? {} : { seed: call.seed >>> 0 }),
      ...(given.length === 0 ? {} : { states: given }),
      messages: call.messages.map(({ caller, value }) => ({
        ...typed(value),
        ...(caller === null ? {} : { caller: { function: caller.typename, id: caller.id } }),
      })),
      ...(outcome.type === 'threw' ? { throws: errorText(outcome) } : { reply: replyOf(outcome) }),
    },
  };
  const document = new Document({ title, steps: [step] }, { version: '1.2' });
  visit(document, {
    // Short values stand on one line, as people write them.
    Map: (_key, node, path) => {
      if (path.length > 6 && JSON.stringify(node.toJSON()).length < WIDTH) {
        node.flow = true;
        return visit.SKIP;
      }
      return undefined;
    },
    Seq: (_key, node) => {
      if (node.items.length === 0) {
        node.flow = true;
      }
    },
  });
  return document.toString({ lineWidth: WIDTH, singleQuote: true, flowCollectionPadding: true });
}

function replyOf(outcome: Extract<TriedOutcome, { readonly type: 'completed' }>): JsonValue {
  return {
    states: outcome.states
      .filter(({ change }) => change !== 'none')
      .map(({ name, after }) => ({ state: name, ...(after === null ? { absent: true } : value(after)) })),
    sends: outcome.sends.map(({ to, value: sent }) => ({ function: to.typename, id: to.id, ...typed(sent) })),
    delayed: outcome.delayed.map(({ to, value: sent, delayMillis, token }) => ({
      ...afterOf(delayMillis),
      ...(token === null ? {} : { token }),
      function: to.typename,
      id: to.id,
      ...typed(sent),
    })),
    cancels: outcome.cancellations.map(({ token }) => token ?? ''),
    egress: outcome.egress.map(({ egress, topic, key, value: sent }) => ({
      egress,
      ...(topic === null ? {} : { topic }),
      ...(key === null ? {} : { key }),
      ...value(sent),
    })),
  };
}

function typed(given: Bytes): { readonly [key: string]: JsonValue } {
  return { type: given.typename, ...value(given) };
}

function value(given: Bytes): { readonly [key: string]: JsonValue } {
  const payload = payloadOf(given);
  switch (payload.type) {
    case 'json':
      return { json: payload.value };
    case 'text':
      return { text: payload.text };
    case 'base64':
      return { base64: payload.base64 };
    case 'tombstone':
      return { base64: '' };
  }
}

/** The line of an error that says most; the format holds texts of one line well. */
function errorText({ name, message }: Extract<TriedOutcome, { readonly type: 'threw' }>): string {
  return `${name}: ${message}`;
}

const UNITS: readonly (readonly [millis: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
  [1, 'ms'],
];
const MOST_DIGITS = 99_999_999;

/** Nothing for a delay that the format has no duration for: then any is right. */
function afterOf(millis: number): { readonly after?: string } {
  const [size, unit] = UNITS.find(([each]) => millis % each === 0 && millis >= each) ?? [1, 'ms'];
  const count = millis / size;
  return count >= 0 && count <= MOST_DIGITS ? { after: `${count} ${unit}` } : {};
}

/** `2026-01-01T00:00:00.000Z`, counted by hand: the core has no Date. Null where the format has no such moment. */
export function instantText(millis: number): string | null {
  if (!Number.isInteger(millis) || millis < 0 || millis >= 253_402_300_800_000) {
    return null;
  }
  const days = Math.floor(millis / 86_400_000);
  // Years of 400 repeat; March comes first, so that the day of a leap year is the last one (Hinnant's civil_from_days).
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const ofDay = millis - days * 86_400_000;
  const parts = [Math.floor(ofDay / 3_600_000), Math.floor(ofDay / 60_000) % 60, Math.floor(ofDay / 1000) % 60].map((part) =>
    padded(part, 2),
  );
  const milli = ofDay % 1000;
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${parts.join(':')}${milli === 0 ? '' : `.${padded(milli, 3)}`}Z`;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
