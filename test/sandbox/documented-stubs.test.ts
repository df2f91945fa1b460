/** The rules and the script of docs/stubs.md do what it says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { readStubFile } from '../../src/module-yaml/read-stub-file.ts';
import { STUB_RULE_KEYS } from '../../src/model/stub-rule.ts';
import { callOf, callOnce, teller, told } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

const manual = readFileSync('docs/stubs.md', 'utf8');

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(manual)?.[1] ?? '';
}

/** Asks one after the other; tells `[status or the error's name, body, ms]` of each. */
function asking(...requests: readonly (readonly [url: string, init: object])[]): string {
  return teller(`const seen: unknown[] = [];
for (const [url, init] of ${JSON.stringify(requests)} as [string, object][]) {
  const from = performance.now();
  try { const r = await fetch(url, { ...init, signal: AbortSignal.timeout(1000) }); seen.push([r.status, await r.text(), performance.now() - from]); } catch (e) { seen.push([(e as Error).name, '', performance.now() - from]); }
}
tell(seen);`);
}

const post = (value: unknown): object => ({ method: 'POST', body: JSON.stringify(value) });

async function seen(text: string, attempt = 1, seed = 1): Promise<(readonly [unknown, string, number])[]> {
  const { rules, problems } = readStubFile(filePath('stubs/rules.yaml'), block('yaml'));
  expect(problems).toEqual([]);
  const sandbox = await startSandbox({
    'functions/f.ts': text,
    'stubs/rules.yaml': rules,
    'stubs/convert.ts': block('ts'),
    'stubs/rates.ts': `export const rates: Record<string, number> = { EUR: 2 };`,
  });
  expect(sandbox.report.problems).toEqual([]);
  const [reply] = await sandbox.invoke([{ ...callOf({ to: 't/f', seed }), attempt }]);
  return reply === undefined ? [] : ((told(reply)[0] ?? []) as (readonly [unknown, string, number])[]);
}

test('a rule answers with placeholders filled, after a latency from its range', async () => {
  const [[status, body, millis] = []] = await seen(asking(['https://scores.example/v1/score/m-7', post({ amount: 5 })]));
  expect([status, JSON.parse(body ?? '')]).toEqual([200, { merchant: 'm-7', score: 12, echo: 5 }]);
  expect(millis).toBeGreaterThanOrEqual(20);
  expect(millis).toBeLessThanOrEqual(80);
});

test('answers come in turn, in a call and from attempt to attempt', async () => {
  const flaky = ['https://flaky.example/x', {}] as const;
  expect((await seen(asking(flaky, flaky, flaky, flaky))).map(([status]) => status)).toEqual([503, 'TypeError', 200, 200]);
  expect((await seen(asking(flaky), 2)).map(([status]) => status)).toEqual(['TypeError']);
  expect((await seen(asking(flaky), 3)).map(([status, body]) => [status, body])).toEqual([[200, 'fine']]);
});

test('some requests are never answered, by chance, and each third is refused', async () => {
  const many = Array.from({ length: 100 }, () => ['https://slow.example/x', {}] as const);
  const waited = (await seen(asking(...many))).filter(([status, , millis]) => status === 'TimeoutError' && millis === 1000);
  expect(waited.length).toBeGreaterThan(0);
  expect(waited.length).toBeLessThan(40);
  const limited = ['https://limited.example/', {}] as const;
  expect((await seen(asking(limited, limited, limited, limited))).map(([status]) => status)).toEqual([200, 200, 429, 200]);
});

test('the script computes its answers', async () => {
  const convert = (currency: string) => ['https://rates.example/convert', post({ currency, amount: 3 })] as const;
  const answers = await seen(asking(convert('EUR'), convert('EUR'), convert('XXX')));
  expect(answers.map(([status, , millis]) => [status, millis])).toEqual([
    ['TypeError', 200],
    [200, 30],
    [404, 0],
  ]);
  expect(JSON.parse(answers[1]?.[1] ?? '')).toEqual({ amount: 6, fee: expect.toBeOneOf([1, 2]) });
});

test('every field of a rule is described', () => {
  const described = [...manual.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect([...STUB_RULE_KEYS].filter((key) => !described.includes(key))).toEqual([]);
});

test('a request that nothing answers throws', async () => {
  const sandbox = await startSandbox({ 'functions/f.ts': teller(`await fetch('https://nobody.example/');`) });
  expect((await callOnce(sandbox, { to: 't/f' })).outcome.type).toBe('threw');
});
