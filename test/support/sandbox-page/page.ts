/** Does what the app does for its sandboxes, and lets a browser test run code in them: `runInSandbox(sources, limit, batches)`. */
import { createSandboxFrames } from '../../../src/sandbox/page/sandbox-frames.ts';
import type { SandboxClient, SandboxEvent } from '../../../src/sandbox/page/sandbox-frames.ts';
import type { Answer, Command } from './worker.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const waiting = new Map<number, (answer: Answer) => void>();
let last = 0;
let longestPause = 0;

const client: SandboxClient = {
  listen(listener) {
    const hear = (event: MessageEvent<SandboxEvent | Answer>): void => {
      if (event.data.type === 'answer') {
        waiting.get(event.data.command)?.(event.data);
      } else {
        listener(event.data);
      }
    };
    worker.addEventListener('message', hear);
    return () => worker.removeEventListener('message', hear);
  },
  tell: (event, transfer = []) => worker.postMessage(event, transfer),
};
createSandboxFrames(client);

function runInSandbox(sources: Command['sources'], limit: number, batches: Command['batches']): Promise<Answer> {
  last += 1;
  const command = last;
  const answer = new Promise<Answer>((resolve) => waiting.set(command, resolve));
  worker.postMessage({ type: 'run', command, sources, limit, batches } satisfies Command);
  return answer;
}

// How long the page's own thread was kept from running anything.
let at = performance.now();
setInterval(() => {
  longestPause = Math.max(longestPause, performance.now() - at);
  at = performance.now();
}, 10);

declare global {
  interface Window {
    runInSandbox: typeof runInSandbox;
    takeLongestPause: () => number;
  }
}
window.runInSandbox = runInSandbox;
window.takeLongestPause = () => {
  const longest = longestPause;
  longestPause = 0;
  return longest;
};
