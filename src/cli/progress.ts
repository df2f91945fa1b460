/** A line on a terminal that says how far a long run is. Silent where nobody looks. */
import { formatSpan } from './text-forms.ts';
import type { Terminal } from './terminal.ts';

const EVERY_MILLIS = 250;

export interface Progress {
  /** Shows what `text` gives, unless something was shown just now. */
  show(text: () => string): void;
  /** Takes the line away. */
  clear(): void;
}

export function createProgress({ stderr, watched }: Terminal, now: () => number = () => performance.now()): Progress {
  let shownAt = now();
  let shown = false;
  return {
    show(text) {
      const at = now();
      if (watched && at - shownAt >= EVERY_MILLIS) {
        shownAt = at;
        shown = true;
        stderr.write(`\r\u001b[K${text()}`);
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

/** `12,000 messages, 3 min of virtual time`. */
export function runProgress(messages: number, virtualMillis: number): string {
  return `${messages.toLocaleString('en-US')} messages, ${formatSpan(virtualMillis)} of virtual time`;
}
