import type { Locator, Page } from '@playwright/test';
import { inspector, item } from '../support/e2e/drawing.ts';
import { openStart, workbenchIsOpen } from '../support/e2e/opening.ts';
import { clock, messagesReach, runBar, statusBar } from '../support/e2e/running.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

/** Tab until the element has the focus; fails after as many presses as a patient person makes. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error('Tab does not lead there');
}

test('without a mouse: open an example, walk the graph, edit a field, run, follow a message, export', async ({ page }) => {
  await openStart(page);
  await tabTo(page, page.getByRole('button', { name: 'Open the example' }));
  await page.keyboard.press('Enter');
  await workbenchIsOpen(page);

  const ingress = item(page, 'Kafka ingress fraud/transactions');
  await tabTo(page, ingress);
  await page.keyboard.press('Alt+ArrowRight');
  await expect(item(page, 'Router transactions of fraud/transactions')).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(item(page, 'Function fraud/transaction-manager')).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(ingress).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(inspector(page).locator(':focus')).toHaveCount(1);
  const brokers = inspector(page).getByRole('textbox', { name: 'Brokers' });
  await tabTo(page, brokers);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('by-keyboard:9092');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'module.yaml' })).toContainText('by-keyboard:9092');

  await page.keyboard.press('Control+Enter');
  await expect(runBar(page)).toBeVisible();
  await messagesReach(page, 20);
  await page.keyboard.press('F6');
  await expect(page.locator('[data-region]:focus')).toHaveCount(1);
  const events = page.getByRole('grid', { name: 'Events' });
  await tabTo(page, events);
  await page.keyboard.press('Space');
  await expect(statusBar(page)).toContainText('Paused');
  const at = await clock(page);
  await page.keyboard.press('.');
  await page.keyboard.press('.');
  expect(await clock(page)).toBeGreaterThanOrEqual(at);
  await page.keyboard.press('End');
  await expect(page.getByRole('complementary', { name: 'Message' }).getByRole('heading', { level: 2 })).toBeVisible();
  await page.keyboard.press('[');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await expect(runBar(page)).toBeHidden();

  await page.keyboard.press('Control+E');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog).toBeVisible();
  await tabTo(page, dialog.getByRole('radio', { name: 'Runnable project' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Download module.yaml' }));
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toBe('module.yaml');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the palette finds actions, items and files by name', async ({ page }) => {
  await page.goto('/?example=fraud-detection');
  await workbenchIsOpen(page);
  await page.keyboard.press('Control+K');
  const palette = page.getByRole('dialog', { name: 'Find or run a command' });
  await palette.getByRole('searchbox').fill('merchant-sc');
  await expect(palette.getByRole('option', { name: /fraud\/merchant-scorer|merchant-scorer/ }).first()).toBeVisible();
  await palette.getByRole('searchbox').fill('fraud-count.ts');
  await expect(palette.getByRole('option', { name: /merchant-scorer/ })).toHaveCount(0);
  await expect(palette.getByRole('option', { name: /fraud-count\.ts/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Code' })).toContainText('fraud-count.ts');
});

test('the shortcut help lists the keys of every action', async ({ page }) => {
  await openStart(page);
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).press('Enter');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const label of ['Undo', 'Simulate / Stop', 'Play / Pause', 'To next timer', 'Send record…', 'Next problem']) {
    await expect(help.getByText(label, { exact: true })).toBeVisible();
  }
});
