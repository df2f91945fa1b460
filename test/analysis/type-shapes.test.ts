import { expect, test } from 'vitest';
import { readTypeShapes } from '../../src/analysis/type-shapes.ts';
import { filePath } from '../../src/base/ids.ts';
import type { ValueShape } from '../../src/model/value-shape.ts';
import { loadExample } from '../support/load-example.ts';

function shapes(files: Readonly<Record<string, string>>): Readonly<Record<string, ValueShape>> {
  return Object.fromEntries(readTypeShapes(new Map(Object.entries(files).map(([path, text]) => [filePath(path), text]))));
}

const text: ValueShape = { type: 'string', seen: [] };
const number: ValueShape = { type: 'number', integer: false, seen: [] };

test('interfaces, aliases, generics and enums are followed, over files and through what they extend', () => {
  expect(
    shapes({
      'functions/types.ts': `
import { StateFun } from 'apache-flink-statefun';
import { type Base, Level, Page as P } from './shared/base.ts';
const NAME = 'lab/';
export interface Order extends Base {
  readonly items: readonly { sku: string; 'unit-price'?: number | undefined }[];
  level: Level;
  note: string | null;
  kind: 'a' | -1 | true;
  place: [x: number, number];
}
export const Order = StateFun.jsonType<Order>(NAME + 'order');
export const Page = StateFun.jsonType<P<Partial<Base>>>('lab/page');
`,
      'functions/shared/base.ts': `
export * from './level.ts';
export interface Base { id: string }
export type Page<T> = { rows: Array<T>; next?: string } & { total: number };
`,
      'functions/shared/level.ts': `export enum Level { Low, High = 'high' }`,
    }),
  ).toEqual({
    'lab/order': {
      type: 'object',
      rest: null,
      fields: [
        { name: 'id', shape: text, optional: false },
        {
          name: 'items',
          optional: false,
          shape: {
            type: 'list',
            item: {
              type: 'object',
              rest: null,
              fields: [
                { name: 'sku', shape: text, optional: false },
                { name: 'unit-price', shape: number, optional: true },
              ],
            },
          },
        },
        {
          name: 'level',
          optional: false,
          shape: {
            type: 'union',
            of: [
              { type: 'literal', value: 0 },
              { type: 'literal', value: 'high' },
            ],
          },
        },
        { name: 'note', shape: { type: 'union', of: [text, { type: 'null' }] }, optional: false },
        {
          name: 'kind',
          optional: false,
          shape: {
            type: 'union',
            of: [
              { type: 'literal', value: 'a' },
              { type: 'literal', value: -1 },
              { type: 'literal', value: true },
            ],
          },
        },
        { name: 'place', shape: { type: 'tuple', items: [number, number] }, optional: false },
      ],
    },
    'lab/page': {
      type: 'object',
      rest: null,
      fields: [
        {
          name: 'rows',
          optional: false,
          shape: { type: 'list', item: { type: 'object', rest: null, fields: [{ name: 'id', shape: text, optional: true }] } },
        },
        { name: 'next', shape: text, optional: true },
        { name: 'total', shape: number, optional: false },
      ],
    },
  });
});

test('records, types that name themselves, and what is not read', () => {
  const found = shapes({
    'functions/a.ts': `
type Tree = { children: Tree[] };
const A = jsonType<Record<string, number>>('lab/table');
const B = jsonType<Record<'a' | 'b', string>>('lab/pair');
const C = jsonType<Tree>('lab/tree');
const D = jsonType<keyof Tree>('lab/odd');
const E = jsonType('lab/untyped');
`,
  });
  expect(found['lab/table']).toEqual({ type: 'object', fields: [], rest: number });
  expect(found['lab/pair']).toMatchObject({ fields: [{ name: 'a', shape: text }, { name: 'b' }], rest: null });
  expect(JSON.stringify(found['lab/tree'])).toContain('"type":"any"');
  expect(found['lab/odd']).toEqual({ type: 'any' });
  expect(found['lab/untyped']).toBeUndefined();
});

test('all JSON types of the examples have a shape', () => {
  for (const example of ['greeter', 'fraud-detection', 'shopping-cart']) {
    const files = loadExample(example);
    const asked = [...files.values()].join('\n').matchAll(/jsonType<[^(]*>\('([^']+)'/g);
    const found = readTypeShapes(new Map([...files].filter(([path]) => path.endsWith('.ts'))));
    const missing = [...asked].map(([, name]) => name ?? '').filter((name) => found.get(name)?.type !== 'object');
    expect(missing).toEqual([]);
  }
});
