import { expect, test } from 'vitest';
import { callOf, callOnce, teller, told } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

test('console lines carry their level, text, place and message', async () => {
  const sandbox = await startSandbox({
    'functions/f.ts': teller(`console.log('got', message.asString(), { a: [1, 'x', null], at: new Date(0) });
console.warn('%s has %d of %j', 'cart', 3, { b: 1 });
  console.error(new TypeError('odd').message);`),
  });
  const reply = await callOnce(sandbox, { to: 't/f', messages: ['one', 'two'] });
  const lines = (message: number, text: string): unknown[] => [
    ['log', `got ${text} { a: [1, "x", null], at: 1970-01-01T00:00:00.000Z }`, message, 2, 1],
    ['warn', 'cart has 3 of {"b":1}', message, 3, 1],
    ['error', 'odd', message, 4, 3],
  ];
  // The column is that of the called method.
  const seen = reply.logs.map(({ level, text, message, place }) => [
    level,
    text,
    message,
    place?.line,
    (place?.column ?? 0) - 'console.'.length,
  ]);
  expect(seen).toEqual([...lines(0, 'one'), ...lines(1, 'two')]);
});

test('values with traps, circles and great size are shown without harm', async () => {
  const sandbox = await startSandbox({
    'functions/f.ts': teller(`const circle: any = { name: 'c' }; circle.self = circle;
const trap = new Proxy({}, { ownKeys() { throw 1; }, getPrototypeOf() { throw 2; }, get() { throw 3; } });
console.log(circle, trap, [1n, Symbol('s'), -0, undefined, () => 1], new Map([[{ k: 1 }, new Set([2])]]));
console.log('x'.repeat(1e6)); for (let i = 0; i < 5000; i++) console.log(i);`),
  });
  const reply = await callOnce(sandbox, { to: 't/f' });
  expect(reply.logs[0]?.text).toBe(
    '{ name: "c", self: [Circular] } [object that cannot be read] [1n, Symbol(s), -0, undefined, [Function]] Map(1) { { k: 1 } => Set(1) { 2 } }',
  );
  expect(reply.logs[1]?.text.length).toBeLessThan(11_000);
  expect(reply.logs.length).toBe(1001);
  expect(reply.logs[1000]?.level).toBe('warn');
});

test('errors keep their own name and frames over several files, and an error without a stack is an error', async () => {
  const sandbox = await startSandbox({
    'functions/f.ts': teller(`check(message.asString());`, "import { check } from './check';"),
    'functions/check.ts': `class OrderError extends Error { override name = 'OrderError'; }
export function check(text: string): void {
  if (text === 'order') { throw new OrderError('no such order'); }
  throw { reason: text };
}`,
  });
  const [own, thrown] = await sandbox.invoke(['order', 'odd'].map((text, index) => callOf({ to: 't/f', messages: [text] }, index + 1)));
  expect(own?.outcome).toMatchObject({
    type: 'threw',
    error: {
      name: 'OrderError',
      message: 'no such order',
      messageIndex: 0,
      stack: [
        { path: 'functions/check.ts', line: 3 },
        { path: 'functions/f.ts', line: 2 },
      ],
    },
  });
  // The value knows no place: the call is executed once more to see what it did last.
  const stack = [{ path: 'functions/check.ts', line: 4, column: 3 }];
  expect(thrown?.outcome).toEqual({ type: 'threw', error: { name: 'Thrown', message: '{ reason: "odd" }', stack, messageIndex: 0 } });
});

test('an error of the SDK’s own outside of the function is told', async () => {
  const sandbox = await startSandbox({
    'functions/f.ts': teller(
      'const made = egressMessageBuilder({ typename: "t/out", value: 1, valueType: JSON_TYPE }) as any; context.send(new made.constructor("no-namespace", made.typedValue));',
    ),
  });
  const { outcome } = await callOnce(sandbox, { to: 't/f' });
  expect(outcome).toEqual({
    type: 'threw',
    error: { name: 'Error', message: 'Unable to find a / in no-namespace', stack: [], messageIndex: null },
  });
});

test('calls that log and ask without measure are all answered, each with its own lines up to the limit', async () => {
  const sandbox = await startSandbox({
    'functions/f.ts': teller(
      `const text = 'x'.repeat(20_000); for (let i = 0; i < 2000; i += 1) console.log(text); for (let i = 0; i < 1500; i += 1) await fetch('https://x.test/'); tell(context.self.id);`,
    ),
    'stubs/x.yaml': [{ url: '*' }],
  });
  const replies = await sandbox.invoke(Array.from({ length: 12 }, (_, index) => callOf({ to: 't/f', id: `n-${index}` }, index + 1)));
  expect(replies.map((reply) => told(reply)[0])).toEqual(replies.map((_, index) => `n-${index}`));
  expect(new Set(replies.map(({ logs, fetches }) => `${logs.length} ${fetches.length}`))).toEqual(new Set(['1001 1000']));
});
