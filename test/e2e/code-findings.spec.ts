import { readProjectFile } from '../support/e2e/example-files.ts';
import { applied, apply, editor, openFile, replaceText } from '../support/e2e/coding.ts';
import { openTab, openTopic, rows } from '../support/e2e/dock.ts';
import { openExample } from '../support/e2e/opening.ts';
import { failure, sendRecord, simulate } from '../support/e2e/running.ts';
import { stopFeeds } from '../support/e2e/settings.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

const GREET = 'functions/greet.ts';
const SCENARIO = 'scenarios/regulars.yaml';
const source = readProjectFile('greeter', GREET);

test('a state of another type is explained before it is applied, and applied only when asked for all the same', async ({ page }) => {
  const visit = { topic: 'visits', key: 'Ada', value: '{"name":"Ada","door":"north"}' };
  await openExample(page, 'greeter');
  await stopFeeds(page, ['visits']);
  await simulate(page);
  await sendRecord(page, visit);
  await expect(rows(await openTopic(page, 'greetings'), 'Records of greetings')).toHaveCount(1);
  await openFile(page, GREET);
  await replaceText(
    page,
    source
      .replace('StateFun.intType()', 'StateFun.stringType()')
      .replace('(context.storage.visits ?? 0) + 1', '1')
      .replace('visits = visits;', "visits = 'one';"),
  );
  await expect(applied(page)).toContainText('Applying may fail the job: it changes one function or state.');
  await apply(page);
  await expect(applied(page)).toContainText('Not applied: the job would fail. The last good code runs on.');
  const changes = applied(page).getByRole('list', { name: 'What applying would change' });
  await expect(changes).toContainText('type int → string');
  await expect(changes).toContainText('The job fails at the next write');
  await changes.getByRole('button', { name: 'greeter/greet · visits' }).click();
  await expect(editor(page).getByRole('status')).toContainText('Not applied');
  await applied(page).getByRole('button', { name: 'Apply anyway' }).click();
  await expect(applied(page)).toContainText('Applied: used from the next invocation on, state kept.');
  await sendRecord(page, visit);
  await expect(failure(page)).toContainText('Previous type was');
});

test('a promise that nobody awaits is a problem, and the editor offers to await it', async ({ page }) => {
  await openExample(page, 'greeter');
  await openFile(page, GREET);
  const line = "fetch('https://door.example/open');";
  await replaceText(page, source.replace('context.storage.visits = visits;', `context.storage.visits = visits;\n    ${line}`));
  const problems = await openTab(page, 'Problems');
  await problems.getByRole('button', { name: 'Nobody waits for this promise' }).click();
  await page.keyboard.press('Control+.');
  await page.getByText('Put await before it', { exact: true }).click();
  await expect(editor(page).locator('.view-lines')).toContainText(`await ${line}`);
  await page.keyboard.press('Control+Home');
  await expect(editor(page).locator('.view-lines')).toContainText('async fn(context');
  await expect(problems.getByText('No problems found')).toBeVisible();
});

test('a mistake in a scenario is a problem with its place', async ({ page }) => {
  await openExample(page, 'greeter');
  await openFile(page, SCENARIO);
  await replaceText(page, 'steps:\n  - wait: 1 s\n  - send: { topic: visit, key: Ada, json: {} }\n');
  const problem = (await openTab(page, 'Problems')).getByRole('button', { name: 'No ingress reads topic visit. Write visits.' });
  await expect(problem).toContainText(`${SCENARIO} line 3`);
  await openFile(page, GREET);
  await problem.click();
  await expect(page.getByRole('tab', { name: 'regulars.yaml' })).toHaveAttribute('aria-selected', 'true');
});

test('a function that only code names is shown on the canvas, where it can be written', async ({ page }) => {
  await openExample(page, 'greeter');
  await openFile(page, GREET);
  const send = "context.send(messageBuilder({ typename: 'greeter/porter', id: 'north', value: 'knock' }));";
  await replaceText(
    page,
    source
      .replace('import { StateFun,', 'import { StateFun, messageBuilder,')
      .replace('context.storage.visits = visits;', `context.storage.visits = visits;\n    ${send}`),
  );
  const problems = await openTab(page, 'Problems');
  await problems.getByRole('button', { name: 'greeter/porter has no code here' }).click();
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible();
  await page.getByRole('button', { name: 'Write it', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'porter.ts' })).toHaveAttribute('aria-selected', 'true');
});
