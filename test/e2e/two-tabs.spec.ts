import { openFile } from '../support/e2e/coding.ts';
import { inspector, item, select } from '../support/e2e/drawing.ts';
import { exportedModule, openExample, saved } from '../support/e2e/opening.ts';
import { chooseSpeed, messages, messagesReach, runBar, simulate, statusBar } from '../support/e2e/running.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

test('a second tab opens the project read-only, and may take it over with its run', async ({ context, page }) => {
  await openExample(page, 'fraud-detection');
  await select(page, 'Kafka ingress fraud/transactions');
  await inspector(page).getByRole('textbox', { name: 'Brokers' }).fill('edited:9092');
  await inspector(page).getByRole('textbox', { name: 'Brokers' }).press('Enter');
  await saved(page);
  await simulate(page);
  await chooseSpeed(page, 'Ten times real time');
  await messagesReach(page, 100);

  const second = await context.newPage();
  await openExample(second, 'fraud-detection');
  await expect(second.getByRole('banner').getByRole('status')).toHaveText('Read-only');
  await expect(second.getByRole('button', { name: 'Stop', exact: true })).toBeDisabled();
  await expect(runBar(second).getByRole('button', { name: 'Step' })).toBeDisabled();
  await expect(second.getByText('What it had recorded until now can be read here').first()).toBeVisible();
  await expect(item(second, 'Kafka ingress fraud/transactions')).toBeVisible();
  expect(await exportedModule(second)).toContain('edited:9092');
  // A run that goes on elsewhere takes no code from here; functions can be tried all the same.
  await openFile(second, 'functions/fraud-count.ts');
  await expect(second.getByRole('region', { name: 'Try this function' }).getByRole('button', { name: 'Run' })).toBeEnabled();
  await expect(second.getByRole('button', { name: 'Apply' })).toHaveCount(0);

  const shown = await messages(page);
  await second.getByRole('button', { name: 'Take over' }).click();
  await saved(second);
  await expect(runBar(second)).toBeVisible();
  await expect.poll(() => messages(second)).toBeGreaterThanOrEqual(shown);
  await messagesReach(second, shown + 100);
  await expect(statusBar(second)).toContainText('Running at 10×');

  await expect(page.getByRole('banner').getByRole('status')).toHaveText('Read-only');
  await expect(page.getByText('the run goes on there').or(page.getByText('open for writing in another tab')).first()).toBeVisible();
});
