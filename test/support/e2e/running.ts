/** A run, by its bar and by what the status bar says of it. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export type SpeedName = 'Half of real time' | 'Real time' | 'Ten times real time' | 'As fast as it goes';

export function runBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Run', exact: true });
}

export function statusBar(page: Page): Locator {
  return page.getByRole('contentinfo');
}

export function failure(page: Page): Locator {
  return page.getByRole('region', { name: 'Failure' });
}

export async function simulate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  await expect(runBar(page)).toBeVisible();
}

export async function pause(page: Page): Promise<void> {
  await runBar(page).getByRole('button', { name: 'Pause' }).click();
  await expect(statusBar(page)).toContainText('Paused');
}

export async function play(page: Page): Promise<void> {
  await runBar(page).getByRole('button', { name: 'Play' }).click();
  await expect(statusBar(page)).toContainText('Running at');
}

export async function chooseSpeed(page: Page, name: SpeedName): Promise<void> {
  const speed = page.getByRole('radiogroup', { name: 'Speed' }).getByRole('radio', { name });
  await speed.click();
  await expect(speed).toBeChecked();
}

export async function idle(page: Page, timeout = 60_000): Promise<void> {
  await expect(statusBar(page)).toContainText('Idle', { timeout });
}

/** What the worker has told until now is written into the clock by then. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(resolve);
      }),
  );
}

/** Virtual milliseconds since the start. */
export async function clock(page: Page): Promise<number> {
  const text = (await runBar(page).getByRole('timer', { name: 'Virtual time' }).textContent()) ?? '';
  const parts = /^Day (\d+) (\d+):(\d+):(\d+)\.(\d+)$/.exec(text);
  if (parts === null) {
    throw new Error(`not a clock: “${text}”`);
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0, millis = 0] = parts.slice(1).map(Number);
  return ((((days - 1) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + millis;
}

async function count(page: Page, noun: 'message' | 'step'): Promise<number> {
  const text = (await statusBar(page).textContent()) ?? '';
  // Not a number while there is no run to count.
  const digits = new RegExp(`([\\d\\u2009]+) ${noun}`).exec(text)?.[1] ?? 'none';
  return Number(digits.replaceAll('\u2009', ''));
}

export function messages(page: Page): Promise<number> {
  return count(page, 'message');
}

/** Steps of the engine so far. */
export function steps(page: Page): Promise<number> {
  return count(page, 'step');
}

export async function messagesReach(page: Page, least: number, timeout = 60_000): Promise<void> {
  await expect.poll(() => messages(page), { timeout }).toBeGreaterThanOrEqual(least);
}

export interface RecordToSend {
  readonly topic: string;
  /** Null: no key. */
  readonly key: string | null;
  readonly value: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** Fills in Send record… and sends. */
export async function sendRecord(page: Page, record: RecordToSend): Promise<void> {
  await runBar(page).getByRole('button', { name: 'Send record…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send record' });
  await choose(page, dialog, 'Topic', record.topic);
  // The form remembers what a topic was sent last.
  if ((record.key === null) !== (await dialog.getByRole('checkbox', { name: 'No key' }).isChecked())) {
    await dialog.getByText('No key', { exact: true }).click();
  }
  if (record.key !== null) {
    await dialog.getByRole('textbox', { name: 'Key' }).fill(record.key);
  }
  await dialog.getByRole('textbox', { name: 'Value' }).first().fill(record.value);
  for (const [index, [name, value]] of (record.headers ?? []).entries()) {
    // One header after the other, as a person adds them.
    await dialog.getByRole('button', { name: 'Add header' }).click();
    await dialog.getByRole('textbox', { name: `Name of header ${index + 1}` }).fill(name);
    await dialog
      .getByRole('textbox', { name: 'Value' })
      .nth(index + 1)
      .fill(value);
  }
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** A choice in a select of the Studio's own. */
export async function choose(page: Page, within: Locator, label: string, option: string): Promise<void> {
  const field = within.getByRole('button', { name: label });
  if (((await field.textContent()) ?? '').includes(option)) {
    return;
  }
  await field.click();
  await page.getByRole('listbox').getByRole('option', { name: option }).click();
}
