/**
 * Where every item lies: its stored place, or one worked out. A project without any places is laid out as a whole once;
 * the result is stored with the first move, so that opening a project edits nothing.
 */
import { useEffect, useMemo, useState } from 'react';
import type { ProjectId } from '../base/ids.ts';
import type { Graph } from '../model/graph.ts';
import type { Position, StudioFile } from '../model/studio-file.ts';
import type { NodeId } from '../base/ids.ts';
import { placeNodes } from './place-nodes.ts';
import type { Positions } from './place-nodes.ts';

/** Below this, places worked out one by one are as good. */
const WORTH_LAYING_OUT = 4;
/** An answer later than this would move what the user looks at. */
const PATIENCE = 2500;

interface LaidOut {
  readonly id: ProjectId | null;
  readonly places: Positions | null;
}

export interface Placement {
  readonly positions: Positions;
  /** Nothing should be shown yet: the layout is about to come. */
  readonly isPending: boolean;
}

export function usePlacement(id: ProjectId | null, graph: Graph, stored: StudioFile['positions']): Placement {
  const [laidOut, setLaidOut] = useState<LaidOut | null>(null);
  const items = graph.nodes.filter((node) => node.type !== 'note');
  const isUnplaced = items.length >= WORTH_LAYING_OUT && !items.some((node) => stored[node.id] !== undefined);
  const known = laidOut?.id === id ? laidOut : null;
  const isPending = isUnplaced && known === null;
  useEffect(() => {
    if (!isPending) {
      return undefined;
    }
    let isLate = false;
    const settle = (places: Positions | null) => {
      if (!isLate) {
        isLate = true;
        setLaidOut({ id, places });
      }
    };
    const timer = setTimeout(() => settle(null), PATIENCE);
    void import('./auto-layout/auto-layout.ts').then(async (part) => settle(await part.autoLayout(graph)));
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [id, graph, isPending]);
  const places = isUnplaced ? (known?.places ?? null) : null;
  const positions = useMemo(() => placeNodes(graph, places === null ? stored : merged(stored, places)), [graph, stored, places]);
  return { positions, isPending };
}

function merged(stored: StudioFile['positions'], places: Positions): Readonly<Record<NodeId, Position>> {
  return { ...Object.fromEntries(places), ...stored };
}
