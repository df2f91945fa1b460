import { describe, expect, test } from 'vitest';
import { AT, callOf, callOnce, repliedWith, teller, told } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

describe('calls', () => {
  test('go through the SDK, which asks for the states that a request lacks', async () => {
    const sandbox = await startSandbox({
      'functions/count.ts': `import { StateFun } from 'apache-flink-statefun';
export const count = { typename: 'demo/count', specs: [{ name: 'seen', type: StateFun.intType(), expireAfterWrite: 1000 }], fn(context) { context.storage.seen = (context.storage.seen ?? 0) + 1; } };`,
    });
    expect(repliedWith(await callOnce(sandbox, { to: 'demo/count' }))).toEqual({
      type: 'incomplete',
      missing: [{ name: 'seen', typename: 'io.statefun.types/int', expiration: { mode: 'after-write', millis: 1000 } }],
    });
    expect(repliedWith(await callOnce(sandbox, { to: 'demo/count', states: ['seen'], messages: ['a', 'b'] }))).toEqual({
      type: 'result',
      mutations: [
        {
          type: 'modify',
          name: 'seen',
          value: { typename: 'io.statefun.types/int', hasValue: true, bytes: Uint8Array.of(0x0d, 2, 0, 0, 0) },
        },
      ],
      messages: [],
      delayed: [],
      egresses: [],
    });
  });

  test('of a type without code are answered as such, in their place in the batch', async () => {
    const sandbox = await startSandbox({ 'functions/f.ts': teller('tell(1);') });
    const replies = await sandbox.invoke([callOf({ to: 't/none' }, 1), callOf({ to: 't/f' }, 2), callOf({ to: 't/none' }, 3)]);
    expect(replies.map((reply) => [reply.call, reply.outcome.type])).toEqual([
      [1, 'no-such-function'],
      [2, 'replied'],
      [3, 'no-such-function'],
    ]);
  });

  test('that throw tell the message, the error and the line and column of the source', async () => {
    const line = `  if (text === 'bad') { const order: any = (undefined as any); order.total(); }`;
    const sandbox = await startSandbox({
      'functions/f.ts': teller(`  const text: string = message.asString() as string;\n${line}\n  tell(text);`),
    });
    const reply = await callOnce(sandbox, { to: 't/f', messages: ['good', 'bad', 'never'] });
    expect(reply.outcome).toEqual({
      type: 'threw',
      error: {
        name: 'TypeError',
        message: "Cannot read properties of undefined (reading 'total')",
        stack: [{ path: 'functions/f.ts', line: 3, column: line.indexOf('total') + 1 }],
        messageIndex: 1,
      },
    });
  });
});

describe('the clock of a call', () => {
  test('stands at its virtual time and moves by awaited timers only', async () => {
    const sandbox = await startSandbox({
      'functions/f.ts': teller(`for (let i = 0, n = 0; i < 1e6; i++) n += i;
tell([Date.now(), performance.now(), new Date().toISOString()]);
await new Promise((resolve) => setTimeout(resolve, 86_400_000));
tell([Date.now(), performance.now(), new Date().getHours()]);`),
    });
    const reply = await callOnce(sandbox, { to: 't/f' });
    expect(told(reply)).toEqual([
      [AT, 0, '2024-05-06T07:08:09.000Z'],
      [AT + 86_400_000, 86_400_000, 7],
    ]);
    expect(reply.extraMillis).toBe(86_400_000);
  });
});
