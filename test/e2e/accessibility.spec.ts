import type { Page } from '@playwright/test';
import { violations } from '../support/e2e/axe.ts';
import { openFile } from '../support/e2e/coding.ts';
import { openTab, rows } from '../support/e2e/dock.ts';
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
  'a run with a message selected': async (page) => {
    await openExample(page, 'fraud-detection');
    await simulate(page);
    await messagesReach(page, 20);
    await pause(page);
    const panel = await openTab(page, 'Messages');
    await rows(panel, 'Events').last().click();
    await expect(page.getByRole('complementary', { name: 'Message' }).getByRole('heading', { level: 2 })).toBeVisible();
  },
  'the panels of a run': async (page) => {
    await openExample(page, 'fraud-detection');
    await simulate(page);
    await messagesReach(page, 20);
    await pause(page);
    for (const tab of ['State', 'Topics', 'Timers', 'Console', 'Problems'] as const) {
      await openTab(page, tab);
      expect(await violations(page), tab).toEqual([]);
    }
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
    await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
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
