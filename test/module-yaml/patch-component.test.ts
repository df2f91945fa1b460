import { describe, expect, test } from 'vitest';
import { nodeId } from '../../src/base/ids.ts';
import { applyEdits } from '../../src/model/edit.ts';
import { MODULE_YAML, projectOf, textFile } from '../../src/model/project.ts';
import { specAsYaml } from '../../src/module-yaml/component-text.ts';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { insertComponent } from '../../src/module-yaml/patch/insert-component.ts';
import type { PatchResult } from '../../src/module-yaml/patch/patch-target.ts';
import { removeComponent } from '../../src/module-yaml/patch/remove-component.ts';
import { renameTypenameInModule } from '../../src/module-yaml/patch/rename-typename.ts';
import { replaceSpecText } from '../../src/module-yaml/patch/replace-spec-text.ts';

function patched(text: string, result: PatchResult): string {
  expect(result.ok ? [] : result.error).toEqual([]);
  return result.ok ? (textFile(applyEdits(projectOf({ [MODULE_YAML]: text }), result.value), MODULE_YAML) ?? '') : '';
}

const KIND = 'com.example/thing';
const A = 'kind: com.example/a\nspec:\n  x: 1\n';
const B = 'kind: com.example/b\nspec:\n  x: 2\n';
const C = 'kind: com.example/c\nspec:\n  x: 3\n';
const NEW = 'kind: com.example/thing\nspec:\n  id: a.b/c\n';

describe('a new component', () => {
  test.each([
    ['an empty file', '', NEW],
    ['a file of comments', '# my module\n', `# my module\n${NEW}`],
    ['another component', A, `${A}---\n${NEW}`],
    ['a component with blank lines and a comment after it', `${A}\n# end\n`, `${A}\n# end\n---\n${NEW}`],
    ['a separator', `${A}---\n`, `${A}---\n${NEW}`],
    ['an end mark', `${A}...\n`, `${A}...\n---\n${NEW}`],
    ['a file without a last line break', A.trimEnd(), `${A}---\n${NEW}`.trimEnd()],
    ['a byte order mark', '\ufeff', `\ufeff${NEW}`],
    ['lines that end in CR LF', A.replaceAll('\n', '\r\n'), `${A}---\n${NEW}`.replaceAll('\n', '\r\n')],
    ['JSON', '{"kind": "com.example/a", "spec": {}}', `{"kind": "com.example/a", "spec": {}}\n---\n${NEW}`.trimEnd()],
    [
      'a block of text that keeps its blank lines',
      'kind: com.example/a\nspec:\n  x: |+\n    text\n\n',
      `kind: com.example/a\nspec:\n  x: |+\n    text\n\n---\n${NEW}`,
    ],
  ])('goes behind %s', (_, before, after) => {
    expect(patched(before, insertComponent(before, KIND, { id: 'a.b/c' }))).toBe(after);
  });

  test('is written in block style, with quotes where YAML 1.1 wants them', () => {
    const spec = {
      functions: 'a.b/*',
      urlPathTemplate: 'http://h/{function.name}',
      list: ['yes', '1:30', 'é', 'x y'],
      none: {},
      deep: [[1], { a: null, b: ['0777'] }],
    };
    expect(patched('', insertComponent('', KIND, spec))).toBe(`kind: com.example/thing
spec:
  functions: a.b/*
  urlPathTemplate: http://h/{function.name}
  list:
    - "yes"
    - "1:30"
    - é
    - x y
  none: {}
  deep:
    - - 1
    - a: null
      b:
        - "0777"
`);
  });

  test('of the single-root form is an item of its list, with the id in meta', () => {
    const legacy = 'version: "3.0"\nmodule:\n  meta:\n    type: remote\n  spec:\n    ingresses: []\n';
    const after = patched(legacy, insertComponent(legacy, 'io.statefun.kafka.v1/egress', { id: 'a.b/out', address: 'b:1' }));
    expect(after).toBe(`${legacy}    egresses:
      - egress:
          meta:
            type: io.statefun.kafka.v1/egress
            id: a.b/out
          spec:
            address: b:1
`);
    expect(decodeModule(after).components.map(({ node, spec }) => ({ node, spec }))).toEqual([
      { node: 'egress:a.b/out', spec: { id: 'a.b/out', address: 'b:1' } },
    ]);
  });

  test('of the single-root form joins a flow list, or is offered a block where its line would grow too long', () => {
    const head = 'version: "3.0"\nmodule:\n  meta: {type: remote}\n  spec:\n';
    const short = `${head}    endpoints:\n      [{endpoint: {meta: {kind: http}, spec: {}}}]\n`;
    expect(patched(short, insertComponent(short, 'http', { functions: 'b/*' }))).toBe(
      short.replace('}}}]', '}}}, {endpoint: {meta: {kind: http}, spec: {functions: b/*}}}]'),
    );
    const wide = `${head}    endpoints: [{endpoint: {meta: {kind: http}, spec: {functions: a/*}}}] # all\n`;
    const result = insertComponent(wide, 'io.statefun.endpoints.v2/http', { functions: 'b/*' });
    expect(result.ok ? [] : result.error.map(({ code }) => code)).toEqual(['no-minimal-edit']);
    const offered = { ok: true as const, value: result.ok ? [] : (result.error[0]?.fix?.edits ?? []) };
    expect(decodeModule(patched(wide, offered)).components.map(({ node }) => node)).toEqual(['endpoint:a/*', 'endpoint:b/*']);
    expect(patched(wide, offered)).toContain('    endpoints: # all\n');
  });

  test('is refused while the text is no YAML', () => {
    expect(insertComponent('a: [', KIND, {})).toMatchObject({ ok: false, error: [{ code: 'yaml-syntax' }] });
  });
});

describe('removing a component', () => {
  const remove = (text: string, node: string) => patched(text, removeComponent(text, nodeId(node)));
  const [first, second] = ['custom:com.example/a#0', 'custom:com.example/b#1'] as const;
  test.each([
    ['the only one', A, first, ''],
    ['the first', `${A}---\n${B}`, first, B],
    ['the last', `${A}---\n${B}`, second, A],
    ['one in the middle', `${A}---\n${B}---\n${C}`, second, `${A}---\n${C}`],
    ['one with a separator before the first', `---\n${A}---\n${B}`, first, `---\n${B}`],
    ['one with its comment, and not the header of the file', `# license\n\n# about a\n${A}---\n${B}`, first, `# license\n\n${B}`],
    ['one with its comment behind the separator', `${A}---\n# about b\n# still\n${B}---\n${C}`, second, `${A}---\n${C}`],
    ['one with blank lines around', `${A}\n---\n\n${B}\n---\n\n${C}`, second, `${A}\n---\n\n${C}`],
    ['one before a comment of its own', `${A}---\n${B}\n# the rest\n---\n${C}`, second, `${A}\n# the rest\n---\n${C}`],
    ['one in a file without a last line break', `${A}---\n${B.trimEnd()}`, second, A.trimEnd()],
    ['one with an end mark', `${A}...\n---\n${B}`, first, B],
    ['one in braces', `--- {kind: com.example/a, spec: {}} # a\n---\n${B}`, first, `---\n${B}`],
    ['one with CR LF', `${A}---\n${B}`.replaceAll('\n', '\r\n'), first, B.replaceAll('\n', '\r\n')],
  ])('takes %s', (_, before, node, after) => {
    expect(remove(before, node)).toBe(after);
  });

  test('of the single-root form takes its item, and leaves an empty list', () => {
    const head = 'version: "3.0"\nmodule:\n  meta: {type: remote}\n  spec:\n';
    const item = (name: string) =>
      `      # about ${name}\n      - egress:\n          meta: {type: io.statefun.kafka/egress, id: a.b/${name}}\n          spec: {address: b:1}\n`;
    const text = `${head}    egresses:\n${item('x')}${item('y')}`;
    expect(remove(text, 'egress:a.b/x')).toBe(`${head}    egresses:\n${item('y')}`);
    expect(remove(`${head}    egresses: # out\n${item('y')}`, 'egress:a.b/y')).toBe(`${head}    egresses: [] # out\n`);
  });

  test('is refused where the rest would turn into the single-root form', () => {
    const text = `${A}---\nversion: "3.0"\n${B}`;
    expect(removeComponent(text, nodeId(first))).toMatchObject({ ok: false, error: [{ code: 'no-minimal-edit' }] });
  });
});

describe('a spec as text', () => {
  const text = `${A}---\n# about\nkind: com.example/b\nspec: # here\n    # first\n    x: "1"   # one\n\n    list:\n    - a\n    note: |\n      two\n      lines\n# after\n`;
  const node = nodeId('custom:com.example/b#1');
  const shown = '# first\nx: "1"   # one\n\nlist:\n- a\nnote: |\n  two\n  lines';

  test('is shown without its indentation, with its comments', () => {
    expect(specAsYaml(text, node)).toBe(shown);
    expect(specAsYaml('kind: a.b/c\nspec: {x: 1} # c\n', nodeId('custom:a.b/c#0'))).toBe('{x: 1}');
    expect(specAsYaml(text, nodeId('custom:none#0'))).toBe('');
  });

  test('is written back as the smallest difference', () => {
    expect(replaceSpecText(text, node, shown)).toMatchObject({ ok: true });
    expect(patched(text, replaceSpecText(text, node, shown))).toBe(text);
    const result = replaceSpecText(text, node, shown.replace('two', 'three'));
    expect(patched(text, result)).toBe(text.replace('two', 'three'));
    expect(result.ok ? result.value.map((edit) => (edit.type === 'text' ? edit.insert : '')) : []).toEqual(['hree']);
  });

  test('keeps the style of what was written', () => {
    expect(patched(A, replaceSpecText(A, nodeId('custom:com.example/a#0'), '# why\ny: {a: 1}\nz:\n- q'))).toBe(
      'kind: com.example/a\nspec:\n  # why\n  y: {a: 1}\n  z:\n  - q\n',
    );
    expect(patched(A, replaceSpecText(A, nodeId('custom:com.example/a#0'), '{y: 2}'))).toBe('kind: com.example/a\nspec: {y: 2}\n');
  });

  test.each([
    ['text that is no YAML', 'a: [', 'yaml-syntax'],
    ['several documents', 'a: 1\n---\nb: 2', 'yaml-syntax'],
    ['a list', '- a', 'empty-spec'],
    ['nothing', '', 'empty-spec'],
    ['a tab', 'a:\n\tb: 1', 'yaml-tab'],
  ])('%s is refused', (_, yaml, code) => {
    expect(replaceSpecText(A, nodeId('custom:com.example/a#0'), yaml)).toMatchObject({ ok: false, error: [{ code }] });
  });
});

describe('renaming', () => {
  const module = `kind: io.statefun.endpoints.v2/http
spec:
  functions: shop/cart # the cart
  urlPathTemplate: http://h:1/shop/cart
---
kind: io.statefun.kafka.v1/ingress
spec:
  id: shop/cart
  address: b:1
  consumerGroupId: shop/cart
  topics:
    - topic: shop/cart
      valueType: shop/cart
      targets: ['shop/cart', "other/x", shop/cart//]
---
kind: io.statefun.kafka.v1/egress
spec:
  id: "shop/cart"
  address: b:1
`;
  const rename = (role: 'function' | 'ingress' | 'egress' | 'namespace', from: string, to: string) =>
    patched(module, renameTypenameInModule(module, role, from, to));

  test('a function changes where records go and who serves exactly it, in the quotes that stand there', () => {
    expect(rename('function', 'shop/cart', 'shop/basket')).toBe(
      module
        .replace('functions: shop/cart', 'functions: shop/basket')
        .replace(`['shop/cart', "other/x", shop/cart//]`, `['shop/basket', "other/x", shop/basket]`),
    );
  });

  test('an ingress and an egress change their own id', () => {
    expect(rename('ingress', 'shop/cart', 'a/b')).toBe(module.replace('id: shop/cart', 'id: a/b'));
    expect(rename('egress', 'shop/cart', 'a/b')).toBe(module.replace('id: "shop/cart"', 'id: "a/b"'));
  });

  test('a namespace changes in ids, targets and patterns', () => {
    expect(rename('namespace', 'shop', 'store')).toBe(
      module
        .replace('functions: shop/', 'functions: store/')
        .replace('id: shop/', 'id: store/')
        .replace('id: "shop/', 'id: "store/')
        .replace(`['shop/cart', "other/x", shop/cart//]`, `['store/cart', "other/x", store/cart]`),
    );
  });

  test('a name that nothing has gives no edits', () => {
    expect(renameTypenameInModule(module, 'function', 'shop/none', 'a/b')).toEqual({ ok: true, value: [] });
  });

  test('an alias that could be a typename is no YAML to the loader', () => {
    const text = module.replace('"other/x"', '*shop/cart');
    expect(renameTypenameInModule(text, 'function', 'shop/cart', 'a/b')).toMatchObject({ ok: false, error: [{ code: 'yaml-syntax' }] });
  });
});
