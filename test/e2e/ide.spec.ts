import type { Page } from '@playwright/test';
import { readProjectFile } from '../support/e2e/example-files.ts';
import { editor, openFile, replaceText } from '../support/e2e/coding.ts';
import { messageInspector, openTab, rows } from '../support/e2e/dock.ts';
import { completions, cursorAt, fileIsShown, renameTo, typesAreChecked } from '../support/e2e/ide.ts';
import { exportedProject, openExample } from '../support/e2e/opening.ts';
import { chooseSpeed, messagesReach, pause, simulate, statusBar } from '../support/e2e/running.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

const MANAGER = 'functions/transaction-manager.ts';
const manager = readProjectFile('fraud-detection', MANAGER);
const types = readProjectFile('fraud-detection', 'functions/types.ts');
const moduleText = readProjectFile('fraud-detection', 'module.yaml');

async function openManager(page: Page): Promise<void> {
  await openExample(page, 'fraud-detection');
  await openFile(page, MANAGER);
  await typesAreChecked(page);
}

/** The texts of the project that an export would have, as they stand after the last edit. */
async function textsOf(page: Page): Promise<ReadonlyMap<string, string>> {
  const all = await exportedProject(page);
  return new Map([...all].filter(([path]) => /^(module\.yaml|functions\/|scenarios\/)/.test(path)));
}

test('the editor comes with the first code that is opened, and not before', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => scripts.push(new URL(request.url()).pathname));
  const ofEditor = () => scripts.filter((path) => /monaco|editor\.|ts-worker/i.test(path));
  await openExample(page, 'fraud-detection');
  await simulate(page);
  await page.waitForLoadState('networkidle');
  expect(ofEditor()).toEqual([]);
  await openFile(page, MANAGER);
  await expect(editor(page).locator('.view-line').first()).toBeVisible();
  expect(ofEditor()).not.toEqual([]);
});

test('a definition is found across files: of a name, of a typename in a text, of a target in module.yaml', async ({ page }) => {
  await openManager(page);
  await cursorAt(page, manager, 'valueOf(message, Transaction)');
  await page.keyboard.press('F12');
  await fileIsShown(page, 'types.ts');
  await openFile(page, MANAGER);
  // A message is two things of one name: the way leads there, not to a list of two.
  await cursorAt(page, manager, 'message.is(Transaction)', 'message.is(T'.length);
  await page.keyboard.press('F12');
  await fileIsShown(page, 'types.ts');
  await openFile(page, MANAGER);
  await cursorAt(page, manager, "'fraud/fraud-count'", 3);
  await page.keyboard.press('F12');
  await fileIsShown(page, 'fraud-count.ts');
  // References of the same text: in three files of code, in module.yaml, in scenarios.
  await page.keyboard.press('Shift+F12');
  const references = editor(page).getByRole('tree', { name: /References/ });
  await expect(references).toBeVisible();
  for (const file of ['transaction-manager.ts', 'module.yaml', 'confirmations.yaml']) {
    await expect(references).toContainText(file);
  }
  await page.keyboard.press('Escape');
  const module = await openTab(page, 'module.yaml');
  await module.getByRole('textbox', { name: 'module.yaml, press Enter to edit' }).press('Enter');
  await cursorAt(page, moduleText, '- fraud/transaction-manager', 4, module);
  await page.keyboard.press('F12');
  await fileIsShown(page, 'transaction-manager.ts');
});

test('a rename is one step over all files, of a name of the code as of a function of the module', async ({ page }) => {
  await openManager(page);
  const before = await textsOf(page);
  await cursorAt(page, manager, 'FeatureVector,\n');
  await renameTo(page, 'ModelInput');
  await expect(editor(page).locator('.view-lines')).toContainText('ModelInput');
  await typesAreChecked(page);
  const renamed = await textsOf(page);
  expect(renamed.get('functions/types.ts')).toContain('export const ModelInput = StateFun.jsonType');
  expect(renamed.get('functions/model.ts')).toContain('ModelInput');
  expect([...renamed.values()].filter((text) => text.includes('FeatureVector'))).toEqual([]);
  await editor(page).locator('.view-lines').first().click();
  await page.keyboard.press('Control+Z');
  await expect.poll(() => textsOf(page)).toEqual(before);

  await cursorAt(page, manager, "'fraud/fraud-count'", 3);
  await renameTo(page, 'fraud/confirmed-frauds');
  await expect(editor(page).locator('.view-lines')).toContainText('fraud/confirmed-frauds');
  const moved = await textsOf(page);
  for (const path of ['module.yaml', MANAGER, 'functions/fraud-count.ts', 'scenarios/confirmations.yaml']) {
    expect(moved.get(path), path).toContain('fraud/confirmed-frauds');
  }
  expect([...moved.values()].filter((text) => /fraud\/fraud-count\b/.test(text))).toEqual([]);
  await page.keyboard.press('Control+Z');
  await expect.poll(() => textsOf(page)).toEqual(before);
});

test('an error in a file that is not open stands in Problems with its place, and goes when it is mended', async ({ page }) => {
  await openManager(page);
  await openFile(page, 'functions/types.ts');
  await cursorAt(page, types, 'amount: number', 'amount'.length);
  await page.keyboard.type('InCents');
  const problems = await openTab(page, 'Problems');
  const found = problems.getByRole('button', { name: /Property 'amount' does not exist.*transaction-manager\.ts line/s });
  await expect(found).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('banner').getByRole('button', { name: /^\d+ errors?, .*: show Problems$/ })).not.toHaveAccessibleName(
    /^0 errors/,
  );
  await found.click();
  await fileIsShown(page, 'transaction-manager.ts');
  await expect(editor(page).locator('.squiggly-error').first()).toBeVisible();
  await page.keyboard.press('Control+Z');
  await typesAreChecked(page);
  await expect(problems).not.toContainText("Property 'amount'");
});

test('texts and states are completed from the graph, and a file is formatted as one step', async ({ page }) => {
  await openManager(page);
  await cursorAt(page, manager, "'fraud/fraud-count'", 1);
  await page.keyboard.press('Control+Space');
  await expect(completions(page).filter({ hasText: 'fraud/merchant-scorer' })).toBeVisible();
  await page.keyboard.type('fraud/mod');
  await expect(completions(page)).toHaveCount(1);
  await page.keyboard.press('Enter');
  // The whole text is replaced, its quotes stay.
  await expect(editor(page).locator('.view-lines')).toContainText("typename: 'fraud/model',");
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('id2:context.storage.');
  await expect(completions(page).filter({ hasText: 'pending' })).toContainText('fraud.types/pending-transactions');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Alt+F');
  await expect(editor(page).locator('.view-lines')).toContainText('id2: context.storage.pending');
  await page.keyboard.press('Control+Z');
  await expect(editor(page).locator('.view-lines')).toContainText('id2:context.storage.pending');
});

test('the menu of the editor shows the keys that work in a browser', async ({ page }) => {
  await openManager(page);
  await cursorAt(page, manager, 'valueOf(message, Transaction)');
  await page.keyboard.press('Shift+F10');
  const entry = (name: string) => page.locator('.monaco-menu').getByRole('menuitem', { name });
  await expect(entry('Go to Definition')).toContainText('F12');
  await expect(entry('Go to Definition')).not.toContainText('Ctrl');
  await expect(entry('Format Document')).toContainText('Shift+Alt+F');
});

test('a name of another file or of the SDK brings its import with it, in one step; so does the fix of a name that is not found', async ({
  page,
}) => {
  await openExample(page, 'greeter');
  await openFile(page, 'functions/greet.ts');
  await typesAreChecked(page);
  const lines = editor(page).locator('.view-lines');
  const start = `const first = 1;\n`;
  await replaceText(page, start);
  await page.keyboard.type('Visi');
  await expect(completions(page).filter({ hasText: 'Visit' }).first()).toContainText('./types');
  await page.keyboard.press('Enter');
  await expect(lines).toContainText("import { Visit } from './types");
  await page.keyboard.press('Control+Z');
  await expect(lines).not.toContainText('import');
  await expect(lines).toContainText('Visi');
  await replaceText(page, start);
  await page.keyboard.type('messageB');
  await expect(completions(page).filter({ hasText: 'messageBuilder' }).first()).toContainText('apache-flink-statefun');
  await page.keyboard.press('Enter');
  await expect(lines).toContainText("import { messageBuilder } from 'apache-flink-statefun';");

  await replaceText(page, 'export const spec = { type: StateFun.intType() };\nexport const other = StateFun.intType();\n');
  await expect(editor(page).locator('.squiggly-error')).toHaveCount(2);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+.');
  await expect(page.getByRole('option', { name: 'Add import from "apache-flink-statefun"' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(lines).toContainText("import { StateFun } from 'apache-flink-statefun';");
  await expect(editor(page).locator('.squiggly-error')).toHaveCount(0);
  await page.keyboard.press('Control+Z');
  await expect(lines).not.toContainText('import');
});

test('above a function stand what the run did with it and a way to try it', async ({ page }) => {
  await openManager(page);
  await expect(editor(page).getByText('Try it')).toBeVisible();
  await simulate(page);
  await chooseSpeed(page, 'As fast as it goes');
  // The panels of the run leave less room for the code.
  await cursorAt(page, manager, "typename: 'fraud/transaction-manager'");
  const handled = editor(page).getByText(/^[\d\s]+ messages handled$/);
  await expect(handled).toBeVisible();
  await pause(page);
  await handled.click();
  const messages = page.getByRole('tabpanel', { name: 'Messages' });
  await expect(messages.getByRole('combobox', { name: 'Function, ingress or egress' })).toHaveValue('fraud/transaction-manager');
  // A message takes the place of the bench, until the function is to be tried.
  await rows(messages, 'Events').first().click();
  await expect(messageInspector(page)).toBeVisible();
  await editor(page).getByText('Try it').click();
  await expect(page.getByRole('region', { name: 'Try this function' })).toBeVisible();
});

test('what stood open stands open after the page was loaded again, with the cursor where it was', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await openFile(page, 'functions/types.ts');
  await openFile(page, MANAGER);
  const place = await cursorAt(page, manager, "'fraud/fraud-count'", 1);
  await page.reload();
  await fileIsShown(page, 'transaction-manager.ts');
  await expect(page.getByRole('tablist', { name: 'Open files' }).getByRole('tab', { name: 'types.ts' })).toBeVisible();
  await expect(statusBar(page)).toContainText(place);
});

test('the tables of a run show all of their columns beside the code', async ({ page }) => {
  await openManager(page);
  await simulate(page);
  await chooseSpeed(page, 'As fast as it goes');
  await messagesReach(page, 600);
  await pause(page);
  for (const [tab, table] of [
    ['Messages', 'Events'],
    ['Topics', 'Records of alerts'],
    ['Timers', 'Delayed messages'],
    ['Console', 'Log lines'],
  ] as const) {
    const grid = (await openTab(page, tab)).getByRole('grid', { name: table });
    await expect(grid.getByRole('row').nth(1)).toBeVisible();
    expect(await grid.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), tab).toBe(0);
  }
});
