import { beforeEach, expect, test, vi } from 'vitest';
import { createStallProbe } from '../../src/sandbox/worker/stall-probe.ts';

const clock = vi.hoisted(() => ({ now: 0 }));
vi.mock('../../src/sandbox/worker/primordials.ts', async (original) => ({
  ...(await original<object>()),
  realNow: () => clock.now,
}));

beforeEach(() => {
  clock.now = 1000;
});

const [ENDED, OUTER, INNER] = [0, 1, 2];

/** Reports of code: a statement, a round of a loop. Being sure is thrown, since the worker would go no further. */
function probed() {
  const { given, begin } = createStallProbe(3, 300, (type, point, sure) => {
    if (sure) {
      throw new Error(`${type} ${point}`);
    }
  });
  begin();
  const { s, i } = given as { readonly s: (point: number) => void; readonly i: (point: number) => void };
  return { s, i };
}

/** A loop that ended, then one that goes on, with an inner one in each round; a round takes 1 ms. */
function goOnFor(millis: number): { readonly i: (point: number) => void } {
  const { s, i } = probed();
  s(ENDED);
  i(ENDED);
  s(OUTER);
  for (const end = clock.now + millis; clock.now < end; clock.now += 1) {
    i(OUTER);
    s(INNER);
    i(INNER);
  }
  return { i };
}

test('the outer of two loops that go round is where code stays', () => {
  expect(() => goOnFor(400)).toThrow(`loop ${OUTER}`);
});

test('it is the outer one also where the thread stood still until the time was over', () => {
  const { i } = goOnFor(150);
  clock.now += 200;
  expect(() => i(INNER)).toThrow(`loop ${OUTER}`);
});

test('an outer one that has not gone round for a while only waits for the inner', () => {
  const { i } = goOnFor(100);
  const inward = () => {
    for (; clock.now < 2000; clock.now += 1) {
      i(INNER);
    }
  };
  expect(inward).toThrow(`loop ${INNER}`);
});
