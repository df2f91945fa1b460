import { describe, expect, test } from 'vitest';
import { callOf, callOnce, teller, told } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

/** Ample for calls that come back, cold as their workers are and however busy the machine is. */
const LIMIT = 1500;

const byText = `const text = message.asString();
if (text === 'loop') { for (;;); }
if (text === 'spin') { for (;;) await null; }
if (text === 'fill') { const kept = []; for (;;) kept.push(new Array(1e5).fill(Math.random())); }
if (text === 'hang') { await new Promise(() => undefined); }
tell(text);`;

describe('a call that never ends', () => {
  test.each(['loop', 'spin'])('(%s) is named, and every other call of its batches has its own reply', async (kind) => {
    const sandbox = await startSandbox({ 'functions/f.ts': teller(byText) }, LIMIT);
    const texts = ['a', 'b', kind, 'c', 'd'];
    const first = sandbox.invoke(texts.map((text, index) => callOf({ to: 't/f', messages: [text] }, index + 1)));
    const second = sandbox.invoke([callOf({ to: 't/f', messages: ['e'] }, 6)]);
    const replies = [...(await first), ...(await second)];
    expect(replies.map((reply) => reply.call)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(replies[2]?.outcome).toMatchObject({ type: 'timed-out', limitMillis: LIMIT });
    expect(replies.filter((_reply, index) => index !== 2).map((reply) => told(reply)[0])).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('because it waits for what nothing can settle is told so at once, without real time passing', async () => {
    const sandbox = await startSandbox({ 'functions/f.ts': teller(byText) }, 60_000);
    const reply = await callOnce(sandbox, { to: 't/f', messages: ['hang'] });
    expect(reply.outcome.type).toBe('timed-out');
    expect(reply.logs.map((line) => line.level)).toEqual(['error']);
    expect(told(await callOnce(sandbox, { to: 't/f', messages: ['next'] }))).toEqual(['next']);
  });
});

test('a call that fills memory loses its sandbox, and the calls around it are answered', async () => {
  const sandbox = await startSandbox({ 'functions/f.ts': teller(byText) }, 30_000);
  const replies = await sandbox.invoke(['a', 'fill', 'b'].map((text, index) => callOf({ to: 't/f', messages: [text] }, index + 1)));
  expect(replies.map((reply) => reply.outcome.type)).toEqual(['replied', 'sandbox-lost', 'replied']);
});

test('a batch that takes longer than the limit as a whole is not a call that does', async () => {
  const busy = teller(`let n = 0; for (let i = 0; i < 3e7; i++) n += i % 7; tell(n);`);
  const sandbox = await startSandbox({ 'functions/f.ts': busy }, LIMIT);
  const callTimes = (count: number) => sandbox.invoke(Array.from({ length: count }, (_, index) => callOf({ to: 't/f' }, index + 1)));
  await callTimes(2);
  // So many as take twice the limit on this machine.
  const from = performance.now();
  await callTimes(5);
  const count = Math.ceil((2 * LIMIT * 5) / (performance.now() - from));
  const replies = await callTimes(count);
  expect(replies.map((reply) => reply.outcome.type)).toEqual(Array.from({ length: count }, () => 'replied'));
});

test('closing answers what is still asked', async () => {
  const sandbox = await startSandbox({ 'functions/f.ts': teller(byText) }, 60_000);
  const asked = sandbox.invoke([callOf({ to: 't/f', messages: ['loop'] })]);
  sandbox.close();
  expect((await asked).map((reply) => reply.outcome.type)).toEqual(['sandbox-lost']);
});

test('code that never finishes loading is named with its file and its loop', async () => {
  const endless = 'const f = (list: number[]) => { for (const x of list) f([x]); };\nf([]);\nfor (;;);';
  const sandbox = await startSandbox({ 'functions/a.ts': teller('tell(1);'), 'functions/b.ts': endless }, LIMIT, 1000);
  expect(sandbox.report.functions).toEqual([]);
  expect(sandbox.report.problems.map(({ code, path, place }) => [code, path, place?.line, place?.column])).toEqual([
    ['load-error', 'functions/b.ts', 3, 1],
  ]);
});

test('an early error that only the engine sees is placed in its file', async () => {
  // V8 takes at most 65,535 arguments; parsers do not count them.
  const tooMany = `export const x = 1;\n\nexport const y = Math.max(${Array.from({ length: 70_000 }, () => '0').join()});\n`;
  const sandbox = await startSandbox({ 'functions/a.ts': teller('tell(1);'), 'functions/b.ts': tooMany });
  expect(sandbox.report.problems.map(({ code, path, place }) => [code, path, place?.line])).toEqual([['load-error', 'functions/b.ts', 3]]);
});

test('a rejection that nothing handles is told once, at its line, and changes no answer', async () => {
  const text = teller(`void (async () => {\n  await null;\n  throw new RangeError('nobody cares');\n})(); tell(context.self.id);`);
  const sandbox = await startSandbox({ 'functions/f.ts': text });
  let growths = 0;
  sandbox.onReport = () => (growths += 1);
  const calls = ['a', 'b', 'c'].map((id, index) => callOf({ to: 't/f', id }, index + 1));
  expect((await sandbox.invoke(calls)).map((reply) => told(reply)[0])).toEqual(['a', 'b', 'c']);
  // The engine says so after the answers: one more call, and it is there.
  await sandbox.invoke([callOf({ to: 't/f', id: 'd' }, 4)]);
  expect(sandbox.report.problems.map(({ code, path, place }) => [code, path, place?.line])).toEqual([
    ['unhandled-rejection', 'functions/f.ts', 4],
  ]);
  expect(sandbox.report.problems[0]?.message).toContain('RangeError: nobody cares');
  expect(growths).toBe(1);
});
