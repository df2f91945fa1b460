/**
 * Where edges run. Pure: the same items and edges give the same routes, in whatever order they come.
 *
 * E1 edges between the same two items run side by side, never on top of each other.
 * E2 an edge enters no item, its own ends included, as long as there is a way around.
 * E3 an edge from an item to itself hangs below it.
 */
import type { EdgeId, NodeId } from '../../base/ids.ts';
import { LOOP_DEPTH } from '../geometry/canvas-layout.ts';
import { centre } from '../geometry/rect.ts';
import type { Point, Rect } from '../geometry/rect.ts';
import { assignPorts, portKey } from './assign-ports.ts';
import type { PairRoute, Ports } from './assign-ports.ts';
import { candidatePaths } from './candidate-paths.ts';
import { chooseSides, isStraight } from './choose-sides.ts';
import { findDetour } from './find-detour.ts';
import { labelSpots } from './label-spots.ts';
import { blockedFor, cheapest, hits, runsAlong } from './path-cost.ts';
import { tracksBetween } from './tracks.ts';
import type { EdgeRoute, RoutableEdge, RoutingInput, Segment } from './types.ts';

export type Routes = ReadonlyMap<EdgeId, EdgeRoute>;

export function routeEdges(input: RoutingInput): Routes {
  const { layout, fixed } = input;
  const edges = input.edges
    .filter((edge) => layout.has(edge.from) && layout.has(edge.to) && !fixed.has(edge.id))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const loops = edges.filter((edge) => edge.from === edge.to);
  const pairs = pairsOf(edges, input);
  const ports = assignPorts(pairs, loops, layout);
  const paths = new Map<EdgeId, readonly Point[]>();
  const drawn: Segment[] = [...fixed.values()].flatMap((route) => segmentsOf(route.points));
  const draw = (id: EdgeId, path: readonly Point[]) => {
    paths.set(id, path);
    drawn.push(...segmentsOf(path));
  };
  loopPaths(loops, ports, layout).forEach((path, id) => draw(id, path));
  for (const { edge, pair } of drawingOrder(pairs, input)) {
    draw(edge.id, pathOf(edge, pair, ports, drawn, input));
  }
  return withLabels(edges, paths, input);
}

function pathOf(edge: RoutableEdge, pair: PairRoute, ports: Ports, drawn: readonly Segment[], input: RoutingInput): readonly Point[] {
  const from = ports.get(portKey(edge.id, 'from'));
  const to = ports.get(portKey(edge.id, 'to'));
  const a = input.layout.get(pair.a);
  const b = input.layout.get(pair.b);
  if (from === undefined || to === undefined || a === undefined || b === undefined) {
    return [];
  }
  const blocked = blockedFor(othersThan(pair, input), [a, b]);
  const around = { blocked, shy: input.shy, drawn };
  const simple = cheapest(candidatePaths(from, to, tracksBetween(a, b, blocked)), around);
  const isClear = simple !== null && hits(simple.path, blocked) === 0;
  if (isClear && !runsAlong(simple.path, drawn)) {
    return simple.path;
  }
  const detour = findDetour(from, to, around);
  const isBetter = detour !== null && (!isClear || !runsAlong(detour, drawn));
  return isBetter ? detour : (simple?.path ?? detour ?? [from.point, to.point]);
}

/** Grouped by the two items, each group in a fixed order. */
function pairsOf(edges: readonly RoutableEdge[], input: RoutingInput): readonly PairRoute[] {
  const groups = new Map<string, { readonly a: NodeId; readonly b: NodeId; readonly edges: RoutableEdge[] }>();
  const partners = new Map<NodeId, Set<NodeId>>();
  for (const edge of edges) {
    if (edge.from === edge.to) {
      continue;
    }
    const [a, b] = inReadingOrder(edge.from, edge.to, input);
    const key = `${a}|${b}`;
    const group = groups.get(key) ?? { a, b, edges: [] };
    group.edges.push(edge);
    groups.set(key, group);
    partners.set(a, (partners.get(a) ?? new Set()).add(b));
    partners.set(b, (partners.get(b) ?? new Set()).add(a));
  }
  const endOf = (id: NodeId, rect: Rect) => ({ id, rect, partners: partners.get(id)?.size ?? 0, isOuter: input.outer.has(id) });
  return [...groups.values()].flatMap(({ a, b, edges: own }) => {
    const rectA = input.layout.get(a);
    const rectB = input.layout.get(b);
    if (rectA === undefined || rectB === undefined) {
      return [];
    }
    const around = { blocked: blockedFor(othersThan({ a, b }, input), [rectA, rectB]), shy: [], drawn: [] };
    const sides = chooseSides(endOf(a, rectA), endOf(b, rectB), around);
    return [{ a, b, sides, edges: own.toSorted((first, second) => Number(first.from !== a) - Number(second.from !== a)) }];
  });
}

/** Straight ones first, since they have no choice; then short before long. */
function drawingOrder(
  pairs: readonly PairRoute[],
  { layout }: RoutingInput,
): readonly { readonly edge: RoutableEdge; readonly pair: PairRoute }[] {
  const ranked = pairs.map((pair) => {
    const a = layout.get(pair.a);
    const b = layout.get(pair.b);
    const length = a === undefined || b === undefined ? 0 : distance(centre(a), centre(b));
    const straight = a !== undefined && b !== undefined && isStraight(a, b, pair.sides);
    return { pair, rank: straight ? length - 1e6 : length };
  });
  ranked.sort((first, second) => first.rank - second.rank || (first.pair.a + first.pair.b < second.pair.a + second.pair.b ? -1 : 1));
  return ranked.flatMap(({ pair }) => pair.edges.map((edge) => ({ edge, pair })));
}

/** The outermost of several hangs lowest. */
function loopPaths(loops: readonly RoutableEdge[], ports: Ports, layout: RoutingInput['layout']): ReadonlyMap<EdgeId, readonly Point[]> {
  const paths = new Map<EdgeId, readonly Point[]>();
  for (const loop of loops) {
    const from = ports.get(portKey(loop.id, 'from'))?.point;
    const to = ports.get(portKey(loop.id, 'to'))?.point;
    const same = loops.filter((other) => other.from === loop.from);
    const inside = same.length - 1 - same.indexOf(loop);
    const rect = layout.get(loop.from);
    if (from !== undefined && to !== undefined && rect !== undefined) {
      const y = rect.y + rect.height + LOOP_DEPTH + 16 * inside;
      paths.set(loop.id, [from, { x: from.x, y }, { x: to.x, y }, to]);
    }
  }
  return paths;
}

function withLabels(edges: readonly RoutableEdge[], paths: ReadonlyMap<EdgeId, readonly Point[]>, input: RoutingInput): Routes {
  const items = [...input.obstacles].flatMap((id) => input.layout.get(id) ?? []);
  const traced = edges.flatMap((edge) => {
    const points = paths.get(edge.id);
    return points === undefined || points.length < 2 ? [] : [{ edge, points }];
  });
  const kept = [...input.fixed.values()].map((route) => segmentsOf(route.points));
  const segments = [...traced.map(({ points }) => segmentsOf(points)), ...kept];
  const spots = labelSpots(
    traced.map(({ edge, points }) => ({ points, width: edge.labelWidth })),
    items,
    segments,
  );
  const routes = new Map<EdgeId, EdgeRoute>(input.fixed);
  traced.forEach(({ edge, points }, index) => routes.set(edge.id, { points, label: spots[index] ?? null }));
  return routes;
}

function othersThan({ a, b }: { readonly a: NodeId; readonly b: NodeId }, { layout, obstacles }: RoutingInput): readonly Rect[] {
  return [...obstacles].flatMap((id) => (id === a || id === b ? [] : (layout.get(id) ?? [])));
}

function inReadingOrder(first: NodeId, second: NodeId, { layout }: RoutingInput): readonly [NodeId, NodeId] {
  const a = layout.get(first);
  const b = layout.get(second);
  const order = a === undefined || b === undefined ? 0 : a.x - b.x || a.y - b.y;
  return order < 0 || (order === 0 && first < second) ? [first, second] : [second, first];
}

function segmentsOf(points: readonly Point[]): readonly Segment[] {
  return points.slice(1).flatMap((b, index) => {
    const a = points[index];
    return a === undefined ? [] : [{ a, b }];
  });
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}
