/** The table of module-yaml.md §2: what the loader sees. */
import { describe, expect, it } from 'vitest';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { beside, faults, verdicts } from '../support/module-text.ts';

/** The value of `x` in a spec of a custom kind, which is decoded as it stands. */
function read(value: string): unknown {
  const decoded = decodeModule(beside(`kind: com.example/thing\nspec:\n  x: ${value}\n`));
  const spec = decoded.components.at(-1)?.spec;
  return typeof spec === 'object' && spec !== null && 'x' in spec ? spec.x : undefined;
}

describe('the type of a plain scalar', () => {
  const table: readonly (readonly [string, unknown])[] = [
    ...['yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((text) => [text, true] as const),
    ...['no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((text) => [text, false] as const),
    ...['y', 'n', 'Y', 'N', 'tRue', 'oN', 'yEs'].map((text) => [text, text] as const),
    ...['~', 'null', 'Null', 'NULL', ''].map((text) => [text, null] as const),
    ['nULL', 'nULL'],
    ['010', 8],
    ['-010', -8],
    ['0_1', 1],
    ['0o10', '0o10'],
    ['089', 89],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['+12', 12],
    ['1_', 1],
    ['0', 0],
    ['1e3', 1000],
    ['12e03', 12000],
    ['.5', 0.5],
    ['5.', 5],
    ['1_000.5', 1000.5],
    ['1:30', '1:30'],
    ['190:20:30', '190:20:30'],
    ['12:30:45', '12:30:45'],
    ['2020-02-01', '2020-02-01'],
    ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
    ['!!str 010', '010'],
    ['!!int "100"', 100],
    ['!env X', 'X'],
    ['!!null ""', null],
    ["'010'", '010'],
    ['"yes"', 'yes'],
    ['&anchor value', 'value'],
    ['&anchor', null],
    ['*name', 'name'],
    ['{id:x}', { 'id:x': null }],
    ['{"a":1}', { a: 1 }],
    ['-x', '-x'],
    ['zahl größer 5 🎉', 'zahl größer 5 🎉'],
  ];
  it.each(table)('%s is %j', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it('is text in a literal block, whatever stands there', () => {
    expect(read('|\n    010\n')).toBe('010\n');
  });

  it.each(['190:20:30.15', '.inf', '-.Inf', '.NaN'])('%s does not load, even where it is ignored', (text) => {
    expect(faults(beside(`kind: io.statefun.kafka.v1/egress\nnote: ${text}\nspec:\n  id: shop/out\n  address: k:9092\n`))).toEqual([
      'yaml-number@load',
    ]);
  });
});

describe('aliases, merge keys and duplicate keys', () => {
  it('reads an alias as the text of its name, and warns', () => {
    const text = beside('kind: com.example/thing\nspec:\n  a: &name 5\n  b: *name\n  c: *nobody\n');
    const decoded = decodeModule(text);
    expect(decoded.components.at(-1)?.spec).toEqual({ a: 5, b: 'name', c: 'nobody' });
    expect(verdicts(text).filter((verdict) => verdict === 'yaml-alias')).toHaveLength(2);
  });

  it('merges nothing', () => {
    const text = beside('kind: com.example/thing\nspec:\n  a: &base {x: 1}\n  b:\n    <<: *base\n    y: 2\n  c:\n    <<: {z: 3}\n');
    const decoded = decodeModule(text);
    expect(decoded.components.at(-1)?.spec).toEqual({ a: { x: 1 }, b: { '<<': 'base', y: 2 }, c: { '<<': { z: 3 } } });
    expect(verdicts(text)).toContain('yaml-merge-key');
  });

  it('takes the last of duplicate keys, at every level, and warns', () => {
    const text = beside('kind: com.example/thing\nspec:\n  a: 1\n  b: {c: 1, c: 2}\n  a: 3\n');
    expect(decodeModule(text).components.at(-1)?.spec).toEqual({ a: 3, b: { c: 2 } });
    expect(verdicts(text).filter((verdict) => verdict === 'yaml-duplicate-key')).toHaveLength(2);
  });

  it.each(['? [a]\n  : b', '{{ x }}: 1', '*a : 1', '? {a: 1}\n  : b'])('refuses %j as a key', (pair) => {
    expect(faults(beside(`kind: com.example/thing\nspec:\n  ${pair}\n`))).toEqual(['yaml-key@load']);
  });
});

describe('what the loader refuses to read', () => {
  const thing = (lines: string) => beside(`kind: com.example/thing\nspec:\n${lines}`);
  const table: readonly (readonly [string, string, string])[] = [
    ['a tab as indentation', thing('\tx: 1\n'), 'yaml-tab@load'],
    ['a tab after a colon', thing('  x:\t1\n'), 'yaml-tab@load'],
    ['a line with only a tab', thing('  x: 1\n\t\n  y: 2\n'), 'yaml-tab@load'],
    ['an escaped slash', thing('  x: "a\\/b"\n'), 'yaml-escape@load'],
    ['%YAML 2.0', `%YAML 2.0\n---\n${thing('  x: 1\n')}`, 'yaml-directive@load'],
    ['a directive without ---', `%YAML 1.1\n${thing('  x: 1\n')}`, 'yaml-syntax@load'],
    ['a byte order mark in a later document', `${thing('  x: 1\n')}---\n\ufeffkind: a/b\nspec: {}\n`, 'not-a-component@load'],
    ['a control character', thing('  x: a\u0007b\n'), 'yaml-control-character@load'],
    ['DEL', thing('  x: a\u007fb\n'), 'yaml-control-character@load'],
    ['a key of 1,200 characters', thing(`  ${'k'.repeat(1200)}: 1\n`), 'yaml-syntax@load'],
    ['a placeholder without quotes in flow style', thing('  x: {urlPathTemplate: http://h/{function.name}}\n'), 'yaml-syntax@load'],
    ['a key behind ---', `--- kind: a/b\nspec: {}\n`, 'yaml-syntax@load'],
    ['a document after ... without ---', `${thing('  x: 1\n')}...\nkind: a/b\nspec: {}\n`, 'yaml-document-start@load'],
  ];
  it.each(table)('%s', (_, text, verdict) => {
    expect(faults(text)).toContain(verdict);
  });

  it('offers to replace a tab and an escaped slash', () => {
    const [tab] = decodeModule(thing('  x:\t1\n')).problems;
    const [slash] = decodeModule(thing('  x: "a\\/b"\n')).problems;
    expect([tab?.fix?.edits.length, slash?.fix?.edits.length]).toEqual([1, 1]);
  });

  it('tells every tab, and goes on reading behind it', () => {
    const text = thing('\tx: 1\n\ty:\t2\n');
    expect(faults(text)).toEqual(['yaml-tab@load', 'yaml-tab@load', 'yaml-tab@load']);
    expect(decodeModule(text).components.at(-1)?.spec).toEqual({ x: 1, y: 2 });
  });

  it('ends with one fault, not with a full stack, where brackets are nested without end', () => {
    expect(faults(thing(`  x: ${'['.repeat(100_000)}\n`))).toContain('yaml-syntax@load');
    expect(faults(thing(`  x: ${'[{a: '.repeat(400)}${'}]'.repeat(400)}\n`))).toEqual([]);
  });

  it('takes an alias whose name holds a slash or a dot for no YAML', () => {
    expect(faults(thing('  x: *shop/cart\n'))).toContain('yaml-syntax@load');
    expect(faults(thing('  x: *a.b\n'))).toContain('yaml-syntax@load');
  });

  it('shows nothing where the text has no structure, and says where it ends', () => {
    const decoded = decodeModule('kind: a/b\nspec: [1, 2\n');
    expect(decoded.parsed).toBe(false);
    expect(decoded.components).toEqual([]);
    expect(decoded.problems[0]?.range).toBeDefined();
  });
});

describe('what the loader takes', () => {
  const spec = (text: string) => decodeModule(text).components.at(-1)?.spec;
  const thing = 'kind: com.example/thing\nspec:\n';
  it.each([
    ['a tab behind a value', `${thing}  x: 1\t\n`, { x: 1 }],
    ['a tab before a comment', `${thing}  x: 1\t# c\n`, { x: 1 }],
    ['a byte order mark at the start', `\ufeff${thing}  x: 1\n`, { x: 1 }],
    ['CRLF', `${thing}  x: 1\n`.replaceAll('\n', '\r\n'), { x: 1 }],
    ['lone CR', `${thing}  x: 1\n`.replaceAll('\n', '\r'), { x: 1 }],
    ['NEL, LS and PS', 'kind: com.example/thing\u0085spec:\u2028  x: 1\u2029', { x: 1 }],
    ['%YAML 1.2, which changes nothing', `%YAML 1.2\n---\n${thing}  x: 010\n`, { x: 8 }],
    ['an unknown directive', `%FOO bar\n---\n${thing}  x: 1\n`, { x: 1 }],
    ['list items under their key', `${thing}  x:\n  - 1\n  - 2\n`, { x: [1, 2] }],
    ['a flow map behind ---', `--- {kind: com.example/thing, spec: {x: 1}}\n`, { x: 1 }],
    ['JSON', '{"kind":"com.example/thing","spec":{"x":"http://h/p"}}', { x: 'http://h/p' }],
    ['braces in block style', `${thing}  x: http://h/{function.name}\n`, { x: 'http://h/{function.name}' }],
  ])('%s', (_, text, value) => {
    expect(spec(text)).toEqual(value);
    expect(faults(text).filter((verdict) => verdict.startsWith('yaml'))).toEqual([]);
  });
});

describe('documents', () => {
  it.each([
    ['a leading separator', `---\n${beside()}`],
    ['a trailing separator', `${beside()}---\n`],
    ['doubled separators', beside().replaceAll('---\n', '---\n---\n')],
    ['a comment behind a separator', beside().replaceAll('---\n', '--- # next\n')],
    ['... before a separator', beside().replaceAll('---\n', '...\n---\n')],
  ])('takes %s', (_, text) => {
    expect(decodeModule(text).components.map(({ title }) => title)).toEqual(['shop/*', 'shop/orders']);
    expect(verdicts(text)).toEqual([]);
  });

  it.each(['', '# nothing\n', '---\n', 'null\n', '~'])('starts nothing from %j', (text) => {
    expect(verdicts(text)).toEqual(['no-ingress@start', 'no-endpoint@start']);
    expect(decodeModule(text).parsed).toBe(true);
  });

  it.each(['{}', '""', 'false', '- a', 'kind: a/b', 'spec: {}', 'text'])('refuses %j as a component', (document) => {
    expect(faults(beside(`${document}\n`))).toEqual(['not-a-component@load']);
  });

  it('warns of fields beside kind and spec, which the loader ignores', () => {
    const text = beside('kind: io.statefun.kafka.v1/egress\nspec:\n  id: a/b\n  address: k:1\ndeliverySemantic: {type: none}\n');
    const [problem, ...rest] = decodeModule(text).problems;
    expect([problem?.code, problem?.severity, rest]).toEqual(['unknown-field', 'warning', []]);
    expect(text.slice(problem?.range?.from, problem?.range?.to)).toBe('deliverySemantic');
  });

  it('finds a forgotten separator, and the fix brings the lost component back', () => {
    const text = beside().replace('---\n', '');
    const decoded = decodeModule(text);
    const problem = decoded.problems.find(({ code }) => code === 'forgotten-separator');
    expect(decoded.components.map(({ title }) => title)).toEqual(['shop/orders']);
    const [edit] = problem?.fix?.edits ?? [];
    if (edit?.type !== 'text') {
      throw new Error('no fix');
    }
    const mended = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
    expect(mended).toBe(beside());
  });
});
