import { expect, test } from '../support/e2e/studio-test.ts';
import { openFile } from '../support/e2e/coding.ts';
import { item } from '../support/e2e/drawing.ts';
import { PYTHON_MODULE } from '../support/e2e/modules.ts';
import { openEmptyCanvas, openExample, openModule, openStart, workbenchIsOpen } from '../support/e2e/opening.ts';

test('the first page offers the examples, a module.yaml of one’s own, and an empty canvas', async ({ page }) => {
  await openStart(page);
  const examples = page.getByRole('region', { name: 'Examples' });
  await expect(examples.getByRole('heading', { level: 2 })).toHaveText(['Fraud detection', 'Greeter', 'Shopping cart']);
  const own = page.getByRole('region', { name: 'Or bring your own' });
  await expect(own.getByRole('button')).toHaveText([/Open a module\.yaml/, /Open a project folder/, /Open a project ZIP/, /Empty canvas/]);
});

for (const [button, project] of [
  ['Open the example', 'fraud-detection'],
  ['Open Greeter', 'greeter'],
  ['Open Shopping cart', 'shopping-cart'],
] as const) {
  test(`${button} opens ${project}, without a problem in it`, async ({ page }) => {
    await openStart(page);
    await page.getByRole('button', { name: button }).click();
    await workbenchIsOpen(page);
    await expect(page.getByRole('banner').getByRole('button', { name: project })).toBeVisible();
    await expect(page.getByRole('button', { name: '0 errors, 0 warnings: show Problems' })).toBeVisible();
  });
}

test('an empty canvas says what belongs there, and is listed under Recent afterwards', async ({ page }) => {
  await openEmptyCanvas(page);
  await expect(page.getByRole('button', { name: 'Add a Kafka ingress' })).toBeVisible();
  await page.getByRole('button', { name: 'untitled' }).click();
  await page.getByRole('menuitem', { name: 'All projects' }).click();
  await page
    .getByRole('region', { name: 'Recent' })
    .getByRole('button', { name: /^untitled/ })
    .click();
  await expect(page.getByRole('button', { name: 'Add a Kafka ingress' })).toBeVisible();
});

test('a project that is deleted leaves nothing in the browser', async ({ page }) => {
  await openExample(page, 'greeter');
  await openFile(page, 'functions/greet.ts');
  const kept = () =>
    page.evaluate(() => {
      const id = localStorage.getItem('statefun-studio.example.greeter') ?? 'no project';
      return Object.keys(localStorage).filter((key) => key.includes(id));
    });
  await expect.poll(kept).not.toEqual([]);
  await page.getByRole('banner').getByRole('button', { name: 'greeter' }).click();
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await page.getByRole('alertdialog', { name: 'Delete greeter?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('region', { name: 'Examples' })).toBeVisible();
  await expect.poll(kept).toEqual([]);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Examples' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Recent' })).toContainText('Nothing yet.');
});

test('a module.yaml of one’s own opens as a graph', async ({ page }) => {
  await openModule(page, PYTHON_MODULE, 'mine.yaml');
  await workbenchIsOpen(page);
  await expect(item(page, 'Kafka egress orders/receipts')).toBeVisible();
  await expect(page.getByRole('banner').getByRole('button', { name: 'mine' })).toBeVisible();
});

test('About says that nothing leaves the browser and that the project is not affiliated with the Apache Software Foundation', async ({
  page,
}) => {
  await openStart(page);
  await page.getByRole('button', { name: 'About StateFun Studio' }).click();
  const about = page.getByRole('dialog', { name: 'StateFun Studio' });
  await expect(about).toContainText('not affiliated with the Apache Software Foundation');
  await expect(about).toContainText('IndexedDB');
});
