import { describe, expect, test } from 'vitest';
import type { Edit } from '../../src/model/edit.ts';
import { applyEdits } from '../../src/model/edit.ts';
import type { Problem } from '../../src/model/problem.ts';
import { projectOf } from '../../src/model/project.ts';
import { analyse, functionFile } from '../support/code-facts.ts';

const PATH = 'functions/f.ts';
const SPECS = `{ name: 'cart', type: A }, { name: 'list', type: A }, { name: 'n', type: StateFun.intType() }, { name: 'flag', type: StateFun.booleanType() }, { name: 'name', type: StateFun.stringType() }, { name: 'own', type: StateFun.customType('t/own', write, read) }, { name: 'proto', type: StateFun.protoType('t/p', P) }`;

interface Options {
  readonly before?: string;
  readonly others?: Readonly<Record<string, string>>;
}

function problemsIn(body: string, { before = '', others = {} }: Options = {}): readonly Problem[] {
  return analyse({ [PATH]: functionFile(body, { before, specs: SPECS }), ...others }).problems;
}

/** `code: text at its place`. */
function found(body: string, options: Options = {}): readonly string[] {
  const text = functionFile(body, { before: options.before ?? '', specs: SPECS });
  return problemsIn(body, options).map(({ code, path, range }) => {
    const source = path === PATH ? text : (options.others?.[path ?? ''] ?? '');
    return `${code}: ${source.slice(range?.from, range?.to)}`;
  });
}

/** The body after the fix of its only problem. */
function mended(body: string, options: Options = {}): string {
  const [problem, ...more] = problemsIn(body, options);
  expect(more).toEqual([]);
  const edits: readonly Edit[] = problem?.fix?.edits ?? [];
  const before = functionFile(body, { before: options.before ?? '', specs: SPECS });
  const [, after] = [...applyEdits(projectOf({ [PATH]: before }), edits).files][0] ?? [];
  return String(after);
}

function file(body: string, options: Options = {}): string {
  return functionFile(body, { before: options.before ?? '', specs: SPECS });
}

describe('a change of what was read from a state', () => {
  test.each([
    ['context.storage.cart.total = 1;', 'context.storage.cart.total = 1'],
    ['context.storage.cart[id] = 1;', 'context.storage.cart[id] = 1'],
    ["context.storage['cart'].total = 1;", "context.storage['cart'].total = 1"],
    ['context.storage.cart.items[0].price += 1;', 'context.storage.cart.items[0].price += 1'],
    ['context.storage.cart.count++;', 'context.storage.cart.count++'],
    ['delete context.storage.cart[id];', 'delete context.storage.cart[id]'],
    ['context.storage.list.push(1);', 'context.storage.list.push(1)'],
    ['context.storage.cart!.items.push(1);', 'context.storage.cart!.items.push(1)'],
    ['Object.assign(context.storage.cart, { a: 1 });', 'Object.assign(context.storage.cart, { a: 1 })'],
    ['const { storage } = context; storage.cart.a = 1;', 'storage.cart.a = 1'],
    ['const s = context.storage; s.list.push(2);', 's.list.push(2)'],
    ['context.storage.proto.setName("x");', 'context.storage.proto.setName("x")'],
  ])('is lost, and told: %s', (body, at) => {
    expect(found(body)).toEqual([`lost-state-change: ${at}`]);
  });

  test('is told of a helper, at its place', () => {
    const before = 'function note(c, id) { c.storage.cart[id] = true; }';
    expect(found('note(context, "a");', { before })).toEqual(['lost-state-change: c.storage.cart[id] = true']);
    expect(problemsIn('note(context, "a");', { before })[0]?.message).toBe(
      'Reading c.storage.cart gives a copy each time, so this change is lost. Assign the whole value: c.storage.cart = …',
    );
  });

  test.each([
    ['an assignment of the state itself', 'context.storage.cart = { ...context.storage.cart, [id]: 1 };'],
    ['an update of a number', 'context.storage.n += 1; context.storage.n++;'],
    ['a result that is used', 'const sorted = context.storage.list.sort(); context.send(sorted);'],
    ['a method that changes nothing', 'context.storage.list.map((item) => item); context.storage.list.forEach(log);'],
    ['a custom type, whose values may be kept by its code', 'context.storage.own.total = 1;'],
    ['another object', 'const other = { storage: { cart: {} } }; other.storage.cart.total = 1;'],
    ['a value of the message', 'const a = message.as(A); a.total = 1; context.storage.cart = a;'],
  ])('is not told of %s', (_name, body) => {
    expect(found(body)).toEqual([]);
  });

  test('can be written as an assignment of the whole', () => {
    expect(mended('context.storage.cart.total = sum + 1;')).toBe(
      file('context.storage.cart = { ...context.storage.cart, total: sum + 1 };'),
    );
    expect(mended('context.storage.cart[id] = 1;')).toBe(file('context.storage.cart = { ...context.storage.cart, [id]: 1 };'));
    expect(mended('context.storage.list.push(a, b);')).toBe(file('context.storage.list = [...(context.storage.list ?? []), a, b];'));
    expect(problemsIn('context.storage.cart.count += 1;')[0]?.fix).toBeUndefined();
  });
});

describe('a copy that is changed and written back nowhere', () => {
  const helper = 'const cartOf = (context) => context.storage.cart ?? {};';

  test.each([
    ['const cart = context.storage.cart ?? {}; cart[id] = (cart[id] ?? 0) + 1;', 'cart[id] = (cart[id] ?? 0) + 1'],
    ['const cart = cartOf(context); cart.total = 1; cart.items.push(2);', 'cart.total = 1'],
    ['const { cart } = context.storage; if (cart.open) { delete cart.items[id]; }', 'delete cart.items[id]'],
    ['const list = context.storage.list; for (const item of items) { list.push(item); }', 'list.push(item)'],
  ])('is told where it is first changed: %s', (body, at) => {
    expect(found(body, { before: helper })).toEqual([`lost-state-change: ${at}`]);
  });

  test.each([
    ['written back', 'const cart = cartOf(context); cart.total = 1; context.storage.cart = cart;'],
    ['written back as something else', 'const cart = cartOf(context); cart.total = 1; context.storage.cart = { ...other };'],
    ['passed on', 'const cart = cartOf(context); cart.total = 1; store(context, cart);'],
    ['returned', 'const cart = cartOf(context); cart.total = 1; return cart;'],
    [
      'sent',
      'const cart = cartOf(context); cart.total = 1; context.send(messageBuilder({ typename: "a/g", id: "x", value: cart, valueType: A }));',
    ],
    ['put into an object', 'const cart = cartOf(context); cart.total = 1; const all = { cart }; context.send(all);'],
    ['spread', 'const cart = cartOf(context); cart.total = 1; context.send({ ...cart });'],
    ['read afterwards', 'const list = context.storage.list ?? []; list.push(1); context.send(list.length);'],
    [
      'read in the same loop',
      'const list = context.storage.list ?? []; for (const item of items) { if (list.includes(item)) continue; list.push(item); }',
    ],
    ['sorted for reading', 'const list = context.storage.list ?? []; list.sort(); context.send(list[0]);'],
    ['not sure to be a copy', 'let cart = context.storage.cart; if (cart === null) { cart = {}; } cart.total = 1;'],
    ['a copy of its own', 'const cart = structuredClone(context.storage.cart); cart.total = 1;'],
    ['only read', 'const cart = cartOf(context); if (cart.total > 3) { context.send(x); }'],
    ['a list that the function made', 'const list = []; list.push(1);'],
  ])('is not told of one that is %s', (_name, body) => {
    expect(found(body, { before: helper })).toEqual([]);
  });

  test('can be written back behind the change', () => {
    expect(mended('const cart = context.storage.cart ?? {};\n  cart[id] = 1;')).toBe(
      file('const cart = context.storage.cart ?? {};\n  cart[id] = 1;\n  context.storage.cart = cart;'),
    );
  });
});

describe('state of the module', () => {
  const before =
    'let count = 0; let last; const seen = new Map(); const typed = new Map<string, number>(); const list = []; const options = { retries: 3 }; const codec = new Codec();';

  test.each([
    ['count += 1;', 'module-state: count += 1'],
    ['count++;', 'module-state: count++'],
    ['last = context.self.id;', 'module-state: last = context.self.id'],
    ['seen.set(context.self.id, 1);', 'module-state: seen.set(context.self.id, 1)'],
    ['typed.set(context.self.id, 1);', 'module-state: typed.set(context.self.id, 1)'],
    ['list.push(1); list.push(2);', 'module-state: list.push(1)'],
    ['options.retries = 4;', 'module-state: options.retries = 4'],
    ['globalThis.hits = 1;', 'module-state: globalThis.hits = 1'],
    ['this.calls = 1;', 'module-state: this.calls = 1'],
    ['[1].forEach(() => { count += 1; });', 'module-state: count += 1'],
  ])('is told of: %s', (body, expected) => {
    expect(found(body, { before })).toEqual([expected]);
  });

  test.each([
    ['what is only read', 'context.send(seen.get(context.self.id) ?? options.retries + count);'],
    ['a name of the function', 'let count = 0; count += 1; const seen = new Map(); seen.set(1, 2);'],
    ['an object of another kind', 'codec.add(1); codec.mode = 2;'],
    ['a parameter', 'const add = (list, item) => { list.push(item); }; add([], 1);'],
    ['an object of its own class', 'class Sum { add(n) { this.total = n; } } const sum = new Sum(); sum.add(1);'],
    ['a console', 'console.log(count);'],
  ])('is not told of %s', (_name, body) => {
    expect(found(body, { before })).toEqual([]);
  });

  test('is not told of code that runs when the module loads', () => {
    expect(found('', { before: `${before} seen.set(1, 2); function reset() { count = 0; } reset();` })).toEqual([]);
  });

  test('is found in helpers and in other files', () => {
    const others = { 'functions/cache.ts': 'export const cache = new Map();\nexport function keep(key) { cache.set(key, 1); }' };
    const imports = "import { cache, keep } from './cache.ts';";
    expect(found('keep(context.self.id);', { before: imports, others })).toEqual(['module-state: cache.set(key, 1)']);
    expect(found('cache.delete(context.self.id);', { before: imports, others })).toEqual(['module-state: cache.delete(context.self.id)']);
  });

  test('is told once of code that two functions run', () => {
    const text = `let n = 0; function up() { n += 1; }
export const F = { typename: 'a/f', fn(context, message) { up(); } };
export const G = { typename: 'a/g', fn(context, message) { up(); } };`;
    expect(analyse({ [PATH]: text }).problems.map(({ code }) => code)).toEqual(['module-state']);
  });
});

describe('a promise that nobody waits for', () => {
  const before = 'async function ask(id) { return 1; } const tell = async () => {}; function plain() { return 1; }';

  test.each([
    ['ask(1);', 'ask(1)'],
    ['tell();', 'tell()'],
    ['fetch("https://x.example/");', 'fetch("https://x.example/")'],
    [
      'fetch("https://x.example/").then((r) => { context.storage.n = r.status; });',
      'fetch("https://x.example/").then((r) => { context.storage.n = r.status; })',
    ],
    ['if (message.is(A)) ask(1).catch(() => 0);', 'ask(1).catch(() => 0)'],
    ['Promise.all([ask(1), ask(2)]);', 'Promise.all([ask(1), ask(2)])'],
    ['message.is(A) && ask(1);', 'ask(1)'],
    ['[1].forEach(async (n) => { await ask(n); });', '[1].forEach(async (n) => { await ask(n); })'],
    ['context.storage.n = ask(1);', 'ask(1)'],
    ['context.send(messageBuilder({ typename: "a/g", id: "x", value: ask(1), valueType: A }));', 'ask(1)'],
  ])('is told of: %s', (body, at) => {
    expect(found(body, { before })).toEqual([`floating-promise: ${at}`]);
  });

  test.each([
    ['awaited', 'await ask(1); context.storage.n = await ask(2); await Promise.all([ask(1), tell()]);'],
    ['returned', 'return ask(1).then(() => 1);'],
    ['kept and awaited', 'const both = [ask(1), ask(2)]; await Promise.all(both);'],
    ['given up on purpose', 'void ask(1);'],
    ['awaited in a helper', 'await Promise.all([1, 2].map(async (n) => { await ask(n); }));'],
    ['no promise', 'plain(); other(); [1].forEach((n) => { plain(n); });'],
    ['an own function called fetch', 'const fetch = () => 1; fetch("x");'],
  ])('is not told of one that is %s', (_name, body) => {
    expect(found(body, { before })).toEqual([]);
  });

  test('can be awaited, and the function becomes async for it', () => {
    expect(mended('ask(1);', { before })).toBe(file('await ask(1);', { before }));
    const text = (head: string, body: string) => `${before}\nexport const F = { typename: 'a/f', ${head} { ${body} } };`;
    const first = text('fn(context, message)', 'ask(1);');
    const [problem] = analyse({ [PATH]: first }).problems;
    const after = applyEdits(projectOf({ [PATH]: first }), problem?.fix?.edits ?? []);
    expect([...after.files.values()]).toEqual([text('async fn(context, message)', 'await ask(1);')]);
  });

  test('has no fix in a helper that is not async', () => {
    const problems = problemsIn('begin();', { before: `${before} function begin() { ask(1); }` });
    expect(problems.map(({ code, fix }) => ({ code, fix }))).toEqual([{ code: 'floating-promise', fix: undefined }]);
  });
});

describe('names in the storage', () => {
  test('that no spec declares are told where they are read, and are an error where they are written', () => {
    const problems = problemsIn('if (context.storage.crat === null) { const { storage } = context; storage.x = 1; storage.y++; }');
    expect(problems.map(({ code, severity, message }) => `${severity} ${code} ${message}`)).toEqual([
      'warning undeclared-state a/f declares no state “crat”: add it to specs, or reading it gives undefined.',
      'error undeclared-state a/f declares no state “x”: add it to specs, or writing it throws.',
      'error undeclared-state a/f declares no state “y”: add it to specs, or writing it throws.',
    ]);
  });

  // What the SDK's types make of such values was tried with the SDK itself (test/analysis/state-values.test.ts).
  test.each([
    ["context.storage.n = 'text';", "'text'"],
    ['context.storage.n = 1.5;', '1.5'],
    ['context.storage.n = 2147483648;', '2147483648'],
    ['context.storage.n = ({ a: 1 });', '({ a: 1 })'],
    ["context.storage.flag = 'yes';", "'yes'"],
    ['context.storage.name = 5;', '5'],
    ['context.storage.name = true;', 'true'],
    ["context.storage.name = message.isInt() ? 'a' : 7;", "message.isInt() ? 'a' : 7"],
    ['const { storage } = context; storage.name = { first: "a" };', '{ first: "a" }'],
  ])('do not hold every value: %s', (body, at) => {
    expect(found(body)).toEqual([`value-does-not-fit: ${at}`]);
  });

  test.each([
    'context.storage.n = 1;',
    "context.storage.n = '12';",
    'context.storage.n = true;',
    'context.storage.n = null;',
    'context.storage.n += 0.5;',
    'context.storage.n = message.asInt();',
    'context.storage.flag = 1;',
    "context.storage.name = '';",
    'context.storage.name = null;',
    'context.storage.cart = { a: 1 };',
    'context.storage.own = 5;',
  ])('hold what their type takes: %s', (body) => {
    expect(found(body)).toEqual([]);
  });

  test('cannot be deleted', () => {
    expect(found('delete context.storage.cart;')).toEqual(['deleted-state: delete context.storage.cart']);
    expect(mended('delete context.storage.cart;')).toBe(file('context.storage.cart = null;'));
  });
});

describe('a spec without a typename', () => {
  test.each([
    ['exported with its states', `export const F = { specs: [], fn(context, message) {} };`],
    ['given to bind', `import { StateFun } from 'apache-flink-statefun'; const s = new StateFun(); s.bind({ fn(context, message) {} });`],
    ['exported with nothing but its fn', `export const F = { fn(context, message) {} };`],
    ['exported in a list', `async function gauge(context, message) {}\nexport default [{ fn: gauge }];`],
    ['by a name that is not quite it', `export const F = { typeName: 'a/f', fn(context, message) {} };`],
    ['in CommonJS', `module.exports = { fn(context, message) {} };`],
    [
      'given to bind by a name',
      `import { StateFun } from 'apache-flink-statefun'; const f: FunctionOpts = { fn: g }; function g() {} new StateFun().bind(f);`,
    ],
  ])('is an error: %s', (_name, text) => {
    expect(analyse({ [PATH]: text }).problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error no-typename']);
  });

  test('is not seen in other exports', () => {
    const text = `export const options = { fn() {}, name: 'x' }; export function fn() {} export const base = { ...shared, specs: [], fn() {} };`;
    expect(analyse({ [PATH]: text }).problems).toEqual([]);
    expect(analyse({ [PATH]: 'module.exports = { fn() {}, other() {} };' }).problems).toEqual([]);
  });

  test('is not said of what another file may add it to', () => {
    const shared = `export const shared = { fn(context, message) {} };`;
    expect(analyse({ 'functions/shared.ts': shared }).problems.map(({ code }) => code)).toEqual(['no-typename']);
    const text = `import { shared } from './shared.ts'; export const F = { typename: 'a/f', ...shared };`;
    expect(analyse({ 'functions/shared.ts': shared, [PATH]: text }).problems).toEqual([]);
  });
});
