/** From values that were seen to the shape that they share, with what they held kept to draw from. */
import type { JsonValue } from '../../base/json.ts';
import { ANY, fits, isObject } from '../../model/value-shape.ts';
import type { FieldShape, ValueShape } from '../../model/value-shape.ts';

/** Values kept of one field. */
const POOL = 24;
/** An object with more members than this, no two alike, is a table by key. */
const MANY_FIELDS = 24;

export function inferShape(values: readonly JsonValue[]): ValueShape {
  const kinds: ValueShape[] = [];
  const objects = values.filter(isObject);
  const lists = values.filter((value): value is readonly JsonValue[] => Array.isArray(value));
  const numbers = values.filter((value) => typeof value === 'number');
  const texts = values.filter((value) => typeof value === 'string');
  if (objects.length > 0) {
    kinds.push(objectShape(objects));
  }
  if (lists.length > 0) {
    const items = lists.flat();
    kinds.push({ type: 'list', item: items.length === 0 ? ANY : inferShape(items) });
  }
  if (numbers.length > 0) {
    kinds.push({ type: 'number', integer: numbers.every(Number.isInteger), seen: pool(numbers) });
  }
  if (texts.length > 0) {
    kinds.push({ type: 'string', seen: pool(texts) });
  }
  if (values.some((value) => typeof value === 'boolean')) {
    kinds.push({ type: 'boolean' });
  }
  if (values.includes(null)) {
    kinds.push({ type: 'null' });
  }
  const [only] = kinds;
  return only === undefined ? ANY : kinds.length === 1 ? only : { type: 'union', of: kinds };
}

function objectShape(objects: readonly Readonly<Record<string, JsonValue>>[]): ValueShape {
  const names = [...new Set(objects.flatMap((value) => Object.keys(value)))];
  const counts = new Map(names.map((name) => [name, objects.filter((value) => Object.hasOwn(value, name)).length]));
  const members = (name: string): JsonValue[] => objects.flatMap((value) => (Object.hasOwn(value, name) ? [value[name] ?? null] : []));
  if (names.length > MANY_FIELDS && [...counts.values()].every((count) => count < objects.length)) {
    return { type: 'object', fields: [], rest: inferShape(names.flatMap(members).slice(0, 200)) };
  }
  const fields = names.map((name): FieldShape => ({
    name,
    shape: inferShape(members(name)),
    optional: (counts.get(name) ?? 0) < objects.length,
  }));
  return { type: 'object', fields, rest: null };
}

/** The shape with what values that were seen hold at its places. */
export function withSeen(shape: ValueShape, values: readonly JsonValue[]): ValueShape {
  if (values.length === 0) {
    return shape;
  }
  switch (shape.type) {
    case 'number':
      return { ...shape, seen: pool([...shape.seen, ...values.filter((value) => typeof value === 'number')]) };
    case 'string':
      return { ...shape, seen: pool([...shape.seen, ...values.filter((value) => typeof value === 'string')]) };
    case 'list':
      return {
        ...shape,
        item: withSeen(
          shape.item,
          values.flatMap((value) => (Array.isArray(value) ? (value as readonly JsonValue[]) : [])),
        ),
      };
    case 'tuple':
      return {
        ...shape,
        items: shape.items.map((item, index) =>
          withSeen(
            item,
            values.flatMap((value) => (Array.isArray(value) ? [(value as readonly JsonValue[])[index] ?? null] : [])),
          ),
        ),
      };
    case 'object': {
      const objects = values.filter(isObject);
      const named = new Set(shape.fields.map(({ name }) => name));
      const others = objects.flatMap((value) => Object.entries(value).flatMap(([name, member]) => (named.has(name) ? [] : [member])));
      return {
        ...shape,
        fields: shape.fields.map((field) => ({
          ...field,
          shape: withSeen(
            field.shape,
            objects.flatMap((value) => (Object.hasOwn(value, field.name) ? [value[field.name] ?? null] : [])),
          ),
        })),
        rest: shape.rest === null ? null : withSeen(shape.rest, others),
      };
    }
    case 'union':
      return {
        ...shape,
        of: shape.of.map((each) =>
          withSeen(
            each,
            values.filter((value) => fits(each, value)),
          ),
        ),
      };
    case 'any':
      return inferShape(values);
    default:
      return shape;
  }
}

function pool<T extends string | number>(values: readonly T[]): readonly T[] {
  return [...new Set(values)].filter((value) => typeof value !== 'string' || value.length <= 200).slice(0, POOL);
}
