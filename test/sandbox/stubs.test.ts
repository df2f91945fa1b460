import { describe, expect, test } from 'vitest';
import { readStubRules } from '../../src/sandbox/stub-rule.ts';
import { callOnce, teller, told } from '../support/sandbox-calls.ts';
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
  expect(error?.message).toContain(`no stub answers POST ${SCORER}. Add a file such as stubs/service.yaml`);
  expect(error?.stack[0]).toMatchObject({ path: 'functions/f.ts', line: 2 });
  expect(reply.fetches).toEqual([{ method: 'POST', url: SCORER, status: 0, latencyMillis: 0, stub: null }]);
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

test('a decoded stub file is checked rule by rule', () => {
  expect(readStubRules({ stubs: [{ url: 'https://a/*', body: { ok: true } }] })).toEqual({
    ok: true,
    value: [{ url: 'https://a/*', body: { ok: true } }],
  });
  const faults = readStubRules([{ method: 'GET' }, { url: 'x', status: 99, latency: 5 }]);
  expect(faults.ok ? [] : faults.error.map((message) => message.split(':')[0])).toEqual(['Rule 1', 'Rule 2', 'Rule 2']);
  expect(readStubRules('text').ok).toBe(false);
});
