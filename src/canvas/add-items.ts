/** What can be added, in the order and the words of the Add panel. */
import { LogIn, LogOut, Plug, Server, Split, SquareFunction, StickyNote, Waves } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { NodeId } from '../base/ids.ts';
import { ingressNode } from '../model/graph-ids.ts';
import type { EndpointNode, Graph } from '../model/graph.ts';
import { nodeKind } from '../model/graph-ids.ts';
import { routeListOf } from '../model/route-entries.ts';
import type { Kind } from '../ui/KindChip.tsx';
import type { AddItem, AddPlace } from './acts.ts';
import { contains, inflate, overlaps, snap } from './geometry/rect.ts';
import type { Point, Rect } from './geometry/rect.ts';
import type { Layout } from './geometry/canvas-layout.ts';
import type { Size } from './geometry/node-size.ts';

export interface AddEntry {
  readonly item: AddItem;
  readonly label: string;
  /** The whole name, where the label stands under a heading. */
  readonly name: string;
  readonly kind: Kind;
  readonly icon: LucideIcon;
}

export const ADD_GROUPS: readonly { readonly title: string; readonly entries: readonly AddEntry[] }[] = [
  {
    title: 'Ingress',
    entries: [
      { item: 'kafka-ingress', label: 'Kafka', name: 'Kafka ingress', kind: 'ingress', icon: LogIn },
      { item: 'kinesis-ingress', label: 'Kinesis', name: 'Kinesis ingress', kind: 'ingress', icon: Waves },
      { item: 'custom-ingress', label: 'Custom', name: 'Custom ingress', kind: 'ingress', icon: Plug },
    ],
  },
  {
    title: 'Logic',
    entries: [
      { item: 'router', label: 'Router', name: 'Router', kind: 'router', icon: Split },
      { item: 'function', label: 'Function', name: 'Function', kind: 'function', icon: SquareFunction },
    ],
  },
  {
    title: 'Egress',
    entries: [
      { item: 'kafka-egress', label: 'Kafka', name: 'Kafka egress', kind: 'egress', icon: LogOut },
      { item: 'kinesis-egress', label: 'Kinesis', name: 'Kinesis egress', kind: 'egress', icon: Waves },
      { item: 'custom-egress', label: 'Custom', name: 'Custom egress', kind: 'egress', icon: Plug },
    ],
  },
  {
    title: 'Structure',
    entries: [
      { item: 'endpoint', label: 'Endpoint', name: 'Endpoint', kind: 'endpoint', icon: Server },
      { item: 'note', label: 'Note', name: 'Note', kind: 'note', icon: StickyNote },
    ],
  },
];

/** The type under which a dragged entry travels. */
export const ADD_DRAG_TYPE = 'application/x-statefun-item';

export function addItemOf(text: string): AddItem | null {
  return ADD_GROUPS.flatMap((group) => group.entries).find((entry) => entry.item === text)?.item ?? null;
}

/** How much room a new item takes. */
export function newItemSize(item: AddItem): Size {
  switch (item) {
    case 'router':
      return { width: 152, height: 48 };
    case 'endpoint':
      return { width: 260, height: 132 };
    case 'note':
      return { width: 240, height: 56 };
    default:
      return { width: 156, height: 64 };
  }
}

/** What a drop at a point means: the item's middle is there, a router takes the ingress under it, a function the frame. */
export function dropPlace(item: AddItem, point: Point, graph: Graph, layout: Layout): AddPlace {
  const size = newItemSize(item);
  const ingress = item === 'router' ? ingressAt(point, graph, layout) : null;
  const under = ingress === null ? null : (layout.get(ingress) ?? null);
  const at = { x: snap(point.x - size.width / 2), y: snap(point.y - size.height / 2) };
  const beside =
    under === null
      ? freeSpot(at, size, item === 'endpoint' ? [] : itemRects(graph, layout), 4)
      : freeSpot({ x: under.x + under.width + 20, y: under.y + (under.height - size.height) / 2 }, size, itemRects(graph, layout));
  return { at: beside, ingress, frame: item === 'function' ? frameAt(point, graph, layout) : null };
}

export interface ClickContext {
  /** The middle of the view. */
  readonly middle: Point;
  /** Where items lie already. */
  readonly taken: readonly Rect[];
  readonly rectOf: (node: NodeId) => Rect | null;
  readonly graph: Graph;
  readonly selection: readonly NodeId[];
}

/** Without a pointer: to the right of what is selected, else in the middle of the view; into the ingress or frame that is selected. */
export function clickPlace(item: AddItem, { middle, taken, rectOf, graph, selection }: ClickContext): AddPlace {
  const size = newItemSize(item);
  const [selected] = selection;
  const node = graph.nodes.find((candidate) => candidate.id === selected);
  const ingress = item === 'router' && node !== undefined && nodeKind(node.id) === 'ingress' ? node.id : null;
  const frame = item === 'function' && node?.type === 'endpoint' ? node : null;
  // A frame may have to fit around a function later.
  const clear = item === 'function' ? 48 : 16;
  const beside = node === undefined || node.type === 'note' ? null : rectOf(node.id);
  const wish =
    beside === null
      ? { x: snap(middle.x - size.width / 2), y: snap(middle.y - size.height / 2) }
      : { x: beside.x + beside.width + (ingress === null ? 56 : 20), y: beside.y + (beside.height - size.height) / 2 };
  // A function may lie in a frame, or have one fitted around it; nothing else may.
  const frames = item === 'function' ? [] : graph.nodes.flatMap((other) => (other.type === 'endpoint' ? (rectOf(other.id) ?? []) : []));
  return { at: freeSpot(wish, size, [...taken, ...frames], clear), ingress, frame };
}

export function itemRects(graph: Graph, layout: Layout): readonly Rect[] {
  return graph.nodes.flatMap((node) => (node.type === 'endpoint' ? [] : (layout.get(node.id) ?? [])));
}

/** The nearest place below and to the right of a wish that nothing lies on. */
function freeSpot(wish: Point, size: Size, taken: readonly Rect[], clear = 16): Point {
  for (let ring = 0; ring < 40; ring += 1) {
    for (let step = 0; step <= ring; step += 1) {
      const at = { x: wish.x + step * 40, y: wish.y + (ring - step) * 40 };
      const rect = inflate({ ...at, ...size }, clear);
      if (!taken.some((other) => overlaps(rect, other))) {
        return at;
      }
    }
  }
  return wish;
}

function ingressAt(point: Point, graph: Graph, layout: Layout): NodeId | null {
  const under = graph.nodes.find((node) => {
    const rect = layout.get(node.id);
    return (node.type === 'ingress' || node.type === 'router') && rect !== undefined && contains(inflate(rect, 6), point);
  });
  if (under?.type === 'router') {
    return under.ingress === null ? null : ingressNode(under.ingress);
  }
  return under?.type === 'ingress' && routeListOf(under.component) !== null ? under.id : null;
}

function frameAt(point: Point, graph: Graph, layout: Layout): EndpointNode | null {
  for (const node of graph.nodes) {
    const rect = layout.get(node.id);
    if (node.type === 'endpoint' && rect !== undefined && contains(rect, point)) {
      return node;
    }
  }
  return null;
}
