import { mkdtemp, readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { folderWith, runCommand } from '../support/command-line.ts';
import { outline } from '../support/e2e/drawing.ts';
import { exportDialog, exportedProject, exportedRunnable, openExample, openZip, textsOf } from '../support/e2e/opening.ts';
import { expect, test } from '../support/e2e/studio-test.ts';
import { loadExample } from '../support/load-example.ts';

/** What the command line exports of the same project, under the same name. */
async function exportedByCommandLine(id: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'statefun-export-'));
  await rename(await folderWith(loadExample(id)), join(folder, id));
  const ended = await runCommand('export', join(folder, id), '--zip', join(folder, 'out.zip'));
  expect(ended.code).toBe(0);
  return readFile(join(folder, 'out.zip'));
}

async function openExport(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+E');
  await expect(exportDialog(page).getByRole('region', { name: 'Files' })).toBeVisible();
  return exportDialog(page);
}

test.describe('in another time zone and language', () => {
  test.use({ timezoneId: 'Asia/Kathmandu', locale: 'tr-TR' });

  test("an example's export is the command line's byte for byte, and comes back as the same project", async ({ page }) => {
    await openExample(page, 'fraud-detection');
    const items = outline(page).getByRole('row');
    await expect(items.filter({ hasText: 'transaction-manager' })).toBeVisible();
    const before = await items.allTextContents();
    const zip = await exportedRunnable(page);
    expect(zip.equals(await exportedByCommandLine('fraud-detection'))).toBe(true);

    await openZip(page, 'fraud-detection', textsOf(zip));
    await expect(items).toHaveText(before);
    await page.getByRole('tab', { name: 'Problems' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Problems' })).toContainText('No problems');
    expect(await exportedProject(page)).toEqual(textsOf(zip));
    expect((await exportedRunnable(page)).equals(zip)).toBe(true);
  });
});

test('what cannot be known is asked, and what looks like a secret is told with its way out', async ({ page }) => {
  const files = new Map<string, string>(loadExample('greeter'));
  const module = files.get('module.yaml') ?? '';
  files.set(
    'module.yaml',
    module
      .replaceAll('address: kafka:9092', 'address: broker.example.com:9093')
      .replace('  topics:', '  properties:\n    - ssl.key.password: hunter2hunter2\n  topics:'),
  );
  files.set('.env', 'TOKEN=hunter2hunter2\n');
  await openZip(page, 'greeter', files);
  const dialog = await openExport(page);
  const secrets = dialog.getByRole('region', { name: 'Secrets' });
  await expect(secrets).toContainText('module.yaml:18');
  await expect(secrets).toContainText('ssl.key.password of greeter/visits');
  await expect(secrets).toContainText('.env');
  await expect(secrets).not.toContainText('hunter2');
  const list = dialog.getByRole('listbox', { name: 'Files of the export' });
  await expect(list.getByRole('option', { name: '.env', exact: true })).toBeVisible();
  await dialog.getByText('Leave secrets out').click();
  await expect(list.getByRole('option', { name: '.env', exact: true })).toBeHidden();
  await expect(secrets).toContainText('2 possible secrets stay here');
  const reference = '${secrets:/opt/statefun/secrets:GREETER_VISITS_SSL_KEY_PASSWORD}';
  await expect(secrets).toContainText(reference);
  await list.getByRole('option', { name: '.env.example' }).click();
  await expect(dialog.getByLabel('.env.example', { exact: true })).toContainText("GREETER_VISITS_SSL_KEY_PASSWORD=''");
  const leavesWithout = async (what: string, button: string) => {
    await dialog.getByRole('radio', { name: what }).click();
    const arriving = page.waitForEvent('download');
    await dialog.getByRole('button', { name: button }).click();
    const bytes = await readFile(await (await arriving).path());
    const texts = what === 'module.yaml' ? [bytes.toString('utf8')] : [...textsOf(bytes).values()];
    expect(texts.join('\n')).not.toContain('hunter2hunter2');
    expect(texts.join('\n')).toContain(reference);
  };
  await leavesWithout('Project files', 'Download project ZIP');
  await leavesWithout('module.yaml', 'Download module.yaml');
  await dialog.getByRole('radio', { name: 'Runnable project' }).click();

  await expect(dialog).toContainText('broker.example.com:9093 is used as it is');
  await dialog.getByRole('radiogroup', { name: 'Kafka' }).getByRole('radio', { name: 'Local stand-in' }).click();
  await expect(dialog).toContainText('address of greeter/visits is kafka:9092 in place of broker.example.com:9093');
  await list.getByRole('option', { name: 'module.compose.yaml' }).click();
  await expect(dialog.getByLabel('module.compose.yaml', { exact: true })).toContainText('address: kafka:9092');

  await dialog.getByText('Leave secrets out').click();
  await dialog.getByText('Manifests for kubectl apply -k').click();
  await expect(dialog.getByRole('region', { name: 'Files' })).toContainText('Name the image of the function server');
  await expect(dialog.getByRole('button', { name: 'Download runnable ZIP' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Image of the function server' }).fill('registry.example.com/greeter:1.0.0');
  await dialog.getByRole('textbox', { name: 'URI for checkpoints' }).fill('s3://greeter/checkpoints');
  await list.getByRole('option', { name: 'kustomization.yaml' }).click();
  await expect(dialog.getByLabel('kustomization.yaml', { exact: true })).toContainText('secretGenerator');
  await expect(dialog.getByRole('button', { name: 'Download runnable ZIP' })).toBeEnabled();

  await secrets.getByRole('button', { name: 'module.yaml:18' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('.monaco-editor.focused .view-line', { hasText: 'ssl.key.password: hunter2hunter2' })).toBeVisible();
});

test('a folder is written after what would be replaced was shown', async ({ page }) => {
  // The picker is the browser's own window; the folder that it gives is as real as this one of the page's.
  await page.addInitScript(() => {
    Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() });
  });
  await openExample(page, 'greeter');
  const dialog = await openExport(page);
  await dialog.getByRole('radio', { name: 'Folder on this computer' }).click();
  const write = async (button: RegExp) => {
    await dialog.getByRole('button', { name: 'Choose folder…' }).click();
    const question = dialog.getByRole('region', { name: /^What changes in/ });
    await expect(question).toBeVisible();
    const words = await question.innerText();
    await dialog.getByRole('button', { name: button }).click();
    await expect(dialog.getByRole('status')).toContainText(/^\d+ files are in/);
    return words;
  };
  expect(await write(/^Write \d+ files$/)).toContain('0 as they are already');
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const writable = await (await root.getFileHandle('module.yaml')).createWritable();
    await writable.write('mine');
    await writable.close();
  });
  const again = await write(/^Replace 1 and write$/);
  expect(again).toContain('0 new');
  expect(again.split('\n').at(-1)).toBe('module.yaml');
  const text = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    return (await (await root.getFileHandle('module.yaml')).getFile()).text();
  });
  expect(text).toBe(loadExample('greeter').get('module.yaml' as never));
});
