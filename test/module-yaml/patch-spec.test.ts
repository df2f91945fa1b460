import { describe, expect, test } from 'vitest';
import { nodeId } from '../../src/base/ids.ts';
import type { JsonValue } from '../../src/base/json.ts';
import { applyEdits } from '../../src/model/edit.ts';
import { MODULE_YAML, projectOf, textFile } from '../../src/model/project.ts';
import { insertSpecItem } from '../../src/module-yaml/patch/insert-spec-item.ts';
import type { PatchResult } from '../../src/module-yaml/patch/patch-target.ts';
import { removeSpecItem } from '../../src/module-yaml/patch/remove-spec-item.ts';
import { setSpecValue } from '../../src/module-yaml/patch/set-spec-value.ts';

const EGRESS = nodeId('egress:a.b/out');
const INGRESS = nodeId('ingress:a.b/in');

/** An egress with these lines under `spec`. */
const egress = (...lines: readonly string[]) => `${['kind: io.statefun.kafka.v1/egress', 'spec:', '  id: a.b/out', ...lines].join('\n')}\n`;
const ingress = (...lines: readonly string[]) =>
  `${['kind: io.statefun.kafka.v1/ingress', 'spec:', '  id: a.b/in', ...lines].join('\n')}\n`;

function patched(text: string, result: PatchResult): string {
  expect(result.ok ? [] : result.error).toEqual([]);
  return result.ok ? (textFile(applyEdits(projectOf({ [MODULE_YAML]: text }), result.value), MODULE_YAML) ?? '') : '';
}

const set = (text: string, path: readonly (string | number)[], value: JsonValue | undefined) =>
  patched(text, setSpecValue(text, EGRESS, path, value));

describe('setting a value', () => {
  test.each([
    ['a plain text', '  address: kafka:9092', 'kafka:9093', '  address: kafka:9093'],
    ['a single-quoted text', "  address: 'kafka:9092' # brokers", 'it:1', "  address: 'it:1' # brokers"],
    ['a double-quoted text', '  address:   "kafka:9092"  ', 'b:1', '  address:   "b:1"  '],
    ['a text that would be a boolean', '  address: kafka:9092', 'yes', '  address: "yes"'],
    ['a text that would be octal', '  address: kafka:9092', '010', '  address: "010"'],
    ['a text that would be a float', '  address: kafka:9092', '1e3', '  address: "1e3"'],
    ['a text that other readers take for a time', '  address: kafka:9092', '1:30', '  address: "1:30"'],
    ['a text that ends in a colon', '  address: kafka:9092', 'kafka:', '  address: "kafka:"'],
    ['a text with a comment sign', '  address: kafka:9092', 'a #b', '  address: "a #b"'],
    ['a number over a text', '  address: "9"', 9, '  address: 9'],
    ['nothing that stood there, before a comment', '  address: # to be filled in', 'b:1', '  address: b:1 # to be filled in'],
    ['a text over several lines', '  address: kafka:9092,\n    other:9092', 'b:1', '  address: b:1'],
    ['a block of text', '  address: |-\n    kafka:9092', 'b:1', '  address: b:1'],
    ['a text below its key', '  address:\n    kafka:9092 # here', 'b:1', '  address:\n    b:1 # here'],
    ['a list over a text, keeping the comment behind', '  address: x # why', ['a', 'b'], '  address: # why\n    - a\n    - b'],
    ['a text over a list', '  address: # why\n    - a\n    - b', 'b:1', '  address: b:1 # why'],
    ['an empty list over a list', '  address:\n    - a', [], '  address: []'],
    ['a list over a flow list', '  address: [a, b] # c', ['a', 'c'], '  address: [a, c] # c'],
  ])('replaces %s', (_, before, value, after) => {
    expect(set(egress(before), ['address'], value)).toBe(egress(after));
  });

  test('gives no edits when nothing changes', () => {
    expect(setSpecValue(egress('  address: "b:1"'), EGRESS, ['address'], 'b:1')).toEqual({ ok: true, value: [] });
  });

  test('replaces no more than the value', () => {
    const text = egress('  address: kafka:9092');
    const from = text.indexOf('kafka:9092');
    expect(setSpecValue(text, EGRESS, ['address'], 'b:1')).toEqual({
      ok: true,
      value: [{ type: 'text', path: MODULE_YAML, from, to: from + 'kafka:9092'.length, insert: 'b:1' }],
    });
  });

  test('adds a field behind the last one, with the objects on the way', () => {
    const before = egress('  address: b:1 # brokers', '', '# the end');
    expect(set(before, ['deliverySemantic', 'type'], 'none')).toBe(
      egress('  address: b:1 # brokers', '  deliverySemantic:', '    type: none', '', '# the end'),
    );
  });

  test('adds a field in the indentation and line ends of the file', () => {
    const before = 'kind: io.statefun.kafka.v1/egress\r\nspec:\r\n    id: a.b/out\r\n    address: b:1';
    expect(set(before, ['deliverySemantic', 'type'], 'none')).toBe(`${before}\r\n    deliverySemantic:\r\n        type: none`);
  });

  test('adds a field to a flow map on its line', () => {
    expect(
      set(
        egress('  address: b:1', '  deliverySemantic: { type: exactly-once } # safe'),
        ['deliverySemantic', 'transactionTimeout'],
        '15 min',
      ),
    ).toBe(egress('  address: b:1', '  deliverySemantic: { type: exactly-once, transactionTimeout: 15 min } # safe'));
  });

  test('quotes what it adds to JSON', () => {
    const before = '{"kind": "io.statefun.kafka.v1/egress", "spec": {"id": "a.b/out"}}';
    expect(set(before, ['address'], 'b:1')).toBe('{"kind": "io.statefun.kafka.v1/egress", "spec": {"id": "a.b/out", "address": "b:1"}}');
  });

  test('adds a field before the others where a block of text ends the object', () => {
    expect(set(egress('  note: |+', '    text', ''), ['address'], 'b:1')).toBe(
      'kind: io.statefun.kafka.v1/egress\nspec:\n  address: b:1\n  id: a.b/out\n  note: |+\n    text\n\n',
    );
  });

  test('leaves what a new object has in common with the old one', () => {
    const before = egress('  deliverySemantic:', '    # never twice', "    type: 'exactly-once' # q", '    transactionTimeout: 15 min');
    expect(set(before, ['deliverySemantic'], { type: 'exactly-once', transactionTimeout: '30 min' })).toBe(before.replace('15', '30'));
  });

  test('renames a property in its place', () => {
    const before = egress('  properties:', '    - "linger.ms": 5 # wait', '    - acks: all');
    expect(set(before, ['properties', 0], { 'batch.size': 5 })).toBe(before.replace('linger.ms', 'batch.size'));
  });

  test('takes a field out with the comment that leads it', () => {
    expect(
      set(
        egress('  # brokers of the shop', '  # two of them', '  address: b:1 # both', '', '  # other', '  properties: []'),
        ['address'],
        undefined,
      ),
    ).toBe(egress('', '  # other', '  properties: []'));
  });

  test('takes an object along that would be empty', () => {
    expect(set(egress('  deliverySemantic:', '    type: none', '  address: b:1'), ['deliverySemantic', 'type'], undefined)).toBe(
      egress('  address: b:1'),
    );
  });

  test('keeps a file without a last line break without one', () => {
    const before = egress('  address: b:1').trimEnd();
    expect(set(before, ['address'], undefined)).toBe(egress().trimEnd());
  });

  test('edits the spec above its kind', () => {
    expect(set('spec:\n  id: a.b/out\n  address: b:1\nkind: io.statefun.kafka.v1/egress\n', ['address'], 'c:1')).toBe(
      'spec:\n  id: a.b/out\n  address: c:1\nkind: io.statefun.kafka.v1/egress\n',
    );
  });
});

describe('items of a list', () => {
  const insert = (text: string, index: number | null, value: JsonValue, path: readonly (string | number)[] = ['topics']) =>
    patched(text, insertSpecItem(text, INGRESS, path, index, value));
  const remove = (text: string, ...path: readonly (string | number)[]) => patched(text, removeSpecItem(text, INGRESS, path));
  const orders = { topic: 'orders', valueType: 't/o', targets: ['a.b/f'] };

  test('an empty list becomes one in block style', () => {
    expect(insert(ingress('  topics: [] # none yet'), null, orders)).toBe(
      ingress('  topics: # none yet', '    - topic: orders', '      valueType: t/o', '      targets:', '        - a.b/f'),
    );
  });

  test('a new item takes the dashes and steps of the file', () => {
    const before = ingress('  topics:', '  - topic: a', '    valueType: t/a', '    targets:', '    - a.b/f');
    expect(insert(before, null, orders)).toBe(
      ingress(
        '  topics:',
        '  - topic: a',
        '    valueType: t/a',
        '    targets:',
        '    - a.b/f',
        '  - topic: orders',
        '    valueType: t/o',
        '    targets:',
        '    - a.b/f',
      ),
    );
  });

  test('a new item goes before the comment of the next', () => {
    expect(insert(ingress('  targets:', '    - a', '    # about b', '    - b'), 1, 'x', ['targets'])).toBe(
      ingress('  targets:', '    - a', '    - x', '    # about b', '    - b'),
    );
  });

  test('among items in braces a new one stands in braces', () => {
    expect(insert(ingress('  topics:', '    - {topic: a, valueType: t/a, targets: [a.b/f]}'), null, orders)).toBe(
      ingress('  topics:', '    - {topic: a, valueType: t/a, targets: [a.b/f]}', '    - {topic: orders, valueType: t/o, targets: [a.b/f]}'),
    );
  });

  test('a flow list grows on its line', () => {
    expect(insert(ingress('  targets: [ a.b/f ] # who'), null, 'a.b/g', ['targets'])).toBe(ingress('  targets: [ a.b/f, a.b/g ] # who'));
    expect(insert(ingress('  targets: [ a.b/f ] # who'), 0, 'a.b/g', ['targets'])).toBe(ingress('  targets: [ a.b/g, a.b/f ] # who'));
  });

  test('a list that is missing, or null, is made', () => {
    expect(insert(ingress('  address: b:1'), null, 'a.b/f', ['targets'])).toBe(ingress('  address: b:1', '  targets:', '    - a.b/f'));
    expect(insert(ingress('  targets:', '  address: b:1'), null, 'a.b/f', ['targets'])).toBe(
      ingress('  targets:', '    - a.b/f', '  address: b:1'),
    );
  });

  test('an item goes with its comments', () => {
    expect(
      remove(ingress('  topics:', '    # first', '    - topic: a # x', '      targets: []', '    # second', '    - topic: b'), 'topics', 0),
    ).toBe(ingress('  topics:', '    # second', '    - topic: b'));
  });

  test('the last item leaves an empty list', () => {
    expect(remove(ingress('  targets:', '    - a.b/f', '  address: b:1'), 'targets', 0)).toBe(ingress('  targets: []', '  address: b:1'));
  });

  test('an item of a flow list takes its comma along', () => {
    expect(remove(ingress('  targets: [a, b, c]'), 'targets', 0)).toBe(ingress('  targets: [b, c]'));
    expect(remove(ingress('  targets: [a, b, c]'), 'targets', 2)).toBe(ingress('  targets: [a, b]'));
    expect(remove(ingress('  targets: [', '    a, # first', '    b # second', '  ]'), 'targets', 0)).toBe(
      ingress('  targets: [', '     # first', '    b # second', '  ]'),
    );
  });

  test('what is not there is not removed', () => {
    expect(removeSpecItem(ingress('  targets: [a]'), INGRESS, ['targets', 3])).toMatchObject({
      ok: false,
      error: [{ code: 'no-such-place' }],
    });
  });
});

describe('where a small edit is not defined', () => {
  const wide = `  targets: [${Array.from({ length: 6 }, (_, index) => `namespace/fn${index}`).join(', ')}]`;
  test.each([
    ['an alias', egress('  address: *brokers'), ['address'], 'x:1'],
    ['an anchor', egress('  address: &brokers b:1'), ['address'], 'x:1'],
    ['an anchor inside', egress('  address: {a: &b 1}'), ['address'], 'x:1'],
    ['a key that stands twice', egress('  address: b:1', '  address: c:1'), ['address'], 'x:1'],
    ['a key with a question mark', egress('  ? address', '  : b:1'), ['address'], 'x:1'],
    ['a flow list that would grow past its line', egress(wide), ['targets', 6], 'namespace/long-function-name'],
  ])('%s is refused, with the component written anew as an offer', (_, text, path, value) => {
    const result = setSpecValue(text, EGRESS, path, value);
    expect(result.ok ? [] : result.error.map(({ code, severity, node }) => ({ code, severity, node }))).toEqual([
      { code: 'no-minimal-edit', severity: 'error', node: EGRESS },
    ]);
    const edits = result.ok ? [] : (result.error[0]?.fix?.edits ?? []);
    const offered = textFile(applyEdits(projectOf({ [MODULE_YAML]: text }), edits), MODULE_YAML) ?? '';
    expect(setSpecValue(offered, EGRESS, path, value)).toEqual({ ok: true, value: [] });
  });

  test('a flow list that would grow past its line can become a block, and nothing else changes', () => {
    const text = egress('  # the ones', `${wide} # all`);
    const result = setSpecValue(text, EGRESS, ['targets', 6], 'namespace/long-function-name');
    const edits = result.ok ? [] : (result.error[0]?.fix?.edits ?? []);
    expect(textFile(applyEdits(projectOf({ [MODULE_YAML]: text }), edits), MODULE_YAML)).toBe(
      egress(
        '  # the ones',
        '  targets: # all',
        ...[0, 1, 2, 3, 4, 5].map((index) => `    - namespace/fn${index}`),
        '    - namespace/long-function-name',
      ),
    );
  });

  test('a component that is gone is named', () => {
    expect(setSpecValue(egress(), nodeId('egress:x/y'), ['address'], 'b:1')).toMatchObject({
      ok: false,
      error: [{ code: 'no-such-component' }],
    });
  });

  test('text that is no YAML is refused with its own problem', () => {
    expect(setSpecValue('a: [', EGRESS, ['address'], 'b:1')).toMatchObject({ ok: false, error: [{ code: 'yaml-syntax' }] });
  });
});

describe('the single-root form', () => {
  const legacy = `version: "3.0"
module:
  meta: {type: remote}
  spec:
    egresses:
      - egress:
          meta:
            type: io.statefun.kafka/egress
            id: a.b/out # its name
          spec:
            address: b:1
`;
  test('keeps the id in meta', () => {
    expect(set(legacy, ['id'], 'a.b/new')).toBe(legacy.replace('a.b/out', 'a.b/new'));
  });

  test('takes fields into the spec', () => {
    expect(set(legacy, ['deliverySemantic'], { type: 'none' })).toBe(`${legacy}            deliverySemantic:\n              type: none\n`);
    expect(set(legacy, ['address'], 'c:1')).toBe(legacy.replace('b:1', 'c:1'));
  });
});
