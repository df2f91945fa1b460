/** What a value may look like, as far as it is known: from a TypeScript type, or from values that were seen. */
import type { JsonValue } from '../base/json.ts';

export type ValueShape =
  | { readonly type: 'null' | 'boolean' | 'any' }
  | { readonly type: 'number'; readonly integer: boolean; readonly seen: readonly number[] }
  | { readonly type: 'string'; readonly seen: readonly string[] }
  | { readonly type: 'literal'; readonly value: string | number | boolean }
  | { readonly type: 'list'; readonly item: ValueShape }
  /** Of a fixed length. */
  | { readonly type: 'tuple'; readonly items: readonly ValueShape[] }
  /** `rest`: what members of any other name hold; null where there are none. */
  | { readonly type: 'object'; readonly fields: readonly FieldShape[]; readonly rest: ValueShape | null }
  | { readonly type: 'union'; readonly of: readonly ValueShape[] };

export interface FieldShape {
  readonly name: string;
  readonly shape: ValueShape;
  readonly optional: boolean;
}

export const ANY: ValueShape = { type: 'any' };

/** Whether a value keeps to the shape. What was seen of numbers and texts sets no limit; an integer is a whole number. */
export function fits(shape: ValueShape, value: JsonValue): boolean {
  switch (shape.type) {
    case 'any':
      return true;
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    case 'string':
      return typeof value === 'string';
    case 'literal':
      return value === shape.value;
    case 'list':
      return Array.isArray(value) && value.every((item: JsonValue) => fits(shape.item, item));
    case 'tuple':
      return (
        Array.isArray(value) &&
        value.length === shape.items.length &&
        shape.items.every((item, index) => fits(item, value[index] as JsonValue))
      );
    case 'object':
      return isObject(value) && fitsObject(shape, value);
    case 'union':
      return shape.of.some((each) => fits(each, value));
  }
}

function fitsObject(shape: Extract<ValueShape, { readonly type: 'object' }>, value: Readonly<Record<string, JsonValue>>): boolean {
  const named = new Set(shape.fields.map(({ name }) => name));
  return (
    shape.fields.every((field) => {
      const member = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
      return member === undefined ? field.optional : fits(field.shape, member);
    }) && Object.entries(value).every(([name, member]) => named.has(name) || shape.rest === null || fits(shape.rest, member))
  );
}

export function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
