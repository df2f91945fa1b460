import { describe, expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { fits } from '../../src/model/value-shape.ts';
import { readTypeShapes } from '../../src/analysis/type-shapes.ts';
import { typeSample } from '../../src/state/type-sample.ts';
import { sampleValue } from '../../src/model/sample-value.ts';

const CODE = `
import { StateFun } from 'apache-flink-statefun';
interface Item { sku: string; count: number; gift: boolean }
interface Order { id: string; currency: 'eur' | 'usd'; by: null | Person; items: Item[]; at: [number, number]; note?: string }
type Person = { name: string };
export const ORDER = StateFun.jsonType<Order>('shop/order');
export const ANYTHING = StateFun.jsonType('shop/anything');
`;
const files = new Map([[filePath('functions/order.ts'), CODE]]);

describe('a value to begin with', () => {
  test('has all that the type in the code asks for, and nothing that may be left out', () => {
    const text = typeSample({ files }, 'shop/order');
    expect(JSON.parse(text ?? '')).toEqual({
      id: 'text',
      currency: 'eur',
      by: { name: 'text' },
      items: [{ sku: 'text', count: 1, gift: false }],
      at: [1, 1],
    });
  });

  test('is a value of the type, and there is none for a type that the code says nothing of', () => {
    const shape = readTypeShapes(files).get('shop/order');
    expect(shape !== undefined && fits(shape, sampleValue(shape))).toBe(true);
    expect(typeSample({ files }, 'shop/anything')).toBeNull();
    expect(typeSample({ files }, 'io.statefun.types/int')).toBeNull();
  });
});
