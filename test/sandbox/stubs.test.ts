import { describe, expect, test } from 'vitest';
import type { StubRule } from '../../src/model/stub-rule.ts';
import { AT, callOf, callOnce, teller, told } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

const SCORER = 'https://scores.test/v1/merchants/m-7?currency=EUR';
const ask =
  teller(`const response = await fetch('${SCORER}', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ amount: 12, owner: { name: 'Ada' } }) });
tell([response.status, response.ok, response.headers.get('content-type'), await response.json()]);`);

describe('a rule of a YAML stub', () => {
  test('answers with placeholders filled, after its latency on the virtual clock', async () => {
    const sandbox = await startSandbox({
      'functions/f.ts': ask,
      'stubs/scores.yaml': [
        { method: 'GET', url: 'https://scores.test/*', body: 'wrong method' },
        {
          method: 'POST',
          url: 'https://scores.test/*/merchants/*',
          status: 201,
          latencyMillis: 40,
          body: {
            id: '{{path.2}}',
            amount: '{{body.amount}}',
            text: 'for {{body.owner.name}} in {{query.currency}}',
            none: '{{query.none}}',
          },
        },
      ],
    });
    const reply = await callOnce(sandbox, { to: 't/f' });
    expect(told(reply)).toEqual([[201, true, 'application/json', { id: 'm-7', amount: 12, text: 'for Ada in EUR', none: '' }]]);
    expect(reply.fetches).toEqual([{ method: 'POST', url: SCORER, status: 201, latencyMillis: 40, stub: 'stubs/scores.yaml' }]);
    expect(reply.extraMillis).toBe(40);
  });

  test('can break the connection', async () => {
    const sandbox = await startSandbox({
      'functions/f.ts': ask,
      'stubs/scores.yaml': [{ url: 'https://scores.test/*', fail: 'network', latencyMillis: 3 }],
    });
    const reply = await callOnce(sandbox, { to: 't/f' });
    expect(reply.outcome.type === 'threw' ? [reply.outcome.error.name, reply.outcome.error.stack[0]?.line] : null).toEqual([
      'TypeError',
      2,
    ]);
    expect(reply.fetches.map(({ status, latencyMillis }) => [status, latencyMillis])).toEqual([[0, 3]]);
  });
});

describe('a stub in TypeScript', () => {
  test('computes its answer, with chance from the call’s seed', async () => {
    const sandbox = await startSandbox({
      'functions/f.ts': ask,
      'stubs/scores.ts': `import { base } from './rates';
export const stub = { method: 'POST', url: 'https://scores.test/*', async respond({ path, query, json, headers }: any) {
  await new Promise((resolve) => setTimeout(resolve, 10));
  return { body: { path, query, amount: json.amount * base, type: headers['content-type'], chance: Math.random() < 2 }, latencyMillis: 5 };
} };`,
      'stubs/rates.ts': 'export const base = 3; export const stubs = [];',
    });
    const reply = await callOnce(sandbox, { to: 't/f' });
    expect(told(reply)).toEqual([
      [
        200,
        true,
        'application/json',
        { path: '/v1/merchants/m-7', query: { currency: 'EUR' }, amount: 36, type: 'application/json', chance: true },
      ],
    ]);
    expect([reply.extraMillis, reply.fetches[0]?.stub]).toEqual([15, 'stubs/scores.ts']);
  });

  test('that throws fails the call in its own file', async () => {
    const sandbox = await startSandbox({
      'functions/f.ts': ask,
      'stubs/scores.ts': `export const stub = { url: '*', respond() {\n  throw new RangeError('broken stub');\n} };`,
    });
    const { outcome } = await callOnce(sandbox, { to: 't/f' });
    expect(
      outcome.type === 'threw'
        ? [outcome.error.name, outcome.error.message, outcome.error.stack[0]?.path, outcome.error.stack[0]?.line]
        : null,
    ).toEqual(['RangeError', 'broken stub', 'stubs/scores.ts', 2]);
  });

  test('without a stub to export, or with a broken one, is a problem', async () => {
    const { report } = await startSandbox({
      'functions/f.ts': ask,
      'stubs/a.ts': 'export const x = 1;',
      'stubs/b.ts': 'export const stub = { url: "*" };',
    });
    expect(report.problems.map(({ code, path }) => [code, path])).toEqual([
      ['bad-stub', 'stubs/a.ts'],
      ['bad-stub', 'stubs/b.ts'],
    ]);
  });
});

test('a request that no stub answers says how to add one, at the line that made it', async () => {
  const sandbox = await startSandbox({ 'functions/f.ts': ask });
  const reply = await callOnce(sandbox, { to: 't/f' });
  const error = reply.outcome.type === 'threw' ? reply.outcome.error : null;
  expect(error?.message).toContain(
    `no stub answers POST ${SCORER}. Add a rule to a file such as stubs/service.yaml: - { method: POST, url: "https://scores.test/v1/merchants/m-7?*"`,
  );
  expect(error?.stack[0]).toMatchObject({ path: 'functions/f.ts', line: 2 });
  const body = '{"amount":12,"owner":{"name":"Ada"}}';
  const unanswered = { method: 'POST', url: SCORER, status: 0, latencyMillis: 0, stub: null, body };
  expect(reply.fetches).toEqual([unanswered]);
  expect(error?.unanswered).toEqual(unanswered);
  expect(reply.logs.map(({ level, text, place, unanswered: told }) => [level, text, place?.line, told])).toEqual([
    ['warn', `No stub answers POST ${SCORER}.`, 2, unanswered],
  ]);
});

test('a time limit of the function’s own ends a slow request on the virtual clock', async () => {
  const sandbox = await startSandbox({
    'functions/f.ts': teller(
      `try { await fetch('https://slow.test/', { signal: AbortSignal.timeout(100) }); } catch (error) { tell([(error as Error).name, performance.now()]); }`,
    ),
    'stubs/slow.yaml': [{ url: 'https://slow.test/', latencyMillis: 5000 }],
  });
  const reply = await callOnce(sandbox, { to: 't/f' });
  expect(told(reply)).toEqual([['TimeoutError', 100]]);
  expect(reply.logs).toEqual([]);
});

test('requests under way at once take the time of the slowest', async () => {
  const sandbox = await startSandbox({
    'functions/f.ts': teller(
      `const texts = await Promise.all(['30', '10', '20'].map(async (millis) => (await fetch('https://x.test/' + millis)).text())); tell([texts, performance.now()]);`,
    ),
    'stubs/x.yaml': ['10', '20', '30'].map((millis) => ({
      url: `https://x.test/${millis}`,
      latencyMillis: Number(millis),
      body: `after ${millis}`,
    })),
  });
  expect(told(await callOnce(sandbox, { to: 't/f' }))).toEqual([[['after 30', 'after 10', 'after 20'], 30]]);
});

describe('answers that differ', () => {
  /** Statuses (0 for a broken connection) of so many requests, one after the other, in one call. */
  const asking = (count: number): string =>
    teller(
      `const seen: unknown[] = []; for (let i = 0; i < ${count}; i += 1) { const from = performance.now(); let status = 0; try { status = (await fetch('https://x.test/a')).status; } catch {} seen.push([status, performance.now() - from]); } tell(seen);`,
    );

  test('come in turn, the last one for all that follow, and go on with the attempts of a call', async () => {
    const rule = { url: 'https://x.test/*', status: 200, answers: [{ status: 503 }, { fail: 'network' as const }, { latencyMillis: 7 }] };
    const sandbox = await startSandbox({ 'functions/f.ts': asking(4), 'stubs/x.yaml': [rule] });
    const attempts = await sandbox.invoke([callOf({ to: 't/f' }), { ...callOf({ to: 't/f' }, 2), attempt: 2 }, callOf({ to: 't/f' }, 3)]);
    const first = [
      [503, 0],
      [0, 0],
      [200, 7],
      [200, 7],
    ];
    expect(attempts.map((reply) => told(reply)[0])).toEqual([
      first,
      [
        [0, 0],
        [200, 7],
        [200, 7],
        [200, 7],
      ],
      first,
    ]);
  });

  test('fail each n-th time', async () => {
    const rule = { url: 'https://x.test/*', fail: { kind: 503, every: 3 } };
    const sandbox = await startSandbox({ 'functions/f.ts': asking(6), 'stubs/x.yaml': [rule] });
    expect((told(await callOnce(sandbox, { to: 't/f' }))[0] as number[][]).map(([status]) => status)).toEqual([
      200, 200, 503, 200, 200, 503,
    ]);
  });

  test('fail and take their time by a chance that the call’s seed decides, and leave the function’s own chance alone', async () => {
    const text = teller(
      `const before = Math.random(); const seen = []; for (let i = 0; i < 200; i += 1) { const from = performance.now(); let ok = true; try { await fetch('https://x.test/a'); } catch { ok = false; } seen.push([ok, performance.now() - from]); } tell([before, Math.random(), seen]);`,
    );
    const rule = { url: '*', latencyMillis: { from: 10, to: 12 }, fail: { kind: 'network' as const, probability: 0.25 } };
    const told3 = async (rules: readonly StubRule[], seed: number): Promise<unknown> =>
      told(await callOnce(await startSandbox({ 'functions/f.ts': text, 'stubs/x.yaml': rules }), { to: 't/f', seed }))[0];
    const [one, again, other, plain] = (await Promise.all([
      told3([rule], 1),
      told3([rule], 1),
      told3([rule], 2),
      told3([{ url: '*' }], 1),
    ])) as [number, number, [boolean, number][]][];
    expect(again).toEqual(one);
    expect(other?.[2]).not.toEqual(one?.[2]);
    expect(plain?.slice(0, 2)).toEqual(one?.slice(0, 2));
    const millis = new Set(one?.[2].map(([, latency]) => latency));
    expect([...millis].toSorted()).toEqual([10, 11, 12]);
    const failed = one?.[2].filter(([ok]) => !ok).length ?? 0;
    // A quarter of 200, give or take four standard deviations (6.1 each).
    expect(Math.abs(failed - 50)).toBeLessThan(25);
  });

  test('keep a request waiting for ever, until the function gives up or its time is over', async () => {
    const rule = { url: 'https://x.test/*', fail: 'timeout' as const };
    const patient = await startSandbox({ 'functions/f.ts': asking(1), 'stubs/x.yaml': [rule] });
    const hung = await callOnce(patient, { to: 't/f' });
    expect(hung.outcome.type).toBe('timed-out');
    expect(hung.logs[0]?.text).toBe('GET https://x.test/a: stubs/x.yaml lets this request wait for ever.');
    const gives = teller(
      `try { await fetch('https://x.test/a', { signal: AbortSignal.timeout(40) }); } catch (error) { tell([(error as Error).name, performance.now()]); }`,
    );
    const impatient = await startSandbox({ 'functions/f.ts': gives, 'stubs/x.yaml': [rule] });
    expect(told(await callOnce(impatient, { to: 't/f' }))).toEqual([['TimeoutError', 40]]);
  });

  test('are filled from the request, its turn and the call', async () => {
    const body = {
      m: '{{method}}',
      u: '{{url}}',
      h: '{{headers.x-id}}',
      turn: '{{turn}}',
      n: '{{attempt}}',
      t: '{{now}}',
      raw: '{{text}}',
      id: '{{uuid}}',
      r: '{{random}}',
    };
    const text = teller(
      `const ask = async () => (await fetch('https://x.test/%zz', { method: 'PUT', headers: { 'X-Id': '7' }, body: 'plain' })).json(); tell([await ask(), await ask()]);`,
    );
    const sandbox = await startSandbox({ 'functions/f.ts': text, 'stubs/x.yaml': [{ url: '*', body }] });
    const [[first, second]] = told(await callOnce(sandbox, { to: 't/f' })) as [[Record<string, unknown>, Record<string, unknown>]];
    expect(first).toMatchObject({ m: 'PUT', u: 'https://x.test/%zz', h: '7', turn: 1, n: 1, t: AT, raw: 'plain' });
    expect(second).toMatchObject({ turn: 2 });
    expect(first['id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(second['id']).not.toBe(first['id']);
    expect(first['r']).toBeLessThan(1);
  });
});
