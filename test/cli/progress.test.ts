import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress, runProgress } from '../../src/cli/progress.ts';
import { formatSpan } from '../../src/model/text-forms.ts';

/** A terminal that keeps what is written to it, and a clock that is set by hand. */
function watched(isWatched = true) {
  const stderr = new PassThrough();
  let time = 1000;
  const progress = createProgress(
    { stdout: new PassThrough(), stderr, watched: isWatched, signal: new AbortController().signal },
    () => time,
  );
  return { progress, pass: (millis: number) => (time += millis), written: () => String(stderr.read() ?? '') };
}

describe('the line of progress', () => {
  it('is written at most every 250 ms, over the one before, with the real time since the start', () => {
    const { progress, pass, written } = watched();
    const seen: number[] = [];
    const show = () => progress.show((realMillis) => `${seen.push(realMillis)}`);
    show();
    pass(250);
    show();
    pass(249);
    show();
    pass(1);
    show();
    expect(seen).toEqual([250, 500]);
    expect(written()).toBe('\r\u001b[K1\r\u001b[K2');
  });

  it('is taken away once, and only where it was shown', () => {
    const { progress, pass, written } = watched();
    progress.clear();
    expect(written()).toBe('');
    pass(300);
    progress.show(() => 'far');
    progress.clear();
    progress.clear();
    expect(written()).toBe('\r\u001b[Kfar\r\u001b[K');
  });

  it('is not made where nobody looks', () => {
    const { progress, pass, written } = watched(false);
    pass(1000);
    progress.show(() => {
      throw new Error('asked for a text that nobody sees');
    });
    progress.clear();
    expect(written()).toBe('');
  });

  it.each([
    [12_000, 180_000, 2000, '12,000 messages, 3 min of virtual time, 90 times as fast as real time'],
    [5, 1500, 1000, '5 messages, 1.5 s of virtual time, 1.5 times as fast as real time'],
    [5, 1500, 0, '5 messages, 1.5 s of virtual time'],
  ])('says of %d messages in %d ms of virtual and %d ms of real time: %s', (messages, virtual, real, text) => {
    expect(runProgress(messages, virtual, real)).toBe(text);
  });
});

describe('a span of time for people', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [4450, '4.45 s'],
    [4459, '4.46 s'],
    [59_994, '59.99 s'],
    [59_996, '1 min'],
    [65_400, '1 min 5 s'],
    [119_600, '2 min'],
    [3_599_900, '1 h'],
    [90_061_000, '1 d 1 h'],
    [31 * 86_400_000, '31 d'],
  ])('of %d ms is %s', (millis, text) => {
    expect(formatSpan(millis)).toBe(text);
  });
});
