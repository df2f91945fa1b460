/** Where a value hangs in the text: below a key, or behind a dash. Patches walk from spot to spot. */
import { columnOf } from '../source/lines.ts';
import type { LocatedComponent } from '../locate.ts';
import { pairOf, valueOf, type ListNode, type MapNode, type PairNode, type SourceNode } from '../source/source-node.ts';
import type { SpecPath } from './patch-target.ts';

export interface Spot {
  readonly value: SourceNode;
  /** Offset behind the colon or the dash; -1 for an item of a flow list. */
  readonly after: number;
  /** Column of the key or the dash. */
  readonly column: number;
  readonly inFlow: boolean;
  readonly isItem: boolean;
  /** Keys around are in double quotes, as in JSON: text written here is quoted too. */
  readonly json: boolean;
  /** Why the place takes no small edit, as a sentence without its end. */
  readonly obstacle: string | null;
}

export function pairSpot(text: string, map: MapNode | null, pair: PairNode, inFlow: boolean): Spot {
  const twice = map !== null && map.pairs.filter((other) => other.key === pair.key).length > 1;
  return {
    value: pair.value,
    after: pair.colonEnd,
    column: columnOf(text, pair.keyFrom),
    inFlow,
    isItem: false,
    json: pair.keyStyle === 'double',
    obstacle: twice ? `${pair.key} stands there more than once` : pair.explicit ? `${pair.key} is written with a question mark` : null,
  };
}

export function itemSpot(text: string, list: ListNode, index: number, parent: Spot): Spot | null {
  const item = list.items[index];
  return item === undefined
    ? null
    : {
        value: item.value,
        after: item.dash < 0 ? -1 : item.dash + 1,
        column: item.dash < 0 ? 0 : columnOf(text, item.dash),
        inFlow: parent.inFlow || list.layout === 'flow',
        isItem: true,
        json: parent.json,
        obstacle: null,
      };
}

/** The spot one step further, or null where nothing stands yet. */
export function stepInto(text: string, spot: Spot, step: string | number): Spot | null {
  const { value } = spot;
  if (value.type === 'list') {
    return itemSpot(text, value, Number(step), spot);
  }
  if (value.type !== 'map') {
    return null;
  }
  const pair = value.pairs.findLast((candidate) => candidate.key === String(step));
  return pair === undefined ? null : pairSpot(text, value, pair, spot.inFlow || value.layout !== 'block');
}

/** Why a value must not be replaced or removed as it stands. */
export function obstacleIn(node: SourceNode): string | null {
  if (node.anchored) {
    return 'The value carries an anchor (&) that other places may name';
  }
  switch (node.type) {
    case 'scalar':
      return node.style === 'alias' ? 'An alias (*) stands there' : null;
    case 'list':
      return first(node.items.map((item) => obstacleIn(item.value)));
    case 'map':
      return first(node.pairs.map((pair) => obstacleIn(pair.value)));
  }
}

function first(reasons: readonly (string | null)[]): string | null {
  return reasons.find((reason) => reason !== null) ?? null;
}

/** Where a walk through a spec begins. The id of the legacy form lies in `meta`. */
export function specSpot(text: string, { spec, place, name, role }: LocatedComponent, path: SpecPath): Spot {
  const meta = place.type === 'item' ? pairOf(place.map, 'meta') : null;
  const isMetaId = path[0] === 'id' && meta !== null && role !== 'endpoint' && name !== null && name === valueOf(meta.value, 'id');
  const inFlow = place.map.layout !== 'block';
  return pairSpot(text, place.map, isMetaId ? meta : spec, inFlow);
}

/** Spots from the start along a path, as far as they exist; the first is the start. */
export function walk(text: string, start: Spot, path: SpecPath): readonly Spot[] {
  const spots = [start];
  for (const step of path) {
    const last = spots.at(-1);
    const next = last === undefined ? null : stepInto(text, last, step);
    if (next === null) {
      break;
    }
    spots.push(next);
  }
  return spots;
}
