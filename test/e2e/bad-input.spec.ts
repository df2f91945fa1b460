import type { Page } from '@playwright/test';
import { applied, apply, editor, openFile, replaceText } from '../support/e2e/coding.ts';
import { openTab, openTopic, rows, stateOf } from '../support/e2e/dock.ts';
import { inspector, item, select } from '../support/e2e/drawing.ts';
import { readProjectFile } from '../support/e2e/example-files.ts';
import { PYTHON_MODULE } from '../support/e2e/modules.ts';
import {
  chooseFile,
  exportedModule,
  exportedProject,
  openExample,
  openModule,
  openStart,
  saved,
  workbenchIsOpen,
} from '../support/e2e/opening.ts';
import { failure, runBar, sendRecord, simulate, statusBar } from '../support/e2e/running.ts';
import { closeSettings, openSettings, stopFeeds } from '../support/e2e/settings.ts';
import { lookFromOutside } from '../support/e2e/outside.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

const GREET = 'functions/greet.ts';
const greet = readProjectFile('greeter', GREET);
const moduleOfGreeter = readProjectFile('greeter', 'module.yaml');

/** The greeter with this code, running, with nobody at the door. */
async function runGreeter(page: Page, code: string = greet): Promise<void> {
  await openExample(page, 'greeter');
  await stopFeeds(page, ['visits']);
  if (code !== greet) {
    await openFile(page, GREET);
    await replaceText(page, code);
    await saved(page);
  }
  await simulate(page);
}

/** The greeter's code with one line more, where a visit is handled. */
function withLine(line: string): string {
  return greet.replace('const visits: number =', `${line}\n    const visits: number =`);
}
const line = greet.slice(0, greet.indexOf('const visits: number =')).split('\n').length;

function visitOf(name: string) {
  return { topic: 'visits', key: name, value: JSON.stringify({ name, door: 'north' }) };
}

async function problems(page: Page) {
  return (await openTab(page, 'Problems')).getByRole('list', { name: 'Problems' });
}

test.describe('in module.yaml', () => {
  test('bad YAML is named with its line before it comes in, and opens to be mended', async ({ page }) => {
    const bad = PYTHON_MODULE.replace("address: 'kafka:9092'", "address: 'kafka:9092");
    await openModule(page, bad, 'orders.yaml');
    const dialog = page.getByRole('dialog', { name: 'Import orders' });
    await expect(dialog).toContainText(/Line \d+: /);
    await dialog.getByRole('button', { name: 'Open as a new project' }).click();
    await workbenchIsOpen(page);
    expect(await exportedModule(page)).toBe(bad);
    const module = page.getByRole('region', { name: 'module.yaml' });
    await module.getByRole('textbox').click();
    await replaceText(page, PYTHON_MODULE, module);
    await expect(item(page, 'Kafka ingress orders/incoming')).toBeVisible();
  });

  test('a file that is no module is refused, and the open project stays', async ({ page }) => {
    await openModule(page, '\0\u0001binary', 'picture.yaml');
    await expect(page.getByRole('dialog', { name: 'This file cannot be imported' })).toContainText('neither text nor a ZIP');
  });

  for (const [what, text, words] of [
    ['a bad typename', moduleOfGreeter.replace('- greeter/greet', '- greeter greet'), /greeter greet/],
    ['a duplicate id', `${moduleOfGreeter}---\n${moduleOfGreeter.split('---\n')[2] ?? ''}`, /greeter\/greetings/],
  ] as const) {
    test(`${what} stands under Problems with its line and a way out, and F8 leads there`, async ({ page }) => {
      await openExample(page, 'greeter');
      const module = page.getByRole('region', { name: 'module.yaml' });
      await module.getByRole('textbox').click();
      await replaceText(page, text, module);
      await expect(page.getByRole('button', { name: /^[1-9]\d* errors?/ })).toBeVisible();
      const list = await problems(page);
      const row = list.getByRole('listitem').filter({ hasText: 'Error' }).first();
      await expect(row).toContainText(words);
      await expect(row).toContainText(/module\.yaml line \d+/);
      expect(await exportedModule(page)).toBe(text);
      await page.keyboard.press('F8');
      await expect(page.locator('.monaco-editor').first()).toBeVisible();
    });
  }

  test('a name that StateFun would not take is refused in the inspector, and nothing changes', async ({ page }) => {
    await openExample(page, 'greeter');
    await select(page, 'Kafka egress greeter/greetings');
    const name = inspector(page).getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('two/parts');
    await name.press('Enter');
    await expect(inspector(page).getByRole('alert')).toBeVisible();
    expect(await exportedModule(page)).toBe(moduleOfGreeter);
  });

  test('a router to a function without code is a word of warning, and its stand-in takes the records', async ({ page }) => {
    await openModule(page, PYTHON_MODULE, 'orders.yaml');
    await workbenchIsOpen(page);
    await expect(await problems(page)).toContainText('orders/check');
    await simulate(page);
    await sendRecord(page, { topic: 'orders', key: 'o-1', value: '{}' });
    await expect(item(page, 'Function without code orders/check').getByTitle('Instances: addresses seen')).toHaveText('1');
  });
});

test.describe('in code', () => {
  test('a file that exports no function any more leaves its function without code, and the next message says so', async ({ page }) => {
    await runGreeter(page);
    await openFile(page, GREET);
    await replaceText(page, greet.replace('export const Greet', 'const Greet'));
    await expect(await problems(page)).toContainText('greeter/greet');
    await openFile(page, GREET);
    await apply(page);
    await expect(applied(page)).toContainText('Applied');
    await sendRecord(page, visitOf('Ada'));
    await expect(failure(page)).toContainText('No code for this function');
    await replaceText(page, greet);
    await apply(page);
    await expect(applied(page)).toContainText('Applied');
    await failure(page).getByRole('button', { name: 'Retry now' }).click();
    await expect(rows(await openTopic(page, 'greetings'), 'Records of greetings')).toHaveCount(1);
  });

  test('a function that never returns is ended, named with its loop and message, and the page stays alive', async ({ page }) => {
    await openExample(page, 'greeter');
    const dialog = await openSettings(page, 'Simulation');
    await dialog.getByRole('textbox', { name: 'Time limit of an invocation' }).fill('1000');
    await dialog.getByRole('textbox', { name: 'Time limit of an invocation' }).press('Enter');
    await closeSettings(page);
    await openFile(page, GREET);
    const looping = withLine("while (visit.name === 'Ada') {}");
    const line = looping.slice(0, looping.indexOf('while (')).split('\n').length;
    await replaceText(page, looping);
    await saved(page);
    await simulate(page);
    await sendRecord(page, visitOf('Ada'));
    await expect(failure(page)).toContainText('A loop does not end');
    await expect(failure(page)).toContainText('greet');
    await openFile(page, 'functions/types.ts');
    await failure(page)
      .getByRole('button', { name: `greet.ts:${line}` })
      .click();
    await expect(statusBar(page)).toContainText(`Ln ${line},`);
    const loop = editor(page).locator('.view-line').filter({ hasText: 'while' });
    await expect(loop).toContainText('A loop goes on and on');
    await replaceText(page, greet);
    await apply(page);
    await failure(page).getByRole('button', { name: 'Retry now' }).click();
    await expect(failure(page)).toBeHidden();
    await expect(editor(page)).not.toContainText('A loop goes on and on');
    await expect(rows(await openTopic(page, 'greetings'), 'Records of greetings').filter({ hasText: 'Welcome, Ada.' })).toHaveCount(1);
  });

  test('a rejection that nobody waits for is told with its line, though nothing happens in the run any more', async ({ page }) => {
    await runGreeter(page, withLine("const lost = Promise.reject(new Error('nobody waits'));"));
    await sendRecord(page, visitOf('Ada'));
    const said = runBar(page).getByRole('alert').filter({ hasText: 'A promise was rejected (Error: nobody waits) and nothing handled it' });
    await expect(said).toHaveCount(1);
    await openFile(page, 'functions/types.ts');
    await said.getByRole('button', { name: `greet.ts:${line}` }).click();
    await expect(statusBar(page)).toContainText(`Ln ${line},`);
    await runBar(page).getByRole('button', { name: 'Dismiss' }).click();
    await expect(said).toHaveCount(0);
    const left = (await openTab(page, 'Console')).getByRole('list', { name: 'Rejected promises that nothing handled' });
    await expect(left).toContainText('Error: nobody waits');
    await openFile(page, 'functions/types.ts');
    await left.getByRole('button', { name: `greet.ts:${line}` }).click();
    await expect(statusBar(page)).toContainText(`Ln ${line},`);
  });

  test('an import that cannot work keeps a run from starting, and leads to its line', async ({ page }) => {
    await openExample(page, 'greeter');
    await openFile(page, GREET);
    await replaceText(page, `${greet}\nimport net from 'net';\nnet.connect(1);\n`);
    await saved(page);
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    const line = greet.split('\n').length + 1;
    await openFile(page, 'functions/types.ts');
    await page
      .getByRole('alert')
      .getByRole('button', { name: `greet.ts:${line}` })
      .click();
    await expect(statusBar(page)).toContainText(`Ln ${line},`);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'net' })).toHaveCount(0);
  });

  test('a message to a function that no endpoint serves pauses the run with the name, and mended code goes on', async ({ page }) => {
    await runGreeter(
      page,
      withLine("context.send(messageBuilder({ typename: 'nobody/here', id: 'x', value: { a: 1 }, valueType: Visit }));").replace(
        'import { StateFun, kafkaEgressMessage }',
        'import { StateFun, kafkaEgressMessage, messageBuilder }',
      ),
    );
    await sendRecord(page, visitOf('Ada'));
    await expect(failure(page)).toContainText('No endpoint serves this function');
    await expect(failure(page)).toContainText('FunctionType(nobody, here)');
  });

  test('an egress that module.yaml does not declare pauses the run with its id', async ({ page }) => {
    await runGreeter(page, greet.replace("typename: 'greeter/greetings'", "typename: 'greeter/nowhere'"));
    await sendRecord(page, visitOf('Ada'));
    await expect(failure(page)).toContainText('Unknown egress');
    await expect(failure(page)).toContainText('EgressKey(greeter, nowhere, class '); // S59
  });

  test('a function that fills the memory is named; page, state and records survive it', async ({ browser, context, page }) => {
    test.setTimeout(240_000);
    await openExample(page, 'greeter');
    await stopFeeds(page, ['visits']);
    const dialog = await openSettings(page, 'Simulation');
    await dialog.getByRole('textbox', { name: 'Time limit of an invocation' }).fill('60000');
    await dialog.getByRole('textbox', { name: 'Time limit of an invocation' }).press('Enter');
    await closeSettings(page);
    await simulate(page);
    await sendRecord(page, visitOf('Ada'));
    await expect(rows(await openTopic(page, 'greetings'), 'Records of greetings')).toHaveCount(1);
    await openFile(page, GREET);
    await replaceText(page, withLine('const kept: unknown[] = [];\n    for (;;) kept.push(new Array(1e6).fill(Math.random()));'));
    await apply(page);
    await expect(applied(page)).toContainText('Applied');
    const outside = await lookFromOutside(browser, page);
    await sendRecord(page, visitOf('Ada'));
    await expect
      .poll(() => outside('document.querySelector("[aria-label=Failure]")?.textContent ?? ""'), { timeout: 150_000 })
      .toContain('The sandbox died under the call');
    // The page lives; a second tab takes its place, as its driver has given it up.
    const next = await context.newPage();
    await next.goto(page.url());
    await next.getByRole('button', { name: 'Take over' }).click();
    await expect(failure(next)).toContainText('The sandbox died under the call');
    await openFile(next, GREET);
    await replaceText(next, greet);
    await apply(next);
    await expect(applied(next)).toContainText('Applied');
    await failure(next).getByRole('button', { name: 'Retry now' }).click();
    await expect(failure(next)).toBeHidden();
    await expect(rows(await openTopic(next, 'greetings'), 'Records of greetings')).toHaveCount(2);
    await expect((await stateOf(next, 'greeter/greet', 'Ada')).getByRole('group', { name: 'Value of visits' })).toHaveText('2');
  });
});

test.describe('in records', () => {
  test('a record without key pauses the run and says where it lies', async ({ page }) => {
    await runGreeter(page);
    await sendRecord(page, { topic: 'visits', key: null, value: '{"name":"Nobody","door":"north"}' });
    await expect(failure(page)).toContainText('The record has no key');
    await expect(failure(page)).toContainText(/visits partition \d+ offset 0/);
    await failure(page).getByRole('button', { name: 'Drop the record' }).click();
    await expect(failure(page)).toBeHidden();
    await sendRecord(page, visitOf('Ada'));
    await expect(rows(await openTopic(page, 'greetings'), 'Records of greetings')).toHaveCount(1);
  });

  test('a payload that is not of the declared type fails in the function that reads it, with the line', async ({ page }) => {
    await runGreeter(page);
    await sendRecord(page, { topic: 'visits', key: 'Ada', value: 'not JSON at all' });
    await expect(failure(page)).toContainText('The function threw an error');
    await expect(failure(page)).toContainText(/JSON/);
    await expect(failure(page).getByRole('button', { name: /^greet\.ts:\d+$/ })).toBeVisible();
    expect(line).toBeGreaterThan(1);
  });
});

test.describe('in storage', () => {
  async function edit(page: Page, brokers: string): Promise<void> {
    await select(page, 'Kafka ingress greeter/visits');
    await inspector(page).getByRole('textbox', { name: 'Brokers' }).fill(brokers);
    await inspector(page).getByRole('textbox', { name: 'Brokers' }).press('Enter');
  }

  test('a database that a newer Studio takes away is told at once; the edits stay in the page and go out as a ZIP', async ({
    context,
    page,
  }) => {
    await openExample(page, 'greeter');
    await simulate(page);
    const other = await context.newPage();
    await openStart(other);
    await other.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open('statefun-studio', 99);
          request.onsuccess = () => resolve(request.result.close());
          request.onerror = () => reject(new Error('not opened'));
        }),
    );
    await expect(page.getByRole('alert').filter({ hasText: 'A newer Studio was opened in another tab' }).first()).toBeVisible();
    await edit(page, 'unsaved:9092');
    await expect(page.getByRole('banner').getByRole('status')).toHaveText('Not saved');
    expect(await exportedModule(page)).toContain('unsaved:9092');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export ZIP' }).click();
    expect((await download).suggestedFilename()).toBe('greeter.zip');
  });

  test('a full quota is told; when there is room again, Save again saves what waited', async ({ context, page, baseURL }) => {
    const session = await context.newCDPSession(page);
    const origin = baseURL ?? '';
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 4_000_000 });
    await openExample(page, 'greeter');
    const dialog = await openSettings(page, 'Records');
    const visits = Array.from(
      { length: 60_000 },
      (_, index) =>
        `${JSON.stringify({ name: `guest-${(index * 7919) % 60_000}`, door: `door-${index}-of-the-large-house-by-the-river` })}\n`,
    );
    await chooseFile(page, () => dialog.getByRole('button', { name: 'Add file…' }).click(), 'large.jsonl', visits.join(''));
    await expect(page.locator('[data-save="failed"]')).toHaveText('Not saved');
    await closeSettings(page);
    await expect(page.getByRole('alert').filter({ hasText: 'no room left' })).toBeVisible();
    // An edit is saved at once: were there room before that is tried and refused, nothing would wait.
    const refused = await page.evaluateHandle(() => {
      const seen: (string | undefined)[] = [];
      const promise = new Promise<void>((resolve) => {
        new MutationObserver(() => {
          const state = document.querySelector<HTMLElement>('[data-save]')?.dataset['save'];
          seen.push(state);
          if (state === 'failed' && seen.includes('saving')) {
            resolve();
          }
        }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-save'] });
      });
      return { promise };
    });
    await edit(page, 'small:9092');
    await refused.evaluate(({ promise }) => promise);
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await page.getByRole('button', { name: 'Save again' }).click();
    await saved(page);
    await page.reload();
    await workbenchIsOpen(page);
    expect(await exportedModule(page)).toContain('small:9092');
    expect((await exportedProject(page)).get('data/large.jsonl')).toBe(visits.join(''));
  });
});
