import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadExample } from '../support/load-example.ts';
import { addressesOf, intStates, openProject, startRun, topicValues } from '../support/run-in-node.ts';
import type { PlayProject } from '../../src/worker/play/play-project.ts';
import { FRAUD_LIFE, fraudCounts, fraudOutcome, makeFraudInput } from '../support/straight-line/fraud-detection.ts';
import type { FraudAlert } from '../support/straight-line/fraud-detection.ts';
import { withFeeds } from '../support/straight-line/timed-input.ts';

const DAY = 24 * 60 * 60 * 1000;
const input = makeFraudInput(3, 1000);
const expected = fraudOutcome(input.records);

describe('fraud detection', () => {
  let project: PlayProject;
  beforeAll(async () => {
    project = await openProject(withFeeds(loadExample('fraud-detection'), input));
  });
  afterAll(() => project.sandbox.close());

  it('decides every transaction once and comes to the counts and alerts of the straight-line calculation', async () => {
    const run = startRun(project);
    for (const at of input.quietTimes) {
      // The counts of each moment are read before the run goes on.
      // oxlint-disable-next-line no-await-in-loop
      await run.advanceTo(at);
      expect(counted(intStates(run.engine, 'fraud/fraud-count', 'fraud_count'))).toEqual(counted(fraudCounts(input.records, at)));
    }
    await run.advanceTo(input.end + FRAUD_LIFE + DAY);
    expect(decisions(run.trace)).toEqual([...expected.scores].sort(byId));
    expect((topicValues(run.engine, 'alerts') as FraudAlert[]).toSorted(byTransaction)).toEqual(
      [...expected.alerts.values()].sort(byTransaction),
    );
    expect(Math.max(...openTransactions(run.trace))).toBeGreaterThan(1);
    // Something to compare: alerts that the account's history alone decides, and frauds that expired on the way.
    expect(expected.alerts.size).toBeGreaterThan(50);
    expect(input.end).toBeGreaterThan(FRAUD_LIFE + 5 * DAY);

    expect(intStates(run.engine, 'fraud/fraud-count', 'fraud_count').size).toBe(0);
    expect(addressesOf(run.engine, 'fraud/transaction-manager').flatMap((address) => address.states)).toEqual([]);
    expect(run.engine.metrics().timers).toBe(0);
    expect(run.engine.audit()).toMatchObject({ ok: true, accepted: input.records.length, unread: 0 });
  });

  it('gives the same trace however calls are handed out and however it is sliced', async () => {
    const hashes: string[] = [];
    for (const options of [{}, { batch: 7 }, { slice: 13 }]) {
      const run = startRun(project, { ...options, keepTrace: false });
      // oxlint-disable-next-line no-await-in-loop
      await run.advanceTo(5 * DAY);
      hashes.push(run.hash());
    }
    expect(new Set(hashes).size).toBe(1);
  });

  it('runs with its own generators: transactions overlap, alerts come out, merchants are asked once an hour', async () => {
    const own = await openProject(loadExample('fraud-detection'));
    const run = startRun(own);
    expect(await run.advanceTo(5 * 60_000)).toBe('until');
    own.sandbox.close();
    const transactions = run.engine.records('transactions', 0, 0).total;
    expect(transactions).toBeGreaterThan(1300);
    expect(transactions).toBeLessThan(1700);
    expect(topicValues(run.engine, 'alerts').length).toBeGreaterThan(5);
    const asked = run.trace.flatMap((event) => (event.type === 'call-completed' ? event.fetches : []));
    expect(asked.map((fetch) => fetch.url).sort()).toEqual([...new Set(asked.map((fetch) => fetch.url))].sort());
    expect(asked).toHaveLength(8);
  });
});

/** Each score that reached the manager, by transaction: one for each transaction when each is decided once. */
function decisions(trace: ReturnType<typeof startRun>['trace']): readonly (readonly [string, number])[] {
  const scores = trace.flatMap((event) => {
    if (event.type !== 'message-sent' || event.value.typename !== 'fraud.types/fraud-score') {
      return [];
    }
    const { transaction, score } = JSON.parse(new TextDecoder().decode(event.value.bytes)) as { transaction: string; score: number };
    return [[transaction, score] as const];
  });
  return scores.sort(byId);
}

/** How many transactions of one account were under way at once, at each change of that. */
function openTransactions(trace: ReturnType<typeof startRun>['trace']): readonly number[] {
  return trace.flatMap((event) =>
    event.type === 'state-changed' && event.name === 'pending' && event.value !== null
      ? [Object.keys(JSON.parse(new TextDecoder().decode(event.value.bytes)) as object).length]
      : [],
  );
}

function counted(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].sort(byId);
}

function byId(a: readonly [string, number], b: readonly [string, number]): number {
  return a[0] < b[0] ? -1 : 1;
}

function byTransaction(a: FraudAlert, b: FraudAlert): number {
  return a.transaction < b.transaction ? -1 : 1;
}
