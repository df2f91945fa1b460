/** The editor as an IDE: the cursor at a place of a text, what pops up there. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { editor } from './coding.ts';
import { statusBar } from './running.ts';

/** Puts the cursor into the text where `needle` first stands in it, `inside` characters on; gives the place as the status bar names it. */
export async function cursorAt(page: Page, text: string, needle: string, inside = 1, within: Locator = editor(page)): Promise<RegExp> {
  const offset = text.indexOf(needle);
  expect(offset, `“${needle}” stands in the text`).toBeGreaterThanOrEqual(0);
  const before = text.slice(0, offset + inside).split('\n');
  const [line, column] = [before.length, (before.at(-1) ?? '').length + 1];
  await within
    .locator('.monaco-editor')
    .first()
    .click({ position: { x: 200, y: 20 } });
  await page.keyboard.press('Control+G');
  const input = page.locator('.quick-input-widget:visible input').first();
  await expect(input).toBeFocused();
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press('Enter');
  // Each editor has one of its own.
  await expect(page.locator('.quick-input-widget:visible')).toHaveCount(0);
  const place = new RegExp(`Ln ${line}, Col ${column}(?!\\d)`);
  await expect(statusBar(page)).toContainText(place);
  return place;
}

function openTabs(page: Page): Locator {
  return page.getByRole('tablist', { name: 'Open files' });
}

export async function fileIsShown(page: Page, name: string): Promise<void> {
  await expect(openTabs(page).getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
}

/** Renames what is under the cursor. */
export async function renameTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press('F2');
  const input = page.locator('.rename-box input');
  await expect(input).toBeFocused();
  await input.fill(name);
  await page.keyboard.press('Enter');
  await expect(input).toBeHidden();
}

export async function typesAreChecked(page: Page, errors = 0): Promise<void> {
  const words = errors === 0 ? /Types checked(?!,)/ : new RegExp(`Types checked, ${errors} error`);
  await expect(statusBar(page)).toContainText(words, { timeout: 60_000 });
}

/** The list of completions that is open. */
export function completions(page: Page): Locator {
  return page.locator('.suggest-widget.visible').getByRole('option');
}
