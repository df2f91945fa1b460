/** Ends of a tab that nobody announced, and its next life in the same browser. */
import type { BrowserContext, Page } from '@playwright/test';

export type Death = 'reload' | 'close' | 'crash';

/** The page's address opened again after its death. */
export async function dieAndReturn(context: BrowserContext, page: Page, death: Death): Promise<Page> {
  const address = page.url();
  if (death === 'reload') {
    await page.reload();
    return page;
  }
  if (death === 'crash') {
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    // The answer dies with the page.
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
  }
  await page.close();
  const next = await context.newPage();
  await next.goto(address);
  return next;
}
