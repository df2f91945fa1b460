import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { edgeId, nodeId } from '../../src/base/ids.ts';
import type { NodeId } from '../../src/base/ids.ts';
import { routeEdges } from '../../src/canvas/edge-routing/edge-routing.ts';
import type { Routes } from '../../src/canvas/edge-routing/edge-routing.ts';
import type { RoutableEdge, RoutingInput } from '../../src/canvas/edge-routing/types.ts';
import type { Point, Rect } from '../../src/canvas/geometry/rect.ts';

type Boxes = Readonly<Record<string, readonly [x: number, y: number, width: number, height: number]>>;

/** The fraud-detection module as its picture places it. */
const FRAUD: Boxes = {
  transactions: [0, 150, 160, 64],
  confirmations: [0, 320, 160, 64],
  routerT: [180, 158, 152, 48],
  routerC: [180, 328, 152, 48],
  manager: [368, 150, 180, 64],
  count: [368, 320, 180, 64],
  scorer: [624, 44, 156, 64],
  model: [624, 236, 156, 64],
  api: [836, 52, 136, 48],
  alerts: [836, 150, 128, 64],
};
const FRAUD_EDGES = [
  'transactions routerT',
  'confirmations routerC',
  'routerT manager',
  'routerC count',
  'manager scorer',
  'scorer manager',
  'manager count',
  'count manager',
  'manager model',
  'model manager',
  'manager alerts',
  'scorer api',
  'count count',
];
const OUTER = new Set(['transactions', 'confirmations', 'routerT', 'routerC', 'api', 'alerts'].map(nodeId));

function input(boxes: Boxes, edges: readonly string[]): RoutingInput {
  const layout = new Map<NodeId, Rect>(Object.entries(boxes).map(([id, [x, y, width, height]]) => [nodeId(id), { x, y, width, height }]));
  return { edges: edges.map(edge), layout, obstacles: new Set(layout.keys()), outer: OUTER, shy: [], fixed: new Map() };
}
function edge(text: string): RoutableEdge {
  const [from = '', to = '', suffix = ''] = text.split(' ');
  return { id: edgeId(`${from}>${to}${suffix}`), from: nodeId(from), to: nodeId(to), labelWidth: 70 };
}
function points(routes: Routes, id: string): readonly Point[] {
  return routes.get(edgeId(id))?.points ?? [];
}
function segments(path: readonly Point[]): readonly (readonly [Point, Point])[] {
  return path.slice(1).map((point, index) => [path[index] ?? point, point] as const);
}
function isInside([a, b]: readonly [Point, Point], [x, y, width, height]: readonly [number, number, number, number]): boolean {
  return Math.max(a.x, b.x) > x && Math.min(a.x, b.x) < x + width && Math.max(a.y, b.y) > y && Math.min(a.y, b.y) < y + height;
}
/** How long two polylines run on the same line. */
function shared(first: readonly Point[], second: readonly Point[]): number {
  let sum = 0;
  for (const [a, b] of segments(first)) {
    for (const [c, d] of segments(second)) {
      const run = (from: 'x' | 'y') =>
        Math.min(Math.max(a[from], b[from]), Math.max(c[from], d[from])) - Math.max(Math.min(a[from], b[from]), Math.min(c[from], d[from]));
      if (a.y === b.y && c.y === d.y && Math.abs(a.y - c.y) < 4) {
        sum += Math.max(0, run('x'));
      } else if (a.x === b.x && c.x === d.x && Math.abs(a.x - c.x) < 4) {
        sum += Math.max(0, run('y'));
      }
    }
  }
  return sum;
}
function expectRightAngled(path: readonly Point[]): void {
  for (const [a, b] of segments(path)) {
    expect(a.x === b.x || a.y === b.y).toBe(true);
  }
}

describe('edges of the fraud-detection module', () => {
  const routes = routeEdges(input(FRAUD, FRAUD_EDGES));

  it('has a right-angled route for every edge', () => {
    expect(routes.size).toBe(FRAUD_EDGES.length);
    routes.forEach((route) => expectRightAngled(route.points));
  });

  it('E2 keeps every edge out of every item', () => {
    for (const route of routes.values()) {
      for (const segment of segments(route.points)) {
        for (const box of Object.values(FRAUD)) {
          expect(isInside(segment, box)).toBe(false);
        }
      }
    }
  });

  it('E1 draws no two edges on one line', () => {
    const all = [...routes.values()];
    all.forEach((first, index) => all.slice(index + 1).forEach((second) => expect(shared(first.points, second.points)).toBe(0)));
  });

  it('runs straight where items stand in one row or column', () => {
    for (const id of ['transactions>routerT', 'routerT>manager', 'manager>alerts', 'scorer>api', 'manager>count', 'count>manager']) {
      expect(points(routes, id)).toHaveLength(2);
    }
  });

  it('bends once between the manager and what lies beside and above or below it', () => {
    for (const id of ['manager>scorer', 'scorer>manager', 'manager>model', 'model>manager']) {
      expect(points(routes, id)).toHaveLength(3);
    }
  });

  it('E3 hangs a message to oneself below the item', () => {
    const loop = points(routes, 'count>count');
    expect(loop).toHaveLength(4);
    expect(Math.max(...loop.map(({ y }) => y))).toBe(320 + 64 + 28);
    expect(loop[0]?.y).toBe(384);
    expect(loop[3]?.y).toBe(384);
    expect((loop[0]?.x ?? 0) < (loop[3]?.x ?? 0)).toBe(true);
  });

  it('puts labels beside items and beside each other', () => {
    const labels = [...routes.values()].flatMap(({ label }) => (label === null ? [] : [label]));
    expect(labels.length).toBeGreaterThan(7);
    labels.forEach((a, index) =>
      labels.slice(index + 1).forEach((b) => expect(Math.abs(a.x - b.x) >= 70 || Math.abs(a.y - b.y) >= 16).toBe(true)),
    );
    for (const { x, y } of labels) {
      for (const box of Object.values(FRAUD)) {
        expect(
          isInside(
            [
              { x: x - 35, y: y - 8 },
              { x: x + 35, y: y + 8 },
            ],
            box,
          ),
        ).toBe(false);
      }
    }
  });

  it('leaves edges without room for a label unlabelled', () => {
    expect(routes.get(edgeId('transactions>routerT'))?.label).toBeNull();
  });

  it('is the same in whatever order edges and items come', () => {
    const turned = Object.fromEntries(Object.entries(FRAUD).toReversed());
    expect([...routeEdges(input(turned, FRAUD_EDGES.toReversed()))].sort()).toEqual([...routes].sort());
  });

  it('keeps fixed edges as they are', () => {
    const first = routes.get(edgeId('manager>alerts'));
    const fixed = new Map(first === undefined ? [] : [[edgeId('manager>alerts'), first] as const]);
    const again = routeEdges({ ...input({ ...FRAUD, alerts: [836, 400, 128, 64] }, FRAUD_EDGES), fixed });
    expect(again.get(edgeId('manager>alerts'))).toEqual(first);
  });
});

describe('edges in other layouts', () => {
  it('E2 goes around an item that stands in the way', () => {
    const boxes: Boxes = { a: [0, 0, 160, 64], wall: [240, -200, 160, 464], b: [480, 0, 160, 64] };
    const routes = routeEdges(input(boxes, ['a b', 'b a']));
    for (const route of routes.values()) {
      for (const segment of segments(route.points)) {
        expect(isInside(segment, [240, -200, 160, 464])).toBe(false);
      }
    }
    expect(shared(points(routes, 'a>b'), points(routes, 'b>a'))).toBe(0);
  });

  it('E1 separates request, reply and delayed message between two items', () => {
    const boxes: Boxes = { a: [0, 0, 156, 64], b: [300, 120, 156, 64] };
    const routes = [...routeEdges(input(boxes, ['a b', 'b a', 'a b ~delayed'])).values()];
    expect(routes).toHaveLength(3);
    routes.forEach((first, index) => routes.slice(index + 1).forEach((second) => expect(shared(first.points, second.points)).toBe(0)));
  });

  it('E1 and E2 hold for pairs on a loose grid', () => {
    const cell = fc.record({ dx: fc.integer({ min: 0, max: 60 }), dy: fc.integer({ min: 0, max: 40 }) });
    const links = fc.uniqueArray(
      fc.tuple(fc.nat(8), fc.nat(8)).filter(([a, b]) => a < b),
      { maxLength: 9, selector: ([a, b]) => `${a} ${b}` },
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 9, maxLength: 9 }), links, (cells, pairs) => {
        const boxes: Boxes = Object.fromEntries(
          cells.map(({ dx, dy }, index) => [`n${index}`, [(index % 3) * 330 + dx, Math.floor(index / 3) * 200 + dy, 156, 64] as const]),
        );
        const routes = routeEdges(
          input(
            boxes,
            pairs.flatMap(([a, b]) => [`n${a} n${b}`, `n${b} n${a}`]),
          ),
        );
        for (const route of routes.values()) {
          expectRightAngled(route.points);
          for (const segment of segments(route.points)) {
            for (const box of Object.values(boxes)) {
              expect(isInside(segment, box)).toBe(false);
            }
          }
        }
        for (const [a, b] of pairs) {
          expect(shared(points(routes, `n${a}>n${b}`), points(routes, `n${b}>n${a}`))).toBe(0);
        }
      }),
      { numRuns: 150 },
    );
  });
});
