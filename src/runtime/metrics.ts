/** Counters by node and edge. Their ids are put together once, when a thing is first seen; counting is an addition. */
import type { EdgeId, NodeId } from '../base/ids.ts';
import { messageEdge } from '../model/graph-ids.ts';
import type { NodeMetrics } from './engine-api.ts';

export interface NodeCounters {
  readonly id: NodeId;
  inFlight: number;
  queued: number;
  instances: number;
  waiting: number;
  handled: number;
}

export interface EdgeCounter {
  readonly id: EdgeId;
  count: number;
}

export class Counters {
  private readonly nodes = new Map<NodeId, NodeCounters>();
  private readonly edges = new Map<EdgeId, EdgeCounter>();

  node(id: NodeId): NodeCounters {
    let node = this.nodes.get(id);
    if (node === undefined) {
      node = { id, inFlight: 0, queued: 0, instances: 0, waiting: 0, handled: 0 };
      this.nodes.set(id, node);
    }
    return node;
  }

  edge(from: NodeId, to: NodeId, delayed = false): EdgeCounter {
    const id = messageEdge(from, to, delayed);
    let edge = this.edges.get(id);
    if (edge === undefined) {
      edge = { id, count: 0 };
      this.edges.set(id, edge);
    }
    return edge;
  }

  nodeMetrics(): ReadonlyMap<NodeId, NodeMetrics> {
    const metrics = new Map<NodeId, NodeMetrics>();
    for (const [id, { inFlight, queued, instances, waiting, handled }] of this.nodes) {
      metrics.set(id, { inFlight, queued, instances, waiting, handled });
    }
    return metrics;
  }

  /** Only edges that a message went along. */
  edgeCounts(): ReadonlyMap<EdgeId, number> {
    const counts = new Map<EdgeId, number>();
    for (const [id, { count }] of this.edges) {
      if (count > 0) {
        counts.set(id, count);
      }
    }
    return counts;
  }

  store(): StoredCounters {
    return { nodes: [...this.nodes.values()].map((node) => ({ ...node })), edges: [...this.edges.values()].map((edge) => ({ ...edge })) };
  }

  restore(stored: StoredCounters): void {
    for (const node of stored.nodes) {
      Object.assign(this.node(node.id), node);
    }
    for (const { id, count } of stored.edges) {
      const edge = this.edges.get(id);
      if (edge === undefined) {
        this.edges.set(id, { id, count });
      } else {
        edge.count = count;
      }
    }
  }
}

export interface StoredCounters {
  readonly nodes: readonly NodeCounters[];
  readonly edges: readonly EdgeCounter[];
}
