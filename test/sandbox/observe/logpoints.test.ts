import { expect, test } from 'vitest';
import { readLogpoint } from '../../../src/sandbox/observe/logpoint-text.ts';
import { handler, markLines, observeOnce, observing } from '../../support/observing-driver.ts';
import type { ObserveShape } from '../../support/observing-driver.ts';

const states = ['n', 'who'];

async function printed(shape: ObserveShape, messages: readonly string[] = ['a']): Promise<readonly string[]> {
  const { observation } = await observeOnce(shape, { to: 'lab/f', messages, states });
  return markLines(observation).filter((line) => line.includes(' logpoint '));
}

test('an expression is evaluated in the scope of its line, before the statement, each time', async () => {
  expect(
    await printed({
      sources: handler(
        `    let sum = 0;`, // 5
        `    for (const each of [1, 2]) {`, // 6
        `      const twice = each * 2;`, // 7
        `      sum += twice;`, // 8
        `    }`, // 9
        `    // the end`, // 10
      ),
      logpoints: [
        [8, '`${sum} ${twice}`'],
        [10, 'sum'],
        [5, 'this === undefined'],
      ],
    }),
  ).toEqual(['5:1 logpoint true', '8:1 logpoint 0 2', '8:1 logpoint 2 4', '10:1 logpoint 6']);
});

test('an expression that names what its line declares is evaluated behind the line, any other before it', async () => {
  expect(
    await printed({
      sources: handler(
        `    const one = 1;`, // 5
        `    const two = one + 1;`, // 6
        `    for (const each of [7]) { const three = each + two;`, // 7
        `      let last = three; }`, // 8
        `    const { a, b: [rest] } = { a: 4, b: [5] };`, // 9
        `    const f = () => { const inner = rest; };`, // 10
        `    f(); void a;`, // 11
      ),
      logpoints: [
        [5, 'one'],
        [6, 'one + two'],
        [8, 'three + last'],
        [9, '`${a} ${rest}`'],
        [6, '`${one} is there before`'],
      ],
    }),
  ).toEqual(['5:1 logpoint 1', '6:1 logpoint 1 is there before', '6:1 logpoint 3', '8:1 logpoint 18', '9:1 logpoint 4 5']);
});

test('text with expressions in braces is filled in', async () => {
  expect(
    await printed({
      sources: handler(`    const who = { name: 'Ada' };`, `    void who;`),
      logpoints: [[6, 'hello {who.name}, {({ a: [1] }).a} and {`}`}!']],
    }),
  ).toEqual(['6:1 logpoint hello Ada, [1] and }!']);
});

test('an expression may use what the file imports, and TypeScript, also where a local name hides the import', async () => {
  expect(
    await printed({
      sources: {
        ...handler(`    const rate = 2;`, `    void rate;`, `    { const twice = (n: number) => n; void twice; }`),
        'functions/rates.ts': `export const rate = 100; export function twice(n: number) { return n * 2; }`,
        'functions/a.ts': `import { rate, twice } from './rates.ts';
export type T = { typename: string };
export const a = { typename: 'lab/a', fn(context: unknown, message: { asString(): string }) {
  const local = twice(1);
  void local;
} }; void rate;`,
      },
      logpoints: [[6, '(rate as number)!']],
    }),
  ).toEqual(['6:1 logpoint 2']);
  const { observation } = await observeOnce(
    {
      sources: {
        'functions/a.ts': `import { rate, twice } from './rates.ts';
import { unused } from './unused.ts';
export const a = { typename: 'lab/f', fn(context: unknown, message: unknown) {
  const local = twice(1);
  {
    const rate = 'local';
    void rate;
  }
  void local;
} };`,
        'functions/rates.ts': `export const rate = 100; export function twice(n: number) { return n * 2; }`,
        'functions/unused.ts': `export const unused = 'used now';`,
      },
      logpoints: [
        [4, 'twice(rate)'],
        [7, 'rate'],
        [9, '[local, unused]'],
      ],
    },
    { to: 'lab/f' },
  );
  expect(markLines(observation)).toEqual(['4:1 logpoint 200', '7:1 logpoint local', '9:1 logpoint [2, "used now"]']);
});

test('what an expression throws is printed and changes nothing', async () => {
  const body = [
    `    const random = Math.random();`, // 5
    `    context.send(messageBuilder({ typename: 'lab/g', id: 'x', value: String(random + Math.random()) }));`, // 6
  ];
  const plain = await observeOnce({ sources: handler(...body) }, { to: 'lab/f', states });
  const logged = await observeOnce(
    {
      sources: handler(...body),
      logpoints: [
        [5, 'random'],
        [5, 'nothing.at.all'],
        [6, 'Math.random()'],
        [6, 'context.send(messageBuilder({ typename: "lab/g", id: "x", value: 1 }))'],
        [6, 'setTimeout(() => 1, 1)'],
        [6, 'fetch("https://x.example")'],
        [6, 'Object.assign(context.storage, { n: 1 })'],
        [6, 'console.log(1)'],
      ],
    },
    { to: 'lab/f', states },
  );
  expect(logged.reply).toEqual(plain.reply);
  const marks = markLines(logged.observation).filter((line) => line.includes(' logpoint '));
  expect(marks.map((line) => line.replace(/0\.\d+/, '0.N'))).toEqual([
    '5:1 logpoint ReferenceError: nothing is not defined',
    '5:1 logpoint 0.N',
    '6:1 logpoint 0.N',
    '6:1 logpoint Error: A logpoint only reads: it cannot send',
    '6:1 logpoint Error: A logpoint only reads: it cannot start a timer',
    '6:1 logpoint Error: A logpoint only reads: it cannot fetch',
    '6:1 logpoint Error: A logpoint only reads: it cannot write a state',
    '6:1 logpoint Error: A logpoint only reads: it cannot print to the console',
  ]);
});

test('logpoints that cannot work say why, at their column; the others print', async () => {
  const sandbox = await observing({
    sources: handler(`    void message;`),
    logpoints: [
      [5, 'message.'],
      [5, 'a = 1'],
      [5, 'await message'],
      [5, 'ok {message is}'],
      [1, 'message'],
      [5, '1 + 1'],
      [5, '1); evil(); (2'],
      [5, ''],
    ],
  });
  expect(sandbox.logpointFaults.map(({ logpoint, column }) => [logpoint, column])).toEqual([
    [0, 9],
    [1, 1],
    [2, 7],
    [3, 13],
    [4, null],
    [6, 1],
    [7, 1],
  ]);
  expect(sandbox.logpointFaults.map(({ message }) => message)).toEqual([
    expect.stringContaining('Unexpected token'),
    expect.stringContaining('must not assign'),
    expect.stringContaining('`await` cannot be used here'),
    expect.stringContaining('Unexpected token'),
    expect.stringContaining('runs when the code is loaded'),
    expect.stringContaining('not one expression'),
    expect.stringContaining('Write what to print'),
  ]);
});

test('an expression is told from text with braces by whether it parses', () => {
  const kinds = ['{ a: 1 }', 'n', 'n {n}', '{n}', "'{n}'", 'a { b'].map((text) => {
    const read = readLogpoint(text);
    return read.ok ? read.value.parts.map((part) => ('text' in part ? 'text' : 'expression')).join(' ') : read.error.message;
  });
  expect(kinds).toEqual(['expression', 'expression', 'text expression', 'expression', 'expression', 'This brace is not closed.']);
});
