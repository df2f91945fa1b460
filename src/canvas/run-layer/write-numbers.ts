/** Puts a projection's numbers into the items and labels on the page. */
import type { EdgeId, NodeId } from '../../base/ids.ts';
import type { Graph, GraphNode } from '../../model/graph.ts';
import type { RunProjection } from '../../worker/contract.ts';
import type { DrawnEdge } from '../edge-routing/graph-routes.ts';
import type { RateMeter } from './rate-meter.ts';
import { mark, runElements, write } from './run-elements.ts';
import type { RunElement } from './run-elements.ts';
import { countText, heatOf, rateText } from './run-words.ts';

type Metrics = NonNullable<ReturnType<RunProjection['nodes']['get']>>;

const NONE: Metrics = { inFlight: 0, queued: 0, instances: 0, waiting: 0, handled: 0 };
/** The connector's default for a batch (S27). */
const DEFAULT_BATCH = 1000;

export interface NumbersInput {
  readonly projection: RunProjection;
  readonly graph: Graph;
  readonly edges: readonly DrawnEdge[];
  readonly meter: RateMeter;
}

export function writeNumbers({ projection, graph, edges, meter }: NumbersInput): void {
  const rates = ratesInto(edges, meter);
  for (const node of graph.nodes) {
    const element = runElements.node(node.id);
    if (element !== undefined) {
      writeNode(node, element, projection.nodes.get(node.id) ?? NONE, projection, { graph, rate: rates.get(node.id) ?? null });
    }
  }
  runElements.markEdges(projection.heldSubtasks > 0);
  for (const edge of edges) {
    writeEdge(edge, projection, meter);
  }
}

function writeNode(
  node: GraphNode,
  element: RunElement,
  metrics: Metrics,
  projection: RunProjection,
  { graph, rate }: { readonly graph: Graph; readonly rate: number | null },
): void {
  switch (node.type) {
    case 'ingress':
      write(element, 'queued', countText(metrics.queued));
      mark(element, 'held', projection.heldSubtasks > 0 && metrics.queued > 0 ? 'true' : null);
      return;
    case 'router':
      write(element, 'rate', rate === null ? '' : ` · ${rateText(rate)}`);
      return;
    case 'function': {
      const limit = batchLimit(node.endpoint, graph);
      const fill = limit <= 0 ? 0 : metrics.queued / limit;
      const heat = heatOf(fill);
      write(element, 'inFlight', countText(metrics.inFlight));
      write(element, 'queued', heat === 0 ? countText(metrics.queued) : `${countText(metrics.queued)} of ${countText(limit)}`);
      write(element, 'instances', countText(metrics.instances));
      mark(element, 'heat', heat === 0 ? null : String(heat));
      mark(element, 'held', heat === 3 && projection.heldSubtasks > 0 ? 'true' : null);
      const bar = element.fields.get('bar');
      if (bar !== undefined) {
        bar.style.transform = `scaleX(${Math.min(1, fill)})`;
      }
      return;
    }
    case 'egress':
      write(element, 'waiting', countText(metrics.waiting));
      write(element, 'instances', countText(metrics.instances));
      return;
    case 'endpoint':
      write(element, 'inFlight', inFlightOf(node.id, graph, projection));
      return;
    case 'custom':
    case 'external':
    case 'note':
  }
}

function writeEdge(edge: DrawnEdge, projection: RunProjection, meter: RateMeter): void {
  const element = runElements.edge(edge.id);
  if (element === undefined) {
    return;
  }
  const isLoop = edge.origin === 'delayed' && edge.from === edge.to;
  const count = isLoop ? (projection.nodes.get(edge.to)?.waiting ?? 0) : (projection.edges.get(edge.id) ?? 0);
  const rate = meter.perVirtualSecond(edge.id);
  write(element, 'count', countText(count));
  write(element, 'rate', isLoop ? 'waiting' : rate === null ? '' : rateText(rate));
  mark(element, 'counted', count > 0 || isLoop ? 'true' : null);
}

/** What flows out of each router: an ingress record may go to several targets, so the fullest edge counts. */
function ratesInto(edges: readonly DrawnEdge[], meter: RateMeter): ReadonlyMap<NodeId, number> {
  const rates = new Map<NodeId, number>();
  for (const { id, from, origin } of edges) {
    const rate = origin === 'routed' ? meter.perVirtualSecond(id) : null;
    if (rate !== null) {
      rates.set(from, Math.max(rates.get(from) ?? 0, rate));
    }
  }
  return rates;
}

/** S27: at this many waiting messages of one address, its subtask takes no more ingress. */
function batchLimit(endpoint: NodeId | null, graph: Graph): number {
  const node = endpoint === null ? undefined : graph.nodes.find((candidate) => candidate.id === endpoint);
  return node?.type === 'endpoint' ? (node.definition?.maxNumBatchRequests ?? DEFAULT_BATCH) : DEFAULT_BATCH;
}

function inFlightOf(endpoint: NodeId, graph: Graph, projection: RunProjection): string {
  const count = graph.nodes.reduce(
    (sum, node) => sum + (node.type === 'function' && node.endpoint === endpoint ? (projection.nodes.get(node.id)?.inFlight ?? 0) : 0),
    0,
  );
  return count === 0 ? '' : count === 1 ? '1 request in flight' : `${countText(count)} requests in flight`;
}

/** Edges that messages went along, and that neither module.yaml nor the code shows. */
export function observedEdges(projection: Pick<RunProjection, 'edges'>, known: ReadonlySet<EdgeId>): readonly EdgeId[] {
  return [...projection.edges.keys()].filter((id) => !known.has(id)).sort();
}
