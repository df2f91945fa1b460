// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { err, ok } from '../../src/base/result.ts';
import { useAnswer } from '../../src/panels/run/use-answer.ts';
import { setClient } from '../../src/state/client.ts';
import { fakeClient } from '../support/fake-client.ts';

const shown: (number | null)[] = [];
const errors: (string | null)[] = [];
/** What the worker was asked and has not answered, the oldest first; null is a refusal. */
const open: ((total: number | null) => void)[] = [];

function Panel({ name, events }: { readonly name: string; readonly events: number }) {
  const params = { typename: typename(name), search: null, from: 0, count: 1 };
  const { value, error } = useAnswer('read-addresses', params, name, String(events));
  shown.push(value?.total ?? null);
  errors.push(error);
  return null;
}

let root: Root;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  root = createRoot(document.createElement('div'));
  shown.length = 0;
  errors.length = 0;
  open.length = 0;
  const busy = fakeClient();
  const { ask } = busy;
  busy.ask = async (type, params) => {
    const total = await new Promise<number | null>((resolve) => open.push(resolve));
    busy.answer('read-addresses', () => (total === null ? err({ code: 'no-run', message: 'refused' }) : ok({ total, rows: [] })));
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

async function answer(total: number | null): Promise<void> {
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

test('what cannot be answered again stays as it was shown, but is not taken for something else', async () => {
  render('a/b', 1);
  await answer(10);
  render('a/b', 2);
  await answer(null);
  expect([shown.at(-1), errors.at(-1)]).toEqual([10, 'refused']);
  render('c/d', 2);
  await answer(null);
  expect([shown.at(-1), errors.at(-1)]).toEqual([null, 'refused']);
});
