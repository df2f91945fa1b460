/** Values drawn from a shape: what was seen, what lies at the edges, and, when asked for, what does not keep to it. */
import type { JsonValue } from '../../base/json.ts';
import type { RandomStream } from '../../base/random.ts';
import { isObject } from '../../model/value-shape.ts';
import type { FieldShape, ValueShape } from '../../model/value-shape.ts';

const MAX_DEPTH = 6;
/** Values at which code that did not think of them breaks. */
const TEXTS = [
  '',
  ' ',
  'a',
  '0',
  '-1',
  'null',
  'é',
  '日本語',
  '👩‍🚀',
  'a\nb',
  '"',
  '\u0000',
  '__proto__',
  'constructor',
  '2024-02-30',
  'x'.repeat(5000),
];
const WHOLE = [0, 1, -1, 2, 10, 100, 255, 1000, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
const FRACTIONS = [0.1, -0.5, 1.005, 1e-7, 1e21, Number.MAX_VALUE, Number.MIN_VALUE];
const ANYTHING: readonly JsonValue[] = [null, true, 0, -1, 1.5, '', 'text', [], {}, [null], { a: 1 }];

export function drawValue(shape: ValueShape, random: RandomStream, depth = 0): JsonValue {
  switch (shape.type) {
    case 'null':
      return null;
    case 'boolean':
      return random.next() < 0.5;
    case 'any':
      return pick(ANYTHING, random);
    case 'literal':
      return shape.value;
    case 'number':
      return drawNumber(shape, random);
    case 'string':
      return shape.seen.length > 0 && random.next() < 0.6 ? pick(shape.seen, random) : pick(TEXTS, random);
    case 'list': {
      const length = depth >= MAX_DEPTH ? 0 : pick([0, 1, 1, 2, 3, 8], random);
      return Array.from({ length }, () => drawValue(shape.item, random, depth + 1));
    }
    case 'tuple':
      return shape.items.map((item) => drawValue(item, random, depth + 1));
    case 'object':
      return drawObject(shape.fields, shape.rest, random, depth);
    case 'union':
      return drawValue(pick(shape.of, random), random, depth + 1);
  }
}

function drawNumber({ integer, seen }: Extract<ValueShape, { readonly type: 'number' }>, random: RandomStream): number {
  const chance = random.next();
  if (seen.length > 0 && chance < 0.4) {
    return pick(seen, random);
  }
  if (chance < 0.55) {
    return Math.floor(random.next() * 2000) - 1000;
  }
  return integer || chance < 0.8 ? pick(WHOLE, random) : pick(FRACTIONS, random);
}

function drawObject(fields: readonly FieldShape[], rest: ValueShape | null, random: RandomStream, depth: number): JsonValue {
  const members: [string, JsonValue][] = [];
  for (const { name, shape, optional } of fields) {
    if (!optional || (depth < MAX_DEPTH && random.next() < 0.6)) {
      members.push([name, drawValue(shape, random, depth + 1)]);
    }
  }
  if (rest !== null && depth < MAX_DEPTH) {
    for (let count = pick([0, 1, 2], random); count > 0; count -= 1) {
      members.push([pick(['a', 'b', 'key-1', ''], random), drawValue(rest, random, depth + 1)]);
    }
  }
  // A member may be called __proto__.
  return Object.fromEntries(members);
}

/** The value with one place in it not as it should be: missing, null, or of another kind. */
export function breakValue(value: JsonValue, random: RandomStream): JsonValue {
  const inside = Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;
  if (inside === 0 || random.next() < 0.15) {
    return pick(ANYTHING, random);
  }
  const at = Math.floor(random.next() * inside);
  if (Array.isArray(value)) {
    const list: readonly JsonValue[] = value;
    return list.map((item, index) => (index === at ? breakValue(item, random) : item));
  }
  const entries = Object.entries(value as { readonly [key: string]: JsonValue });
  const missing = random.next() < 0.4;
  return Object.fromEntries(
    entries.flatMap(([name, member], index) => (index !== at ? [[name, member]] : missing ? [] : [[name, breakValue(member, random)]])),
  );
}

export function pick<T>(items: readonly T[], random: RandomStream): T {
  // The list is not empty, and next() is below 1.
  return items[Math.floor(random.next() * items.length)] as T;
}
