import { expect, test } from 'vitest';
import { yamlSpotAt } from '../../src/module-yaml/yaml-spot.ts';

/** The text with the cursor at `|`. */
function spot(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = yamlSpotAt(text, offset);
  return found === null ? null : { ...found, range: text.slice(found.range.from, found.range.to) };
}

const INGRESS = `kind: io.statefun.kafka.v1/ingress
spec:
  id: fraud/transactions
  topics:
    - topic: transactions
      valueType: fraud/transaction
      targets:
        - fraud/manager
`;

test('behind a key one stands in its value', () => {
  expect(spot(INGRESS.replace('v1/ingress', 'v1/in|gress'))).toMatchObject({ path: [], key: 'kind', text: 'io.statefun.kafka.v1/ingress' });
  expect(spot(INGRESS.replace('fraud/transactions', '|'))).toMatchObject({ path: ['spec'], key: 'id', text: '' });
});

test('a key knows what leads to it and what stands beside it', () => {
  expect(spot(INGRESS.replace('  topics:', '  add|\n  topics:'))).toEqual({
    kind: 'io.statefun.kafka.v1/ingress',
    path: ['spec'],
    key: null,
    item: false,
    range: 'add',
    text: 'add',
    siblings: ['id', 'topics'],
  });
  expect(spot(`${INGRESS}    - |`)).toMatchObject({ path: ['spec', 'topics'], key: null, item: true, siblings: [] });
  expect(spot(INGRESS.replace('valueType: fraud/transaction', 'val|'))).toMatchObject({
    path: ['spec', 'topics'],
    siblings: ['topic', 'targets'],
  });
});

test('a list may stand as deep as its key', () => {
  expect(spot('kind: k\nspec:\n  topics:\n  - topic: a\n    targets:\n    - fraud/|')).toMatchObject({
    path: ['spec', 'topics', 'targets'],
    item: true,
    text: 'fraud/',
  });
});

test('an item of a list is the value of the list', () => {
  expect(spot(INGRESS.replace('- fraud/manager', '- fraud/man|ager'))).toMatchObject({
    path: ['spec', 'topics', 'targets'],
    key: null,
    item: true,
    text: 'fraud/manager',
  });
});

test('each document has its own kind', () => {
  expect(spot(`${INGRESS}---\nkind: io.statefun.kafka.v1/egress\nspec:\n  |`)).toMatchObject({
    kind: 'io.statefun.kafka.v1/egress',
    path: ['spec'],
    key: null,
    siblings: [],
  });
  expect(spot(`${INGRESS}---\n|`)).toMatchObject({ kind: null, path: [], key: null });
});

test('a comment is no place', () => {
  expect(spot('kind: a # the |kind')).toBeNull();
});

test('in an empty line the cursor says how deep one is', () => {
  const before = 'kind: k\nspec:\n  transport:\n    type: async\n';
  expect(spot(`${before}    |\n  functions: a/*\n`)).toMatchObject({ path: ['spec', 'transport'], siblings: ['type'] });
  expect(spot(`${before}  |\n  functions: a/*\n`)).toMatchObject({ path: ['spec'], siblings: ['transport', 'functions'] });
});
