/** Playwright's `test`, where every page of a test is watched from its first request to its end. */
import { test as base } from '@playwright/test';
import { watchContext } from './watch-page.ts';
import type { Watch } from './watch-page.ts';

export const test = base.extend<{ readonly watch: Watch }>({
  watch: [
    async ({ context, baseURL }, use) => {
      const watch = watchContext(context, baseURL ?? '');
      await use(watch);
      base.expect(watch.faults(), 'what the pages did wrong').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
