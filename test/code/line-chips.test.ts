import { describe, expect, test } from 'vitest';
import { filePath, typename, virtualTime } from '../../src/base/ids.ts';
import { coverageSpans } from '../../src/code/coverage-spans.ts';
import { lineChips } from '../../src/code/line-chips.ts';
import { shortClock } from '../../src/code/short-clock.ts';
import type { LineMark, TrialResult } from '../../src/worker/trial-contract.ts';
import { resultWithout } from '../../src/worker/trial/trial-result.ts';

const path = filePath('functions/a.ts');
const own = { typename: typename('a/f'), id: 'x' };
const DAY = 24 * 60 * 60 * 1000;

const EMPTY = resultWithout('', { type: 'completed' });

const input = { ...own, messages: [], states: [], at: virtualTime(0), seed: 1 };
const mark = (line: number, type: LineMark['type'], text: string, file = path): LineMark => ({
  place: { path: file, line, column: 1 },
  type,
  text,
  message: 0,
});
const chips = (result: Partial<TrialResult>) =>
  lineChips({ input, result: { ...EMPTY, ...result } }, path, (at) => shortClock(at, 0)).map(({ line, type, text }) => [line, type, text]);

describe('what stands beside the lines', () => {
  test('marks of the file, by line, in the order in which they happened', () => {
    expect(
      chips({
        marks: [
          mark(9, 'log', 'later'),
          mark(3, 'state-read', 'n = 1'),
          mark(3, 'branch', 'true'),
          mark(4, 'log', 'else', filePath('b.ts')),
        ],
      }),
    ).toEqual([
      [3, 'state-read', 'n = 1'],
      [3, 'branch', 'true'],
      [9, 'log', 'later'],
    ]);
  });

  test('an error stands before what led to it, where the window is too narrow for all', () => {
    const marks = [mark(2, 'fetch', 'GET a'), mark(2, 'log', 'b'), mark(2, 'log', 'c'), mark(2, 'error', 'Error: d')];
    expect(chips({ marks: marks.slice(2) })).toEqual([
      [2, 'error', 'Error: d'],
      [2, 'log', 'c'],
    ]);
    expect(chips({ marks })).toEqual([
      [2, 'error', 'Error: d'],
      [2, 'more', '+2'],
      [2, 'log', 'c'],
    ]);
  });

  test('a write says what the state was, absent included', () => {
    const marks = [mark(3, 'state-write', 'n ← 1'), mark(4, 'state-write', 'n ← 2'), mark(5, 'state-write', 'n deleted')];
    expect(chips({ marks })).toEqual([
      [3, 'state-write', 'n: absent becomes 1'],
      [4, 'state-write', 'n: 1 becomes 2'],
      [5, 'state-write', 'n: 2 becomes absent'],
    ]);
  });

  test('a loop that does the same is told once, with how often; one that does much is cut from its beginning', () => {
    expect(chips({ marks: Array.from({ length: 5 }, () => mark(2, 'log', 'again')) })).toEqual([[2, 'log', 'again ×5']]);
    expect(chips({ marks: ['a', 'b', 'c', 'd', 'e'].map((text) => mark(2, 'log', text)) })).toEqual([
      [2, 'more', '+3'],
      [2, 'log', 'd'],
      [2, 'log', 'e'],
    ]);
  });

  test('a delayed message says when it fires and to whom, also when one was sent from another file before it', () => {
    const value = { typename: 'a/t', text: '1', bytes: new Uint8Array() };
    const delayed = (id: string, due: number) => ({ to: { ...own, id }, value, delayMillis: 1, due: virtualTime(due), token: null });
    expect(
      chips({
        marks: [mark(1, 'send-after', '', filePath('b.ts')), mark(2, 'send-after', ''), mark(3, 'send-after', '')],
        delayed: [delayed('q', 1), delayed('x', 32 * DAY + (4 * 3600 + 12 * 60 + 9) * 1000 + 250), delayed('other', DAY)],
      }),
    ).toEqual([
      [2, 'send-after', 'fires Day 33 04:12:09, to itself'],
      [3, 'send-after', 'fires Day 2 00:00:00, to f other'],
    ]);
  });

  test('what was sent says to whom, without the namespaces', () => {
    expect(chips({ marks: [mark(1, 'send', '→ ns.of/a/f x/1: {"a":"→ b/c"}'), mark(2, 'egress', '→ a/out: 1')] })).toEqual([
      [1, 'send', 'to f x/1: {"a":"→ b/c"}'],
      [2, 'egress', 'to out: 1'],
    ]);
  });

  // Monaco renders an injected text of more than 50 characters in pieces, each with the look of a whole one.
  test('a long text is cut to one line', () => {
    const [[, , text] = []] = chips({ marks: [mark(1, 'log', `a\n  b${'c'.repeat(100)}`)] });
    expect(text).toMatch(/^a ⏎ bc{44}…$/);
  });
});

describe('the bar of what ran', () => {
  test('lines between two statements belong to the first of them', () => {
    expect(coverageSpans({ reached: [12, 14, 15, 18], missed: [25, 28] }, () => false)).toEqual([
      { from: 12, to: 24, ran: true },
      { from: 25, to: 28, ran: false },
    ]);
  });

  test('a line that was reached in part has run', () => {
    expect(coverageSpans({ reached: [3], missed: [3, 4] }, () => false)).toEqual([
      { from: 3, to: 3, ran: true },
      { from: 4, to: 4, ran: false },
    ]);
  });

  test('functions are not joined over the lines between them', () => {
    expect(coverageSpans({ reached: [2, 3, 9], missed: [11] }, (line) => line === 4 || line === 8)).toEqual([
      { from: 2, to: 3, ran: true },
      { from: 9, to: 10, ran: true },
      { from: 11, to: 11, ran: false },
    ]);
  });
});
