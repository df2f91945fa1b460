import type { Page } from '@playwright/test';
import { readProjectFile } from '../support/e2e/example-files.ts';
import { applied, apply, editor, openFile, replaceText } from '../support/e2e/coding.ts';
import { filterMessages, openTopic, rows, stateOf } from '../support/e2e/dock.ts';
import { typesAreChecked } from '../support/e2e/ide.ts';
import { openExample } from '../support/e2e/opening.ts';
import { failure, idle, runBar, sendRecord, simulate, statusBar } from '../support/e2e/running.ts';
import { stopFeeds } from '../support/e2e/settings.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

const GREET = 'functions/greet.ts';
const source = readProjectFile('greeter', GREET);

async function visit(page: Page, name: string): Promise<void> {
  await sendRecord(page, { topic: 'visits', key: name, value: JSON.stringify({ name, door: 'north' }) });
}

async function greetingsAre(page: Page, ...texts: readonly string[]): Promise<void> {
  const panel = await openTopic(page, 'greetings');
  const found = rows(panel, 'Records of greetings');
  await expect(found).toHaveCount(texts.length);
  for (const text of texts) {
    await expect(found.filter({ hasText: `"text":"${text}"` })).toHaveCount(1);
  }
}

/** A greeter that nobody feeds, with one visit behind it, and its code open. */
async function greeterAfterOneVisit(page: Page): Promise<void> {
  await openExample(page, 'greeter');
  await stopFeeds(page, ['visits']);
  await simulate(page);
  await visit(page, 'Ada');
  await greetingsAre(page, 'Welcome, Ada.');
  await openFile(page, GREET);
}

const throwing = source.replace(
  'const visits: number =',
  "if (visit.name === 'Bad') {\n      throw new Error('no such guest');\n    }\n    const visits: number =",
);
const throwLine = throwing.slice(0, throwing.indexOf('throw new')).split('\n').length;

test('Ctrl+S uses the new code from the next invocation on, with the state kept', async ({ page }) => {
  await greeterAfterOneVisit(page);
  await replaceText(page, source.replace('Good to see you again, ${name}.', 'Back so soon, ${name}?'));
  await apply(page);
  await expect(applied(page)).toContainText('Applied: used from the next invocation on, state kept.');
  await visit(page, 'Ada');
  await greetingsAre(page, 'Welcome, Ada.', 'Back so soon, Ada?');
  await expect((await stateOf(page, 'greeter/greet', 'Ada')).getByRole('group', { name: 'Value of visits' })).toHaveText('2');
});

test('edits wait for Ctrl+S: until then the run uses the code that it has', async ({ page }) => {
  await greeterAfterOneVisit(page);
  await replaceText(page, source.replace('Welcome, ', 'Hi, '));
  await expect(page.getByRole('banner').getByRole('status')).toHaveText('Saved');
  await expect(applied(page)).toContainText('Edited');
  await visit(page, 'Alan');
  await greetingsAre(page, 'Welcome, Ada.', 'Welcome, Alan.');
  // Also when the page has forgotten what was typed.
  await page.reload();
  await expect(applied(page)).toContainText('Edited');
  await apply(page);
  await expect(applied(page)).toContainText('Applied');
  await replaceText(page, source.replace('Welcome, ', 'Hello, '));
  await expect(applied(page)).toContainText('Edited');
  await expect(applied(page)).not.toContainText('Applied');
  await replaceText(page, source.replace('Welcome, ', 'Hi, '));
  await expect(applied(page)).toContainText('Applied');
});

test('a syntax error is shown with its line, and the last good code runs on', async ({ page }) => {
  await greeterAfterOneVisit(page);
  await replaceText(page, source.replace('context.storage.visits = visits;', 'context.storage.visits = ;'));
  await apply(page);
  await expect(applied(page)).toContainText('The last good code runs on.');
  const line = source.slice(0, source.indexOf('context.storage.visits = visits;')).split('\n').length;
  await expect(applied(page).getByRole('button', { name: `${GREET}:${line}` })).toBeVisible();
  await visit(page, 'Ada');
  await greetingsAre(page, 'Welcome, Ada.', 'Good to see you again, Ada.');
  await replaceText(page, source);
  await apply(page);
  await expect(applied(page)).toContainText('Applied');
});

async function pausedAtThrow(page: Page): Promise<void> {
  await greeterAfterOneVisit(page);
  await replaceText(page, throwing);
  await apply(page);
  await expect(applied(page)).toContainText('Applied');
  await visit(page, 'Bad');
  await expect(failure(page)).toContainText('The function threw an error');
  await expect(failure(page)).toContainText('no such guest');
  await expect(failure(page).getByRole('button', { name: `greet.ts:${throwLine}` })).toBeVisible();
  await expect(statusBar(page)).toContainText('Paused at a failure');
}

test('a throw pauses the run at the message and shows its line; mended code goes on with that message', async ({ page }) => {
  await pausedAtThrow(page);
  await failure(page).getByRole('button', { name: 'Mend and go on' }).click();
  await expect(editor(page).locator('.monaco-editor')).toContainText('no such guest');
  await replaceText(page, throwing.replace("throw new Error('no such guest');", "visit.name = 'Stranger';"));
  await apply(page);
  await expect(failure(page)).toBeHidden();
  await greetingsAre(page, 'Welcome, Ada.', 'Welcome, Stranger.');
});

test('the message that threw can be dropped, which is marked as an act that StateFun does not have', async ({ page }) => {
  await pausedAtThrow(page);
  await expect(failure(page)).toContainText('an act StateFun does not have');
  await failure(page).getByRole('button', { name: 'Drop the message' }).click();
  await expect(failure(page)).toBeHidden();
  await visit(page, 'Ada');
  await greetingsAre(page, 'Welcome, Ada.', 'Good to see you again, Ada.');
  const list = await filterMessages(page, { events: 'Dropped' });
  await expect(rows(list, 'Events')).toHaveCount(1);
});

test('going on as the engine would, the call is retried and the job restarts', async ({ page }) => {
  await pausedAtThrow(page);
  // Above code what a way on leads to is told on demand.
  await failure(page).getByRole('button', { name: 'Details' }).click();
  await expect(failure(page)).toContainText('Retries with growing pauses');
  await failure(page).getByRole('button', { name: 'Continue as the engine would' }).click();
  await expect(failure(page)).toBeHidden();
  await page.getByRole('radiogroup', { name: 'Speed' }).getByRole('radio', { name: 'As fast as it goes' }).click();
  const list = await filterMessages(page, { events: 'Failures' });
  await expect(rows(list, 'Events').filter({ hasText: 'Job restarted' }).first()).toBeVisible();
  await runBar(page).getByRole('button', { name: 'Pause' }).click();
  await expect(statusBar(page)).toContainText('Paused');
  // Mended, the message that held the job is handled at last.
  await openFile(page, GREET);
  await replaceText(page, source);
  await apply(page);
  await expect(applied(page)).toContainText('Applied');
  await runBar(page).getByRole('button', { name: 'Play' }).click();
  await idle(page);
  const panel = await openTopic(page, 'greetings');
  await expect(rows(panel, 'Records of greetings').filter({ hasText: 'Welcome, Bad.' })).not.toHaveCount(0);
});

test('the editor knows the SDK: a wrong call is marked before it runs', async ({ page }) => {
  await openExample(page, 'greeter');
  await openFile(page, GREET);
  await typesAreChecked(page);
  await replaceText(page, source.replace('Shall we get you a key?`', 'Shall we get you a key?`.shout()'));
  await expect(editor(page).locator('.squiggly-error').first()).toBeVisible();
});

test('a file is duplicated, renamed and deleted from its menu, with the mouse and without', async ({ page }) => {
  await openExample(page, 'greeter');
  await openFile(page, GREET);
  const files = page.getByRole('region', { name: 'Files' });
  const row = (name: string) => files.getByRole('row', { name, exact: true });
  await row('regulars.yaml').click({ button: 'right' });
  await page.getByRole('menu', { name: 'File scenarios/regulars.yaml' }).getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page.getByRole('tab', { name: 'regulars-copy.yaml' })).toHaveAttribute('aria-selected', 'true');
  await row('regulars-copy.yaml').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menu', { name: 'File scenarios/regulars-copy.yaml' }).getByRole('menuitem', { name: 'Rename…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Rename file' });
  await dialog.getByRole('textbox', { name: 'Path' }).fill('scenarios/strangers.yaml');
  await page.keyboard.press('Enter');
  await row('strangers.yaml').focus();
  await page.keyboard.press('Delete');
  await expect(row('strangers.yaml')).toHaveCount(0);
  await expect(row('regulars.yaml')).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(row('strangers.yaml')).toBeVisible();
});
