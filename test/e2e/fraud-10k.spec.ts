import { virtualTime } from '../../src/base/ids.ts';
import type { Page } from '@playwright/test';
import { loadExample } from '../support/load-example.ts';
import { fraudCounts, fraudOutcome, makeFraudInput } from '../support/straight-line/fraud-detection.ts';
import type { FraudAlert } from '../support/straight-line/fraud-detection.ts';
import { withFeeds } from '../support/straight-line/timed-input.ts';
import { ask, statesOf, topicValues, traceEvents } from '../support/e2e/ask.ts';
import { openTab } from '../support/e2e/dock.ts';
import { openZip } from '../support/e2e/opening.ts';
import { chooseSpeed, clock, idle, pause, simulate, statusBar } from '../support/e2e/running.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

const DAY = 24 * 60 * 60 * 1000;
const TRANSACTIONS = 10_000;

/** Runs as fast as it goes until so many virtual ms after the start, and stands there. */
async function runTo(page: Page, startAt: number, sinceStart: number): Promise<void> {
  await ask(page, 'run-until', { at: virtualTime(startAt + sinceStart) });
  await expect.poll(() => clock(page), { timeout: 120_000 }).toBe(sinceStart);
  await expect(statusBar(page)).toContainText('Paused');
}

/** An int state as the SDK stores it: field 1 as fixed32, and no bytes for 0. */
function intOf(bytes: Uint8Array): number {
  return bytes.length === 0 ? 0 : Buffer.from(bytes).readInt32LE(1);
}

test('10,000 transactions: each is decided once, and counts and alerts are those of a straight-line calculation', async ({ page }) => {
  test.setTimeout(420_000);
  const input = makeFraudInput(11, TRANSACTIONS);
  const expected = fraudOutcome(input.records);
  await openZip(page, 'fraud-10k', withFeeds(loadExample('fraud-detection'), input));
  await simulate(page);
  await pause(page);
  await chooseSpeed(page, 'As fast as it goes');
  const startAt = Date.UTC(2026, 0, 1);
  const counted = async () =>
    new Map(
      (await statesOf(page, 'fraud/fraud-count', 'fraud_count'))
        .map(([id, bytes]) => [id, intOf(bytes)] as const)
        .filter(([, count]) => count > 0),
    );
  for (const at of input.quietTimes) {
    await runTo(page, startAt, at);
    expect(sorted(await counted())).toEqual(sorted(fraudCounts(input.records, at)));
  }
  // The last fraud expires 30 days after its confirmation; then there is nothing left that could happen.
  await ask(page, 'run-until', { at: virtualTime(startAt + input.end + 31 * DAY) });
  await idle(page, 120_000);
  expect([...(await counted()).keys()]).toEqual([]);
  await expect((await openTab(page, 'State')).getByRole('combobox', { name: 'Function type' })).toBeVisible();

  const decided = await traceEvents(page, { types: ['message-sent'], name: null, id: null, text: 'fraud.types/fraud-score' });
  const scores = decided.map(
    (event) => JSON.parse((event['value'] as { readonly text: string }).text) as { transaction: string; score: number },
  );
  expect(scores.length).toBe(TRANSACTIONS);
  expect(sorted(new Map(scores.map(({ transaction, score }) => [transaction, score])))).toEqual(sorted(expected.scores));
  const alerts = (await topicValues(page, 'alerts')) as readonly FraudAlert[];
  expect(alerts.length).toBe(expected.alerts.size);
  expect(sorted(new Map(alerts.map((alert) => [alert.transaction, alert])))).toEqual(sorted(expected.alerts));
  expect(expected.alerts.size).toBeGreaterThan(500);
  expect(await ask(page, 'audit', {})).toMatchObject({ ok: true, accepted: input.records.length, unread: 0 });
});

function sorted<T>(values: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1));
}
