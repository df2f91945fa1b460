import { openTopic, rows } from '../support/e2e/dock.ts';
import { openExample, saved } from '../support/e2e/opening.ts';
import { choose, chooseSpeed, runBar, simulate, statusBar } from '../support/e2e/running.ts';
import { closeSettings, openSettings, stopFeeds } from '../support/e2e/settings.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

test('each setting stands with its default and a word on it', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  const dialog = await openSettings(page, 'Simulation');
  for (const [field, words] of [
    ['Parallelism', 'default 1'],
    ['Partitions', 'num.partitions'],
    ['Seed', 'byte for byte'],
    ['Call latency, least', 'Virtual time that a call to a function takes'],
    ['Calls in flight per task', 'statefun.async.max-per-task'],
    ['Time limit of an invocation', 'endless loop'],
  ] as const) {
    await expect(dialog.getByRole('textbox', { name: field })).toBeVisible();
    await expect(dialog).toContainText(words);
  }
  await expect(dialog.getByRole('button', { name: /Checkpoints/ })).toContainText('At an interval');
  await expect(dialog.getByRole('button', { name: /Restart after a failure/ })).toBeVisible();
  await expect(dialog.getByRole('switch', { name: /Pause at the first failure/ })).toBeChecked();
});

test('settings are those of the next run, and the status bar shows them', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  const dialog = await openSettings(page, 'Simulation');
  await dialog.getByRole('textbox', { name: 'Parallelism' }).fill('4');
  await dialog.getByRole('textbox', { name: 'Parallelism' }).press('Enter');
  await choose(page, dialog, 'Checkpoints', 'Off');
  await closeSettings(page);
  await simulate(page);
  await expect(statusBar(page)).toContainText('parallelism 4');
  await expect(statusBar(page)).toContainText('no checkpoints');
  await expect(runBar(page)).toContainText('off');
});

test('each of Flink’s restart strategies can be set, with its own numbers', async ({ page }) => {
  await openExample(page, 'greeter');
  const dialog = await openSettings(page, 'Simulation');
  await choose(page, dialog, 'Restart after a failure', 'Growing delay');
  await dialog.getByRole('textbox', { name: 'Longest pause' }).fill('60000');
  await dialog.getByRole('textbox', { name: 'Longest pause' }).press('Enter');
  await choose(page, dialog, 'Restart after a failure', 'Failure rate');
  await expect(dialog.getByRole('textbox', { name: 'Failures' })).toHaveValue('1');
  await dialog.getByRole('textbox', { name: 'Failures' }).fill('3');
  await dialog.getByRole('textbox', { name: 'Failures' }).press('Enter');
  await closeSettings(page);
  await saved(page);
  await page.reload();
  await expect((await openSettings(page, 'Simulation')).getByRole('textbox', { name: 'Failures' })).toHaveValue('3');
});

test('the numbers of a restart strategy stay within what Flink takes', async ({ page }) => {
  await openExample(page, 'greeter');
  const dialog = await openSettings(page, 'Simulation');
  const write = async (name: string, text: string) => {
    const field = dialog.getByRole('textbox', { name, exact: true });
    await field.fill(text);
    await field.press('Enter');
    return field;
  };
  await expect(await write('Attempts', '3')).toHaveValue('3');
  await expect(await write('Attempts', '')).toHaveValue('');
  await expect(await write('Delay', '')).toHaveValue('1000');
  await choose(page, dialog, 'Restart after a failure', 'Growing delay');
  // A field shows its least value for anything below: what it holds is seen once the least value is lower.
  const longest = await write('Longest pause', '10');
  await write('First pause', '500');
  await expect(longest).toHaveValue('1000');
  await write('First pause', '2500');
  await write('First pause', '500');
  await expect(longest).toHaveValue('2500');
  await write('Factor', '1');
  await write('Jitter', '2');
  await closeSettings(page);
  await saved(page);
  await page.reload();
  const again = await openSettings(page, 'Simulation');
  await expect(again.getByRole('textbox', { name: 'Factor' })).toHaveValue('1.01');
  await expect(again.getByRole('textbox', { name: 'Jitter' })).toHaveValue('1');
});

test('a generator is edited in a form: topic, rate, keys and value template, with a preview', async ({ page }) => {
  await openExample(page, 'greeter');
  const dialog = await openSettings(page, 'Records');
  await dialog.getByRole('textbox', { name: 'Key' }).fill('guest-{{n}}');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('{"name":"Guest {{n}}","door":"west"}');
  await dialog.getByRole('textbox', { name: 'Records a second' }).fill('20');
  await dialog.getByRole('textbox', { name: 'Records a second' }).press('Enter');
  await expect(dialog.getByRole('region', { name: 'First records' })).toContainText('guest-1');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('{"name": {{nonsense}}}');
  await expect(dialog.getByText(/nonsense/).last()).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Feeds' })).toContainText('sends nothing');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('{"name":"Guest {{n}}","door":"west"}');
  await closeSettings(page);
  await simulate(page);
  const panel = await openTopic(page, 'visits');
  await expect(rows(panel, 'Records of visits').filter({ hasText: '"door":"west"' }).first()).toBeVisible();
});

for (const [name, content] of [
  ['guests.jsonl', '{"name":"Ada","door":"north"}\n{"name":"Alan","door":"south"}\n{"name":"Ada","door":"south"}\n'],
  ['guests.csv', 'name,door\nAda,north\n"Alan",south\nAda,south\n'],
] as const) {
  test(`${name} is fed in line by line, keyed by a field`, async ({ page }) => {
    await openExample(page, 'greeter');
    await stopFeeds(page, ['visits']);
    const dialog = await openSettings(page, 'Records');
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Add file…' }).click();
    await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
    await expect(dialog).toContainText(`data/${name}`);
    await choose(page, dialog, 'Key', 'name');
    await choose(page, dialog, 'Topic', 'visits');
    await expect(dialog.getByRole('region', { name: 'First records' })).toContainText('Ada');
    await closeSettings(page);
    await simulate(page);
    await chooseSpeed(page, 'As fast as it goes');
    const panel = await openTopic(page, 'greetings');
    const greetings = rows(panel, 'Records of greetings');
    await expect(greetings).toHaveCount(3);
    await expect(greetings.filter({ hasText: 'Good to see you again, Ada.' })).toHaveCount(1);
  });
}
