import { expect, test } from 'vitest';
import { handler, markLines, observeOnce, observing } from '../../support/observing-driver.ts';
import { callOf } from '../../support/sandbox-calls.ts';

const states = ['n', 'who'];

test('lines of a function are reached or missed, heads of statements apart from what they hold', async () => {
  const { observation } = await observeOnce(
    {
      sources: handler(
        `    const text = message.asString();`, // 5
        `    if (text === 'a') {`, // 6
        `      context.storage.n = 1;`, // 7
        `    } else if (text === 'b')`, // 8
        `      context.storage.n = 2;`, // 9
        `    else`, // 10
        `      // nothing else`, // 11
        `      return;`, // 12
        ``, // 13
        `    for (const part of [1, 2])`, // 14
        `      context.storage.n = part;`, // 15
        `    const wide = [`, // 16
        `      text,`, // 17
        `      () => text.length,`, // 18
        `    ];`, // 19
        `    function never() {`, // 20
        `      return wide;`, // 21
        `    }`, // 22
        `    switch (text) {`, // 23
        `      case 'a':`, // 24
        `        void wide;`, // 25
        `        break;`, // 26
        `      default:`, // 27
        `        void never;`, // 28
        `    }`, // 29
      ),
    },
    { to: 'lab/f', messages: ['a'], states },
  );
  expect(observation.files).toEqual([
    {
      path: 'functions/f.ts',
      reached: [5, 6, 7, 14, 15, 16, 17, 23, 25, 26],
      missed: [8, 9, 12, 18, 21, 28],
    },
  ]);
});

test('the value of an if and a switch stands at it each time', async () => {
  const { observation } = await observeOnce(
    {
      sources: handler(
        `    const text = message.asString();`,
        `    if (text === 'a') return;`, // 6
        `    if (context.storage.n) return; else if (text.length) {}`, // 7
        `    switch (text) { case 'b': }`, // 8
        `    for (const each of [0, {}]) if (each) ;`, // 9
      ),
    },
    { to: 'lab/f', messages: ['b'], states },
  );
  expect(markLines(observation).filter((line) => line.includes('branch'))).toEqual([
    '6:5 branch false',
    '7:5 branch null',
    '7:41 branch 1',
    '8:5 branch "b"',
    '9:33 branch 0',
    '9:33 branch object',
  ]);
});

test('effects stand at the place in the source where the code asks for them', async () => {
  const { observation } = await observeOnce(
    {
      sources: {
        ...handler(
          `    context.storage.n = (context.storage.n ?? 40) + 2;`, // 5
          `    context.storage.who = { name: 'Ada', seen: [1, 2] };`, // 6
          `    context.send(messageBuilder({ typename: 'lab/g', id: 'x', value: { a: 1 }, valueType: StateFun.jsonType('lab/json') }));`, // 7
          `    context.sendAfter(90_000, messageBuilder({ typename: 'lab/g', id: 'y', value: 7 }), 'later');`, // 8
          `    context.cancelDelayedMessage('later');`, // 9
          `    context.send(egressMessageBuilder({ typename: 'lab/out', value: 'bye', valueType: StateFun.stringType() }));`, // 10
          `    console.log('one', { two: 2 });`, // 11
          `    const answer = await fetch('https://rates.example/eur');`, // 12
          `    delete (await answer.json()).nothing; context.storage.who = null;`, // 13
        ),
        'stubs/rates.yaml': [{ url: 'https://rates.example/*', status: 201, latencyMillis: 12, body: {} }],
      },
    },
    { to: 'lab/f', states },
  );
  expect(markLines(observation)).toEqual([
    '5:42 state-read n = null',
    '5:23 state-write n ← 42',
    `6:25 state-write who ← { name: "Ada", seen: [1, 2] }`,
    '7:13 send → lab/g x: {"a":1}',
    '8:13 send-after in 90 s → lab/g y (later): 7',
    '9:13 cancel cancel later',
    '10:13 egress → lab/out: "bye"',
    '11:13 log one { two: 2 }',
    '12:26 fetch GET https://rates.example/eur → 201, 12 ms',
    '13:63 state-write who deleted',
  ]);
});

test('what is thrown stands at its line, and the messages of a batch are told apart', async () => {
  const { observation, reply } = await observeOnce(
    { sources: handler(`    console.log(message.asString());`, `    if (message.asString() === 'b') null!.x();`) },
    { to: 'lab/f', messages: ['a', 'b'], states },
  );
  expect(observation.marks.map(({ type, message, place }) => [type, message, place.line])).toEqual([
    ['log', 0, 5],
    ['branch', 0, 6],
    ['log', 1, 5],
    ['branch', 1, 6],
    ['error', 1, 6],
  ]);
  expect(reply.outcome).toMatchObject({ type: 'threw', error: { stack: [{ line: 6, column: 43 }] } });
});

test('of a loop the first marks are kept, and how many more there were', async () => {
  const { observation } = await observeOnce(
    { sources: handler(`    for (let i = 0; i < 5000; i++) {`, `      context.storage.n = i;`, `    }`, `    if (true) {}`) },
    { to: 'lab/f', states },
  );
  const marks = markLines(observation);
  expect(marks).toHaveLength(22);
  expect(marks[0]).toBe('6:25 state-write n ← 0');
  expect(marks.slice(-2)).toEqual(['8:5 branch true', '6:25 state-write … and 4980 more']);
});

test('a long text is cut and stands on one line', async () => {
  const { observation } = await observeOnce(
    { sources: handler(`    console.log('first\\nsecond ' + 'x'.repeat(1000));`) },
    { to: 'lab/f', states },
  );
  expect(observation.marks[0]?.text).toBe(`first second ${'x'.repeat(287)}…`);
});

test('nothing of one call is left in the next', async () => {
  const sandbox = await observing({ sources: handler(`    if (message.asString() === 'a') context.storage.n = 1;`) });
  const first = await sandbox.observe(callOf({ to: 'lab/f', messages: ['a'], states }));
  const second = await sandbox.observe(callOf({ to: 'lab/f', messages: ['b'], states }));
  expect(markLines(first.observation)).toEqual(['5:5 branch true', '5:55 state-write n ← 1']);
  expect(markLines(second.observation)).toEqual(['5:5 branch false']);
});

test('a loop that never ends is ended, and the sandbox goes on', async () => {
  const sandbox = await observing({ sources: handler(`    if (message.asString() === 'a') for (;;);`), limitMillis: 1000 });
  const lost = await sandbox.observe(callOf({ to: 'lab/f', messages: ['a'], states }));
  expect(lost.reply.outcome).toMatchObject({ type: 'timed-out', limitMillis: 1000 });
  const next = await sandbox.observe(callOf({ to: 'lab/f', messages: ['b'], states }));
  expect(next.reply.outcome.type).toBe('replied');
});
