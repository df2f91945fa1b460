import { expect, test } from '@playwright/test';
import { teller } from '../support/sandbox-calls.ts';
import { serveSandboxPage } from '../support/sandbox-page/serve.ts';
import type { ServedPage } from '../support/sandbox-page/serve.ts';

let served: ServedPage;
test.beforeAll(async () => {
  served = await serveSandboxPage();
});
test.afterAll(() => served.close());
test.beforeEach(async ({ page }) => {
  await page.goto(served.url);
});

test('a call goes from the page through the iframe to the SDK and back', async ({ page }) => {
  const answer = await page.evaluate(([source]) => window.runInSandbox({ 'functions/f.ts': source }, 5000, [[{ to: 't/f', messages: ['hi'] }]]), [
    teller('tell([message.asString(), Date.now(), Math.random()]);'),
  ] as const);
  expect(answer.report.problems).toEqual([]);
  expect(answer.replies[0]?.told).toEqual([['hi', Date.UTC(2024, 4, 6, 7, 8, 9), expect.any(Number)]]);
});
