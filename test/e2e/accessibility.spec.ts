import type { Page } from '@playwright/test';
import { violations } from '../support/e2e/axe.ts';
import { editor, openFile, replaceText } from '../support/e2e/coding.ts';
import { openTab, rows } from '../support/e2e/dock.ts';
import { readProjectFile } from '../support/e2e/example-files.ts';
import { select } from '../support/e2e/drawing.ts';
import { openExample, openStart } from '../support/e2e/opening.ts';
import { messagesReach, pause, simulate } from '../support/e2e/running.ts';
import { openSettings } from '../support/e2e/settings.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

const SCREENS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'the start page': openStart,
  'the canvas with an item selected': async (page) => {
    await openExample(page, 'fraud-detection');
    await select(page, 'Kafka ingress fraud/transactions');
  },
  'the code view': async (page) => {
    await openExample(page, 'greeter');
    await openFile(page, 'functions/greet.ts');
    await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
  },
  'a trial with its values beside the lines, and what fuzzing found': async (page) => {
    await openExample(page, 'greeter');
    await openFile(page, 'functions/greet.ts');
    const bench = page.getByRole('region', { name: 'Try this function' });
    await bench.getByRole('textbox', { name: 'Message', exact: true }).press('Control+Enter');
    await expect(bench.getByRole('region', { name: 'Result' }).getByText('Completed')).toBeVisible();
    await expect(editor(page).getByText('visits:\u00a0absent\u00a0becomes\u00a01')).toBeVisible();
    await bench.getByRole('button', { name: 'Fuzz', exact: true }).click();
    await expect(bench.getByText(/ in 500 samples/)).toBeInViewport();
  },
  'an endpoint that a server of one’s own answers for': async (page) => {
    await openExample(page, 'greeter');
    await page.getByRole('group', { name: 'Endpoint greeter/*' }).focus();
    await page.keyboard.press('Enter');
    const calls = page.getByRole('region', { name: 'Calls in a run' });
    await calls.getByRole('radio', { name: 'Remote' }).click();
    await expect(calls.getByRole('textbox', { name: 'URL on this machine' })).toBeVisible();
  },
  'a run with a message selected': async (page) => {
    await openExample(page, 'fraud-detection');
    await simulate(page);
    await messagesReach(page, 20);
    await pause(page);
    const panel = await openTab(page, 'Messages');
    // The rows of the newest events come a moment after their places.
    await rows(panel, 'Events')
      .filter({ has: page.getByRole('gridcell') })
      .last()
      .click();
    await expect(page.getByRole('complementary', { name: 'Message' }).getByRole('heading', { level: 2 })).toBeVisible();
  },
  'the panels of a run': async (page) => {
    await openExample(page, 'fraud-detection');
    await simulate(page);
    await messagesReach(page, 20);
    await pause(page);
    for (const [tab, content] of [
      ['State', 'address'],
      ['Topics', 'partition'],
      ['Timers', 'waiting'],
      ['Console', 'log'],
      ['Problems', 'No problems found'],
    ] as const) {
      await expect(await openTab(page, tab)).toContainText(content);
      expect(await violations(page), tab).toEqual([]);
    }
  },
  'scenarios, one of them failing': async (page) => {
    await openExample(page, 'greeter');
    await openFile(page, 'functions/greet.ts');
    await replaceText(page, readProjectFile('greeter', 'functions/greet.ts').replace('?? 0) + 1', '?? 0) + 2'));
    await page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name: 'Canvas' }).click();
    const panel = await openTab(page, 'Scenarios');
    await panel.getByRole('button', { name: 'Play all' }).click();
    await expect(panel.getByRole('status').first()).toHaveText('2 scenarios: 2 failed');
  },
  'the settings': async (page) => {
    await openExample(page, 'fraud-detection');
    await openSettings(page, 'Simulation');
  },
  'the records of the settings': async (page) => {
    await openExample(page, 'fraud-detection');
    await openSettings(page, 'Records');
  },
  'the export dialog': async (page) => {
    await openExample(page, 'greeter');
    await page.keyboard.press('Control+E');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await expect(dialog.getByRole('region', { name: 'Files' })).toBeVisible();
    expect(await violations(page), 'with its files').toEqual([]);
    await dialog.getByText('Manifests for kubectl apply -k').click();
    await expect(dialog.getByText('Name the image of the function server')).toBeVisible();
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' } as object);
    for (const [name, show] of Object.entries(SCREENS)) {
      test(`${name} has no violation of level A or AA`, async ({ page }) => {
        await show(page);
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        expect(await violations(page)).toEqual([]);
      });
    }
  });
}
