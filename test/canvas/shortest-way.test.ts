import { describe, expect, it } from 'vitest';
import { shortestWay } from '../../src/canvas/geometry/shortest-way.ts';

const VIEW = { from: 50, to: 450 };

describe('the way of an item into view', () => {
  it('is nothing for an item in view, to its very edges', () => {
    expect(shortestWay({ from: 100, to: 200 }, VIEW)).toBe(0);
    expect(shortestWay({ from: 50, to: 450 }, VIEW)).toBe(0);
  });
  it('leads to the nearer edge', () => {
    expect(shortestWay({ from: 20, to: 120 }, VIEW)).toBe(30);
    expect(shortestWay({ from: -500, to: -400 }, VIEW)).toBe(550);
    expect(shortestWay({ from: 400, to: 500 }, VIEW)).toBe(-50);
  });
  it('lets an item that is longer than the view fill it', () => {
    expect(shortestWay({ from: 0, to: 600 }, VIEW)).toBe(0);
    expect(shortestWay({ from: 200, to: 700 }, VIEW)).toBe(-150);
    expect(shortestWay({ from: -400, to: 200 }, VIEW)).toBe(250);
  });
});
