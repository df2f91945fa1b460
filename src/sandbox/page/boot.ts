/**
 * The one script of sandbox.html: starts workers from texts that the page sends, and ends them. Refuses to do anything
 * when its origin is not opaque, so that nobody can frame it to run code in the app's origin.
 */
import { failureText } from '../host/worker-link.ts';
import type { FromFrame, ToFrame } from './frame-messages.ts';

/** Long enough for a worker to have fetched its script. */
const URL_LIFE_MILLIS = 10_000;

const workers = new Map<number, Worker>();

function tell(message: FromFrame): void {
  // An opaque origin cannot be named as a target; nothing secret is told.
  window.parent.postMessage(message, '*');
}

function start({ sandbox, parts, port }: Extract<ToFrame, { type: 'start' }>): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: 'text/javascript' }));
  try {
    const worker = new Worker(url);
    worker.onerror = (event) => {
      event.preventDefault();
      tell({
        type: 'failed',
        sandbox,
        message: failureText(event.message || 'The sandbox worker failed', event.lineno || 0, event.colno || 0),
      });
    };
    worker.postMessage(null, [port]);
    workers.set(sandbox, worker);
    tell({ type: 'started', sandbox });
  } catch (error) {
    tell({ type: 'failed', sandbox, message: String(error) });
  }
  setTimeout(() => URL.revokeObjectURL(url), URL_LIFE_MILLIS);
}

function receive(event: MessageEvent): void {
  if (event.source !== window.parent) {
    return;
  }
  const message = event.data as ToFrame;
  switch (message.type) {
    case 'start':
      start(message);
      break;
    case 'end':
      workers.get(message.sandbox)?.terminate();
      workers.delete(message.sandbox);
      tell({ type: 'ended', sandbox: message.sandbox });
      break;
    case 'ping':
      tell({ type: 'pong', ping: message.ping });
      break;
    default:
      break;
  }
}

if (self.origin === 'null' && window.parent !== window) {
  window.addEventListener('message', receive);
  tell({ type: 'up' });
} else {
  document.addEventListener('DOMContentLoaded', () => {
    document.body.textContent = 'This page works only inside StateFun Studio.';
  });
}
