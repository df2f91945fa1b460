import { describe, expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { wordsOf } from '../../src/code/change-words.ts';
import type { StateSpec } from '../../src/protocol/messages.ts';
import { compareCode, dangerOf, type DeclaredFunction, type HeldFunction } from '../../src/protocol/code-change.ts';

const F = typename('a/f');
const INT = 'io.statefun.types/int';
const HOUR = 3_600_000;

function spec(name: string, type = INT, millis: number | null = null, mode: 'after-write' | 'after-invoke' = 'after-write'): StateSpec {
  return { name, typename: type, expiration: millis === null ? null : { mode, millis } };
}

function declares(...states: readonly StateSpec[]): readonly DeclaredFunction[] {
  return [{ typename: F, states }];
}

function holds(registered: readonly StateSpec[], stored: HeldFunction['stored'] = []): readonly HeldFunction[] {
  return [{ typename: F, registered, stored, standIn: false }];
}

function changes(before: readonly DeclaredFunction[], after: readonly DeclaredFunction[], held: readonly HeldFunction[]) {
  return compareCode(before, after, held).map((change) => {
    const { now, restart } = wordsOf(change);
    return { type: change.type, danger: dangerOf(change), now, restart };
  });
}

/** The only change of a state that is registered. */
function changed(before: StateSpec, after: StateSpec) {
  const [change, ...more] = changes(declares(before), declares(after), holds([before]));
  expect(more).toEqual([]);
  return change;
}

describe('states that come and go', () => {
  test('S17: an added state is there for all ids from the next call on', () => {
    expect(changes(declares(), declares(spec('n')), holds([]))).toEqual([
      {
        type: 'state-added',
        danger: null,
        now: 'Every id has it from its next call on, absent (null in code) until it is written.',
        restart: null,
      },
    ]);
  });

  test('S18: a dropped state is sent until the next attempt, and stays stored after it', () => {
    expect(changes(declares(spec('n')), declares(), holds([spec('n')]))).toEqual([
      {
        type: 'state-dropped',
        danger: null,
        now: 'The runtime goes on keeping and sending it; the code no longer sees it.',
        restart: 'It is not sent any more, but its values stay stored: declare it again, and they are back.',
      },
    ]);
  });

  test.each([
    ['in the same attempt', holds([spec('n')])],
    ['after a restart', holds([], [{ name: 'n', typename: INT, expires: false }])],
  ])('S18: a state that is declared again has its values back, %s', (_name, held) => {
    expect(changes(declares(), declares(spec('n')), held)).toMatchObject([{ type: 'state-back', danger: null }]);
  });

  test('a state of which nothing is held may become anything', () => {
    expect(changes(declares(spec('n')), declares(spec('n', 't/other', HOUR)), [])).toMatchObject([{ type: 'state-unused', danger: null }]);
  });
});

describe('types', () => {
  test('S20, S21: another type fails the job at the next write, and at registration after a restart', () => {
    expect(changed(spec('n'), spec('n', 't/changed'))).toEqual({
      type: 'state-type',
      danger: 'fails-now',
      now: 'The job fails at the next write (previous type io.statefun.types/int, new type t/changed). Reading a value of before throws.',
      restart: 'It fails again and again, until the old type is declared. A state of another name avoids both.',
    });
  });

  test('S21: another type than that of an earlier attempt fails the job at the next call', () => {
    const held = holds([], [{ name: 'n', typename: 't/old', expires: false }]);
    expect(changes(declares(), declares(spec('n')), held)).toMatchObject([
      { type: 'state-type', danger: 'fails-now', now: 'The job fails at the next call of this function, when it registers the state.' },
    ]);
  });

  test('a type that went wrong before is told again, until it is mended', () => {
    const wrong = declares(spec('n', 't/changed'));
    expect(changes(wrong, wrong, holds([spec('n')]))).toMatchObject([{ type: 'state-type' }]);
    expect(changes(wrong, declares(spec('n')), holds([spec('n')]))).toEqual([]);
  });
});

describe('expirations', () => {
  test.each([
    ['shorter', HOUR / 2, 'It applies to stored values too, from when they were last touched: older ones expire at once.'],
    ['longer', HOUR * 2, 'It applies to stored values too, from when they were last touched: some that had expired may come back.'],
  ])('S19, S22: a %s time is ignored until a restart, and applies to old values then', (_name, millis, restart) => {
    expect(changed(spec('n', INT, HOUR), spec('n', INT, millis))).toEqual({
      type: 'expiration-changed',
      danger: null,
      now: 'Ignored while the job runs: it stays 1 h after a write.',
      restart,
    });
  });

  test('S22: another mode is accepted', () => {
    expect(changed(spec('n', INT, HOUR), spec('n', INT, HOUR, 'after-invoke'))).toMatchObject({ type: 'expiration-changed', danger: null });
  });

  test.each([
    ['added', spec('n'), spec('n', INT, HOUR), 'Ignored while the job runs: it never expires.'],
    ['removed', spec('n', INT, HOUR), spec('n'), 'Ignored while the job runs: it stays 1 h after a write.'],
  ] as const)('S19, S23: an expiration that is %s is ignored, and fails the job after a restart', (what, before, after, now) => {
    expect(changed(before, after)).toMatchObject({ type: `expiration-${what}`, danger: 'fails-at-restart', now });
  });

  test('what was told when it was applied is not told again', () => {
    const now = declares(spec('n', INT, HOUR));
    expect(changes(now, now, holds([spec('n')]))).toEqual([]);
  });
});

describe('functions', () => {
  test('that are new come with their states', () => {
    expect(changes([], declares(spec('n')), [])).toEqual([
      { type: 'function-added', danger: null, now: 'Messages to it are answered from now on.', restart: null },
    ]);
  });

  test('that a stand-in plays in this run stay with it', () => {
    const held = [{ typename: F, registered: [], stored: [], standIn: true }];
    expect(changes([], declares(), held)[0]?.now).toBe(
      'In this run a stand-in goes on answering for it. Start the run over to use the code.',
    );
  });

  test('S60: a removed function answers 500, and the job fails once its messages have been retried', () => {
    expect(changes(declares(), [], holds([]))).toMatchObject([{ type: 'function-removed', danger: 'fails-now' }]);
    expect(changes(declares(), [], [])).toMatchObject([{ type: 'function-removed', danger: null }]);
  });
});

test('nothing is said of code that declares what it did', () => {
  const same = declares(spec('n'), spec('m', 't/x', HOUR));
  expect(changes(same, same, holds([spec('n')]))).toEqual([]);
});
