import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { behindKeys, isTyping, listenToInput } from '../../src/state/behind-keys.ts';

/** What the listener needs of a document, and the frames that it asks for. */
let stop: () => void;
let target: EventTarget;
let frames: (() => void)[];
let busy: number;
beforeAll(() => {
  vi.useFakeTimers();
});
beforeEach(() => {
  // Keys of the test before are long past.
  vi.advanceTimersByTime(10_000);
  target = new EventTarget();
  frames = [];
  busy = 0;
  stop = listenToInput(
    target as Document,
    (run) => frames.push(run),
    () => {
      busy += 1;
    },
  );
});
afterEach(() => {
  stop();
  vi.runAllTimers();
});
afterAll(() => {
  vi.useRealTimers();
});

function press(keys: { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean } = {}): void {
  target.dispatchEvent(Object.assign(new Event('keydown'), { ctrlKey: false, metaKey: false, altKey: false, ...keys }));
}

function frame(): void {
  frames.splice(0).forEach((run) => run());
}

describe('behind keys', () => {
  test('work is done at once when nobody types', () => {
    const work = vi.fn();
    behindKeys(work);
    expect(work).toHaveBeenCalledTimes(1);
  });

  test('while somebody types it waits for the frame of the next key, and is done once', () => {
    press();
    frame();
    const work = vi.fn();
    behindKeys(work);
    behindKeys(work);
    vi.advanceTimersByTime(100);
    expect(work).not.toHaveBeenCalled();
    press();
    expect(work).not.toHaveBeenCalled();
    frame();
    expect(work).toHaveBeenCalledTimes(1);
    press();
    frame();
    expect(work).toHaveBeenCalledTimes(1);
  });

  test('without another key it is done when typing is over', () => {
    press();
    frame();
    const work = vi.fn();
    behindKeys(work);
    vi.advanceTimersByTime(399);
    expect(work).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(work).toHaveBeenCalledTimes(1);
    expect(isTyping()).toBe(false);
  });

  test('work that asks for more work waits again', () => {
    press();
    frame();
    const later = vi.fn();
    behindKeys(() => behindKeys(later));
    press();
    frame();
    expect(later).not.toHaveBeenCalled();
    press();
    frame();
    expect(later).toHaveBeenCalledTimes(1);
  });

  test('a command is not typing', () => {
    press({ ctrlKey: true });
    press({ metaKey: true });
    press({ altKey: true });
    expect(isTyping()).toBe(false);
    expect(busy).toBe(0);
  });

  test('keys and drags are told, at most ten a second; a pointer that only passes is not', () => {
    const move = (buttons: number) => target.dispatchEvent(Object.assign(new Event('pointermove'), { buttons }));
    move(0);
    expect(busy).toBe(0);
    for (let at = 0; at < 1000; at += 10) {
      move(1);
      vi.advanceTimersByTime(10);
    }
    expect(busy).toBe(10);
    expect(isTyping()).toBe(false);
  });
});
