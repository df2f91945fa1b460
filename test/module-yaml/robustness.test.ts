/** Decode takes any text, and what it offers as a fix is one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edit } from '../../src/model/edit.ts';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { specAsYaml } from '../../src/module-yaml/component-text.ts';
import { KIND_LIST } from '../../src/module-yaml/kinds/registry.ts';
import { insertComponent } from '../../src/module-yaml/patch/insert-component.ts';
import { beside, component, ENDPOINT, faults, INGRESS } from '../support/module-text.ts';

function applied(text: string, edits: readonly Edit[]): string {
  return edits.reduce((now, edit) => (edit.type === 'text' ? now.slice(0, edit.from) + edit.insert + now.slice(edit.to) : now), text);
}

/** Cuts, doubles and swaps pieces of a good file, and mixes in what YAML cares about. */
const damaged = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(30),
        fc.constantFrom(
          '',
          '\t',
          '\n',
          '\r',
          ': ',
          '- ',
          '{',
          ']',
          '&a ',
          '*a',
          '"',
          "'",
          '|',
          '---\n',
          '#',
          '\u0000',
          '\ufeff',
          '!!int ',
          '<<: ',
          '? ',
        ),
      ),
      {
        maxLength: 6,
      },
    ),
    fc.boolean(),
  )
  .map(([cuts, crlf]) => {
    const start = beside(component('com.example/x', 'id: a/b', 'deep: {a: [1, yes]}'));
    const text = cuts.reduce((now, [at, length, insert]) => {
      const from = at % (now.length + 1);
      return now.slice(0, from) + insert + now.slice(from + length);
    }, start);
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });

describe('decode', () => {
  it('never throws, and its places lie in the text', () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
        const decoded = decodeModule(text);
        expect(decoded.parsed || (decoded.components.length === 0 && decoded.problems.length > 0)).toBe(true);
        const ranges = [
          ...decoded.problems.flatMap(({ range }) => (range === undefined ? [] : [range])),
          ...decoded.components.map(({ range }) => range),
        ];
        for (const range of ranges) {
          expect(0 <= range.from && range.from <= range.to && range.to <= text.length).toBe(true);
        }
        expect(new Set(decoded.components.map(({ node }) => node)).size).toBe(decoded.components.length);
        for (const { node } of decoded.components) {
          expect(typeof specAsYaml(text, node)).toBe('string');
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('a fix', () => {
  const egress = (...lines: readonly string[]) => beside(component('io.statefun.kafka.v1/egress', 'id: a/b', 'address: k:1', ...lines));
  const ingress = (from: string, to: string) =>
    beside(INGRESS.replace('shop/orders', 'a/c').replace('topic: orders', 'topic: t').replace(from, to));
  it.each([
    ['yaml-tab', egress('x:\t1')],
    ['yaml-escape', egress('note: "a\\/b\\/c"')],
    ['yaml-control-character', egress('note: a\u0001b')],
    ['yaml-directive', `%YAML 2.0\n---\n${beside()}`],
    ['yaml-byte-order-mark', `${beside()}---\n\ufeff${component('com.example/x', 'a: 1')}`],
    ['yaml-document-start', `${beside()}...\n${component('com.example/x', 'a: 1')}`],
    ['yaml-number', egress('note: .inf')],
    ['forgotten-separator', beside().replace('---\n', '')],
    ['unknown-kind', egress().replace('kafka.v1/egress', 'kafka.v1/egres')],
    ['unknown-field', egress('deliverySemantics: {type: none}')],
    ['yaml-typing', egress('properties:', '  - a: off')],
    ['wrong-type', ingress('shop.types/order', '12')],
    ['bad-choice', egress('deliverySemantic: {type: exactly_once, transactionTimeout: 1 min}')],
    ['bad-choice', beside(`${ENDPOINT.replace('shop/*', 'a/*')}  transport:\n    type: io.statefun.transports.v1/okhtp\n`)],
    ['unlimited-batch', beside(`${ENDPOINT.replace('shop/*', 'a/*')}  maxNumBatchRequests:\n`)],
    ['targets-not-a-list', ingress('targets:\n        - shop/order', 'targets: shop/order')],
    ['targets-not-a-list', ingress('- shop/order', '-shop/order')],
    ['properties-not-a-list', egress('properties:', '  # first', '  a: "1"', '  b: 2')],
    ['properties-not-a-list', egress('properties: {a: x, b: y}')],
    ['legacy-version', 'version: 3.0\nmodule:\n  meta:\n    type: remote\n  spec:\n    endpoints: []\n'],
  ])('of %s makes the problem go away, and brings no other fault', (code, text) => {
    const problem = decodeModule(text).problems.find((candidate) => candidate.code === code);
    expect(problem?.fix).toBeDefined();
    const mended = applied(text, problem?.fix?.edits ?? []);
    expect(decodeModule(mended).problems.filter((candidate) => candidate.code === code)).toEqual([]);
    expect(decodeModule(mended).parsed).toBe(true);
    const before = new Set(faults(text));
    expect(faults(mended).filter((fault) => !before.has(fault))).toEqual([]);
  });
});

describe('each kind', () => {
  it.each(KIND_LIST.map((kind) => [kind.kind, kind] as const))(
    '%s makes a new component without a fault, or one that only lacks its routes',
    (_, kind) => {
      const inserted = insertComponent(beside(), kind.kind, kind.newSpec(kind.role === 'endpoint' ? 'fresh/*' : 'fresh/item'));
      expect(inserted.ok).toBe(true);
      const left = faults(applied(beside(), inserted.ok ? inserted.value : []));
      expect(left.filter((fault) => fault !== 'no-routes@load')).toEqual([]);
    },
  );

  it.each(KIND_LIST.map((kind) => [kind.kind, kind] as const))(
    '%s describes each of its fields once, with words for all of them',
    (_, kind) => {
      const paths = kind.fields.map((field) => field.path.join('.'));
      expect(new Set(paths).size).toBe(paths.length);
      for (const field of kind.fields) {
        expect(field.label).not.toBe('');
        expect(field.help).toMatch(/\.$/);
        expect(field.control === 'select').toBe(field.options !== undefined);
      }
    },
  );

  it('says which fields the loader wants, the type of an object among them', () => {
    const required = (kind: string) =>
      KIND_LIST.find((module) => module.kind === kind)?.fields.flatMap(({ path, required }) => (required ? [path.join('.')] : []));
    const aws = [
      'awsRegion.type',
      'awsRegion.id',
      'awsRegion.endpoint',
      'awsCredentials.type',
      'awsCredentials.accessKeyId',
      'awsCredentials.secretAccessKey',
      'awsCredentials.profileName',
    ];
    const start = ['startupPosition.type', 'startupPosition.date'];
    expect(required('io.statefun.endpoints.v2/http')).toEqual(['functions', 'urlPathTemplate']);
    expect(required('io.statefun.endpoints.v1/http')).toEqual(['functions', 'urlPathTemplate']);
    expect(new Set(required('io.statefun.kafka.v1/ingress'))).toEqual(
      new Set(['id', 'address', 'consumerGroupId', 'startupPosition.offsets', ...start, 'topics']),
    );
    expect(new Set(required('io.statefun.kafka.v1/egress'))).toEqual(
      new Set(['id', 'address', 'deliverySemantic.type', 'deliverySemantic.transactionTimeout']),
    );
    expect(new Set(required('io.statefun.kinesis.v1/ingress'))).toEqual(new Set(['id', ...aws, ...start, 'streams']));
    expect(new Set(required('io.statefun.kinesis.v1/egress'))).toEqual(new Set(['id', ...aws]));
  });
});
