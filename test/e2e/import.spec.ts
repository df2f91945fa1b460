import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inspector, item, select } from '../support/e2e/drawing.ts';
import { editor } from '../support/e2e/coding.ts';
import { openTopic, rows, filterMessages } from '../support/e2e/dock.ts';
import { typesAreChecked } from '../support/e2e/ide.ts';
import { PYTHON_MODULE, SINGLE_ROOT_MODULE } from '../support/e2e/modules.ts';
import {
  chooseFile,
  exportedModule,
  exportedProject,
  openExample,
  openModule,
  openStart,
  openZip,
  workbenchIsOpen,
} from '../support/e2e/opening.ts';
import { choose, sendRecord, simulate } from '../support/e2e/running.ts';
import { expect, test } from '../support/e2e/studio-test.ts';
import { loadExample } from '../support/load-example.ts';

for (const [form, text] of [
  ['with odd spacing and comments', PYTHON_MODULE],
  ['in the single-root form', SINGLE_ROOT_MODULE],
  ['with Windows line ends', PYTHON_MODULE.replaceAll('\n', '\r\n')],
  ['with a byte order mark', `\uFEFF${PYTHON_MODULE}`],
] as const) {
  test(`a module ${form} comes out byte for byte as it went in`, async ({ page }) => {
    await openModule(page, text);
    const open = page.getByRole('button', { name: 'Open as a new project' });
    await expect(open.or(page.getByRole('button', { name: 'Export', exact: true }))).toBeVisible();
    if (await open.isVisible()) {
      await open.click();
    }
    await workbenchIsOpen(page);
    expect(await exportedModule(page)).toBe(text);
  });
}

test('a function in another language runs at once: its stand-in records what arrives, or passes it on', async ({ page }) => {
  await openModule(page, PYTHON_MODULE, 'orders.yaml');
  await workbenchIsOpen(page);
  await expect(item(page, 'Function without code orders/check')).toContainText('stand-in');
  await simulate(page);
  await sendRecord(page, { topic: 'orders', key: 'o-1', value: '{"total":12}' });
  const list = await filterMessages(page, { events: 'Messages', id: 'o-1' });
  await expect(rows(list, 'Events').filter({ hasText: '{"total":12}' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await select(page, 'Function without code orders/check');
  await choose(page, inspector(page), 'Stand-in forwards to', 'orders/receipts');
  await expect(item(page, 'Function without code orders/check')).toContainText('receipts');
  expect(await exportedModule(page)).toBe(PYTHON_MODULE);
  await simulate(page);
  await sendRecord(page, { topic: 'orders', key: 'o-2', value: '{"total":34}' });
  const topic = await openTopic(page, 'receipts');
  await expect(rows(topic, 'Records of receipts')).toContainText('{"total":34}');
});

test('Write it gives the function a typed skeleton, which runs', async ({ page }) => {
  await openModule(page, PYTHON_MODULE, 'orders.yaml');
  await workbenchIsOpen(page);
  await select(page, 'Function without code orders/check');
  await inspector(page).getByRole('button', { name: 'Write it' }).click();
  await expect(editor(page)).toContainText('orders.types/order');
  await typesAreChecked(page);
  const files = await exportedProject(page);
  expect(files.get('module.yaml')).toBe(PYTHON_MODULE);
  const written = [...files].find(([path]) => path.startsWith('functions/'));
  expect(written?.[1]).toContain("typename: 'orders/check'");
  await simulate(page);
  await sendRecord(page, { topic: 'orders', key: 'o-1', value: '{"total":12}' });
  await page.getByRole('tab', { name: 'Console' }).click();
  await expect(page.getByRole('grid', { name: 'Log lines' })).toContainText('o-1');
});

test('Import… over an open project asks where it goes, and Undo takes a replaced module.yaml back', async ({ page }) => {
  await openExample(page, 'greeter');
  const before = await exportedModule(page);
  await chooseFile(page, () => page.keyboard.press('Control+O'), 'orders.yaml', PYTHON_MODULE);
  const dialog = page.getByRole('dialog', { name: 'Import orders' });
  await dialog.getByRole('button', { name: 'Replace module.yaml' }).click();
  await expect(item(page, 'Kafka ingress orders/incoming')).toBeVisible();
  expect(await exportedModule(page)).toBe(PYTHON_MODULE);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(item(page, 'Kafka ingress greeter/visits')).toBeVisible();
  expect(await exportedModule(page)).toBe(before);
});

test('a project ZIP that was exported opens as the same project, with a large file too', async ({ page }) => {
  await openExample(page, 'shopping-cart');
  const large = Array.from({ length: 40_000 }, (_, line) => `{"line":${line}}`).join('\n');
  const files = new Map([...(await exportedProject(page)), ['data/large.jsonl', large]]);
  await openZip(page, 'again', files);
  expect(await exportedProject(page)).toEqual(files);
});

/** A project on disk as a developer has it: with what was installed, what was built, and a file of secrets. */
async function folderOnDisk(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = loadExample('greeter');
  const beside = { '.gitignore': 'dist/\n.env\n' };
  const left = { '.env': 'TOKEN=1', 'dist/server.cjs': 'built', 'node_modules/x/index.js': 'installed' };
  for (const [path, text] of [...files, ...Object.entries({ ...beside, ...left })]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return new Map<string, string>([...files, ...Object.entries(beside)]);
}

test.describe('a project folder', () => {
  test('is picked, comes in without what its .gitignore names, and goes out as it was', async ({ page }) => {
    // The picker is the browser's own window; the folder that it gives is as real as this one of the page's.
    await page.addInitScript(() => {
      Object.assign(window, {
        showDirectoryPicker: () => navigator.storage.getDirectory().then((root) => root.getDirectoryHandle('shop')),
      });
    });
    await openStart(page);
    const files = loadExample('shopping-cart');
    await page.evaluate(
      async (entries) => {
        const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('shop', { create: true });
        for (const [path, text] of entries) {
          const parts = path.split('/');
          let folder = root;
          for (const part of parts.slice(0, -1)) {
            folder = await folder.getDirectoryHandle(part, { create: true });
          }
          const writable = await (await folder.getFileHandle(parts.at(-1) ?? '', { create: true })).createWritable();
          await writable.write(text);
          await writable.close();
        }
      },
      [...files, ['.gitignore', 'dist/'], ['dist/server.cjs', 'built'], ['node_modules/x/index.js', 'installed']] as [string, string][],
    );
    await page.getByRole('button', { name: 'Open a project folder' }).click();
    await workbenchIsOpen(page);
    await expect(page.getByRole('banner')).toContainText('shop');
    expect(await exportedProject(page)).toEqual(new Map([...files, ['.gitignore', 'dist/']]));
  });

  test('is chosen where the browser has no picker', async ({ page }, testInfo) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showDirectoryPicker'));
    const folder = testInfo.outputPath('greetings');
    const files = await folderOnDisk(folder);
    await openStart(page);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open a project folder' }).click();
    await (await chooser).setFiles(folder);
    await workbenchIsOpen(page);
    expect(await exportedProject(page)).toEqual(files);
  });

  test('is dropped', async ({ page }, testInfo) => {
    const folder = testInfo.outputPath('greetings');
    const files = await folderOnDisk(folder);
    await openStart(page);
    const browser = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await browser.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data: { items: [], files: [folder], dragOperationsMask: 1 } });
    }
    await workbenchIsOpen(page);
    expect(await exportedProject(page)).toEqual(files);
  });
});
