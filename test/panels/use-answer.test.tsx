// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { ok } from '../../src/base/result.ts';
import { useAnswer } from '../../src/panels/run/use-answer.ts';
import { setClient } from '../../src/state/client.ts';
import { fakeClient } from '../support/fake-client.ts';

const shown: (number | null)[] = [];
/** What the worker was asked and has not answered, the oldest first. */
const open: ((total: number) => void)[] = [];

function Panel({ name, events }: { readonly name: string; readonly events: number }) {
  const { value } = useAnswer('read-addresses', { typename: typename(name), search: null, from: 0, count: 1 }, name, String(events));
  shown.push(value?.total ?? null);
  return null;
}

let root: Root;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  root = createRoot(document.createElement('div'));
  shown.length = 0;
  open.length = 0;
  const busy = fakeClient();
  const { ask } = busy;
  busy.ask = async (type, params) => {
    const total = await new Promise<number>((resolve) => open.push(resolve));
    busy.answer('read-addresses', () => ok({ total, rows: [] }));
    return ask(type, params);
  };
  setClient(busy);
});

afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
});

function render(name: string, events: number): void {
  act(() => root.render(<Panel name={name} events={events} />));
}

async function answer(total: number): Promise<void> {
  await act(async () => open.shift()?.(total));
}

test('what a run changes faster than the worker answers is shown all the same, and asked for once more', async () => {
  for (const events of [1, 2, 3, 4]) {
    render('a/b', events);
  }
  expect(open).toHaveLength(1);
  await answer(10);
  expect(shown.at(-1)).toBe(10);
  expect(open).toHaveLength(1);
  await answer(20);
  expect(shown.at(-1)).toBe(20);
  expect(open).toHaveLength(0);
});

test('an answer about something else is not shown', async () => {
  render('a/b', 1);
  render('c/d', 1);
  await answer(10);
  expect(shown.at(-1)).toBe(null);
  await answer(20);
  expect(shown.at(-1)).toBe(20);
});
