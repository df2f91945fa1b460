/** module-yaml.md §8: the single-root form. */
import { describe, expect, it } from 'vitest';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { moduleDefinition } from '../../src/module-yaml/definition.ts';
import { describeKind } from '../../src/module-yaml/kinds/registry.ts';
import { faults, verdicts } from '../support/module-text.ts';

const LEGACY = `version: "3.0"
module:
  meta:
    type: remote
  spec:
    endpoints:
      - endpoint:
          meta:
            kind: http
          spec:
            functions: shop/*
            urlPathTemplate: http://functions:8000/statefun
            timeouts:
              call: 2 min
    ingresses:
      - ingress:
          meta:
            type: io.statefun.kafka/ingress
            id: shop/orders
          spec:
            address: kafka:9092
            consumerGroupId: shop
            topics:
              - topic: orders
                valueType: shop.types/order
                targets:
                  - shop/order
    egresses:
      - egress:
          meta:
            type: io.statefun.kafka/egress
            id: shop/out
          spec:
            address: kafka:9092
`;

describe('the single-root form', () => {
  it('gives the components of the three lists, with their kinds as written and the ids of meta', () => {
    const decoded = decodeModule(LEGACY);
    expect(decoded.format).toBe('legacy');
    expect(decoded.components.map(({ node, role, kind, title }) => ({ node, role, kind, title }))).toEqual([
      { node: 'endpoint:shop/*', role: 'endpoint', kind: 'http', title: 'shop/*' },
      { node: 'ingress:shop/orders', role: 'ingress', kind: 'io.statefun.kafka/ingress', title: 'shop/orders' },
      { node: 'egress:shop/out', role: 'egress', kind: 'io.statefun.kafka/egress', title: 'shop/out' },
    ]);
    expect(verdicts(LEGACY)).toEqual([]);
    expect(moduleDefinition(decoded).endpoints[0]).toMatchObject({ transport: 'okhttp', timeouts: { call: 120_000, read: 10_000 } });
  });

  it('understands flow style and full new kinds', () => {
    const text = `version: "3.0"
module:
  meta: {type: Remote}
  spec:
    endpoints: [{endpoint: {meta: {kind: io.statefun.endpoints.v2/http}, spec: {functions: a.b/*, urlPathTemplate: "http://h:80/"}}}]
    ingresses: [{ingress: {meta: {type: io.statefun.kafka.v1/ingress, id: a.b/in}, spec: {}}}]
`;
    expect(decodeModule(text).components.map(({ node }) => node)).toEqual(['endpoint:a.b/*', 'ingress:a.b/in']);
    expect(faults(text)).toEqual(['missing-field@load', 'missing-field@load', 'missing-field@load']);
  });

  it('lets meta.id win over an id in the spec', () => {
    const text = LEGACY.replace(
      'address: kafka:9092\n            consumer',
      'id: a/b\n            address: kafka:9092\n            consumer',
    );
    expect(decodeModule(text).components[1]?.node).toBe('ingress:shop/orders');
  });

  it.each([
    ['an unquoted version', LEGACY.replace('"3.0"', '3.0'), 'legacy-version@load'],
    ['version 2.0', LEGACY.replace('3.0', '2.0'), 'legacy-version@load'],
    ['version 3.1', LEGACY.replace('3.0', '3.1'), 'legacy-version@load'],
    ['a trailing separator', `${LEGACY}---\n`, 'not-a-component@load'],
    ['another module type', LEGACY.replace('remote', 'embedded'), 'legacy-shape@load'],
    ['no module type', LEGACY.replace('meta:\n    type: remote', 'meta: {}'), 'legacy-shape@load'],
    ['no spec', 'version: "3.0"\nmodule:\n  meta:\n    type: remote\n', 'legacy-shape@load'],
    ['a list that is null', LEGACY.slice(0, LEGACY.indexOf('    egresses')).concat('    egresses:\n'), 'legacy-shape@load'],
    [
      'meta beside its wrapper',
      LEGACY.replace(/- egress:[^]*/, '- egress: {}\n        meta: {type: io.statefun.kafka/egress, id: a/b}\n'),
      'legacy-shape@load',
    ],
    ['a one-component file with a version', 'version: "3.0"\nkind: a/b\nspec: {}\n', 'legacy-shape@load'],
  ])('refuses %s', (_, text, verdict) => {
    expect(faults(text)).toContain(verdict);
  });

  it('offers to quote the version', () => {
    const [problem] = decodeModule(LEGACY.replace('"3.0"', '3.0')).problems;
    expect(problem?.fix?.edits).toEqual([{ type: 'text', path: 'module.yaml', from: 9, to: 12, insert: '"3.0"' }]);
  });

  it('ignores other sections, with a warning', () => {
    expect(verdicts(LEGACY.replace('egresses:', 'egress:'))).toEqual(['legacy-ignored']);
    expect(verdicts(`${LEGACY}    routers: []\n`)).toEqual(['legacy-ignored']);
  });

  it('ignores a version in a file of several documents', () => {
    expect(decodeModule('version: "3.0"\nkind: a/b\nspec: {}\n---\nkind: c/d\nspec: {}\n').format).toBe('documents');
  });

  it('has its short names in forms too', () => {
    expect(describeKind('http')?.kind).toBe('io.statefun.endpoints.v1/http');
    expect(describeKind('io.statefun.kinesis/egress')?.kind).toBe('io.statefun.kinesis.v1/egress');
  });
});
