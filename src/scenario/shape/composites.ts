/** Shapes made of shapes: lists, alternatives, unions. */
import { isMap, isScalar, isSeq } from 'yaml';
import type { JsonValue } from '../../base/json.ts';
import { nearest } from '../../base/nearest.ts';
import { entriesOf, reportUnknown } from './object.ts';
import type { ObjectShape } from './object.ts';
import { BAD, kindOf } from './shape.ts';
import type { Bad, Reading, Shape, ValueNode } from './shape.ts';

export function list<T>(item: Shape<T>, minimum: 0 | 1, what: string): Shape<readonly T[]> {
  return {
    read(value, name, reading) {
      const { node } = value;
      if (!isSeq(node)) {
        return reading.report('scenario-bad-value', `${name} is ${kindOf(value)}: write ${what}.`, value.range);
      }
      if (node.items.length < minimum) {
        return reading.report('scenario-bad-value', `${name} is an empty list: write ${what}.`, value.range);
      }
      return reading.within(value.range, () => {
        const items = node.items.map((each, index) => item.read(reading.value(each, value.range), `${name}[${index}]`, reading));
        return allGood(items);
      });
    },
    schema: (definitions) => ({ type: 'array', items: item.schema(definitions), ...(minimum > 0 ? { minItems: minimum } : {}) }),
  };
}

function allGood<T>(items: readonly (T | Bad)[]): readonly T[] | Bad {
  const good: T[] = [];
  for (const item of items) {
    if (item === BAD) {
      return BAD;
    }
    good.push(item);
  }
  return good;
}

/** One item, or a list of them. */
export function oneOrMany<T>(item: Shape<T>, what: string): Shape<readonly T[]> {
  const many = list(item, 1, what);
  return {
    read(value, name, reading) {
      if (isSeq(value.node)) {
        return many.read(value, name, reading);
      }
      const one = item.read(value, name, reading);
      return one === BAD ? BAD : [one];
    },
    schema: (definitions) => ({ anyOf: [item.schema(definitions), many.schema(definitions)] }),
  };
}

/** A mapping, or something shorter for the common case. */
export function shortOrObject<A, B>(short: Shape<A>, long: Shape<B>): Shape<A | B> {
  return {
    read: (value, name, reading): A | B | Bad => (isMap(value.node) ? long : short).read(value, name, reading),
    schema: (definitions) => ({ anyOf: [short.schema(definitions), long.schema(definitions)] }),
  };
}

/** A fixed word that stands for a value, or what `other` reads. */
export function wordOr<V, T>(fixed: string, meaning: V, other: Shape<T>): Shape<V | T> {
  return {
    read(value, name, reading): V | T | Bad {
      return isScalar(value.node) && value.node.value === fixed ? meaning : other.read(value, name, reading);
    },
    schema: (definitions) => ({ anyOf: [{ const: fixed }, other.schema(definitions)] }),
  };
}

export function mapped<A, B>(shape: Shape<A>, make: (value: A) => B): Shape<B> {
  return {
    read(value, name, reading) {
      const found = shape.read(value, name, reading);
      return found === BAD ? BAD : make(found);
    },
    schema: shape.schema,
  };
}

/** Kept once in the schema's definitions. */
export function named<T>(name: string, shape: Shape<T>): Shape<T> {
  return {
    read: shape.read,
    schema(definitions) {
      if (!definitions.has(name)) {
        definitions.set(name, {});
        definitions.set(name, shape.schema(definitions));
      }
      return { $ref: `#/definitions/${name}` };
    },
  };
}

/** A union told apart by the text under one key. */
export function byTag<T>(key: string, what: string, variants: Readonly<Record<string, ObjectShape<T>>>): Shape<T> {
  const tags = Object.keys(variants);
  return {
    read(value, name, reading) {
      const entries = entriesOf(value, name, what, [key], reading);
      if (entries === BAD) {
        return BAD;
      }
      const tag = entries.find((entry) => entry.key === key);
      if (tag === undefined) {
        const all = [...new Set(Object.values(variants).flatMap(({ keys }) => keys))];
        for (const entry of entries.filter((each) => !all.includes(each.key))) {
          reportUnknown(entry, what, [key], all, reading);
        }
        return reading.report('scenario-missing-key', `${name} needs the key “${key}”, one of ${tags.join(', ')}.`, value.range);
      }
      const written: unknown = isScalar(tag.value.node) ? tag.value.node.value : undefined;
      const variant = typeof written === 'string' && Object.hasOwn(variants, written) ? variants[written] : undefined;
      if (variant === undefined) {
        const meant = typeof written === 'string' ? nearest(written, tags) : null;
        const advice = meant ?? `one of ${tags.join(', ')}`;
        return reading.report('scenario-bad-value', `${key} is ${kindOf(tag.value)}: write ${advice}.`, tag.value.range);
      }
      return variant.read(value, name, reading);
    },
    schema: (definitions) => ({ oneOf: Object.values(variants).map((variant) => variant.schema(definitions)) }),
  };
}

/** A union told apart by which key is there. */
export function byKey<T>(what: string, variants: Readonly<Record<string, ObjectShape<T>>>): Shape<T> {
  const keys = Object.keys(variants);
  return {
    read(value, name, reading) {
      const entries = entriesOf(value, name, what, keys, reading);
      if (entries === BAD) {
        return BAD;
      }
      const chosen = entries.find((entry) => Object.hasOwn(variants, entry.key));
      const variant = chosen === undefined ? undefined : variants[chosen.key];
      if (variant === undefined) {
        const all = [...new Set(Object.values(variants).flatMap((each) => each.keys))];
        const unknown = entries.filter((entry) => !all.includes(entry.key));
        for (const entry of unknown) {
          reportUnknown(entry, what, keys, all, reading);
        }
        return unknown.length > 0
          ? BAD
          : reading.report('scenario-missing-key', `${name} is ${what} and needs one of the keys ${keys.join(', ')}.`, value.range);
      }
      return variant.read(value, name, reading);
    },
    schema: (definitions) => ({ oneOf: Object.values(variants).map((variant) => variant.schema(definitions)) }),
  };
}

/** Any JSON value, as YAML writes it. What JSON or a double would change without a word is refused. */
export function anyJson(): Shape<JsonValue> {
  return { read: (value, name, reading) => readJson(value, name, reading), schema: () => ({}) };
}

function readJson(value: ValueNode, name: string, reading: Reading): JsonValue | Bad {
  const { node, range } = value;
  if (node === null) {
    return null;
  }
  if (isSeq(node)) {
    return reading.within(range, () =>
      allGood(node.items.map((item, index) => readJson(reading.value(item, range), `${name}[${index}]`, reading))),
    );
  }
  if (isMap(node)) {
    return reading.within(range, () => {
      const entries: [string, JsonValue][] = [];
      let bad = false;
      for (const pair of node.items) {
        const key = reading.value(pair.key, range);
        const written: unknown = isScalar(key.node) ? key.node.value : undefined;
        const text =
          typeof written === 'string' ? written : isScalar(key.node) && typeof written === 'number' ? key.node.source : undefined;
        if (text === undefined) {
          reading.report('scenario-bad-value', `${name} has ${kindOf(key)} as a key: JSON has texts only.`, key.range);
          bad = true;
          continue;
        }
        const member = readJson(reading.value(pair.value, key.range), `${name}.${text}`, reading);
        if (member === BAD) {
          bad = true;
        } else {
          entries.push([text, member]);
        }
      }
      return bad ? BAD : Object.fromEntries(entries);
    });
  }
  const found: unknown = isScalar(node) ? node.value : undefined;
  if (typeof found === 'number' && (!Number.isFinite(found) || (Number.isInteger(found) && !Number.isSafeInteger(found)))) {
    const why = Number.isFinite(found) ? 'is too large to be exact' : 'is no number that JSON has';
    return reading.report(
      'scenario-bad-value',
      `${name}: ${isScalar(node) ? node.source : ''} ${why}: write it in quotes, or the whole value as text.`,
      range,
    );
  }
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' || found === null
    ? found
    : reading.report('scenario-bad-value', `${name} is ${kindOf(value)}, which JSON does not have.`, range);
}
