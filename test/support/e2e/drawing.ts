/** The canvas, as one draws on it. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export type Addable = 'Kafka ingress' | 'Kinesis ingress' | 'Router' | 'Function' | 'Kafka egress' | 'Kinesis egress' | 'Endpoint' | 'Note';

export function canvas(page: Page): Locator {
  return page.getByRole('region', { name: 'Canvas' });
}

/** An item by what assistive technology reads, such as `Kafka ingress fraud/transactions`; what follows, as `, 1 problem`, may differ. */
export function item(page: Page, name: string): Locator {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return canvas(page).getByRole('group', { name: new RegExp(`^${escaped}(, \\d+ problems?)?$`) });
}

/** The line of an edge, by the names of its ends, such as `function:fraud/model`. Edges have no role: the items say what they send. */
export function edge(page: Page, from: string, to: string): Locator {
  return canvas(page).locator(`[data-edge="${from}>${to}"]`);
}

export function addButton(page: Page, what: Addable): Locator {
  return page.getByRole('region', { name: 'Add' }).getByRole('button', { name: what, exact: true });
}

/** Drags an entry of Add to a place on the canvas, in pixels from its top left corner. */
export async function dragIn(page: Page, what: Addable, x: number, y: number): Promise<void> {
  await addButton(page, what).dragTo(canvas(page), { targetPosition: { x, y } });
}

/** Draws an edge from an item's right port, and holds the pointer over the other item. */
export async function pullTo(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover();
  const port = from.locator('[data-port="right"]');
  const start = await centre(port);
  const end = await centre(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
  await page.mouse.move(end.x, end.y);
}

export async function connect(page: Page, from: Locator, to: Locator): Promise<void> {
  await pullTo(page, from, to);
  await page.mouse.up();
}

async function centre(element: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await element.boundingBox();
  if (box === null) {
    throw new Error('not on the screen');
  }
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export function inspector(page: Page): Locator {
  return page.getByRole('region', { name: 'Inspector' });
}

export function outline(page: Page): Locator {
  return page.getByRole('treegrid', { name: 'Items of the module' });
}

export async function select(page: Page, name: string): Promise<void> {
  await item(page, name).click();
  // What was selected before has a heading in the inspector, too.
  await expect(item(page, name).locator('[data-selected="true"]')).toBeVisible();
  await expect(inspector(page).getByRole('heading', { level: 2 })).toBeVisible();
}
