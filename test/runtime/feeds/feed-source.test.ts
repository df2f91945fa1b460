import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import { decodeUtf8 } from '../../../src/base/text-encoding.ts';
import type { Arrival, Feed, RecordFile, RecordGenerator } from '../../../src/model/feed.ts';
import { DEFAULT_SETTINGS } from '../../../src/model/simulation-settings.ts';
import type { FeedRecord, FeedSource } from '../../../src/runtime/feeds/feed-api.ts';
import { checkFeed, createFeedSource } from '../../../src/runtime/feeds/feed-source.ts';

const generator: RecordGenerator = {
  type: 'generator',
  id: 'orders',
  enabled: true,
  topic: 'orders',
  arrival: { type: 'rate', perSecond: 5, jitter: 'poisson' },
  startAfterMillis: 0,
  count: null,
  key: 'user-{{zipf 100 3}}',
  value: '{"n":{{n}},"user":"{{key}}","amount":{{int 1 500}},"id":"{{uuid}}"}',
  headers: [{ name: 'trace', value: '{{int 0 999 3}}' }],
};
const file: RecordFile = {
  type: 'file',
  id: 'recorded',
  enabled: true,
  topic: 'orders',
  path: filePath('records/orders.csv'),
  format: 'csv',
  arrival: { type: 'backlog' },
  startAfterMillis: 0,
  keyField: 'user',
  valueField: null,
};

const arrivals: fc.Arbitrary<Arrival> = fc.oneof(
  fc.record({
    type: fc.constant('rate' as const),
    perSecond: fc.double({ min: 0.01, max: 5000, noNaN: true }),
    jitter: fc.constantFrom('none' as const, 'poisson' as const),
  }),
  fc.constant({ type: 'backlog' as const }),
);
const generators = fc.record({
  arrival: arrivals,
  count: fc.integer({ min: 0, max: 60 }),
  startAfterMillis: fc.integer({ min: 0, max: 10_000 }),
});

describe('a feed', () => {
  it('goes on from a stored position with the records it would have given anyway', () => {
    fc.assert(
      fc.property(generators, fc.nat(60), fc.string(), (part, taken, seed) => {
        const feed = { ...generator, ...part };
        const settings = { ...DEFAULT_SETTINGS, seed };
        const whole = createFeedSource(feed, {}, settings);
        takeSome(whole, taken);
        const stored = structuredClone(whole.position());
        const rest = takeSome(whole, 100);
        const other = createFeedSource(feed, {}, settings);
        takeSome(other, 7);
        other.seek(stored);
        expect(takeSome(other, 100)).toEqual(rest);
      }),
    );
  });

  it('gives as many records as it is told, never back in time and never before its start', () => {
    fc.assert(
      fc.property(generators, (part) => {
        const records = takeSome(createFeedSource({ ...generator, ...part }, {}, DEFAULT_SETTINGS), 100);
        expect(records).toHaveLength(part.count);
        const start = part.arrival.type === 'backlog' ? 0 : part.startAfterMillis;
        const times = [start, ...records.map((record) => record.at)];
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(times.every(Number.isInteger)).toBe(true);
      }),
    );
  });

  it('shows by peek what take gives, however often it is asked', () => {
    const source = createFeedSource(generator, {}, DEFAULT_SETTINGS);
    const shown = [source.peek(), source.peek()];
    expect(shown).toEqual([source.take(), shown[0]]);
    expect(source.peek()).not.toEqual(shown[0]);
  });

  it('gives the same records for the same seed, and others for another seed or feed', () => {
    const records = (feed: Feed, seed: string): readonly FeedRecord[] =>
      takeSome(createFeedSource(feed, {}, { ...DEFAULT_SETTINGS, seed }), 20);
    expect(records(generator, 'a')).toEqual(records(generator, 'a'));
    expect(records(generator, 'a')).not.toEqual(records(generator, 'b'));
    expect(records(generator, 'a')).not.toEqual(records({ ...generator, id: 'others' }, 'a'));
  });

  it('spaces records evenly without jitter, from its start on', () => {
    const feed: Feed = { ...generator, arrival: { type: 'rate', perSecond: 0.1, jitter: 'none' }, startAfterMillis: 250 };
    const source = createFeedSource(feed, {}, DEFAULT_SETTINGS);
    expect(takeSome(source, 4).map((record) => record.at)).toEqual([250, 10_250, 20_250, 30_250]);
    const fast: Feed = { ...feed, arrival: { type: 'rate', perSecond: 3, jitter: 'none' }, startAfterMillis: 0 };
    expect(takeSome(createFeedSource(fast, {}, DEFAULT_SETTINGS), 3001).at(-1)?.at).toBe(1_000_000);
  });

  it('keeps its rate under jitter, with gaps spread as those of a Poisson process', () => {
    const times = takeSome(createFeedSource(generator, {}, DEFAULT_SETTINGS), 20_000).map((record) => record.at as number);
    const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(mean).toBeGreaterThan(195);
    expect(mean).toBeLessThan(205);
    // Of an exponential distribution, e^-1 of the gaps are longer than the mean and e^-3 longer than three times it.
    expect(gaps.filter((gap) => gap > 200).length / gaps.length).toBeCloseTo(Math.exp(-1), 1);
    expect(gaps.filter((gap) => gap > 600).length / gaps.length).toBeCloseTo(Math.exp(-3), 2);
  });

  it('fills key, value and headers, the value with the same key', () => {
    const [first, second] = takeSome(createFeedSource(generator, {}, DEFAULT_SETTINGS), 2);
    const value = JSON.parse(text(second)) as Record<string, unknown>;
    expect(value).toEqual({
      n: 2,
      user: second?.key,
      amount: expect.any(Number),
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    });
    expect(second?.headers).toEqual([{ name: 'trace', value: expect.stringMatching(/^\d{3}$/) }]);
    expect(text(first)).not.toBe(text(second));
  });

  it('has no key where the key template is empty, and an absent feed gives nothing', () => {
    expect(createFeedSource({ ...generator, key: '' }, {}, DEFAULT_SETTINGS).take()?.key).toBeNull();
    expect(createFeedSource({ ...generator, enabled: false }, {}, DEFAULT_SETTINGS).take()).toBeNull();
  });

  it('reads a CSV file: quoted fields, a row as an object, a column as key', () => {
    const source = createFeedSource(file, { 'records/orders.csv': 'user,note\r\nada,"one, ""two""\nthree"\ngrace,\n' }, DEFAULT_SETTINGS);
    const records = takeSome(source, 9);
    expect(records.map((record) => [record.at, record.key, JSON.parse(text(record))])).toEqual([
      [0, 'ada', { user: 'ada', note: 'one, "two"\nthree' }],
      [0, 'grace', { user: 'grace', note: '' }],
    ]);
  });

  it('reads a JSONL file: the line as it stands, or one of its fields', () => {
    const lines = '{"user":"ada", "total":1.50}\n\n{"user":7,"total":null}\n';
    const jsonl: RecordFile = { ...file, format: 'jsonl' };
    const files = { 'records/orders.csv': lines };
    expect(takeSome(createFeedSource(jsonl, files, DEFAULT_SETTINGS), 9).map((record) => [record.key, text(record)])).toEqual([
      ['ada', '{"user":"ada", "total":1.50}'],
      ['7', '{"user":7,"total":null}'],
    ]);
    const totals = takeSome(createFeedSource({ ...jsonl, keyField: null, valueField: 'total' }, files, DEFAULT_SETTINGS), 9);
    expect(totals.map((record) => [record.key, record.value === null ? null : text(record)])).toEqual([
      [null, '1.5'],
      [null, null],
    ]);
  });
});

describe('the check of a feed', () => {
  it('finds nothing in a feed that works', () => {
    expect(checkFeed(generator, {})).toEqual([]);
    expect(checkFeed(file, { 'records/orders.csv': 'user\nada\n' })).toEqual([]);
  });

  it.each<[string, Partial<RecordGenerator>, string]>([
    ['an unknown placeholder', { value: '{{colour}}' }, 'value'],
    ['a placeholder that is never closed', { key: 'a{{int 1 5' }, 'key'],
    ['the key inside the key', { key: '{{key}}' }, 'key'],
    ['a value that is not JSON once filled in', { value: '{"user":{{key}}}' }, 'value'],
    ['a header without a name', { headers: [{ name: '', value: '' }] }, 'headers.0.name'],
    ['a broken header value', { headers: [{ name: 'a', value: '{{int 5 1}}' }] }, 'headers.0.value'],
    ['a backlog without end', { arrival: { type: 'backlog' } }, 'count'],
    ['a rate of zero', { arrival: { type: 'rate', perSecond: 0, jitter: 'none' } }, 'arrival.perSecond'],
    ['a feed without topic', { topic: '' }, 'topic'],
  ])('names the field of %s, and such a feed gives no record', (_, part, field) => {
    const feed = { ...generator, ...part };
    expect(checkFeed(feed, {}).map((problem) => problem.field)).toEqual([field]);
    expect(createFeedSource(feed, {}, DEFAULT_SETTINGS).take()).toBeNull();
  });

  it.each<[string, Partial<RecordFile>, string, string, string]>([
    ['a row with too few fields', {}, 'user,total\nada,1\ngrace\n', 'path', 'Line 3'],
    ['a quote that is never closed', {}, 'user,total\nada,"1\n', 'path', 'Line 2'],
    ['text behind a closing quote', {}, 'user,total\n"a\nb",1\n"x"y,1\n', 'path', 'Line 4'],
    ['a column that is not there', { keyField: 'account' }, 'user\nada\n', 'keyField', 'account'],
    ['a line that is not JSON', { format: 'jsonl' }, '{"user":1}\n{user:1}\n', 'path', 'Line 2'],
    ['a field that is not there', { format: 'jsonl' }, '{"user":1}\n\n{}\n', 'keyField', 'Line 3'],
  ])('names the place of %s', (_, part, content, field, place) => {
    const feed = { ...file, ...part };
    const problems = checkFeed(feed, { 'records/orders.csv': content });
    expect(problems.map((problem) => problem.field)).toEqual([field]);
    expect(problems[0]?.message).toContain(place);
    expect(createFeedSource(feed, { 'records/orders.csv': content }, DEFAULT_SETTINGS).take()).toBeNull();
  });

  it('says that a file is missing', () => {
    expect(checkFeed(file, {})).toEqual([{ field: 'path', message: 'There is no file “records/orders.csv” in the project.' }]);
  });
});

function takeSome(source: FeedSource, count: number): readonly FeedRecord[] {
  const records: FeedRecord[] = [];
  while (records.length < count) {
    const record = source.take();
    if (record === null) {
      break;
    }
    records.push(record);
  }
  return records;
}

function text(record: FeedRecord | undefined): string {
  return decodeUtf8(record?.value ?? new Uint8Array());
}
