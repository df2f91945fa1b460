/**
 * A place for every item that studio.json gives none: beside what it belongs to, free of what lies there, and always the
 * same for the same graph. Nothing that has a place is moved.
 */
import type { NodeId } from '../base/ids.ts';
import type { Graph, GraphNode } from '../model/graph.ts';
import { ingressNode } from '../model/graph-ids.ts';
import type { Position } from '../model/studio-file.ts';
import { FRAME_PADDING, frameAround, LOOP_DEPTH } from './geometry/canvas-layout.ts';
import { nodeSize } from './geometry/node-size.ts';
import { boundsOf, inflate, overlaps } from './geometry/rect.ts';
import type { Rect } from './geometry/rect.ts';

export type Positions = ReadonlyMap<NodeId, Position>;

const COLUMNS = { note: 0, ingress: 0, custom: 0, router: 200, function: 400, endpoint: 400, egress: 880, external: 880 } as const;
const GAP_X = 56;
const ROW = 96;
const CLEAR = 12;
const ORDER: readonly GraphNode['type'][] = ['ingress', 'router', 'function', 'endpoint', 'egress', 'external', 'custom', 'note'];

export function placeNodes(graph: Graph, stored: Readonly<Record<NodeId, Position>>): Positions {
  const positions = new Map<NodeId, Position>();
  const taken = new Map<NodeId, Rect>();
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const put = (node: GraphNode, at: Position) => {
    positions.set(node.id, at);
    if (node.type !== 'endpoint') {
      taken.set(node.id, footprint(node, at, graph));
    }
  };
  for (const node of graph.nodes) {
    const at = node.type === 'note' ? { x: node.note.x, y: node.note.y } : stored[node.id];
    if (at !== undefined) {
      put(node, at);
    }
  }
  const waiting = graph.nodes.filter((node) => !positions.has(node.id)).toSorted((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
  for (const node of waiting) {
    const wish = wishFor(node, graph, positions, byId);
    put(node, freePlace(node, wish, blocking(node, taken, byId, graph, positions), graph));
  }
  return positions;
}

/** Where an item would lie if nothing were there. */
function wishFor(node: GraphNode, graph: Graph, positions: Positions, byId: ReadonlyMap<NodeId, GraphNode>): Position {
  const rectOf = (id: NodeId): Rect | null => {
    const other = byId.get(id);
    const at = positions.get(id);
    return other === undefined || at === undefined ? null : { ...at, ...nodeSize(other) };
  };
  const size = nodeSize(node);
  if (node.type === 'router' && node.ingress !== null) {
    const ingress = rectOf(ingressNode(node.ingress));
    if (ingress !== null) {
      return { x: ingress.x + ingress.width + 20, y: ingress.y + (ingress.height - size.height) / 2 };
    }
  }
  if (node.type === 'endpoint') {
    const children = graph.nodes.flatMap((child) => (child.parent === node.id ? (rectOf(child.id) ?? []) : []));
    const inner = boundsOf(children);
    const everything = boundsOf([...positions.keys()].flatMap((id) => rectOf(id) ?? []));
    return inner !== null
      ? corner(frameAround(inner))
      : { x: COLUMNS.endpoint, y: everything === null ? 0 : everything.y + everything.height + 48 };
  }
  const before = graph.edges.flatMap((edge) => (edge.to === node.id && edge.from !== node.id ? (rectOf(edge.from) ?? []) : []));
  const [source] = before.toSorted((a, b) => b.x + b.width - a.x - a.width || a.y - b.y);
  if (source !== undefined) {
    return { x: Math.max(COLUMNS[node.type], source.x + source.width + GAP_X), y: source.y + (source.height - size.height) / 2 };
  }
  const siblings = graph.nodes.flatMap((other) =>
    other.type === node.type && other.parent === node.parent ? (rectOf(other.id) ?? []) : [],
  );
  const last = siblings.toSorted((a, b) => b.y - a.y)[0];
  return last === undefined ? { x: COLUMNS[node.type], y: FRAME_PADDING.top } : { x: last.x, y: last.y + ROW };
}

/** The first free place at the wish, then below and above it, then a column further right. */
function freePlace(node: GraphNode, wish: Position, taken: readonly Rect[], graph: Graph): Position {
  for (let column = 0; column < 40; column += 1) {
    for (let row = 0; row < 60; row += 1) {
      const step = row % 2 === 0 ? row / 2 : -(row + 1) / 2;
      const at = { x: Math.round(wish.x + column * 220), y: Math.round(wish.y + step * ROW) };
      const rect = inflate(footprint(node, at, graph), CLEAR);
      if (!taken.some((other) => overlaps(rect, other))) {
        return at;
      }
    }
  }
  return wish;
}

/** What an item must not lie on: other items, and frames that are not its own. */
function blocking(
  node: GraphNode,
  taken: ReadonlyMap<NodeId, Rect>,
  byId: ReadonlyMap<NodeId, GraphNode>,
  graph: Graph,
  positions: Positions,
): readonly Rect[] {
  const frames: Rect[] = [];
  for (const frame of graph.nodes) {
    if (frame.type !== 'endpoint' || frame.id === node.parent || frame.id === node.id) {
      continue;
    }
    const inner = boundsOf([...taken].flatMap(([id, rect]) => (byId.get(id)?.parent === frame.id ? [rect] : [])));
    const at = positions.get(frame.id);
    if (inner !== null) {
      frames.push(frameAround(inner));
    } else if (at !== undefined) {
      frames.push({ ...at, ...nodeSize(frame) });
    }
  }
  return node.type === 'endpoint' && graph.nodes.some((child) => child.parent === node.id) ? [] : [...taken.values(), ...frames];
}

function footprint(node: GraphNode, at: Position, graph: Graph): Rect {
  const size = nodeSize(node);
  const loops = graph.edges.some((edge) => edge.from === node.id && edge.to === node.id);
  return { ...at, width: size.width, height: size.height + (loops ? LOOP_DEPTH : 0) };
}

function corner({ x, y }: Rect): Position {
  return { x, y };
}
