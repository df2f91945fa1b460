/**
 * What the fraud-detection module has to come to, worked out from its description alone: no SDK, no runtime, no code
 * of the example.
 *
 * - A fraud counts from its confirmation for 30 days.
 * - A transaction's score is 10 for each counted fraud of its account (4 at most), three fifths of the merchant's score,
 *   and 1 for each full 10.00 of its amount (30 at most); each part rounded down, 100 in all at most.
 * - A score above 80 is an alert.
 */
import { randomStream } from '../../../src/base/random.ts';
import { joinFeeds, spacedFeed } from './timed-input.ts';
import type { TimedFeeds } from './timed-input.ts';

const DAY = 24 * 60 * 60 * 1000;
export const FRAUD_LIFE = 30 * DAY;

export interface TransactionRecord {
  readonly type: 'transaction';
  /** Virtual ms since the start of the run. */
  readonly at: number;
  readonly id: string;
  readonly account: string;
  readonly merchant: string;
  readonly amount: number;
}
export interface ConfirmationRecord {
  readonly type: 'confirmation';
  readonly at: number;
  readonly account: string;
  readonly transaction: string;
}
export type FraudRecord = TransactionRecord | ConfirmationRecord;

export interface FraudAlert {
  readonly transaction: string;
  readonly account: string;
  readonly merchant: string;
  readonly amount: number;
  readonly score: number;
}

export interface FraudOutcome {
  /** Score by transaction id. */
  readonly scores: ReadonlyMap<string, number>;
  /** By transaction id. */
  readonly alerts: ReadonlyMap<string, FraudAlert>;
}

/** What the stub of the merchant service answers. */
const MERCHANT_SCORES: Readonly<Record<string, number>> = {
  'crypto-atm': 97,
  'gift-cards': 88,
  'night-club': 70,
  electronics: 52,
  'travel-agency': 35,
};
const OTHER_MERCHANTS = 8;
const MERCHANTS = [...Object.keys(MERCHANT_SCORES), 'grocery', 'bakery', 'fuel-station'];

export function fraudOutcome(records: readonly FraudRecord[]): FraudOutcome {
  const scores = new Map<string, number>();
  const alerts = new Map<string, FraudAlert>();
  const confirmed = confirmationTimes(records);
  for (const record of records) {
    if (record.type !== 'transaction') {
      continue;
    }
    const { id, account, merchant, amount } = record;
    const score = scoreOf(countAt(confirmed.get(account) ?? [], record.at), MERCHANT_SCORES[merchant] ?? OTHER_MERCHANTS, amount);
    scores.set(id, score);
    if (score > 80) {
      alerts.set(id, { transaction: id, account, merchant, amount, score });
    }
  }
  return { scores, alerts };
}

/** Fraud counts by account at a moment; accounts without a counted fraud are left out. */
export function fraudCounts(records: readonly FraudRecord[], at: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [account, times] of confirmationTimes(records)) {
    const count = countAt(times, at);
    if (count > 0) {
      counts.set(account, count);
    }
  }
  return counts;
}

function scoreOf(frauds: number, merchantScore: number, amount: number): number {
  const history = frauds > 4 ? 40 : frauds * 10;
  const merchant = (merchantScore * 3 - ((merchantScore * 3) % 5)) / 5;
  const fullTens = (amount - (amount % 1000)) / 1000;
  const size = fullTens > 30 ? 30 : fullTens;
  const sum = history + merchant + size;
  return sum > 100 ? 100 : sum;
}

function confirmationTimes(records: readonly FraudRecord[]): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  for (const record of records) {
    if (record.type === 'confirmation') {
      times.set(record.account, [...(times.get(record.account) ?? []), record.at]);
    }
  }
  return times;
}

function countAt(times: readonly number[], at: number): number {
  return times.filter((time) => time <= at && at < time + FRAUD_LIFE).length;
}

export interface FraudInput extends TimedFeeds {
  /** In order of time. */
  readonly records: readonly FraudRecord[];
  /** Virtual time of the last record. */
  readonly end: number;
  /** Moments at which no record is under way and no fraud about to expire: where counts may be compared. */
  readonly quietTimes: readonly number[];
}

/** Transactions that arrive nearly together; half of them are of one account, so that they overlap. */
const LANES = 4;
const LANE_OFFSET = 3;

/**
 * Transactions and confirmations over some 37 virtual days, so that frauds expire in between. Time goes in steps:
 * transactions at the beginning of a step, one confirmation in its middle. A step is a whole part of 30 days, so
 * expiries fall into the middle of a step as well, and half a step (ten minutes for 10,000 transactions, more for fewer)
 * lies between any transaction and any change of a count.
 */
export function makeFraudInput(seed: number, transactions: number): FraudInput {
  const chance = randomStream(seed);
  const upTo = (count: number): number => Math.floor(chance.next() * count);
  const account = (): string => `acct-${String(Math.floor(chance.next() ** 2 * 300) + 1).padStart(4, '0')}`;
  const steps = Math.ceil(transactions / LANES);
  const step = Math.floor(FRAUD_LIFE / Math.max(1, Math.floor(steps * 0.8)) / 2) * 2;
  const lanes: TransactionRecord[][] = Array.from({ length: LANES }, () => []);
  const confirmations: ConfirmationRecord[] = [];
  const records: FraudRecord[] = [];
  for (let index = 0; index < transactions; index += 1) {
    const lane = index % LANES;
    const at = Math.floor(index / LANES) * step + lane * LANE_OFFSET;
    const shared = lane > 0 && chance.next() < 0.5 ? lanes[0]?.at(-1)?.account : undefined;
    const record: TransactionRecord = {
      type: 'transaction',
      at,
      id: `tx-${String(index + 1).padStart(6, '0')}`,
      account: shared ?? account(),
      merchant: MERCHANTS[upTo(MERCHANTS.length)] ?? 'grocery',
      amount: 100 + upTo(49_901),
    };
    lanes[lane]?.push(record);
    records.push(record);
    if (lane === LANES - 1 || index === transactions - 1) {
      const ordinal = confirmations.length;
      const confirmation: ConfirmationRecord = {
        type: 'confirmation',
        at: ordinal * step + step / 2,
        account: account(),
        transaction: `old-${ordinal + 1}`,
      };
      confirmations.push(confirmation);
      records.push(confirmation);
    }
  }
  const feeds = joinFeeds([
    ...lanes.map((lane, index) => spacedFeed('transactions', index, 'account', index * LANE_OFFSET, step, lane.map(transactionValue))),
    spacedFeed('fraud-confirmations', 0, 'account', step / 2, step, confirmations.map(confirmationValue)),
  ]);
  const quietTimes = Array.from({ length: 12 }, (_, index) => Math.floor((steps * (index + 1)) / 12) * step - step / 4);
  return { ...feeds, records, end: records.at(-1)?.at ?? 0, quietTimes };
}

function transactionValue({ id, account, merchant, amount }: TransactionRecord): object {
  return { id, account, merchant, amount };
}

function confirmationValue({ account, transaction }: ConfirmationRecord): object {
  return { account, transaction };
}
