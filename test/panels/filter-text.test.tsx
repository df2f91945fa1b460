// @vitest-environment happy-dom
import { act, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FilterText } from '../../src/panels/run/FilterControls.tsx';

/** As a panel of a run that goes on: it takes the text over after a while, and is rendered again and again meanwhile. */
function Panel({ delay, given }: { readonly delay: number; readonly given: string[] }) {
  const [value, setValue] = useState('');
  const take = (text: string) => {
    given.push(text);
    setTimeout(() => setValue(text), delay);
  };
  return <FilterText label="Id" value={value} onChange={take} />;
}

let root: Root;
let host: HTMLElement;
let given: string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
  given = [];
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function render(delay: number): void {
  act(() => root.render(<Panel delay={delay} given={given} />));
}

function pass(ms: number): void {
  act(() => vi.advanceTimersByTime(ms));
}

function field(): HTMLInputElement {
  const found = host.querySelector('input');
  if (found === null) {
    throw new Error('no field');
  }
  return found;
}

function type(text: string): void {
  act(() => {
    // React looks for a change of what it set itself.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field(), text);
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });
}

test('a text is handed over when typing pauses, however often the panel renders meanwhile', () => {
  render(0);
  type('Ada');
  for (let renders = 0; renders < 10; renders += 1) {
    pass(50);
    render(0);
  }
  expect(given).toEqual(['Ada']);
});

test('what is typed before the panel took the text over stays, and follows', () => {
  render(100);
  type('Ad');
  pass(200);
  type('Ada');
  pass(100);
  expect(field().value).toBe('Ada');
  pass(400);
  expect(given).toEqual(['Ad', 'Ada']);
  expect(field().value).toBe('Ada');
});

test('Enter hands the text over at once, and once', () => {
  render(0);
  type('Ada');
  act(() => field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })));
  expect(given).toEqual(['Ada']);
  pass(1000);
  expect(given).toEqual(['Ada']);
});
