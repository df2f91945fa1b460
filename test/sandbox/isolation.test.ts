import { describe, expect, test } from 'vitest';
import { callOf, callOnce, teller, told } from '../support/sandbox-calls.ts';
import { differProbe, reachProbe } from '../support/hostile-probes.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

describe('user code', () => {
  test('reaches no network, storage, other realm, shared memory or code made of text', async () => {
    const sandbox = await startSandbox({ 'functions/f.ts': reachProbe });
    const reply = await callOnce(sandbox, { to: 't/f' });
    const reached = (told(reply) as [string, string][]).filter(([, outcome]) => outcome !== 'refused');
    expect(reached).toEqual([]);
    expect(told(reply).length).toBeGreaterThan(40);
  });

  test('sees the same in two sandboxes, whatever calls came before', async () => {
    const calls = Array.from({ length: 5 }, (_, index) => callOf({ to: 't/f', seed: 3 }, index + 1));
    const first = await (await startSandbox({ 'functions/f.ts': differProbe })).invoke(calls);
    const other = await startSandbox({ 'functions/f.ts': differProbe });
    const [alone] = await other.invoke(calls.slice(0, 1));
    for (const reply of first) {
      expect(told(reply)).toEqual(alone === undefined ? null : told(alone));
    }
  });

  test('sees UTC, en-US and the virtual clock only', async () => {
    const sandbox = await startSandbox({ 'functions/f.ts': differProbe });
    const [clock, parsed, zone, intl] = told(await callOnce(sandbox, { to: 't/f' }));
    const shown = 'Mon May 06 2024 07:08:09 GMT+0000 (Coordinated Universal Time)';
    const at = 1714979289000;
    expect(clock).toEqual([shown, at, shown, at, at]);
    expect(parsed).toEqual(['2024-01-01T12:00:00.000Z', '2024-03-31T02:30:00.000Z', '2024-03-31T02:30:00.000Z', 1704060000000]);
    expect(zone).toEqual([0, 0, 'Invalid Date', '9/9/2001, 1:46:40 AM', '9.9.2001', '01:46:40 GMT+0000 (Coordinated Universal Time)']);
    expect(intl).toEqual(['5/6/2024', 'UTC', '1,234.5', '1,234.5', -1, 'en-US']);
  });

  test('gets other numbers with another seed', async () => {
    const sandbox = await startSandbox({ 'functions/f.ts': teller('tell([Math.random(), crypto.randomUUID()]);') });
    const replies = await sandbox.invoke([1, 2, 1].map((seed, index) => callOf({ to: 't/f', seed }, index + 1)));
    const [a, b, c] = replies.map((reply) => told(reply)[0]);
    expect(a).not.toEqual(b);
    expect(a).toEqual(c);
    expect((a as [number, string])[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('work that is not awaited', () => {
  const source =
    teller(`if (message.asString() === 'first') { setTimeout(() => console.log('late'), 50); void fetch('https://x.test/a'); void (async () => { for (let i = 0; i < 500; i++) await null; console.log('drained'); Math.random(); })(); }
tell(Math.random());`);
  const stubs = [{ url: 'https://x.test/*', latencyMillis: 5, body: 'ok' }];

  test('is cancelled when its call ends, and reported with its line', async () => {
    const sandbox = await startSandbox({ 'functions/f.ts': source, 'stubs/x.yaml': stubs });
    const reply = await callOnce(sandbox, { to: 't/f', messages: ['first'] });
    expect(reply.logs.map(({ level, text, place }) => [level, text.split(',')[0], place?.line])).toEqual([
      ['log', 'drained', 2],
      ['warn', 'A timer was still under way when the function returned', 2],
      ['warn', 'A request was still under way when the function returned', undefined],
    ]);
    expect(reply.extraMillis).toBe(0);
  });

  test('leaves no mark on the calls that share its batch', async () => {
    const sandbox = await startSandbox({ 'functions/f.ts': source, 'stubs/x.yaml': stubs });
    const alone = await callOnce(sandbox, { to: 't/f', messages: ['second'] });
    const [, beside] = await sandbox.invoke([
      callOf({ to: 't/f', messages: ['first'] }, 1),
      callOf({ to: 't/f', messages: ['second'] }, 2),
    ]);
    expect(beside === undefined ? null : told(beside)).toEqual(told(alone));
    expect(beside?.logs).toEqual([]);
  });

  test('is drained before the next call, though the function itself is not asynchronous', async () => {
    const plain =
      teller(`if (message.asString() === 'first') { let chain = Promise.resolve(0); for (let i = 0; i < 500; i++) chain = chain.then(() => i); chain.then(() => console.log('drained', Math.random())); }
tell(Math.random());`).replace('async fn(', 'fn(');
    const sandbox = await startSandbox({ 'functions/f.ts': plain });
    const [first, second] = await sandbox.invoke(
      ['first', 'second'].map((text, index) => callOf({ to: 't/f', messages: [text] }, index + 1)),
    );
    expect([first?.logs.length, second?.logs.length]).toEqual([1, 0]);
    expect(second === undefined ? null : told(second)).toEqual(told(await callOnce(sandbox, { to: 't/f', messages: ['second'] })));
  });
});

test('a reply resolved by a later call is not taken for that call’s own', async () => {
  const source = teller(
    `if (message.asString() === 'wait') { await new Promise((resolve) => { kept = resolve; }); tell('stale'); return; }
kept?.(undefined); await null; await null; tell('own');`,
    'let kept: any;',
  );
  const sandbox = await startSandbox({ 'functions/f.ts': source });
  const [waiting, later] = await sandbox.invoke([callOf({ to: 't/f', messages: ['wait'] }, 1), callOf({ to: 't/f', messages: ['go'] }, 2)]);
  expect(waiting?.outcome.type).toBe('timed-out');
  expect(later === undefined ? null : told(later)).toEqual(['own']);
});
