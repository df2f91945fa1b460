/** The settings dialog: how a run is set up, and what feeds it. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** From the project's menu, which is there with and without a run. */
export async function openSettings(page: Page, tab: 'Simulation' | 'Records'): Promise<Locator> {
  await page.keyboard.press('Control+K');
  const palette = page.getByRole('dialog', { name: 'Find or run a command' });
  await palette.getByRole('searchbox').fill('Simulation settings');
  await palette.getByRole('option', { name: /^Simulation settings/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Simulation settings' });
  await dialog.getByRole('tab', { name: tab }).click();
  return dialog;
}

export async function closeSettings(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Simulation settings' });
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(dialog).toBeHidden();
}

export async function setSeed(page: Page, seed: string): Promise<void> {
  const dialog = await openSettings(page, 'Simulation');
  await dialog.getByRole('textbox', { name: 'Seed' }).fill(seed);
  await dialog.getByRole('textbox', { name: 'Seed' }).press('Enter');
  await closeSettings(page);
}

/** Nothing is sent by itself then. */
export async function stopFeeds(page: Page, feeds: readonly string[]): Promise<void> {
  const dialog = await openSettings(page, 'Records');
  for (const feed of feeds) {
    const send = page.getByRole('switch', { name: `Send records of ${feed}` });
    await dialog.getByRole('listitem').filter({ has: send }).locator('label').click();
    await expect(send).not.toBeChecked();
  }
  await closeSettings(page);
}
