import { expect, test } from 'vitest';
import { firstInput } from '../../src/app/first-input.ts';

test.each(['pointerdown', 'click', 'keydown', 'wheel', 'dragenter'])(
  'a first %s ends the wait, and no other listener is left behind',
  async (sign) => {
    const target = new EventTarget();
    const listening = new Set<string>();
    const { addEventListener, removeEventListener } = target;
    target.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listening.add(args[0]);
      addEventListener.apply(target, args);
    };
    target.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listening.delete(args[0]);
      removeEventListener.apply(target, args);
    };
    const heard = firstInput(target);
    target.dispatchEvent(new Event('focus'));
    expect(listening.size).toBe(5);
    target.dispatchEvent(new Event(sign));
    expect(listening.size).toBe(0);
    await expect(heard).resolves.toBeUndefined();
  },
);
