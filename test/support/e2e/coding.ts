/** Monaco, as one types in it. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export async function openFile(page: Page, path: string): Promise<Locator> {
  await page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name: 'Code' }).click();
  const name = path.slice(path.lastIndexOf('/') + 1);
  await page.getByRole('region', { name: 'Files' }).getByRole('row', { name, exact: true }).click();
  await expect(page.getByRole('tablist', { name: 'Open files' }).getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
  return editor(page);
}

export function editor(page: Page): Locator {
  return page.getByRole('region', { name: 'Code' });
}

/** Pastes the text in place of the one that is there: typed, the editor would indent it anew. */
export async function replaceText(page: Page, text: string, within: Locator = editor(page)): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await within.locator('.monaco-editor').first().click();
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
}

export async function apply(page: Page): Promise<void> {
  await page.keyboard.press('Control+S');
}

/** What the bar over the editor says of the code that runs. */
export function applied(page: Page): Locator {
  return editor(page).getByRole('status');
}
