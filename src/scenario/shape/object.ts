/** The shape of a mapping: its keys, which of them exclude or need each other, and what it becomes. */
import { isMap, isScalar } from 'yaml';
import type { TextRange } from '../../model/problem.ts';
import { nearest } from '../../base/nearest.ts';
import type { JsonValue } from '../../base/json.ts';
import type { ScenarioProblemCode } from '../problem-codes.ts';
import type { SourcePlace } from '../scenario.ts';
import { BAD, kindOf } from './shape.ts';
import type { Bad, Definitions, JsonSchema, Reading, Shape, ValueNode } from './shape.ts';

export interface Field<T, Required extends boolean> {
  readonly shape: Shape<T>;
  readonly required: Required;
  /** One sentence for the editor's help and the reference. */
  readonly about: string;
}

export function required<T>(shape: Shape<T>, about: string): Field<T, true> {
  return { shape, required: true, about };
}

export function optional<T>(shape: Shape<T>, about: string): Field<T, false> {
  return { shape, required: false, about };
}

export type Fields = { readonly [key: string]: Field<unknown, boolean> };

/** What was read: undefined where an optional key is not there. */
export type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T, infer Required> ? (Required extends true ? T : T | undefined) : never;
};

export type KeyRule =
  | { readonly type: 'exactly-one'; readonly keys: readonly string[] }
  | { readonly type: 'at-most-one'; readonly keys: readonly string[] }
  | { readonly type: 'at-least-one'; readonly keys: readonly string[] }
  | { readonly type: 'needs'; readonly key: string; readonly other: string };

/** For checks that JSON Schema cannot express. */
export interface Made {
  readonly place: SourcePlace;
  /** Where a key's value stands, or the mapping where the key is not there. */
  range(key: string): TextRange;
  report(code: ScenarioProblemCode, message: string, key: string): Bad;
}

export interface ObjectOptions<F extends Fields, T> {
  /** What the mapping is, for messages: `a step`. */
  readonly what: string;
  readonly fields: F;
  readonly rules?: readonly KeyRule[];
  readonly make: (values: Values<F>, made: Made) => T | Bad;
}

export interface ObjectShape<T> extends Shape<T> {
  readonly what: string;
  readonly keys: readonly string[];
}

export function object<const F extends Fields, T>(options: ObjectOptions<F, T>): ObjectShape<T> {
  return {
    what: options.what,
    keys: Object.keys(options.fields),
    read: (value, name, reading) => readObject(options, value, name, reading),
    schema: (definitions) => objectSchema(options, definitions),
  };
}

interface Entry {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: ValueNode;
}

/** The entries of a mapping whose keys are texts; undefined where the value is no mapping. Reports everything else. */
export function entriesOf(value: ValueNode, name: string, what: string, keys: readonly string[], reading: Reading): readonly Entry[] | Bad {
  if (!isMap(value.node)) {
    return reading.report(
      'scenario-bad-value',
      `${name} is ${kindOf(value)}: write ${what}, with ${keys.length === 1 ? 'the key' : 'keys of'} ${keys.join(', ')}.`,
      value.range,
    );
  }
  const entries: Entry[] = [];
  for (const pair of value.node.items) {
    const key = reading.value(pair.key, value.range);
    if (isScalar(key.node) && typeof key.node.value === 'string') {
      entries.push({ key: key.node.value, keyRange: key.range, value: reading.value(pair.value, key.range) });
    } else {
      reading.report('scenario-unknown-key', `A key of ${what} is a text, and this is ${kindOf(key)}.`, key.range);
      return BAD;
    }
  }
  return entries;
}

function readObject<F extends Fields, T>(options: ObjectOptions<F, T>, value: ValueNode, name: string, reading: Reading): T | Bad {
  const { fields, what, rules = [], make } = options;
  const known = Object.keys(fields);
  const entries = entriesOf(value, name, what, known, reading);
  if (entries === BAD) {
    return BAD;
  }
  return reading.within(value.range, () => {
    let bad = false;
    const values: Record<string, unknown> = {};
    for (const entry of entries) {
      const field = Object.hasOwn(fields, entry.key) ? fields[entry.key] : undefined;
      if (field === undefined) {
        bad = true;
        const free = known.filter((key) => !entries.some((other) => other.key === key));
        reportUnknown(entry, what, free, known, reading);
        continue;
      }
      const read = field.shape.read(entry.value, entry.key, reading);
      bad ||= read === BAD;
      values[entry.key] = read;
    }
    const given = new Set(entries.map(({ key }) => key));
    const head = { from: value.range.from, to: Math.min(value.range.to, value.range.from + 1) };
    for (const key of known) {
      if (fields[key]?.required === true && !given.has(key)) {
        bad = true;
        reading.report('scenario-missing-key', `${capital(what)} needs the key “${key}”.`, head);
      }
    }
    for (const rule of rules) {
      const broken = brokenRule(rule, given, what);
      if (broken !== null && !(bad && broken.missing)) {
        bad = true;
        const at = entries.find(({ key }) => key === broken.at)?.keyRange ?? head;
        reading.report(broken.missing ? 'scenario-missing-key' : 'scenario-key-conflict', broken.message, at);
      }
    }
    if (bad) {
      return BAD;
    }
    const rangeOf = (key: string) => entries.find((entry) => entry.key === key)?.value.range ?? head;
    return make(values as Values<F>, {
      place: reading.place(value.range),
      range: rangeOf,
      report: (code, message, key) => reading.report(code, message, rangeOf(key)),
    });
  });
}

export function reportUnknown(entry: Entry, what: string, free: readonly string[], known: readonly string[], reading: Reading): void {
  const meant = nearest(entry.key, free);
  const advice = meant === null ? `the keys are ${known.join(', ')}` : `write ${meant}`;
  reading.report('scenario-unknown-key', `“${entry.key}” is no key of ${what}: ${advice}.`, entry.keyRange);
}

interface Broken {
  readonly message: string;
  /** The key to point at. */
  readonly at: string | null;
  readonly missing: boolean;
}

function brokenRule(rule: KeyRule, given: ReadonlySet<string>, what: string): Broken | null {
  if (rule.type === 'needs') {
    return given.has(rule.key) && !given.has(rule.other)
      ? { message: `“${rule.key}” needs “${rule.other}” beside it.`, at: rule.key, missing: false }
      : null;
  }
  const present = [...given].filter((key) => rule.keys.includes(key));
  if (present.length === 0 && rule.type !== 'at-most-one') {
    const some = rule.type === 'exactly-one' ? 'one of' : 'at least one of';
    return { message: `${capital(what)} needs ${some} ${rule.keys.join(', ')}.`, at: null, missing: true };
  }
  const second = present[1];
  return second === undefined || rule.type === 'at-least-one'
    ? null
    : { message: `“${second}” and “${present[0]}” exclude each other: keep one of them.`, at: second, missing: false };
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function objectSchema<F extends Fields, T>({ fields, rules = [] }: ObjectOptions<F, T>, definitions: Definitions): JsonSchema {
  const entries = Object.entries(fields);
  const needed = entries.filter(([, field]) => field.required).map(([key]) => key);
  const all = rules.flatMap(ruleSchemas);
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([key, field]) => {
        const schema = field.shape.schema(definitions);
        // Beside a $ref other keywords are ignored.
        return [key, '$ref' in schema ? { description: field.about, allOf: [schema] } : { description: field.about, ...schema }];
      }),
    ),
    ...(needed.length > 0 ? { required: needed } : {}),
    additionalProperties: false,
    ...(all.length > 0 ? { allOf: all } : {}),
  };
}

function ruleSchemas(rule: KeyRule): readonly JsonSchema[] {
  const each: readonly JsonValue[] = rule.type === 'needs' ? [] : rule.keys.map((key) => ({ required: [key] }));
  switch (rule.type) {
    case 'exactly-one':
      return [{ oneOf: each }];
    case 'at-least-one':
      return [{ anyOf: each }];
    case 'at-most-one':
      return [{ anyOf: [{ not: { anyOf: each } }, { oneOf: each }] }];
    case 'needs':
      return [{ anyOf: [{ not: { required: [rule.key] } }, { required: [rule.other] }] }];
  }
}
