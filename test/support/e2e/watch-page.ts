/** What no page of the Studio may do, whatever is tested: fail, break its content security policy, or ask another origin for anything. */
import type { BrowserContext, ConsoleMessage, Request } from '@playwright/test';

export interface Watch {
  /** Faults so far, as lines. */
  faults(): readonly string[];
  /** Console errors that a test provokes on purpose. */
  allow(pattern: RegExp): void;
}

/** Console errors hold the browser's own complaints too: a broken policy, a resource that did not load. */
export function watchContext(context: BrowserContext, origin: string): Watch {
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  context.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') {
      seen.push(`console: ${message.text()}`);
    }
  });
  context.on('weberror', (error) => seen.push(`exception: ${String(error.error())}`));
  context.on('request', (request: Request) => {
    if (!request.url().startsWith(`${origin}/`) && !/^(blob|data):/.test(request.url())) {
      seen.push(`request: ${request.url()}`);
    }
  });
  return {
    faults: () => seen.filter((line) => !allowed.some((pattern) => pattern.test(line))),
    allow: (pattern) => allowed.push(pattern),
  };
}
