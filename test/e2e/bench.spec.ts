import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { violations } from '../support/e2e/axe.ts';
import { editor, openFile, replaceText } from '../support/e2e/coding.ts';
import { filterMessages, openTab, rows } from '../support/e2e/dock.ts';
import { readProjectFile } from '../support/e2e/example-files.ts';
import { exportedProject, openExample } from '../support/e2e/opening.ts';
import { idle, sendRecord, simulate } from '../support/e2e/running.ts';
import { stopFeeds } from '../support/e2e/settings.ts';
import { expect, test } from '../support/e2e/studio-test.ts';
import { startCommand } from '../support/command-line.ts';

function bench(page: Page): Locator {
  return page.getByRole('region', { name: 'Try this function' });
}

function result(page: Page): Locator {
  return bench(page).getByRole('region', { name: 'Result' });
}

/** The line of the editor that holds the code, with what stands beside it. */
function line(page: Page, code: string): Locator {
  // Monaco writes blanks as no-break spaces.
  return editor(page)
    .locator('.view-line')
    .filter({ hasText: code.replaceAll(' ', '\u00a0') });
}

async function run(page: Page): Promise<void> {
  await bench(page).getByRole('textbox', { name: 'Message', exact: true }).press('Control+Enter');
}

const COUNT = 'functions/fraud-count.ts';

test('a function is tried alone, its values stand beside the lines, and what it did is kept as a scenario that the command line plays', async ({
  page,
}) => {
  await openExample(page, 'fraud-detection');
  await openFile(page, COUNT);
  await bench(page).getByRole('textbox', { name: 'Address id' }).fill('acct-7');
  // The field is as high as its text.
  const field = bench(page).getByRole('textbox', { name: 'Message', exact: true });
  await expect(field).toHaveValue(/\n.*\n/);
  expect(
    await field.evaluate(
      (text) =>
        [text, text.parentElement, text.parentElement?.parentElement].filter(
          (each) => each !== null && each !== undefined && each.scrollHeight > each.clientHeight,
        ).length,
    ),
  ).toBe(0);
  await bench(page).getByRole('textbox', { name: 'Message', exact: true }).fill('{ "account": "acct-7", "transaction": }');
  await run(page);
  await expect(bench(page).getByText('Not JSON, line 1: a value is expected here.')).toBeVisible();
  await bench(page).getByRole('textbox', { name: 'Message', exact: true }).fill('{ "account": "acct-7", "transaction": "tx-1" }');
  await bench(page).getByRole('button', { name: 'Give fraud_count a value' }).click();
  await bench(page).getByRole('textbox', { name: 'State fraud_count' }).fill('2');
  await run(page);

  // Two confirmed frauds and one more; each is forgotten after thirty days, counted from the start of the first day.
  await expect(result(page).getByText('Completed')).toBeVisible();
  await expect(result(page).getByRole('group', { name: 'State after' })).toHaveText('- "fraud_count": 2+ "fraud_count": 3');
  const delayed = result(page).getByRole('region', { name: 'Delayed' });
  await expect(delayed).toContainText('ExpireFraud');
  await expect(delayed).toContainText('after 30 d, fires Day 31 00:00:00.000');
  await expect(result(page).getByRole('region', { name: 'Sends' })).toContainText('Nothing sent to other functions.');
  await expect(line(page, 'context.storage.fraud_count ?? 0;')).toContainText('fraud_count = 2'.replaceAll(' ', '\u00a0'));
  await expect(line(page, 'context.storage.fraud_count = count + 1;')).toContainText('fraud_count: 2 becomes 3'.replaceAll(' ', '\u00a0'));
  await expect(line(page, 'if (message.is(ConfirmFraud))').first()).toContainText('true');
  await expect(page.getByRole('log', { name: 'Lines of trials' })).toContainText('1 state write, 1 delayed message, 0 sends');
  expect(await violations(page)).toEqual([]);

  // A text put in place of the whole leaves neither values nor the space before them in the code.
  const written = line(page, 'context.storage.fraud_count = count + 1;');
  await replaceText(page, `${readProjectFile('fraud-detection', COUNT)}\n`);
  await expect.poll(() => written.evaluate((shown) => shown.textContent)).toMatch(/count.\+.1;$/);

  await result(page).getByRole('button', { name: 'Save as expectation' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as expectation' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('third-fraud');
  await dialog.getByRole('button', { name: 'Save and play it' }).click();
  await expect(page.getByRole('tab', { name: 'third-fraud.yaml' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'Scenario scenarios/third-fraud.yaml' })).toContainText('1 expectation held');

  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    for (const [path, content] of await exportedProject(page)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const played = await startCommand(['test', folder, '--scenario', 'third-fraud']).ended;
    expect(played.code, played.out + played.err).toBe(0);
    // It is the value that is held, and not only that there is an answer.
    const path = join(folder, 'scenarios/third-fraud.yaml');
    const text = await readFile(path, 'utf8');
    expect(text).toContain('json: 3');
    await writeFile(path, text.replace('json: 3', 'json: 4'));
    const wrong = await startCommand(['test', folder, '--scenario', 'third-fraud']).ended;
    expect(wrong.code, wrong.out + wrong.err).toBe(1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

const GREET = 'functions/greet.ts';
const greetSource = readProjectFile('greeter', GREET);

test('a recorded call opens in the bench and does the same again; a logpoint prints for calls that were made before it', async ({
  page,
}) => {
  await openExample(page, 'greeter');
  await stopFeeds(page, ['visits']);
  await simulate(page);
  for (const name of ['Ada', 'Ada']) {
    await sendRecord(page, { topic: 'visits', key: name, value: JSON.stringify({ name, door: 'north' }) });
  }
  await idle(page);
  const list = await filterMessages(page, { events: 'Calls and replies', name: 'greeter/greet', id: 'Ada' });
  await rows(list, 'Events').last().click();
  await page.getByRole('complementary', { name: 'Message' }).getByRole('button', { name: 'Try this call' }).click();
  await expect(bench(page).getByRole('textbox', { name: 'Address id' })).toHaveValue('Ada');
  await expect(bench(page).getByRole('textbox', { name: 'State visits' })).toHaveValue('1');
  await run(page);
  await expect(result(page).getByRole('group', { name: 'State after' })).toHaveText('- "visits": 1+ "visits": 2');
  await expect(result(page).getByRole('region', { name: 'Egress' })).toContainText('Good to see you again, Ada.');

  // A third visit that never was.
  await bench(page).getByRole('textbox', { name: 'State visits' }).fill('2');
  await run(page);
  await expect(result(page).getByRole('region', { name: 'Egress' })).toContainText('Third time is the charm, Ada.');
  await bench(page).getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('dialog', { name: 'Compare two runs' })).toContainText('First difference: State before, visits: 1 became 2');
  await page.getByRole('dialog', { name: 'Compare two runs' }).getByRole('button', { name: 'Close' }).last().click();

  const written = 'context.storage.visits = visits;';
  const number = greetSource.slice(0, greetSource.indexOf(written)).split('\n').length;
  await line(page, written).click();
  await page.keyboard.press('Control+K');
  const palette = page.getByRole('dialog', { name: 'Find or run a command' });
  await palette.getByRole('searchbox').fill('logpoint');
  await palette.getByRole('option', { name: /Add or edit a logpoint/ }).click();
  await page.getByRole('textbox', { name: `Logpoint at line ${number}` }).fill('{context.self.id} comes for the {visits}.');
  await page.keyboard.press('Enter');
  const points = page.getByRole('region', { name: 'Logpoints' });
  await expect(points.getByRole('listitem')).toHaveCount(1);
  await expect(points.getByRole('status')).toContainText('“Print for the run”');
  await points.getByRole('button', { name: 'Print for the run' }).click();
  await page.getByRole('menuitem', { name: 'The newest 20 calls of greet' }).click();
  const lines = page.getByRole('log', { name: 'Lines of trials' });
  await expect(lines.getByText('Ada comes for the 2.')).toBeVisible();
  await expect(lines.getByText('Ada comes for the 1.')).toBeVisible();
  // The first of three calls was answered with the states that the function keeps, and made again with them (S9, S14).
  await expect(points).toContainText('3 calls observed, 2 lines printed.');

  // What was written in the bench is there after the page was loaded again, ready to run.
  await page.reload();
  await openFile(page, GREET);
  await expect(bench(page).getByRole('textbox', { name: 'Address id' })).toHaveValue('Ada');
  await expect(bench(page).getByRole('textbox', { name: 'State visits' })).toHaveValue('2');
  await run(page);
  await expect(result(page).getByRole('region', { name: 'Egress' })).toContainText('Third time is the charm, Ada.');
  // So are logpoints, which move with the code.
  await expect(points.getByRole('listitem')).toContainText(`greet.ts:${number}`);
  await line(page, 'import { StateFun').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Enter');
  await expect(points.getByRole('listitem')).toContainText(`greet.ts:${number + 1}`);
  await points.getByRole('button', { name: `Remove the logpoint at greet.ts:${number + 1}` }).click();
  await expect(points).toBeHidden();
  await openTab(page, 'Problems');
});

test('fuzzing finds the value that throws, and opens it', async ({ page }) => {
  await openExample(page, 'greeter');
  await openFile(page, GREET);
  const start = 'const visits: number =';
  await replaceText(
    page,
    greetSource.replace(start, `if (visit.name === '') {\n      throw new Error('nobody came');\n    }\n    ${start}`),
  );
  const thrown = greetSource.slice(0, greetSource.indexOf(start)).split('\n').length + 1;
  await bench(page).getByRole('button', { name: 'Fuzz', exact: true }).click();
  const found = bench(page).getByRole('list', { name: 'Findings' }).getByRole('listitem').filter({ hasText: 'nobody came' });
  await expect(found.getByRole('button', { name: `greet.ts:${thrown}` })).toBeVisible();
  await found.getByRole('button', { name: 'Open the smallest case' }).click();
  await expect(bench(page).getByRole('textbox', { name: 'Message', exact: true })).toHaveValue(/"name": ""/);
  await expect(result(page).getByText('Threw')).toBeVisible();
  await expect(result(page)).toContainText('Error: nobody came');
  const throws = line(page, "throw new Error('nobody came')");
  await expect(throws).toContainText('Error: nobody came'.replaceAll(' ', '\u00a0'));
  // A line that is edited loses its value, and the space that stood before it.
  await throws.click();
  await page.keyboard.press('End');
  await page.keyboard.type(';');
  await expect.poll(() => throws.evaluate((node) => node.textContent)).toMatch(/\('nobody\u00a0came'\);;$/);
});

test('a service that a trial asks for is stubbed from its result, and the next trial is answered', async ({ page }) => {
  await openExample(page, 'greeter');
  await openFile(page, GREET);
  await replaceText(
    page,
    greetSource
      .replace(
        'const visits: number =',
        "const door = await fetch('https://doors.example/south');\n    console.log(door.status);\n    const visits: number =",
      )
      .replace('fn(context', 'async fn(context')
      .replace(
        'intType() }]',
        "intType() }, { name: 'last', type: StateFun.jsonType<{ door: 'south' | 'north' }>('greeter.types/last') }]",
      ),
  );
  await run(page);
  await expect(result(page).getByText('Threw')).toBeVisible();
  const asked = result(page).getByRole('region', { name: 'Outside calls' });
  await expect(asked).toContainText('GET https://doors.example/south');
  await expect(page.getByRole('log', { name: 'Lines of trials' }).getByRole('button', { name: 'Make a stub' })).toBeVisible();
  await asked.getByRole('button', { name: 'Make a stub' }).click();
  await expect(page.getByRole('tab', { name: 'doors.example.yaml' })).toHaveAttribute('aria-selected', 'true');
  // Its folder is new, and open: the tree shows where one is.
  await expect(page.getByRole('region', { name: 'Files' }).getByRole('row', { name: 'doors.example.yaml' })).toHaveAttribute(
    'aria-selected',
    'true',
  );

  await openFile(page, GREET);
  await run(page);
  await expect(result(page).getByText('Completed')).toBeVisible();
  await expect(asked).toContainText('200, 0 ms, by stubs/doors.example.yaml');
  // A value of a JSON type begins with all that its type in the code asks for.
  await bench(page).getByRole('button', { name: 'Give last a value' }).click();
  await expect(bench(page).getByRole('textbox', { name: 'State last' })).toHaveValue('{\n  "door": "south"\n}');
});
