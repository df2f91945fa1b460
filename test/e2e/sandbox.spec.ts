import { expect, test } from '@playwright/test';
import { buildSandboxText } from '../../src/sandbox/build/build-sandbox-text.ts';
import { createNodeHost } from '../../src/sandbox/host/node-host.ts';
import { differProbe, reachProbe } from '../support/hostile-probes.ts';
import { callOnce, compile, teller, told } from '../support/sandbox-calls.ts';
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

const byText = teller(`const text = message.asString();
if (text === 'loop') { for (;;); }
if (text === 'fill') { const kept = []; for (;;) kept.push(new Array(1e6).fill(Math.random())); }
tell(text);`);

test('a call goes from the page through the iframe to the SDK and back', async ({ page }) => {
  const answer = await page.evaluate(
    ([source]) => window.runInSandbox({ 'functions/f.ts': source }, 5000, [[{ to: 't/f', messages: ['hi'] }]]),
    [teller('tell([message.asString(), Date.now(), self.origin]);')] as const,
  );
  expect(answer.report.problems).toEqual([]);
  expect(answer.replies[0]?.told).toEqual([['hi', Date.UTC(2024, 4, 6, 7, 8, 9), null]]);
});

test('hostile code reaches nothing, and no request leaves the page', async ({ page }) => {
  const outside: string[] = [];
  page.on('request', (request) => outside.push(request.url()));
  const before = served.requests.length;
  const answer = await page.evaluate(([source]) => window.runInSandbox({ 'functions/f.ts': source }, 5000, [[{ to: 't/f' }]]), [
    reachProbe,
  ] as const);
  const tries = answer.replies[0]?.told as [string, string][];
  expect(tries.length).toBeGreaterThan(40);
  expect(tries.filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
  // The iframe's own page and the blob of the worker, nothing else.
  const allowed = (url: string): boolean =>
    url.startsWith('blob:') || url === `${served.url}sandbox.html` || url.startsWith(`${served.url}assets/`);
  expect(outside.filter((url) => !allowed(url))).toEqual([]);
  expect(served.requests.slice(before).filter((path) => path !== '/sandbox.html' && !path.startsWith('/assets/'))).toEqual([]);
});

test('code sees the same in Chromium and in Node', async ({ page }) => {
  const answer = await page.evaluate(([source]) => window.runInSandbox({ 'functions/f.ts': source }, 5000, [[{ to: 't/f' }]]), [
    differProbe,
  ] as const);
  const { bundle } = await compile({ 'functions/f.ts': differProbe });
  const sandbox = await createNodeHost(await buildSandboxText()).start(bundle, { invocationLimitMillis: 5000 });
  const inNode = told(await callOnce(sandbox, { to: 't/f' }));
  sandbox.close();
  expect(answer.replies[0]?.told).toEqual(inNode);
});

test('an endless loop leaves the page alive, is named, and a new worker answers', async ({ page }) => {
  await page.evaluate(() => window.takeLongestPause());
  const answer = await page.evaluate(
    ([source]) =>
      window.runInSandbox({ 'functions/f.ts': source }, 3000, [
        ['a', 'loop', 'b'].map((text) => ({ to: 't/f', messages: [text] })),
        [{ to: 't/f', messages: ['c'] }],
      ]),
    [byText] as const,
  );
  expect(answer.replies.map((reply) => reply.outcome.type)).toEqual(['replied', 'timed-out', 'replied', 'replied']);
  expect(answer.replies.map((reply) => reply.told[0])).toEqual(['a', undefined, 'b', 'c']);
  // The loop ran twice, for three seconds and more each time: a page that shared its thread would have paused for as long.
  expect(await page.evaluate(() => window.takeLongestPause())).toBeLessThan(3000);
});

test('a memory bomb leaves the page alive, is named, and a new iframe answers', async ({ page }) => {
  test.setTimeout(420_000);
  // Twice all memory that the process may have is written to before it is known what ended it: on a busy machine that takes minutes.
  // The driver takes the loss of the iframe's process for that of the page, and hears of it no more: the page tells its server.
  await page.evaluate(
    ([source]) => {
      const batch = ['a', 'fill', 'b'].map((text) => ({ to: 't/f', messages: [text] }));
      void window.runInSandbox({ 'functions/f.ts': source }, 180_000, [batch]).then((answer) => {
        const outcome = answer.replies.map((reply) => `${reply.outcome.type}-${String(reply.told[0])}`).join('.');
        return fetch(`./outcome-${outcome}`);
      });
    },
    [byText] as const,
  );
  const outcome = (): string | undefined => served.requests.find((path) => path.startsWith('/outcome-'));
  await expect.poll(outcome, { timeout: 400_000 }).toBe('/outcome-replied-a.sandbox-lost-undefined.replied-b');
});

test('an error that only the engine sees is placed in its file', async ({ page }) => {
  const tooMany = `export const x = 1;\n\nexport const y = Math.max(${Array.from({ length: 70_000 }, () => '0').join()});\n`;
  const answer = await page.evaluate(([f, b]) => window.runInSandbox({ 'functions/a.ts': f, 'functions/b.ts': b }, 5000, []), [
    teller('tell(1);'),
    tooMany,
  ] as const);
  expect(answer.report.problems.map(({ code, path, place }) => [code, path, place?.line])).toEqual([['load-error', 'functions/b.ts', 3]]);
});

test('the sandbox page does nothing in an origin that is not opaque', async ({ page }) => {
  // A host that sends no headers: only the meta tag and the page's own refusal are left.
  await page.route('**/sandbox.html', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ body: await response.text(), contentType: 'text/html' });
  });
  const heard = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'sandbox.html';
    const up: string[] = [];
    window.addEventListener('message', (event: MessageEvent<{ type: string }>) => {
      if (event.source === frame.contentWindow) {
        up.push(event.data.type);
      }
    });
    await new Promise((resolve) => {
      frame.onload = resolve;
      document.body.append(frame);
    });
    const { port1 } = new MessageChannel();
    frame.contentWindow?.postMessage({ type: 'ping', ping: 1 }, '*');
    frame.contentWindow?.postMessage({ type: 'start', sandbox: 1, parts: ['postMessage(1)'], port: port1 }, '*', [port1]);
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    return [...up, frame.contentDocument?.body.textContent ?? ''];
  });
  expect(heard).toEqual(['This page works only inside StateFun Studio.']);
});
