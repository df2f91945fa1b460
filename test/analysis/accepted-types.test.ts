import { describe, expect, test } from 'vitest';
import type { FunctionFact } from '../../src/model/code-facts.ts';
import { isFunctionFile } from '../../src/model/project.ts';
import { EXAMPLES } from '../../src/examples/registry.ts';
import { analyse, factOf, functionFile } from '../support/code-facts.ts';
import { loadExample } from '../support/load-example.ts';

function said({ accepts }: FunctionFact): string {
  return `${accepts.types.map(({ name }) => name).join(' ')} | ${accepts.others}`;
}

function accepts(body: string, before = ''): string {
  return said(factOf(body, { before }));
}

describe('a function that does nothing with other types', () => {
  test.each([
    ['if (message.is(A)) context.storage.x = 1;', 'A | ignored'],
    ['if (!message.is(A)) { return; } context.send(x);', 'A | ignored'],
    ['if (!(message.is(A) || message.is(B))) return; context.storage.x = 1;', 'A B | ignored'],
    ['const a = message.is(A) ? message.as(A) : null; if (a === null) return; context.send(x);', 'A | ignored'],
    ['const seen = context.storage.n ?? 0; if (message.isInt()) { context.storage.n = seen + message.asInt(); }', 'int | ignored'],
    ['switch (message.valueTypeName) { case A.typename: context.send(x); break; case "t/c": context.send(y); }', 'A c | ignored'],
    [
      'switch (true) { case message.is(A): context.send(x); break; default: console.warn("what is", message.valueTypeName); }',
      'A | ignored',
    ],
    ['if (message.valueTypeName !== B.typename) { return; } context.send(x);', 'B | ignored'],
    ['if (message.valueTypeName === A.typename && context.caller !== null) context.send(x);', 'A | ignored'],
    ['const mine = message.is(A); if (mine) { context.send(x); }', 'A | ignored'],
    ['for (const type of [A]) { } if ((message as any).is(A)) context.send(x);', 'A | ignored'],
    [
      'if (message.isString()) context.send(x); else if (message.isBoolean()) context.send(y); else if (message.isFloat()) context.send(z);',
      'string boolean float | ignored',
    ],
  ])('%s', (body, expected) => {
    expect(accepts(body)).toBe(expected);
  });
});

describe('a function that reads every message as one type', () => {
  test.each([
    ['const a = message.as(A); context.send(x);', 'A | refused'],
    ['context.storage.n = message.asInt();', 'int | refused'],
    ['if (message.is(A)) { context.send(x); return; } throw new Error(`no ${message.valueTypeName}`);', 'A | refused'],
    ['switch (message.valueTypeName) { case A.typename: context.send(x); return; default: throw new Error("no"); }', 'A | refused'],
    ['context.storage.n = 1; const a = message.as(A); context.send(x);', 'A | refused'],
  ])('%s', (body, expected) => {
    expect(accepts(body)).toBe(expected);
  });
});

describe('nothing is said for sure about', () => {
  test.each([
    ['an else that acts', 'if (message.is(A)) context.send(x); else context.storage.n = 1;', 'A | unknown'],
    ['a count of all messages', 'context.storage.n = 1; if (message.is(A)) context.send(x);', 'A | unknown'],
    ['a message that is passed on', 'if (message.is(A)) context.send(x); store(message);', 'A | unknown'],
    ['raw bytes', 'if (message.is(A)) context.send(x); else keep(message.rawValueBytes);', 'A | unknown'],
    ['a type that was not read', 'if (message.is(types[0])) context.send(x);', ' | unknown'],
    ['a type that may be another', 'let T = A; if (x) T = B; if (message.is(T)) context.send(x);', ' | unknown'],
    ['a table of handlers', 'handlers[message.valueTypeName](context);', ' | unknown'],
    ['no type at all', 'context.send(x);', ' | unknown'],
    ['an empty body', '', ' | unknown'],
    ['a reading that is caught', 'try { const a = message.as(A); context.send(x); } catch { context.storage.bad = 1; }', 'A | unknown'],
    ['a condition that is not understood', 'if (message.is(A)) return; if (context.self.id === "x") context.send(x);', 'A | unknown'],
    ['a call of a service', 'if (message.is(A)) return; await fetch("https://x.example/");', 'A | unknown'],
    ['a module state', 'count += 1; if (message.is(A)) context.send(x);', 'A | unknown'],
    ['a message put into an object', 'const box = { message }; if (message.is(A)) context.send(x); use(box);', 'A | unknown'],
    [
      'a default of a switch that acts',
      'switch (message.valueTypeName) { case A.typename: break; default: context.send(x); }',
      'A | unknown',
    ],
    [
      'a case that falls through to the default',
      'switch (message.valueTypeName) { default: case A.typename: context.send(x); }',
      'A | unknown',
    ],
  ])('%s', (_name, body, expected) => {
    expect(accepts(body, 'let count = 0;')).toBe(expected);
  });

  test('a message that is taken apart among the parameters', () => {
    const [fact] = analyse({
      'functions/f.ts': `export const F = { typename: 'a/f', fn(context, { valueTypeName }) { if (valueTypeName === 't/a') context.send(x); } };`,
    }).functions;
    expect(fact?.accepts.others).toBe('unknown');
  });
});

test('helpers, shared constants and guards of other files are followed', () => {
  const [fact] = analyse({
    'functions/types.ts': `import { StateFun } from 'apache-flink-statefun';
export const Order = StateFun.jsonType('t/order');
export function isOrder(message) { return message.is(Order); }
export function valueOf(message, type) { const value = message.as(type); if (value === null) throw new Error('none'); return value; }`,
    'functions/f.ts': `import { Order, isOrder, valueOf } from './types.ts';
export const F = { typename: 'a/f', fn(context, message) { if (!isOrder(message)) return; handle(context, message); } };
const handle = (ctx, msg) => { const order = valueOf(msg, Order); ctx.storage.total = order.total; };`,
  }).functions;
  expect(fact === undefined ? '' : said(fact)).toBe('Order | ignored');
});

test('a helper that reads any message makes the function refuse others', () => {
  const before = 'function read(m, type) { return m.as(type); }';
  expect(accepts('const a = read(message, A); context.send(x);', before)).toBe('A | refused');
});

test('typenames are those on the wire', () => {
  const { accepts: taken } = factOf(
    'if (message.isBoolean()) return; if (message.is(StateFun.floatType())) return; if (message.is(A)) context.send(x);',
  );
  expect(taken.types.map(({ typename }) => typename)).toEqual(['io.statefun.types/bool', 'io.statefun.types/float', 't/a']);
});

describe('the types of what is sent', () => {
  const typesOf = (value: string, more = '') =>
    factOf(`${more} context.send(messageBuilder({ typename: 'a/g', id: 'x', ${value} }));`).sends.map(
      ({ valueTypes }) => valueTypes?.map(({ typename }) => typename) ?? null,
    );

  test.each([
    ['value: {}, valueType: A', ['t/a']],
    ['value: "text"', ['io.statefun.types/string']],
    ['value: `text ${context.self.id}`', ['io.statefun.types/string']],
    ["value: 'id ' + context.self.id", ['io.statefun.types/string']],
    ['value: 12', ['io.statefun.types/int']],
    ['value: 1, valueType: StateFun.floatType()', ['io.statefun.types/float']],
    ['value: 1, valueType: undefined', ['io.statefun.types/int']],
    ['value: {}, valueType: yes ? A : B', ['t/a', 't/b']],
    ['value: {}, valueType: yes ? A : other()', null],
    ['value: count', null],
    ['value: {}, ...rest', null],
    ['value: 1.5', null],
  ])('%s', (value, expected) => {
    expect(typesOf(value)).toEqual([expected]);
  });

  test('are not known of a variable that may get another value', () => {
    expect(typesOf('value: {}, valueType: type', 'let type = A; if (late) { type = B; }')).toEqual([null]);
  });

  test('are found through a helper that gets the type', () => {
    const before = `const tell = (context, type) => context.send(messageBuilder({ typename: 'a/g', id: 'x', value: {}, valueType: type }));`;
    expect(factOf('tell(context, B);', { before }).sends.map(({ valueTypes }) => valueTypes?.map(({ name }) => name))).toEqual([['B']]);
  });
});

test('every function of the examples says what it takes and what it sends', () => {
  const all = EXAMPLES.flatMap(
    ({ id }) => analyse(Object.fromEntries([...loadExample(id)].filter(([path]) => isFunctionFile(path)))).functions,
  );
  expect(all.length).toBeGreaterThan(6);
  for (const fact of all) {
    expect(`${fact.typename} ${fact.accepts.others}`).toBe(`${fact.typename} ignored`);
    expect(fact.sends.filter(({ valueTypes }) => valueTypes === null)).toEqual([]);
    expect(fact.callerUses).toEqual([]);
  }
});

test('the file that tests put bodies into parses', () => {
  expect(analyse({ 'functions/f.ts': functionFile('') }).problems).toEqual([]);
});
