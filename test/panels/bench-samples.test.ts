import { afterEach, expect, test } from 'vitest';
import { projectOf } from '../../src/model/project.ts';
import { startValue } from '../../src/panels/bench/bench-samples.ts';
import { useDocument } from '../../src/state/document-controller.ts';

const before = useDocument.getState().project;
afterEach(() => useDocument.setState({ project: before }));

test('a value begins as what its type in the code says: JSON of its shape, or bytes where the code reads bytes of its own', () => {
  const types = `import { StateFun } from 'apache-flink-statefun';
export interface Order { sku: string; quantity: number }
export const Order = StateFun.jsonType<Order>('shop/order');
export const Cents = StateFun.customType<number>(
  'shop/cents', (cents) => Buffer.of(cents), (bytes) => bytes[0],
);
export const Point = StateFun.protoType("shop/point", PointClass);
export const Loose = StateFun.jsonType('shop/loose');
`;
  useDocument.setState({ project: projectOf({ 'functions/types.ts': types }) });
  const begun = ['shop/order', 'shop/cents', 'shop/point', 'shop/loose', 'io.statefun.types/int'].map((type) => {
    const { form, text } = startValue(type);
    return [form, text.replaceAll(/\s+/g, '')];
  });
  expect(begun).toEqual([
    ['json', '{"sku":"text","quantity":1}'],
    ['base64', ''],
    ['base64', ''],
    ['json', '{}'],
    ['int', '0'],
  ]);
});
