import { describe, expect, test } from 'vitest';
import type { CallReply } from '../../src/protocol/call.ts';
import { observing } from '../support/observing-driver.ts';
import { callOf, callOnce, teller, told } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

const LIMIT = 300;
/** Where other calls are to come back within it, cold as their workers are and however busy the machine is. */
const AMPLE_LIMIT = 1500;

/** `type line:column` of where the call stays; the handler's body begins in line 4 of the file. */
function stallOf(reply: CallReply | undefined): string {
  const outcome = reply?.outcome;
  const stall = outcome?.type === 'timed-out' ? outcome.stall : undefined;
  return stall === undefined
    ? `no stall in ${outcome?.type}`
    : `${stall.type} ${stall.place.path}:${stall.place.line}:${stall.place.column}`;
}

/** A handler whose body begins in line 4, with declarations in front that take one line. */
function file(head: string, ...body: readonly string[]): Readonly<Record<string, string>> {
  return {
    'functions/f.ts': [
      `import type { Context, Message } from 'apache-flink-statefun';`,
      head,
      `export const f = { typename: 't/f', async fn(context: Context, message: Message) {`,
      ...body,
      `} };`,
    ].join('\n'),
  };
}

const endless: readonly (readonly [name: string, head: string, body: readonly string[], at: string])[] = [
  ['a loop without a body', '', ['  const a = 1;', '  for (;;);'], 'loop functions/f.ts:5:3'],
  ['a while with a body of one statement', '', ['  let n: number = 0;', '  while (n >= 0) n += 1;'], 'loop functions/f.ts:5:3'],
  ['a do-while', '', ['  let n = 0;', '  do { n += 1; } while (n > 0);'], 'loop functions/f.ts:5:3'],
  [
    'a loop that catches whatever is thrown',
    '',
    ['  for (;;) {', '    try { continue; } catch { /* on */ }', '  }'],
    'loop functions/f.ts:4:3',
  ],
  [
    'a labelled loop',
    '',
    ['  outer: for (;;) {', '    for (const x of [1]) { if (x) continue outer; }', '  }'],
    'loop functions/f.ts:4:10',
  ],
  [
    'the inner loop of two, behind a long one that ends',
    '',
    [
      '  let n = 0;',
      '  for (let i = 0; i < 1e4; i++) n += i;',
      '  for (const x of [1, 2]) {',
      '    for (let i = 0; i < 1; n++) n -= x;',
      '  }',
    ],
    'loop functions/f.ts:7:5',
  ],
  [
    'the outer loop of two, whose inner one ends each time',
    '',
    ['  for (;;) {', '    for (let i = 0; i < 50; i++) context.self.id.slice(i);', '  }'],
    'loop functions/f.ts:4:3',
  ],
  [
    'a map that grows while it is walked',
    '',
    ['  const map = new Map([[1, 1]]);', '  for (const [key] of map) if (map.delete(key)) map.set(key, 1);'],
    'loop functions/f.ts:5:3',
  ],
  ['a loop of promises that are settled', '', ['  let n = 0;', '  for (;;) n += await Promise.resolve(1);'], 'loop functions/f.ts:5:3'],
  [
    'a chain of promises',
    'const next = (): Promise<void> => Promise.resolve().then(next);',
    ['  await next();'],
    'calls functions/f.ts:2:14',
  ],
  [
    'recursion that has too many branches',
    'function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); }',
    ['  fib(90);'],
    'calls functions/f.ts:2:1',
  ],
  [
    'an interval that nobody clears',
    '',
    ['  await new Promise(() => {', '    setInterval(() => undefined, 1000);', '  });'],
    'calls functions/f.ts:5:17',
  ],
  [
    'a regular expression',
    '',
    ["  const text = 'a'.repeat(40) + '!';", '  const fits = /^(a+)+$/.test(text);', '  if (fits) return;'],
    'statement functions/f.ts:5:3',
  ],
];

const waiting: readonly (readonly [name: string, head: string, body: readonly string[], at: string])[] = [
  ['of a promise that nothing settles', '', ['  const a = 1;', '  await new Promise(() => undefined);'], 'await functions/f.ts:5:3'],
  [
    'of a function that waits itself',
    'async function load() { await null; return await new Promise<number>(() => undefined); }',
    ['  const n = await load();', '  context.self.id.slice(n);'],
    'await functions/f.ts:2:44',
  ],
  [
    'of several, one of which waits',
    'const later = async (n: number) => { if (n === 2) await new Promise(() => undefined); return n; };',
    ['  await Promise.all([1, 2, 3].map(later));'],
    'await functions/f.ts:2:51',
  ],
  [
    'in a callback that stands in what is awaited',
    '',
    ['  await Promise.all([1].map(async () => {', '    await new Promise(() => undefined);', '  }));'],
    'await functions/f.ts:5:5',
  ],
  ['that no await stands for', '', ['  const a = 1;', '  return new Promise(() => {});'], 'statement functions/f.ts:5:3'],
];

describe('a call that does not come back is named at its place', () => {
  test.each(endless)('%s', async (_name, head, body, at) => {
    const sandbox = await startSandbox(file(head, ...body), LIMIT);
    const reply = await callOnce(sandbox, { to: 't/f' });
    expect(stallOf(reply)).toBe(at);
    expect(reply.logs.at(-1)).toMatchObject({ level: 'error', place: { line: Number(at.split(':')[1]) } });
  });

  test.each(waiting)('a promise %s', async (_name, head, body, at) => {
    const sandbox = await startSandbox(file(head, ...body), 60_000);
    const reply = await callOnce(sandbox, { to: 't/f' });
    expect(stallOf(reply)).toBe(at);
    expect(reply.logs).toHaveLength(1);
  });
});

const byText = `const text = message.asString();
if (text === 'loop') { for (;;); }
if (text === 'hang') { await new Promise(() => undefined); }
tell(text);`;

test('each call of a batch has its own place, the others their replies, and batches are answered in the order given', async () => {
  const sandbox = await startSandbox({ 'functions/f.ts': teller(byText) }, AMPLE_LIMIT);
  const line =
    teller(byText)
      .split('\n')
      .findIndex((text) => text.includes('for (;;)')) + 1;
  const order: string[] = [];
  const call = (texts: readonly string[]) =>
    sandbox.invoke(texts.map((text, index) => callOf({ to: 't/f', messages: [text] }, index + 1))).then((replies) => {
      order.push(texts.join(''));
      return replies;
    });
  const [first, second] = await Promise.all([call(['hang', 'a', 'loop', 'hang', 'b']), call(['c'])]);
  expect(order).toEqual(['hangaloophangb', 'c']);
  expect([0, 2, 3].map((index) => stallOf(first[index]))).toEqual([
    expect.stringMatching(`await functions/f.ts:${line + 1}:`),
    expect.stringMatching(`loop functions/f.ts:${line}:`),
    expect.stringMatching(`await functions/f.ts:${line + 1}:`),
  ]);
  expect([first[1], first[4], second[0]].map((reply) => (reply === undefined ? null : told(reply)[0]))).toEqual(['a', 'b', 'c']);
});

test('a trial that does not come back is named at its place in the source, not in the code that is observed', async () => {
  const sources = { 'functions/f.ts': teller(byText) };
  const sandbox = await observing({ sources, limitMillis: LIMIT });
  const { reply } = await sandbox.observe(callOf({ to: 't/f', messages: ['loop'] }));
  const lines = sources['functions/f.ts'].split('\n');
  const line = lines.findIndex((text) => text.includes('for (;;)'));
  expect(stallOf(reply)).toBe(`loop functions/f.ts:${line + 1}:${(lines[line] ?? '').indexOf('for (;;)') + 1}`);
});

test.each([
  ['a loop', 'const a: number = 1;\nfor (;;);', 2, 'a loop goes on and on'],
  [
    'a loop in a function that is called',
    'function grow(n: number) {\n  while (n > 0) n += 1;\n}\nconst a = 1;\ngrow(a);',
    2,
    'a loop goes on and on',
  ],
  [
    'a loop behind one that ends',
    'const list: number[] = [];\nfor (let i = 0; i < 9; i++) list.push(i);\nwhile (list.length) list.reverse();',
    3,
    'a loop goes on and on',
  ],
])('code that does not come to its end while it loads is named at its place: %s', async (_name, text, line, words) => {
  const sandbox = await startSandbox({ 'functions/a.ts': teller('tell(1);'), 'functions/b.ts': text }, LIMIT, 1000);
  expect(sandbox.report.problems.map(({ code, path, place }) => [code, path, place?.line])).toEqual([
    ['load-error', 'functions/b.ts', line],
  ]);
  expect(sandbox.report.problems[0]?.message).toContain(words);
});

describe('a call that failed with a value which knows no place', () => {
  const placeOf = (reply: CallReply | undefined): string => {
    const outcome = reply?.outcome;
    return outcome?.type === 'threw'
      ? outcome.error.stack.map(({ path, line, column }) => `${path}:${line}:${column}`).join(' ')
      : `${outcome?.type}`;
  };

  test.each([
    ['a rejection that is awaited', '', ['  const a = 1;', '  await Promise.reject(`no ${a}`);'], 'functions/f.ts:5:3'],
    ['a text that is thrown behind a condition', '', ['  if (message.asString() === "hello") throw "no";'], 'functions/f.ts:4:39'],
    [
      'a rejection by a function that was started before',
      'const later = async (): Promise<void> => { await null; throw 7; };',
      ['  const started = later();', '  const a = 1;', '  await started;', '  return a;'],
      'functions/f.ts:2:56',
    ],
    [
      'a promise that an executor rejects',
      '',
      ['  await new Promise((_, reject) => {', "    setTimeout(() => reject('late'), 5);", '  });'],
      'functions/f.ts:5:22',
    ],
  ])('is told with what it did last: %s', async (_name, head, body, at) => {
    const sandbox = await startSandbox(file(head, ...body));
    expect(placeOf(await callOnce(sandbox, { to: 't/f' }))).toBe(at);
  });

  test('has no place behind so many statements that not each of them is told', async () => {
    const sandbox = await startSandbox(
      file('', '  let n = 0;', '  for (let i = 0; i < 3000; i += 1) {', '    n += i;', '  }', '  throw n;'),
    );
    expect(placeOf(await callOnce(sandbox, { to: 't/f' }))).toBe('');
  });

  test('says so beside calls of the batch that went well', async () => {
    const sandbox = await startSandbox(file('', '  if (message.asString() === "bad") {', '    throw null;', '  }'));
    const replies = await sandbox.invoke(['good', 'bad', 'good'].map((text, index) => callOf({ to: 't/f', messages: [text] }, index + 1)));
    expect(replies.map(placeOf)).toEqual(['replied', 'functions/f.ts:5:5', 'replied']);
  });
});
