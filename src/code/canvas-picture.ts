/** A function among its neighbours, as a small drawing: who sends to it on the left, whom it sends to on the right. */
import type { NodeId } from '../base/ids.ts';
import type { Graph, GraphNode } from '../model/graph.ts';

export interface PictureBox {
  readonly id: NodeId;
  readonly label: string;
  readonly kind: GraphNode['type'];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PictureLine {
  readonly d: string;
  readonly origin: 'routed' | 'may-send' | 'delayed' | 'external';
}

export interface CanvasPicture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
  /** Neighbours there was no room for. */
  readonly more: number;
}

const WIDTH = 200;
const CENTRE = { x: 70, width: 60, height: 32 };
const SIDE = { width: 52, height: 22 };
const GAP = 6;
const SHOWN = 3;
const LETTERS = 7;

export function canvasPicture(graph: Graph, centre: NodeId): CanvasPicture | null {
  const node = graph.nodes.find((candidate) => candidate.id === centre);
  if (node === undefined) {
    return null;
  }
  const sends = graph.edges.filter((edge) => edge.from === centre && edge.to !== centre);
  const takes = graph.edges.filter((edge) => edge.to === centre && edge.from !== centre);
  const self = graph.edges.find((edge) => edge.from === centre && edge.to === centre);
  const rightIds = distinct(sends.map((edge) => edge.to));
  // Who asks and is answered stands once, on the right.
  const leftIds = distinct(takes.map((edge) => edge.from)).filter((id) => !rightIds.includes(id));
  const rows = Math.max(1, Math.min(SHOWN, leftIds.length), Math.min(SHOWN, rightIds.length));
  const inner = Math.max(CENTRE.height, rows * SIDE.height + (rows - 1) * GAP);
  const height = inner + 16 + (self === undefined ? 0 : 14);
  const middle = 8 + inner / 2;
  const side = (ids: readonly NodeId[], x: number): PictureBox[] => {
    const shown = ids.slice(0, SHOWN);
    const top = middle - (shown.length * SIDE.height + (shown.length - 1) * GAP) / 2;
    return shown.flatMap((id, index) => {
      const other = graph.nodes.find((candidate) => candidate.id === id);
      return other === undefined
        ? []
        : [{ id, label: shortLabel(other.title), kind: other.type, x, y: top + index * (SIDE.height + GAP), ...SIDE }];
    });
  };
  const box: PictureBox = {
    id: centre,
    label: shortLabel(node.title),
    kind: node.type,
    x: CENTRE.x,
    y: middle - CENTRE.height / 2,
    width: CENTRE.width,
    height: CENTRE.height,
  };
  const left = side(leftIds, 0.5);
  const right = side(rightIds, WIDTH - SIDE.width - 0.5);
  const lines: PictureLine[] = [
    ...left.map((from) => ({
      d: path(from.x + from.width, from.y + from.height / 2, box.x, middle),
      origin: originOf(takes, from.id, 'from'),
    })),
    ...right.flatMap((to): PictureLine[] => {
      const y = to.y + to.height / 2;
      const back = takes.some((edge) => edge.from === to.id);
      const there: PictureLine = {
        d: path(box.x + box.width, middle - (back ? 5 : 0), to.x, y - (back ? 5 : 0)),
        origin: originOf(sends, to.id, 'to'),
      };
      return back ? [there, { d: path(to.x, y + 5, box.x + box.width, middle + 5), origin: originOf(takes, to.id, 'from') }] : [there];
    }),
    ...(self === undefined ? [] : [{ d: `M${box.x + 20} ${middle + 16}v12h24v-12`, origin: originWord(self.origin) }]),
  ];
  const more = Math.max(0, leftIds.length - SHOWN) + Math.max(0, rightIds.length - SHOWN);
  return { width: WIDTH, height, boxes: [...left, ...right, box], lines, more };
}

function path(fromX: number, fromY: number, toX: number, toY: number): string {
  const bend = (fromX + toX) / 2;
  return fromY === toY ? `M${fromX} ${fromY}H${toX}` : `M${fromX} ${fromY}H${bend}V${toY}H${toX}`;
}

function originOf(edges: Graph['edges'], id: NodeId, end: 'from' | 'to'): PictureLine['origin'] {
  const found = edges.filter((edge) => edge[end] === id).map((edge) => originWord(edge.origin));
  return found.find((origin) => origin === 'routed') ?? found[0] ?? 'may-send';
}

function originWord(origin: Graph['edges'][number]['origin']): PictureLine['origin'] {
  return origin === 'forward' ? 'may-send' : origin;
}

/** The last word of a name says most: `transaction-manager` is the manager. */
function shortLabel(title: string): string {
  const name = title.slice(title.lastIndexOf('/') + 1);
  if (name.length <= LETTERS + 1) {
    return name;
  }
  const word = name.split(/[-_.]/).findLast((part) => part.length > 2) ?? name;
  return word.length <= LETTERS + 1 ? word : `${word.slice(0, LETTERS)}.`;
}

function distinct(ids: readonly NodeId[]): readonly NodeId[] {
  return [...new Set(ids)];
}
