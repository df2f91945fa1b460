import { inspector, item, select } from '../support/e2e/drawing.ts';
import { editor } from '../support/e2e/coding.ts';
import { openTopic, rows, filterMessages } from '../support/e2e/dock.ts';
import { PYTHON_MODULE, SINGLE_ROOT_MODULE } from '../support/e2e/modules.ts';
import { chooseFile, exportedModule, exportedProject, openExample, openModule, openZip, workbenchIsOpen } from '../support/e2e/opening.ts';
import { choose, sendRecord, simulate } from '../support/e2e/running.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

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

test('a project ZIP that was exported opens as the same project', async ({ page }) => {
  await openExample(page, 'shopping-cart');
  const files = await exportedProject(page);
  await openZip(page, 'again', files);
  expect(await exportedProject(page)).toEqual(files);
});
