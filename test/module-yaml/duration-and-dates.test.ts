/** module-yaml.md §6. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/module-yaml/duration.ts';
import { parseStartupDate } from '../../src/module-yaml/startup-date.ts';

describe('a duration', () => {
  const units: readonly (readonly [string, number])[] = [
    ...['d', 'day', 'days'].map((unit) => [unit, 86_400_000] as const),
    ...['h', 'hour', 'hours'].map((unit) => [unit, 3_600_000] as const),
    ...['min', 'm', 'minute', 'minutes'].map((unit) => [unit, 60_000] as const),
    ...['s', 'sec', 'secs', 'second', 'seconds'].map((unit) => [unit, 1000] as const),
    ...['ms', 'milli', 'millis', 'millisecond', 'milliseconds', ''].map((unit) => [unit, 1] as const),
    ...['µs', 'micro', 'micros', 'microsecond', 'microseconds'].map((unit) => [unit, 0.001] as const),
    ...['ns', 'nano', 'nanos', 'nanosecond', 'nanoseconds'].map((unit) => [unit, 0.000001] as const),
  ];
  it.each(units)('takes the unit %j, in any case, with blanks around', (unit, millis) => {
    for (const text of [`5${unit}`, `5 ${unit}`, ` 5  ${unit.toUpperCase().replace('ΜS', 'µS')} `]) {
      const read = parseDuration(text);
      expect(read.ok && read.value).toBeCloseTo(5 * millis, 9);
    }
  });

  it.each(['us', 'mins', 'hrs', 'w'].map((unit) => `5 ${unit}`))('refuses the unit of %j', (text) => {
    expect(parseDuration(text).ok).toBe(false);
  });

  it.each(['1.5s', '-5s', '1m 30s', 'PT10S', '', '   ', '1_000ms', 's', '99999999999999999999'])('refuses %j', (text) => {
    expect(parseDuration(text).ok).toBe(false);
  });

  it('reads back what is written for any number of milliseconds', () => {
    fc.assert(
      fc.property(fc.nat(), (millis) => {
        expect(parseDuration(formatDuration(millis))).toEqual({ ok: true, value: millis });
      }),
    );
  });

  it.each([
    [2_592_000_000, '30 d'],
    [120_000, '2 min'],
    [90_000, '90 s'],
    [500, '500 ms'],
    [5_400_000, '90 min'],
  ])('writes %i ms as %j', (millis, text) => {
    expect(formatDuration(millis)).toBe(text);
  });
});

describe('a startup date', () => {
  it.each([
    ['2024-02-29 04:15:00.000 +0000', Date.UTC(2024, 1, 29, 4, 15)],
    ['2024-02-29 04:15:00.000 -0000', Date.UTC(2024, 1, 29, 4, 15)],
    ['2024-02-29 04:15:00.250 +0530', Date.UTC(2024, 1, 28, 22, 45, 0, 250)],
    ['2024-02-29 04:15:00.000 -0800', Date.UTC(2024, 1, 29, 12, 15)],
    ['2023-02-31 00:00:00.000 +0000', Date.UTC(2023, 1, 28)],
    ['2024-04-31 00:00:00.000 +0000', Date.UTC(2024, 3, 30)],
    ['2024-12-31 24:00:00.000 +0000', Date.UTC(2025, 0, 1)],
    ['1969-12-31 23:59:59.999 +0000', -1],
    ['2000-03-01 00:00:00.000 +0000', Date.UTC(2000, 2, 1)],
  ])('%s', (text, at) => {
    expect(parseStartupDate(text)).toBe(at);
  });

  it.each([
    '2020-02-01 04:15:00.00 Z',
    '2024-02-29 04:15:00.000 Z',
    '2024-02-29 04:15:00.000 UTC',
    '2024-02-29 04:15:00.000 +05:30',
    '2024-02-29 04:15:00.000 +05',
    '2024-02-29T04:15:00.000 +0000',
    '2024-02-29 04:15:00 +0000',
    '2024-2-29 04:15:00.000 +0000',
    '1709180100000',
    '2024-02-29 04:15:00.000 +0000 ',
    '2024-02-29 04:15:60.000 +0000',
    '2024-02-32 04:15:00.000 +0000',
    '2024-02-29 24:00:00.001 +0000',
  ])('refuses %j', (text) => {
    expect(parseStartupDate(text)).toBeNull();
  });
});
