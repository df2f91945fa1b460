// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nodeId } from '../../src/base/ids.ts';
import { focusNode } from '../../src/canvas/focus-node.ts';

let frames: (() => void)[];

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  document.body.replaceChildren();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function draw(id: string): HTMLElement {
  const element = document.createElement('div');
  element.className = 'react-flow__node';
  element.dataset['id'] = id;
  element.tabIndex = 0;
  return document.body.appendChild(element);
}

function nextFrame(): void {
  for (const run of frames.splice(0)) {
    run();
  }
}

test('an item that is drawn has the focus at once', () => {
  const there = draw('a');
  focusNode(nodeId('a'));
  expect(document.activeElement).toBe(there);
});

test('an item that is drawn later has the focus then', () => {
  focusNode(nodeId('a'));
  nextFrame();
  const late = draw('a');
  nextFrame();
  expect(document.activeElement).toBe(late);
});

test('whoever moves the focus elsewhere meanwhile keeps it', () => {
  const other = draw('b');
  focusNode(nodeId('a'));
  nextFrame();
  other.focus();
  draw('a');
  nextFrame();
  nextFrame();
  expect(document.activeElement).toBe(other);
});

test('of two items that are asked for before they are drawn, the last one has the focus', () => {
  focusNode(nodeId('a'));
  focusNode(nodeId('b'));
  draw('a');
  const last = draw('b');
  nextFrame();
  expect(document.activeElement).toBe(last);
});
