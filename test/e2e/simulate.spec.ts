import { canvas, item } from '../support/e2e/drawing.ts';
import { filterMessages, messageInspector, openTab, openTopic, rows, stateOf } from '../support/e2e/dock.ts';
import { openExample } from '../support/e2e/opening.ts';
import {
  chooseSpeed,
  clock,
  steps,
  idle,
  messages,
  messagesReach,
  pause,
  play,
  runBar,
  sendRecord,
  simulate,
  statusBar,
} from '../support/e2e/running.ts';
import { setSeed, stopFeeds } from '../support/e2e/settings.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

const DAY = 24 * 60 * 60 * 1000;

test('messages move along the edges, and items count what they handle', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await simulate(page);
  await expect(statusBar(page)).toContainText('Running at 1×');
  await messagesReach(page, 30);
  await expect(item(page, 'Function fraud/transaction-manager').getByTitle('Instances: addresses seen')).toHaveText(/^[1-9]/);
  await expect
    .poll(async () => (await canvas(page).locator('[data-run="count"]').allTextContents()).filter((text) => Number(text) > 0).length)
    .toBeGreaterThan(5);
});

test('alerts appear under Topics, each above the threshold', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await simulate(page);
  await chooseSpeed(page, 'As fast as it goes');
  await messagesReach(page, 3000);
  await pause(page);
  const panel = await openTopic(page, 'alerts');
  const cells = rows(panel, 'Records of alerts').locator('[role="gridcell"]:nth-child(5)');
  await expect(cells.first()).toBeVisible();
  const values = await cells.allTextContents();
  for (const value of values) {
    const alert = JSON.parse(value) as { readonly score: number; readonly account: string };
    expect(alert.score).toBeGreaterThan(80);
    expect(alert.account).toMatch(/^acct-\d{4}$/);
  }
});

test('State shows each address’s values, decoded', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await simulate(page);
  await chooseSpeed(page, 'As fast as it goes');
  await messagesReach(page, 3000);
  await pause(page);
  const state = await stateOf(page, 'fraud/merchant-scorer', 'crypto-atm');
  await expect(state.getByRole('group', { name: 'Value of score' })).toHaveText('97');
  await expect(state).toContainText('io.statefun.types/int');
  await expect(state).toContainText(/expires Day \d+|expired/);
});

test('a message shows its payload, the protocol, the state before and after, its conversation and its line of code', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await simulate(page);
  await messagesReach(page, 12);
  await pause(page);
  const list = await filterMessages(page, { events: 'Messages', text: 'tx-000001' });
  await rows(list, 'Events').filter({ hasText: 'tx-000001' }).filter({ hasText: 'query-fraud' }).first().click();
  const message = messageInspector(page);
  await expect(message.getByRole('group', { name: 'Payload' })).toContainText('"tx-000001"');
  await expect(message.getByRole('group', { name: 'FromFunction' })).toContainText('send to fraud/transaction-manager');
  await message.getByRole('radio', { name: 'ToFunction' }).click();
  await expect(message.getByRole('group', { name: 'ToFunction' })).toContainText('fraud.types/query-fraud');
  // The record's way in, the manager's question, this message, its answer.
  const ways = await message.locator('[title*="→"]').evaluateAll((links) => links.map((link) => link.getAttribute('title') ?? ''));
  expect(ways.some((way) => way.includes('fraud/transactions → fraud/transaction-manager'))).toBe(true);
  expect(ways.some((way) => /fraud\/transaction-manager \S+ → fraud\/fraud-count/.test(way))).toBe(true);
  expect(ways.some((way) => /fraud\/fraud-count \S+ → fraud\/transaction-manager/.test(way))).toBe(true);
  // One step up the conversation: the call that the ingress caused, which changed the manager's state.
  await message.getByRole('button', { name: 'Previous in conversation' }).click();
  await expect(message.getByRole('group', { name: /^State of transaction-manager/ })).toContainText('+');
  await message.getByRole('button', { name: 'Jump to code' }).click();
  await expect(page.getByRole('region', { name: 'Code' })).toContainText('TransactionManager');
});

test('Pause holds the clock, Step takes one step of the engine, and the speed can be chosen', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await simulate(page);
  await messagesReach(page, 3);
  await pause(page);
  await runBar(page).getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => steps(page)).toBe(0);
  for (const handled of [1, 2, 3]) {
    await runBar(page).getByRole('button', { name: 'Step' }).click();
    await expect.poll(() => steps(page)).toBe(handled);
  }
  const at = await clock(page);
  for (const [name, words] of [
    ['Half of real time', '0.5×'],
    ['Ten times real time', '10×'],
    ['As fast as it goes', 'max'],
  ] as const) {
    await chooseSpeed(page, name);
    await play(page);
    await expect(statusBar(page)).toContainText(`Running at ${words}`);
    await pause(page);
  }
  await expect.poll(() => clock(page)).toBeGreaterThan(at);
});

test('Reset starts over with the seed of the settings', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await simulate(page);
  await messagesReach(page, 3);
  await pause(page);
  await expect(runBar(page)).toContainText('7f3a-0c21');
  await setSeed(page, 'another');
  await runBar(page).getByRole('button', { name: 'Reset' }).click();
  await expect(runBar(page)).toContainText('another');
  await expect.poll(() => messages(page)).toBe(0);
  await expect.poll(() => clock(page)).toBe(0);
});

test('To next timer jumps 30 days, and the fraud count expires through the message that fraud-count sent itself', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await stopFeeds(page, ['transactions', 'confirmations']);
  await simulate(page);
  await sendRecord(page, {
    topic: 'fraud-confirmations',
    key: 'acct-0007',
    value: '{"account":"acct-0007","transaction":"old-1"}',
  });
  const state = await stateOf(page, 'fraud/fraud-count', 'acct-0007');
  await expect(state.getByRole('group', { name: 'Value of fraud_count' })).toHaveText('1');
  const timers = await openTab(page, 'Timers');
  await expect(rows(timers, 'Delayed messages')).toHaveCount(1);
  await pause(page);
  const before = await clock(page);
  await runBar(page).getByRole('button', { name: 'To next timer' }).click();
  await expect.poll(() => clock(page)).toBeGreaterThan(before + 29.9 * DAY);
  expect(await clock(page)).toBeLessThan(before + 30.1 * DAY);
  // Nothing but the expiry and a checkpoint is left: it may be over before one sees it run.
  await runBar(page).getByRole('button', { name: 'Play' }).click();
  await chooseSpeed(page, 'As fast as it goes');
  await idle(page);
  const after = await stateOf(page, 'fraud/fraud-count', 'acct-0007');
  await expect(after).toContainText('No value is stored for this address.');
  const list = await filterMessages(page, { text: 'expire-fraud' });
  await expect(rows(list, 'Events').filter({ hasText: 'Timer set' })).toHaveCount(1);
});
