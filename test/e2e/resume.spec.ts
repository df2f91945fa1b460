import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { item, select } from '../support/e2e/drawing.ts';
import { grouped } from '../../src/app/layout/numbers.ts';
import { ask, traceHash } from '../support/e2e/ask.ts';
import { openTopic } from '../support/e2e/dock.ts';
import { openExample, saved } from '../support/e2e/opening.ts';
import {
  chooseSpeed,
  clock,
  messages,
  messagesReach,
  nextFrame,
  pause,
  play,
  runBar,
  simulate,
  statusBar,
} from '../support/e2e/running.ts';
import { expect, test } from '../support/e2e/studio-test.ts';
import { dieAndReturn } from '../support/e2e/tab-death.ts';
import type { Death } from '../support/e2e/tab-death.ts';

for (const death of ['reload', 'close', 'crash'] as const satisfies readonly Death[]) {
  test(`a run in the middle of its way is there after a ${death}, and goes on`, async ({ context, page }) => {
    await openExample(page, 'fraud-detection');
    await simulate(page);
    await chooseSpeed(page, 'Ten times real time');
    await messagesReach(page, 200);
    const [shown, at] = [await messages(page), await clock(page)];
    const next = await dieAndReturn(context, page, death);
    await expect(runBar(next)).toBeVisible();
    await expect(statusBar(next)).toContainText('Running at 10×');
    await expect.poll(() => messages(next)).toBeGreaterThanOrEqual(shown);
    await messagesReach(next, shown + 100);
    expect(await clock(next)).toBeGreaterThan(at);
    await expect(item(next, 'Function fraud/transaction-manager')).toBeVisible();
  });
}

test('a run that stands is there after a reload as it stood', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await simulate(page);
  await chooseSpeed(page, 'As fast as it goes');
  await messagesReach(page, 2000);
  await pause(page);
  // *Paused* stands at once; an act behind it is answered when all is on disk, and on its way to the screen.
  await ask(page, 'pause', {});
  const hash = await traceHash(page);
  const alerts = (await ask(page, 'read-topics', {})).find(({ topic }) => topic === 'alerts')?.records ?? 0;
  const count = new RegExp(`partitions?, ${grouped(alerts)} records`);
  await expect((await openTopic(page, 'alerts')).getByText(count)).toBeVisible();
  await nextFrame(page);
  const [shown, at] = [await runBar(page).getByRole('timer').textContent(), await clock(page)];
  await page.reload();
  await expect(statusBar(page)).toContainText('Paused');
  await expect(runBar(page).getByRole('timer')).toHaveText(shown ?? '');
  await expect((await openTopic(page, 'alerts')).getByText(count)).toBeVisible();
  expect(await traceHash(page)).toBe(hash);
  await play(page);
  await expect.poll(() => clock(page)).toBeGreaterThan(at);
});

test('an edit that shows Saved is there after the tab has died', async ({ context, page }) => {
  await openExample(page, 'greeter');
  await select(page, 'Kafka ingress greeter/visits');
  const brokers = page.getByRole('textbox', { name: 'Brokers' });
  await brokers.fill('broker-7:9092');
  await brokers.press('Enter');
  await saved(page);
  const next = await dieAndReturn(context, page, 'crash');
  await select(next, 'Kafka ingress greeter/visits');
  await expect(next.getByRole('textbox', { name: 'Brokers' })).toHaveValue('broker-7:9092');
});

test('killing the whole browser in mid-run loses nothing that was shown', async ({ baseURL, launchOptions, viewport }) => {
  const profile = await mkdtemp(join(tmpdir(), 'statefun-studio-profile-'));
  const launch = async (): Promise<{ readonly browser: BrowserContext; readonly page: Page; kill(): Promise<void> }> => {
    const browser = await chromium.launchPersistentContext(profile, {
      ...launchOptions,
      viewport,
      ...(baseURL === undefined ? {} : { baseURL }),
    });
    const page = browser.pages()[0] ?? (await browser.newPage());
    return {
      browser,
      page,
      async kill() {
        const session = await page.context().newCDPSession(page);
        const ended = new Promise((resolve) => browser.once('close', resolve));
        // The answer dies with the browser.
        void session.send('Browser.crash' as 'Browser.close').catch(() => undefined);
        await ended;
      },
    };
  };
  const first = await launch();
  await openExample(first.page, 'fraud-detection');
  await simulate(first.page);
  await chooseSpeed(first.page, 'Ten times real time');
  await messagesReach(first.page, 200);
  const [shown, address] = [await messages(first.page), first.page.url()];
  await first.kill();
  const second = await launch();
  await second.page.goto(address);
  await expect(statusBar(second.page)).toContainText('Running at 10×');
  await expect.poll(() => messages(second.page)).toBeGreaterThanOrEqual(shown);
  await messagesReach(second.page, shown + 100);
  await second.browser.close();
  // Processes of the browser that outlive its end by a moment may still write there.
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
});
