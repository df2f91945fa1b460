import type { Locator, Page } from '@playwright/test';
import { Greet } from '../../src/examples/greeter/project/functions/greet.ts';
import { messageInspector, filterMessages, openTopic, rows } from '../support/e2e/dock.ts';
import { openExample, saved } from '../support/e2e/opening.ts';
import { chooseSpeed, failure, messagesReach, pause, runBar, simulate } from '../support/e2e/running.ts';
import { expect, test } from '../support/e2e/studio-test.ts';
import { MISCOUNTING_GREET } from '../support/miscounting-greeter.ts';
import { freePort, startSdkServer } from '../support/remote-servers.ts';

/** Selects the endpoint with the keyboard; gives the part of its form that says who answers. */
async function endpointCalls(page: Page): Promise<Locator> {
  await page.getByRole('group', { name: 'Endpoint greeter/*' }).focus();
  await page.keyboard.press('Enter');
  return page.getByRole('region', { name: 'Inspector' }).getByRole('region', { name: 'Calls in a run' });
}

test('an endpoint is switched to a server of one’s own: asked about, down, retried, up, and followed in the messages', async ({ page }) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/statefun`;
  await openExample(page, 'greeter');
  const calls = await endpointCalls(page);
  await calls.getByRole('radio', { name: 'Remote' }).click();
  const field = calls.getByRole('textbox', { name: 'URL on this machine' });
  // What is no URL is told at the field, which keeps it.
  await field.fill('localhost:99');
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription(/The URL must begin with http:\/\/ or https:\/\//);
  await expect(field).toHaveValue('localhost:99');
  await expect(calls).toContainText('You are asked before the first call goes to http://functions:8000/statefun.');
  await field.fill(url);
  await field.press('Enter');
  await saved(page);
  await expect(calls).toContainText(`You are asked before the first call goes to ${url}.`);
  await expect(page.getByRole('region', { name: 'Canvas' }).getByText('remote', { exact: true }).first()).toBeVisible();

  const question = page.getByRole('alertdialog', { name: 'Call this function server?' });
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  await expect(question).toContainText(url);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  await expect(runBar(page)).toBeHidden();
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  await question.getByRole('button', { name: 'Allow calls' }).click();

  await expect(failure(page)).toContainText('The function server cannot be reached');
  await expect(failure(page)).toContainText(`${url}: Nothing listens at 127.0.0.1:${port}`);
  const server = await startSdkServer([Greet], port);
  try {
    await failure(page).getByRole('button', { name: 'Retry now' }).click();
    await expect(failure(page)).toBeHidden();
    await messagesReach(page, 3);
    await expect(rows(await openTopic(page, 'greetings'), 'Records of greetings').first()).toContainText(/Welcome|Good to see you/);
    expect(server.seen.every((request) => request.method === 'POST' && request.headers['user-agent'] === 'statefun')).toBe(true);
    expect(server.seen.flatMap(({ headers }) => Object.keys(headers))).not.toContain('origin');
    const list = await filterMessages(page, { events: 'Calls and replies' });
    await rows(list, 'Events').last().click();
    await expect(messageInspector(page)).toContainText(url);
    await expect(messageInspector(page)).toContainText('ms of real time');
  } finally {
    await server.stop();
  }
});

test('recorded calls of a run are compared with a server, and the first difference leads to its call', async ({ page }) => {
  const server = await startSdkServer([MISCOUNTING_GREET]);
  try {
    await openExample(page, 'greeter');
    await simulate(page);
    await chooseSpeed(page, 'As fast as it goes');
    await messagesReach(page, 20);
    await pause(page);
    const calls = await endpointCalls(page);
    await calls.getByRole('radio', { name: 'Remote' }).click();
    await calls.getByRole('textbox', { name: 'URL on this machine' }).fill(server.origin);
    await calls.getByRole('textbox', { name: 'URL on this machine' }).press('Enter');
    await calls.getByRole('button', { name: 'Compare recorded calls' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Allow calls' }).click();
    await expect(calls).toContainText(`You allowed calls to ${server.origin} on this machine.`);
    const difference = calls.getByRole('region', { name: 'First difference' });
    await expect(difference).toContainText('differs: state visits');
    await expect(difference).toContainText('io.statefun.types/int 2');
    await expect(difference).toContainText('io.statefun.types/int 12');
    await difference.getByRole('button', { name: 'Show the call' }).click();
    await expect(messageInspector(page)).toContainText('greeter/greet');
  } finally {
    await server.stop();
  }
});
