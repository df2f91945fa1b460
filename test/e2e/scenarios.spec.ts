import type { Locator, Page } from '@playwright/test';
import { filePath } from '../../src/base/ids.ts';
import { editor, openFile, replaceText } from '../support/e2e/coding.ts';
import { ask } from '../support/e2e/ask.ts';
import { openTab } from '../support/e2e/dock.ts';
import { readProjectFile } from '../support/e2e/example-files.ts';
import { openExample, saved } from '../support/e2e/opening.ts';
import { runBar, simulate } from '../support/e2e/running.ts';
import { expect, test } from '../support/e2e/studio-test.ts';
import { loadExample } from '../support/load-example.ts';
import { playText } from '../support/play-text.ts';
import { MISCOUNTING_GREET } from '../support/miscounting-greeter.ts';
import { startSdkServer } from '../support/remote-servers.ts';

function row(panel: Locator, name: string): Locator {
  return panel.getByRole('listbox', { name: 'Scenario files' }).getByRole('option', { name });
}

function detail(page: Page, path: string): Locator {
  return page.getByRole('region', { name: `Scenario ${path}` });
}

test('plays all scenarios of an example, names what broken code does to them, and leads to the call behind it', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  const panel = await openTab(page, 'Scenarios');
  await expect(row(panel, 'alerts')).toContainText('Not played yet');
  await panel.getByRole('button', { name: 'Play all' }).click();
  await expect(panel.getByRole('status').first()).toHaveText('2 scenarios: 2 passed');
  await expect(row(panel, 'alerts')).toContainText('Passed 9 expectations');
  await expect(runBar(page)).toBeHidden();
  // What Node makes of it, byte for byte.
  const inNode = await playText(loadExample('fraud-detection'), readProjectFile('fraud-detection', 'scenarios/alerts.yaml'), {
    keepTrace: false,
  });
  const verdict = await ask(page, 'play-scenario', { path: filePath('scenarios/alerts.yaml') });
  expect(verdict).toMatchObject({ type: 'played', passed: true, traceHash: inNode.hash });

  await openFile(page, 'functions/fraud-count.ts');
  await replaceText(page, readProjectFile('fraud-detection', 'functions/fraud-count.ts').replace('count + 1;', 'count + 2;'));
  await saved(page);
  await openTab(page, 'Scenarios');
  await expect(row(panel, 'alerts')).toContainText('Outdated. Passed');
  await row(panel, 'alerts').focus();
  await page.keyboard.press('Enter');
  const alerts = detail(page, 'scenarios/alerts.yaml');
  const failure = alerts.getByRole('list', { name: 'What does not hold' }).getByRole('listitem').first();
  await expect(failure).toContainText('State fraud_count of fraud/fraud-count / acct-1');
  await expect(failure.getByRole('group', { name: 'Expected and found' })).toHaveText(/-\s*2\s*\+\s*4/);
  await failure.getByRole('button', { name: 'alerts.yaml:10' }).click();
  await expect(editor(page).getByRole('tab', { name: 'alerts.yaml' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('contentinfo')).toContainText('Ln 10');
  await editor(page).locator('.view-line', { hasText: 'fraud_count,' }).first().locator('span > span').nth(3).hover();
  await expect(page.locator('.monaco-hover').getByText('Expected: 2')).toBeVisible();

  // Two frauds were confirmed: the second call found what the first one wrote, which is one too many.
  await failure.getByRole('button', { name: 'Open in the bench' }).first().click();
  const bench = page.getByRole('region', { name: 'Try this function' });
  await expect(bench.getByRole('textbox', { name: 'Address id' })).toHaveValue('acct-1');
  await bench.getByRole('button', { name: 'Run' }).click();
  await expect(bench.getByRole('region', { name: 'Result' })).toContainText('4');

  await replaceText(page, readProjectFile('fraud-detection', 'functions/fraud-count.ts'));
  await saved(page);
  await openFile(page, 'scenarios/alerts.yaml');
  await editor(page).getByRole('button', { name: 'Play this scenario' }).click();
  await expect(alerts).toContainText('Passed');
  await expect(alerts).not.toContainText('Files have changed since');
  await page.reload();
  await openTab(page, 'Scenarios');
  await expect(row(page.getByRole('tabpanel', { name: 'Scenarios' }), 'alerts')).toHaveText('alertsPassed 9 expectations');
});

test('writes a scenario to begin with, plays it beside a run, cancels one that is long, and compares one with a server', async ({
  page,
}) => {
  const server = await startSdkServer([MISCOUNTING_GREET]);
  try {
    await openExample(page, 'greeter');
    await simulate(page);
    const panel = await openTab(page, 'Scenarios');
    await panel.getByRole('button', { name: 'New scenario' }).click();
    const made = detail(page, 'scenarios/scenario.yaml');
    await expect(editor(page).getByRole('tab', { name: 'scenario.yaml' })).toBeVisible();
    await made.getByRole('button', { name: 'Play' }).click();
    await expect(made).toContainText('1 expectation held');

    await replaceText(page, 'steps:\n  - send: { topic: visits, key: Ada, json: {}, repeat: 1000000, rate: { perSecond: 10 } }\n');
    await saved(page);
    await made.getByRole('button', { name: 'Play' }).click();
    await expect(made).toContainText(/Step 1 of 1, .* messages/);
    await made.getByRole('button', { name: 'Cancel' }).click();
    await expect(made).toContainText('Cancelled');
    await expect(runBar(page)).toBeVisible();

    await page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name: 'Canvas' }).click();
    await page.getByRole('group', { name: 'Endpoint greeter/*' }).focus();
    await page.keyboard.press('Enter');
    const calls = page.getByRole('region', { name: 'Inspector' }).getByRole('region', { name: 'Calls in a run' });
    await calls.getByRole('radio', { name: 'Remote' }).click();
    await calls.getByRole('textbox', { name: 'URL on this machine' }).fill(server.origin);
    await calls.getByRole('textbox', { name: 'URL on this machine' }).press('Enter');
    await saved(page);
    await row(panel, 'regulars').click();
    const regulars = detail(page, 'scenarios/regulars.yaml');
    await regulars.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Allow calls' }).click();
    const difference = regulars.getByRole('region', { name: 'First difference' });
    await expect(difference).toContainText('First difference: state visits');
    await expect(difference).toContainText('greeter/greet / Ada, its request 3');
    await expect(difference).toContainText('io.statefun.types/int 2');
    await expect(difference).toContainText('io.statefun.types/int 12');
    await expect(regulars.getByRole('table', { name: 'States in the end' })).toContainText('io.statefun.types/int 13');
  } finally {
    await server.stop();
  }
});

test('what became of a scenario is known after a reload, and whether the project is still the one that it was played with', async ({
  page,
}) => {
  await openExample(page, 'fraud-detection');
  await openFile(page, 'functions/fraud-count.ts');
  const code = readProjectFile('fraud-detection', 'functions/fraud-count.ts');
  await replaceText(page, code.replace('count + 1;', 'count + 2;'));
  await saved(page);
  const panel = await openTab(page, 'Scenarios');
  await panel.getByRole('button', { name: 'Play all' }).click();
  await expect(panel.getByRole('status').first()).toHaveText('2 scenarios: 2 failed');
  const words = await panel.getByRole('listbox', { name: 'Scenario files' }).innerText();

  await page.reload();
  const again = await openTab(page, 'Scenarios');
  await expect(again.getByRole('listbox', { name: 'Scenario files' })).toHaveText(words, { useInnerText: true });
  const alerts = detail(page, 'scenarios/alerts.yaml');
  await expect(alerts).toContainText('before this page was loaded. Play it again');
  await alerts.getByRole('button', { name: 'alerts.yaml:10' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Ln 10');

  await openFile(page, 'functions/fraud-count.ts');
  await replaceText(page, code);
  await saved(page);
  await page.reload();
  await expect(row(await openTab(page, 'Scenarios'), 'alerts')).toContainText('Outdated. Line 10');
});
