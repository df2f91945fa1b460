import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromFrame, ToFrame } from '../../../src/sandbox/page/frame-messages.ts';
import { createSandboxFrames } from '../../../src/sandbox/page/sandbox-frames.ts';
import type { SandboxEvent, SandboxNews } from '../../../src/sandbox/page/sandbox-frames.ts';

const TIMES = { pingEvery: 1000, silence: 8000, dueSilence: 4000 };

let now: number;
let check: () => void;
let want: (event: SandboxEvent) => void;
let told: SandboxNews[];
/** Whether the iframe answers. */
let alive: boolean;

/** An iframe that answers as sandbox.html does, as long as it lives. */
const frameWindow = {
  postMessage(message: ToFrame) {
    if (alive && message.type === 'start') {
      queueMicrotask(() => say({ type: 'started', sandbox: message.sandbox }));
    } else if (alive && message.type === 'ping') {
      queueMicrotask(() => say({ type: 'pong', ping: message.ping }));
    }
  },
};

function say(message: FromFrame): void {
  window.dispatchEvent(Object.assign(new Event('message'), { data: message, source: frameWindow }));
}

beforeEach(() => {
  now = 0;
  told = [];
  alive = true;
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', {
    baseURI: 'http://studio/',
    body: { append: () => undefined },
    createElement: () => ({ setAttribute: () => undefined, remove: () => undefined, contentWindow: frameWindow }),
  });
  vi.stubGlobal('performance', { now: () => now });
  vi.stubGlobal('setInterval', (run: () => void) => {
    check = run;
    return 1;
  });
  createSandboxFrames(
    {
      listen(listener) {
        want = listener;
        return () => undefined;
      },
      tell: (news) => told.push(news),
    },
    TIMES,
  );
  want({ type: 'sandbox-wanted', sandbox: 1, parts: [] });
  say({ type: 'up' });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What is on its way is heard before. */
async function checkAfter(millis: number): Promise<void> {
  await Promise.resolve();
  now += millis;
  check();
}

test('a sandbox whose iframe falls silent is reported as failed after the silence, once', async () => {
  await checkAfter(1000);
  alive = false;
  for (let second = 0; second < 8; second += 1) {
    await checkAfter(1000);
  }
  expect(told.map(({ type }) => type)).toEqual(['sandbox-port']);
  for (let second = 0; second < 20; second += 1) {
    await checkAfter(1000);
  }
  expect(told.map(({ type }) => type)).toEqual(['sandbox-port', 'sandbox-failed']);
});

test('a page whose timers run once a minute, as when it is hidden, takes no living sandbox for a dead one', async () => {
  for (let minute = 0; minute < 20; minute += 1) {
    await checkAfter(60_000);
  }
  expect(told.map(({ type }) => type)).toEqual(['sandbox-port']);
});
