/** A line on a terminal that says how far a long run is. Silent where nobody looks. */
import { formatCount, formatSpan } from '../model/text-forms.ts';
import type { Terminal } from './terminal.ts';

const EVERY_MILLIS = 250;

export interface Progress {
  /** Shows what `text` gives, unless something was shown just now. Its argument: real ms since the start. */
  show(text: (realMillis: number) => string): void;
  /** Takes the line away. */
  clear(): void;
}

export function createProgress({ stderr, watched }: Terminal, now: () => number = () => performance.now()): Progress {
  const startedAt = now();
  let shownAt = startedAt;
  let shown = false;
  return {
    show(text) {
      const at = now();
      if (watched && at - shownAt >= EVERY_MILLIS) {
        shownAt = at;
        shown = true;
        stderr.write(`\r\u001b[K${text(at - startedAt)}`);
      }
    },
    clear() {
      if (shown) {
        shown = false;
        stderr.write('\r\u001b[K');
      }
    },
  };
}

/** `12,000 messages, 3 min of virtual time, 90 times as fast as real time`. */
export function runProgress(messages: number, virtualMillis: number, realMillis: number): string {
  const done = `${formatCount(messages)} messages, ${formatSpan(virtualMillis)} of virtual time`;
  return realMillis < 1 ? done : `${done}, ${speedText(virtualMillis / realMillis)}`;
}

function speedText(speed: number): string {
  const shown = speed < 10 ? speed.toFixed(1) : formatCount(Math.round(speed));
  return `${shown} times as fast as real time`;
}
