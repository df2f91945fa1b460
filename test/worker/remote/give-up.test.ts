import { expect, test } from 'vitest';
import { onGivenUp } from '../../../src/worker/remote/give-up.ts';

test('a signal tells all that wait and nobody that let go, and gets one listener however many there are', () => {
  const cancel = new AbortController();
  const { signal } = cancel;
  const told: number[] = [];
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners += 1;
    add(...args);
  };
  const release = Array.from({ length: 50 }, (_, index) => onGivenUp(signal, () => told.push(index)));
  release.slice(2).forEach((letGo) => letGo());
  cancel.abort();
  expect([listeners, told]).toEqual([1, [0, 1]]);
  onGivenUp(signal, () => told.push(99));
  expect(told).toEqual([0, 1, 99]);
});
