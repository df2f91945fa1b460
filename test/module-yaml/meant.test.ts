/** What is offered instead of values that the loader refuses or misreads. */
import { describe, expect, it } from 'vitest';
import { meantDate, meantDuration, meantObject, meantUrl } from '../../src/module-yaml/fields/meant.ts';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { beside, component } from '../support/module-text.ts';

describe('a duration', () => {
  it.each([
    ['15mins', '15 min'],
    ['3 hrs', '3 h'],
    ['1m 30s', '90 s'],
    ['1h30m', '90 min'],
    ['1.5s', '1500 ms'],
    ['0.5 h', '30 min'],
    ['PT10S', '10 s'],
    ['PT1M30S', '90 s'],
    ['P1DT1H', '25 h'],
    ['2 weeks', '14 d'],
    ['5 us', '5 µs'],
    ['1_000ms', '1 s'],
  ])('%s becomes %s', (text, meant) => {
    expect(meantDuration(text)).toBe(meant);
  });

  it.each(['', 'soon', '-5s', '5 parsecs', '1.0001 ns', '1e3', '10 s or so', 'T10S'])('%j is not guessed', (text) => {
    expect(meantDuration(text)).toBeNull();
  });
});

describe('a startup date', () => {
  it.each([
    ['2020-02-01 04:15:00.00 Z', '2020-02-01 04:15:00.000 +0000'],
    ['2020-02-01T04:15:00Z', '2020-02-01 04:15:00.000 +0000'],
    ['2020-2-1 4:15', '2020-02-01 04:15:00.000 +0000'],
    ['2020-02-01', '2020-02-01 00:00:00.000 +0000'],
    ['2020-02-01 04:15:00.123456 +05:30', '2020-02-01 04:15:00.123 +0530'],
    ['2020-02-01 04:15:00.000 +05', '2020-02-01 04:15:00.000 +0500'],
  ])('%s becomes %s', (text, meant) => {
    expect(meantDate(text)).toBe(meant);
  });

  it.each(['', 'yesterday', '2020-13-01', '1580530500000', '2020-02-01 25:00'])('%j is not guessed', (text) => {
    expect(meantDate(text)).toBeNull();
  });
});

describe('a URL', () => {
  it.each([
    [' http://h/ ', 'http://h/'],
    ['http://h/{Function.Name}', 'http://h/{function.name}'],
    ['http://h/{name}', 'http://h/{function.name}'],
    ['functions:8000/x', 'http://functions:8000/x'],
    ['h', 'http://h'],
  ])('%j becomes %s', (url, meant) => {
    expect(meantUrl(url, 'okhttp', 'name')).toBe(meant);
  });

  it.each(['http://h/a b', 'http://${name}/x', 'http://h:99999/', 'http://h/{function.namespace}'])('%j is not guessed', (url) => {
    expect(meantUrl(url, 'async', 'name')).toBeNull();
  });
});

describe('an object', () => {
  it.each([
    ['startupPosition', 'earliest', '{type: earliest}'],
    ['deliverySemantic', 'none', '{type: none}'],
    ['awsRegion', 'us-east-1', '{type: specific, id: us-east-1}'],
    ['transport', 'okhttp', '{type: io.statefun.transports.v1/okhttp}'],
    ['startupPosition', 'date', null],
    ['deliverySemantic', 'exactly-once', '{type: exactly-once, transactionTimeout: 15 min}'],
    ['other', 'text', null],
  ])('%s: %s becomes %s', (key, text, meant) => {
    expect(meantObject(key, text)).toBe(meant);
  });
});

describe('what loads but will hurt', () => {
  const egress = (...lines: readonly string[]) => beside(component('io.statefun.kafka.v1/egress', 'id: a/b', 'address: k:1', ...lines));
  const endpoint = (...lines: readonly string[]) =>
    beside(component('io.statefun.endpoints.v2/http', 'functions: a/*', 'urlPathTemplate: http://h/', ...lines));
  const told = (text: string) =>
    decodeModule(text).problems.map(({ code, severity, message, fix }) => ({ code, severity, message, fix: fix?.edits[0] }));

  it('is a transaction time-out of a word, which is read as 0: the number of milliseconds is offered', () => {
    const [problem] = told(egress('deliverySemantic: {type: exactly-once, transactionTimeoutMillis: 15min}'));
    expect(problem).toMatchObject({ code: 'bad-number', severity: 'error', fix: { insert: '900000' } });
    expect(problem?.message).toContain('15min is read as 0');
  });

  it.each([
    ['a bare number of seconds', endpoint('transport: {call: 30}'), '30 s'],
    ['a bare number in the block', endpoint('transport: {timeouts: {call: 60, connect: "5"}}'), '60 s'],
    ['thousands of seconds', endpoint('transport: {call: 60000 s}'), '60000 ms'],
    ['a bare transaction time-out', egress('deliverySemantic: {type: exactly-once, transactionTimeout: 900}'), '900 s'],
  ])('is %s', (_, text, insert) => {
    expect(told(text)[0]).toMatchObject({ code: 'duration-unit', severity: 'warning', fix: { insert } });
  });

  it.each(['30 s', '1000', '90 min', '2 min', '1500 s'])('is not call: %s', (call) => {
    expect(told(endpoint(`transport: {call: ${call}}`))).toEqual([]);
  });

  it('is a transaction that is longer than brokers allow, and one of a few milliseconds', () => {
    expect(told(egress('deliverySemantic: {type: exactly-once, transactionTimeout: 16 min}'))).toMatchObject([
      { code: 'long-transaction' },
    ]);
    expect(told(egress('deliverySemantic: {type: exactly-once, transactionTimeout: 15 min}'))).toEqual([]);
    expect(told(egress('deliverySemantic: {type: exactly-once, transactionTimeoutMillis: 15}'))).toMatchObject([{ code: 'duration-unit' }]);
  });

  it('is a field that is ignored or empty: the fix takes its line away', () => {
    const text = egress('deliverySemantic:', '  type: none', '  transactionTimeout: 1 min # never', 'properties:');
    const lines = decodeModule(text).problems.map(({ fix }) => {
      const edit = fix?.edits[0];
      return edit?.type === 'text' ? text.slice(edit.from, edit.to) : null;
    });
    expect(lines.toSorted()).toEqual(['    transactionTimeout: 1 min # never\n', '  properties:\n']);
  });

  it('offers the time-out that exactly-once lacks, in the layout that stands there', () => {
    const insert = (text: string) => told(text).find(({ code }) => code === 'missing-transaction-timeout')?.fix;
    expect(insert(egress('deliverySemantic: {type: exactly-once}'))).toMatchObject({ insert: ', transactionTimeout: 15 min' });
    expect(insert(egress('deliverySemantic:', '  type: exactly-once'))).toMatchObject({ insert: '\n    transactionTimeout: 15 min' });
  });
});
