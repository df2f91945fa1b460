/** A value of a shape to begin with: all that must be there, each at its simplest, and an item in each list. */
import type { JsonValue } from '../base/json.ts';
import type { ValueShape } from './value-shape.ts';

export function sampleValue(shape: ValueShape): JsonValue {
  switch (shape.type) {
    case 'any':
      return {};
    case 'null':
      return null;
    case 'boolean':
      return false;
    case 'number':
      return shape.seen[0] ?? 1;
    case 'string':
      return shape.seen[0] ?? 'text';
    case 'literal':
      return shape.value;
    case 'list':
      return [sampleValue(shape.item)];
    case 'tuple':
      return shape.items.map(sampleValue);
    case 'object':
      return Object.fromEntries(shape.fields.filter(({ optional }) => !optional).map((field) => [field.name, sampleValue(field.shape)]));
    case 'union':
      return sampleValue(shape.of.find(({ type }) => type !== 'null') ?? { type: 'null' });
  }
}
