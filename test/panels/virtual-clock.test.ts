import { describe, expect, test } from 'vitest';
import { formatClock, formatDuration, formatTimeOfDay } from '../../src/panels/run/virtual-clock.ts';

const START = Date.UTC(2026, 0, 1);

describe('the virtual clock', () => {
  test.each([
    [0, 'Day 1 00:00:00.000'],
    [1, 'Day 1 00:00:00.001'],
    [86_399_999, 'Day 1 23:59:59.999'],
    [86_400_000, 'Day 2 00:00:00.000'],
    [2 * 86_400_000 + 4 * 3_600_000 + 12 * 60_000 + 9_250, 'Day 3 04:12:09.250'],
    [30 * 86_400_000, 'Day 31 00:00:00.000'],
  ])('shows %d ms after the start as %s', (elapsed, shown) => {
    expect(formatClock(START + elapsed, START)).toBe(shown);
  });

  test('counts from the start of the run, whatever the time of day was then', () => {
    const start = Date.UTC(2026, 5, 3, 17, 45, 12, 300);
    expect(formatClock(start + 60_000, start)).toBe('Day 1 00:01:00.000');
  });

  test('drops the part of a millisecond', () => {
    expect(formatTimeOfDay(START + 9.75, START)).toBe('00:00:00.009');
  });

  test('a time before the start lies on the day before', () => {
    expect(formatClock(START - 1, START)).toBe('Day 0 23:59:59.999');
  });
});

describe('a length of time in words', () => {
  test.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [3100, '3.1 s'],
    [59_999, '59.9 s'],
    [60_000, '1 min'],
    [245_000, '4 min 5 s'],
    [7_800_000, '2 h 10 min'],
    [86_400_000, '1 d'],
    [30 * 86_400_000, '30 d'],
    [30 * 86_400_000 + 4 * 3_600_000, '30 d 4 h'],
    [-1500, 'minus 1.5 s'],
  ])('%d ms is %s', (millis, words) => {
    expect(formatDuration(millis)).toBe(words);
  });
});
