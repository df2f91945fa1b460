import { describe, expect, test } from 'vitest';
import { considerateTime } from '../../src/worker/considerate-time.ts';

/** A clock that only sleeping and `work` move. */
function fakeTime() {
  let now = 0;
  const rests: number[] = [];
  return {
    rests,
    work(ms: number) {
      now += ms;
    },
    time: {
      now: () => now,
      sleep: async (ms: number) => {
        rests.push(ms);
        now += ms;
      },
      breathe: async () => undefined,
    },
  };
}

describe('considerate time', () => {
  test('a run does not rest while nobody is busy', async () => {
    const { time, work, rests } = fakeTime();
    const considerate = considerateTime(time);
    work(10);
    await considerate.breathe();
    expect(rests).toEqual([]);
  });

  test('while somebody is, it rests twice as long as it worked, at most 60 ms', async () => {
    const { time, work, rests } = fakeTime();
    const considerate = considerateTime(time);
    considerate.userBusy();
    work(10);
    await considerate.breathe();
    work(3);
    await considerate.breathe();
    work(200);
    await considerate.breathe();
    expect(rests).toEqual([20, 6, 60]);
  });

  test('what it slept is no work', async () => {
    const { time, work, rests } = fakeTime();
    const considerate = considerateTime(time);
    considerate.userBusy();
    work(5);
    await considerate.sleep(100, Promise.resolve());
    expect(rests).toEqual([100, 10]);
  });

  test('it goes on at full speed 400 ms after the last sign', async () => {
    const { time, work, rests } = fakeTime();
    const considerate = considerateTime(time);
    considerate.userBusy();
    work(400);
    await considerate.breathe();
    expect(rests).toEqual([]);
  });
});
