import { filterMessages, openTopic, rows } from '../support/e2e/dock.ts';
import { openExample } from '../support/e2e/opening.ts';
import { runBar, sendRecord, simulate } from '../support/e2e/running.ts';
import { stopFeeds } from '../support/e2e/settings.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

test('a record sent by hand goes into its topic with key, value and headers, and on to its function', async ({ page }) => {
  await openExample(page, 'greeter');
  await stopFeeds(page, ['visits']);
  await simulate(page);
  await sendRecord(page, {
    topic: 'visits',
    key: 'Konrad',
    value: '{"name":"Konrad","door":"east"}',
    headers: [
      ['trace', 'abc'],
      ['origin', 'by hand'],
    ],
  });
  const visits = await openTopic(page, 'visits');
  const record = rows(visits, 'Records of visits');
  await expect(record).toHaveCount(1);
  await expect(record).toContainText('Konrad');
  await expect(record.locator('[title*="origin: by hand"]')).toContainText('{"name":"Konrad","door":"east"}');
  const greetings = await openTopic(page, 'greetings');
  await expect(rows(greetings, 'Records of greetings')).toContainText('Welcome, Konrad.');
  const list = await filterMessages(page, { events: 'Records in' });
  await expect(rows(list, 'Events').first()).toContainText('you');
});

test('the form says what is wrong with a value before it is sent, and fills in what the feed would send', async ({ page }) => {
  await openExample(page, 'greeter');
  await stopFeeds(page, ['visits']);
  await simulate(page);
  await runBar(page).getByRole('button', { name: 'Send record…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send record' });
  await dialog.getByRole('textbox', { name: 'Value' }).fill('{"name": ');
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Fill in from the feed' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Value' })).toHaveValue(/"door"/);
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
});

test('R opens the form from the canvas', async ({ page }) => {
  await openExample(page, 'greeter');
  await simulate(page);
  await page.getByRole('region', { name: 'Canvas' }).focus();
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog', { name: 'Send record' })).toBeVisible();
});
