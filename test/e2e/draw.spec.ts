import type { Page } from '@playwright/test';
import { canvas, connect, dragIn, inspector, item, outline, pullTo, select } from '../support/e2e/drawing.ts';
import { exportDialog, exportedModule, openEmptyCanvas, openExample, saved } from '../support/e2e/opening.ts';
import { replaceText } from '../support/e2e/coding.ts';
import { readProjectFile } from '../support/e2e/example-files.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

function moduleText(page: Page) {
  return page.getByRole('region', { name: 'module.yaml' });
}

test('a module is drawn from nothing with the mouse: ingress, router, function, egress, endpoint, connected', async ({ page }) => {
  await openEmptyCanvas(page);
  await dragIn(page, 'Kafka ingress', 140, 120);
  const ingress = page.getByRole('group', { name: /^Kafka ingress / });
  await expect(ingress).toBeVisible();
  await dragIn(page, 'Endpoint', 560, 200);
  await expect(page.getByRole('group', { name: /^Endpoint / })).toBeVisible();
  await dragIn(page, 'Function', 560, 220);
  await dragIn(page, 'Kafka egress', 820, 120);
  await ingress.hover();
  const box = await ingress.boundingBox();
  const area = await canvas(page).boundingBox();
  await dragIn(page, 'Router', (box?.x ?? 0) - (area?.x ?? 0) + 60, (box?.y ?? 0) - (area?.y ?? 0) + 20);
  const router = page.getByRole('group', { name: /^Router .* of / });
  await expect(router).toBeVisible();
  const fn = page.getByRole('group', { name: /^Function / });
  await connect(page, router, fn);
  await expect(moduleText(page)).toContainText('targets:');
  const egress = page.getByRole('group', { name: /^Kafka egress / });
  await connect(page, fn, egress);
  await expect(page.getByText(/A context\.send line was written into functions\//)).toBeVisible();
  await saved(page);
  const text = await exportedModule(page);
  expect(text).toMatch(/kind: io\.statefun\.kafka\.v1\/ingress/);
  expect(text).toMatch(/kind: io\.statefun\.kafka\.v1\/egress/);
  expect(text).toMatch(/kind: io\.statefun\.endpoints\.v2\/http/);
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Run', exact: true })).toBeVisible();
});

test('the same is drawn by keyboard alone', async ({ page }) => {
  await openEmptyCanvas(page);
  const add = async (name: string) => {
    await page.getByRole('region', { name: 'Canvas' }).focus();
    await page.keyboard.press('a');
    await expect(page.getByRole('region', { name: 'Add' }).getByRole('button', { name: 'Kafka ingress' })).toBeFocused();
    const button = page.getByRole('region', { name: 'Add' }).getByRole('button', { name, exact: true });
    while (!(await button.evaluate((element) => element === document.activeElement))) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
  };
  await add('Kafka ingress');
  const ingress = page.getByRole('group', { name: /^Kafka ingress / });
  await expect(ingress).toBeFocused();
  await add('Function');
  await expect(page.getByRole('group', { name: /^Function / })).toBeFocused();
  await ingress.focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Connect to…' }).press('Enter');
  await expect(page.getByRole('menu', { name: 'Connect to' }).getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: /^Router / })).toBeVisible();
  await expect(moduleText(page)).toContainText('targets:');
});

test('an impossible connection is refused while one draws it, with the reason', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await pullTo(page, item(page, 'Function fraud/model'), item(page, 'Kafka ingress fraud/confirmations'));
  await expect(page.getByText('Nothing leads into an ingress: it reads from the outside.')).toBeVisible();
  await page.mouse.up();
  await expect(canvas(page).getByRole('status').filter({ hasText: 'Nothing leads into an ingress' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('a field of the inspector is the smallest edit of the text, and Undo and Redo take everything back and forth', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  const before = readProjectFile('fraud-detection', 'module.yaml');
  await select(page, 'Kafka ingress fraud/transactions');
  const group = inspector(page).getByRole('textbox', { name: 'Consumer group' });
  await group.fill('fraud-team');
  await group.press('Enter');
  await expect(moduleText(page)).toContainText('consumerGroupId: fraud-team');
  const edited = before.replace('consumerGroupId: fraud-transactions', 'consumerGroupId: fraud-team');
  expect(await exportedModule(page)).toBe(edited);
  await select(page, 'Function fraud/model');
  await inspector(page).getByRole('textbox', { name: 'Name', exact: true }).fill('scoring-model');
  await inspector(page).getByRole('textbox', { name: 'Name', exact: true }).press('Enter');
  await expect(item(page, 'Function fraud/scoring-model')).toBeVisible();
  await item(page, 'Kafka egress fraud/alerts').click();
  await page.keyboard.press('Delete');
  await expect(item(page, 'Kafka egress fraud/alerts')).toBeHidden();
  const drawn = await exportedModule(page);
  const undo = page.getByRole('button', { name: 'Undo' });
  while (await undo.isEnabled()) {
    await undo.click();
  }
  await expect(item(page, 'Function fraud/model')).toBeVisible();
  await expect(item(page, 'Kafka egress fraud/alerts')).toBeVisible();
  expect(await exportedModule(page)).toBe(before);
  const redo = page.getByRole('button', { name: 'Redo' });
  while (await redo.isEnabled()) {
    await redo.click();
  }
  await expect(item(page, 'Function fraud/scoring-model')).toBeVisible();
  expect(await exportedModule(page)).toBe(drawn);
});

test('an edit of the text changes the canvas, and the editor stays when Problems appear; while it cannot be read the last graph stands', async ({
  page,
}) => {
  await openExample(page, 'greeter');
  const text = readProjectFile('greeter', 'module.yaml');
  await moduleText(page).getByRole('textbox').click();
  await replaceText(page, text.replace('id: greeter/greetings', 'id: greeter/answers'), moduleText(page));
  await expect(item(page, 'Kafka egress greeter/answers')).toBeVisible();
  await replaceText(page, text.replace('spec:', 'spec: ['), moduleText(page));
  await expect(canvas(page).getByText(/cannot be read. This is the last graph that could/)).toBeVisible();
  await expect(item(page, 'Kafka egress greeter/answers')).toBeVisible();
  await replaceText(page, text, moduleText(page));
  await expect(item(page, 'Kafka egress greeter/greetings')).toBeVisible();
  await expect(canvas(page).getByText(/cannot be read/)).toBeHidden();
});

test('a dragged item stays where it was put, with module.yaml untouched', async ({ page }) => {
  await openExample(page, 'greeter');
  const egress = item(page, 'Kafka egress greeter/greetings');
  const start = await egress.boundingBox();
  if (start === null) {
    throw new Error('the egress is not on the screen');
  }
  await page.mouse.move(start.x + 60, start.y + 20);
  await page.mouse.down();
  await page.mouse.move(start.x + 60, start.y + 100, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await egress.boundingBox())?.y ?? 0).toBeGreaterThan(start.y + 40);
  await saved(page);
  expect(await exportedModule(page)).toBe(readProjectFile('greeter', 'module.yaml'));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => Math.round((await egress.boundingBox())?.y ?? 0)).toBe(Math.round(start.y));
});

test('Export copies the same text that it downloads', async ({ context, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openExample(page, 'fraud-detection');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await exportDialog(page).getByRole('radio', { name: 'module.yaml' }).click();
  await exportDialog(page).getByRole('button', { name: 'Copy' }).click();
  await expect(exportDialog(page)).toContainText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(readProjectFile('fraud-detection', 'module.yaml'));
});

test('the outline lists what is on the canvas, and selects it', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await outline(page).getByRole('row', { name: 'Function fraud/model' }).click();
  await expect(inspector(page).getByRole('heading', { level: 2 })).toHaveText('fraud/model');
});
