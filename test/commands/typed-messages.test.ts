import { describe, expect, test } from 'vitest';
import { collectProblems, deriveContext } from '../../src/commands/derive.ts';
import { applyEdits } from '../../src/model/edit.ts';
import { projectOf } from '../../src/model/project.ts';

const TYPES = `import { StateFun } from 'apache-flink-statefun';
export const Order = StateFun.jsonType('shop/order');
export const Paid = StateFun.jsonType('shop/paid');
export const Parcel = StateFun.jsonType('shop/parcel');
`;

const MODULE = `kind: io.statefun.endpoints.v2/http
spec:
  functions: a/*
  urlPathTemplate: http://localhost:8000/
---
kind: io.statefun.kafka.v1/ingress
spec:
  id: a/in
  address: localhost:9092
  consumerGroupId: g
  topics:
    - topic: orders
      valueType: shop/order
      targets: [a/shop]
`;

const CODES = new Set(['send-not-accepted', 'route-not-accepted', 'caller-of-ingress']);

function fn(name: string, body: string): string {
  return `import { StateFun, messageBuilder } from 'apache-flink-statefun';
import { Order, Paid, Parcel } from './types.ts';
export const F = {
  typename: 'a/${name}',
  fn(context, message) {
    ${body}
  },
};
`;
}

const SHOP = "if (message.is(Order)) { context.send(messageBuilder({ typename: 'a/post', id: 'x', value: {}, valueType: Parcel })); }";
const POST = 'if (message.is(Parcel)) { context.storage.n = 1; }';

function project(files: Readonly<Record<string, string>>) {
  return projectOf({ 'module.yaml': MODULE, 'functions/types.ts': TYPES, ...files });
}

function problemsOf(files: Readonly<Record<string, string>>) {
  const all = project(files);
  return collectProblems(deriveContext(all, null))
    .filter(({ code }) => CODES.has(code))
    .map((problem) => {
      const text = problem.path === undefined ? '' : String(all.files.get(problem.path));
      return { ...problem, at: text.slice(problem.range?.from ?? 0, problem.range?.to ?? 0) };
    });
}

function mended(files: Readonly<Record<string, string>>, path: string): string {
  const [problem] = problemsOf(files);
  return [...applyEdits(project(files), problem?.fix?.edits ?? []).files].find(([name]) => name === path)?.[1].toString() ?? '';
}

describe('a send of a type that the receiver does not take', () => {
  test('is shown where it is sent, with what becomes of it', () => {
    const [problem, ...more] = problemsOf({
      'functions/shop.ts': fn('shop', SHOP.replace('valueType: Parcel', 'valueType: Paid')),
      'functions/post.ts': fn('post', POST),
    });
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'send-not-accepted', severity: 'warning', path: 'functions/shop.ts', node: 'function:a/shop' });
    expect(problem?.at).toMatch(/^context\.send\(messageBuilder/);
    expect(problem?.message).toBe(
      'a/post takes Parcel, not Paid: it does nothing with any other type, so this message is lost. Send a type it takes, or let it handle Paid.',
    );
  });

  test('is an error where the receiver throws for it', () => {
    const [problem] = problemsOf({
      'functions/shop.ts': fn('shop', SHOP.replace('value: {}, valueType: Parcel', 'value: 7')),
      'functions/post.ts': fn('post', 'context.storage.n = message.as(Parcel).weight;'),
    });
    expect(problem).toMatchObject({ code: 'send-not-accepted', severity: 'error' });
    expect(problem?.message).toContain('a/post takes Parcel, not int: it reads every message as one of them, and throws for this one.');
  });

  test.each([
    ['of a type that it takes', SHOP, POST],
    ['of one of two types, where one is taken', SHOP.replace('valueType: Parcel', 'valueType: late ? Paid : Parcel'), POST],
    [
      'to a function that may do something with it',
      SHOP.replace('valueType: Parcel', 'valueType: Paid'),
      `${POST} else { context.storage.n = 2; }`,
    ],
    ['of a type that is not known', SHOP.replace('valueType: Parcel', 'valueType: typeOf(context)'), POST],
    ['to a function without code', SHOP.replace('a/post', 'b/post').replace('valueType: Parcel', 'valueType: Paid'), POST],
  ])('is not told of a send %s', (_name, shop, post) => {
    expect(problemsOf({ 'functions/shop.ts': fn('shop', shop), 'functions/post.ts': fn('post', post) })).toEqual([]);
  });

  test('is told of a reply only if no possible caller takes it', () => {
    const reply = (type: string) =>
      `if (message.is(Parcel) && context.caller !== null) { context.send(messageBuilder({ typename: context.caller.typename, id: 'x', value: {}, valueType: ${type} })); }`;
    const asks = (takes: string) => `${SHOP} else if (message.is(${takes})) { context.storage.n = 1; }`;
    const codes = (shop: string, post: string, other: string) =>
      problemsOf({
        'functions/shop.ts': fn('shop', shop),
        'functions/post.ts': fn('post', post),
        'functions/other.ts': fn('other', other),
      }).map(({ code, path }) => `${code} ${path}`);
    expect(codes(asks('Paid'), reply('Paid'), SHOP)).toEqual([]);
    expect(codes(SHOP, reply('Paid'), SHOP)).toEqual(['send-not-accepted functions/post.ts']);
  });
});

describe('a route whose valueType its target does not take', () => {
  const shop = { 'functions/shop.ts': fn('shop', SHOP), 'functions/post.ts': fn('post', POST) };

  test('is shown at the type, and the nearest type is offered', () => {
    const files = { ...shop, 'module.yaml': MODULE.replace('shop/order', 'shop/ordr') };
    const [problem, ...more] = problemsOf(files);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      code: 'route-not-accepted',
      severity: 'warning',
      path: 'module.yaml',
      at: 'shop/ordr',
      node: 'ingress:a/in',
    });
    expect(problem?.message).toBe(
      'a/shop takes Order, not shop/ordr. It does nothing with any other type, so these records are lost. Write shop/order, or let it handle this one.',
    );
    expect(mended(files, 'module.yaml')).toBe(MODULE);
  });

  test('is shown at the target where another target takes it', () => {
    const files = { ...shop, 'module.yaml': MODULE.replace('[a/shop]', '[a/shop, a/post]') };
    const problems = problemsOf(files);
    expect(problems.map(({ code, at, fix }) => ({ code, at, fix }))).toEqual([
      { code: 'route-not-accepted', at: 'a/post', fix: undefined },
    ]);
  });

  test('is not told of a function that takes what it gets, or may', () => {
    expect(problemsOf(shop)).toEqual([]);
    const open = { ...shop, 'functions/shop.ts': fn('shop', `${SHOP} else { context.storage.n = 1; }`) };
    expect(problemsOf({ ...open, 'module.yaml': MODULE.replace('shop/order', 'x/y') })).toEqual([]);
  });
});

describe('a caller that is read where a record from an ingress leads', () => {
  const reply = "context.send(messageBuilder({ typename: context.caller.typename, id: 'x', value: {}, valueType: Paid }));";

  test('is a warning at the place, and a check can be put around the statement', () => {
    const files = { 'functions/shop.ts': fn('shop', `if (message.is(Order)) {\n      ${reply}\n    }`) };
    const [problem, ...more] = problemsOf(files);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'caller-of-ingress', severity: 'warning', at: 'context.caller', node: 'function:a/shop' });
    expect(problem?.message).toBe(
      'context.caller is null for a message from an ingress, and orders comes here: reading it throws, and the call fails. Check context.caller !== null first.',
    );
    expect(mended(files, 'functions/shop.ts')).toBe(
      fn('shop', `if (message.is(Order)) {\n      if (context.caller !== null) {\n        ${reply}\n      }\n    }`),
    );
    expect(problemsOf({ 'functions/shop.ts': mended(files, 'functions/shop.ts') })).toEqual([]);
  });

  test('is a hint in a branch for types that no route sends here', () => {
    const problems = problemsOf({ 'functions/shop.ts': fn('shop', `if (message.is(Order)) return; if (message.is(Paid)) { ${reply} }`) });
    expect(problems.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['caller-of-ingress info']);
  });

  test.each([
    ['in an if', `if (context.caller !== null) { ${reply} }`],
    ['with a condition on the left', `context.caller && ${reply}`],
    ['by leaving early', `if (!context.caller) return; ${reply}`],
    ['by throwing', `if (context.caller == null) { throw new Error('whose?'); } ${reply}`],
    ['under another name', `const { caller } = context; if (caller === null) return; const id = caller.id; context.send(id);`],
    ['with ?.', `context.send(context.caller?.id);`],
    ['in a helper', `if (!hasCaller(context)) return; ${reply}`],
    ['by a function that was not read', `ensure(context.caller); ${reply}`],
    ['with a fallback', `const { id } = context.caller ?? context.self; context.send(id);`],
    ['by catching', `try { ${reply} } catch { context.storage.n = 1; }`],
  ])('is silent about a caller that was checked %s', (_name, body) => {
    const text = fn('shop', body);
    expect(problemsOf({ 'functions/shop.ts': `${text}\nfunction hasCaller(c) { return c.caller !== null; }` })).toEqual([]);
  });

  test('is silent about a function that no route names', () => {
    expect(problemsOf({ 'functions/post.ts': fn('post', reply) })).toEqual([]);
  });

  test('is found under another name and in a helper', () => {
    const ats = (body: string, after = '') => problemsOf({ 'functions/shop.ts': fn('shop', body) + after }).map(({ at }) => at);
    expect(ats('const to = context.caller; context.send(to.id);')).toEqual(['to']);
    expect(ats('const { typename } = context.caller; context.send(typename);')).toEqual(['context.caller']);
    expect(ats('answer(context.caller);', 'function answer(to) { return to.id; }')).toEqual(['to']);
    expect(ats('answer(context);', 'function answer(c) { return c.caller.id; }')).toEqual(['c.caller']);
  });
});
