/** The panels at the bottom, and the inspector of a message. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export type DockTab = 'Scenarios' | 'Messages' | 'State' | 'Topics' | 'Timers' | 'Console' | 'module.yaml' | 'Problems';

/** Shows the tab; gives its panel. */
export async function openTab(page: Page, tab: DockTab): Promise<Locator> {
  await page.getByRole('tablist', { name: 'Dock' }).getByRole('tab', { name: tab }).click();
  return page.getByRole('tabpanel', { name: tab });
}

/** Rows of a table's body that are in view. */
export function rows(panel: Locator, table: string): Locator {
  return panel.getByRole('grid', { name: table }).getByRole('rowgroup').last().getByRole('row');
}

export async function openTopic(page: Page, topic: string): Promise<Locator> {
  const panel = await openTab(page, 'Topics');
  await panel.getByRole('navigation', { name: 'Topics of the run' }).getByRole('button', { name: topic }).click();
  await expect(panel.getByRole('heading', { name: topic, exact: true })).toBeVisible();
  return panel;
}

/** The state of one address, as the State panel shows it. */
export async function stateOf(page: Page, type: string, id: string): Promise<Locator> {
  const panel = await openTab(page, 'State');
  await panel.getByRole('combobox', { name: 'Function type' }).selectOption(type);
  await panel.getByRole('textbox', { name: 'Search ids' }).fill(id);
  const state = panel.getByRole('region', { name: `State of ${type} ${id}` });
  await expect(state).toBeVisible();
  return state;
}

export function messageInspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Message' });
}

/** Narrows Messages to the events of one group, of one function or topic, and with a text. */
export async function filterMessages(
  page: Page,
  filter: { readonly events?: string; readonly name?: string; readonly id?: string; readonly text?: string },
): Promise<Locator> {
  const panel = await openTab(page, 'Messages');
  await panel.getByRole('combobox', { name: 'Events' }).selectOption({ label: filter.events ?? 'All events' });
  await panel.getByRole('combobox', { name: 'Function, ingress or egress' }).selectOption(filter.name ?? '');
  for (const [field, text] of [
    ['Address id', filter.id],
    ['Text', filter.text],
  ] as const) {
    await panel.getByRole('textbox', { name: field }).fill(text ?? '');
    // Without it the list changes only when typing has paused: what is found now is of the filter before.
    await panel.getByRole('textbox', { name: field }).press('Enter');
  }
  await expect(panel.getByText(/^[\d\u2009]+ (found|events)$/)).toBeVisible();
  return panel;
}
