/** Asks the layout engine, which loads when first needed and works in a thread of its own. */
import type { ELK } from 'elkjs/lib/elk-api.js';
import type { NodeId } from '../../base/ids.ts';
import type { Graph } from '../../model/graph.ts';
import type { Position } from '../../model/studio-file.ts';
import { elkGraph, placesOf } from './elk-graph.ts';

let engine: Promise<ELK> | null = null;

async function startEngine(): Promise<ELK> {
  const [{ default: Elk }, { default: ElkWorker }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?worker'),
  ]);
  return new Elk({ workerFactory: () => new ElkWorker() });
}

/** Places for all items but notes; null when the engine cannot be loaded or gives up. */
export async function autoLayout(graph: Graph): Promise<ReadonlyMap<NodeId, Position> | null> {
  try {
    engine ??= startEngine();
    const elk = await engine;
    return placesOf(await elk.layout(elkGraph(graph)));
  } catch (error) {
    engine = null;
    console.error(error);
    return null;
  }
}
