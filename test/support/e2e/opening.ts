/** Ways into a project from the start page, and out of it. */
import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { unzipSync, zipSync } from 'fflate';

export async function openStart(page: Page): Promise<void> {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Start with a working module' })).toBeVisible();
}

export async function workbenchIsOpen(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible();
}

export async function openExample(page: Page, example: string): Promise<void> {
  await page.goto(`/?example=${example}`);
  await workbenchIsOpen(page);
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
}

export async function openEmptyCanvas(page: Page): Promise<void> {
  await openStart(page);
  await page.getByRole('button', { name: 'Empty canvas' }).click();
  await workbenchIsOpen(page);
}

/** Chooses a file where the act asks for one. */
export async function chooseFile(page: Page, act: () => Promise<void>, name: string, content: string | Uint8Array): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await act();
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
}

export async function openModule(page: Page, text: string, name = 'module.yaml'): Promise<void> {
  await openStart(page);
  await chooseFile(page, () => page.getByRole('button', { name: 'Open a module.yaml' }).click(), name, text);
}

export async function openZip(page: Page, name: string, files: ReadonlyMap<string, string>): Promise<void> {
  const entries = Object.fromEntries([...files].map(([path, text]) => [path, new TextEncoder().encode(text)]));
  await openStart(page);
  await chooseFile(
    page,
    () => page.getByRole('button', { name: 'Open a project ZIP' }).click(),
    `${name}.zip`,
    zipSync(entries, { level: 1 }),
  );
  await workbenchIsOpen(page);
}

/** @param what the choice in the dialog, and its button */
async function download(page: Page, what: 'Runnable project' | 'Project files' | 'module.yaml', name: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await exportDialog(page).getByRole('radio', { name: what }).click();
  const arriving = page.waitForEvent('download');
  await exportDialog(page).getByRole('button', { name }).click();
  const bytes = await readFile(await (await arriving).path());
  await exportDialog(page).getByRole('button', { name: 'Close' }).click();
  await expect(exportDialog(page)).toBeHidden();
  return bytes;
}

export function exportDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Export' });
}

export async function exportedModule(page: Page): Promise<string> {
  return (await download(page, 'module.yaml', 'Download module.yaml')).toString('utf8');
}

export async function exportedProject(page: Page): Promise<ReadonlyMap<string, string>> {
  return textsOf(await download(page, 'Project files', 'Download project ZIP'));
}

/** The ZIP with what runs the project. */
export function exportedRunnable(page: Page): Promise<Buffer> {
  return download(page, 'Runnable project', 'Download runnable ZIP');
}

export function textsOf(zip: Uint8Array): ReadonlyMap<string, string> {
  return new Map(Object.entries(unzipSync(zip)).map(([path, content]) => [path, new TextDecoder().decode(content)]));
}

/** *Saved* stands only when the edits are on disk. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByRole('banner').getByRole('status')).toHaveText('Saved');
}
