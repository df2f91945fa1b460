/** A place that can hold a value: the value of a key, or an item of a list; and the way from a spec to it. */
import { isFirstOnLine } from '../source/lines.ts';
import type { ItemNode, ListNode, MapNode, PairNode, SourceNode } from '../source/source-node.ts';
import type { SpecPath } from './patch-target.ts';

export type Slot =
  | { readonly type: 'pair'; readonly map: MapNode; readonly pair: PairNode; readonly index: number }
  | { readonly type: 'item'; readonly list: ListNode; readonly item: ItemNode; readonly index: number };

export function slotValue(slot: Slot): SourceNode {
  return slot.type === 'pair' ? slot.pair.value : slot.item.value;
}

export function pairSlot(map: MapNode, pair: PairNode): Slot {
  return { type: 'pair', map, pair, index: map.pairs.indexOf(pair) };
}

/** Slots from the start along the path, as far as they exist. The first is the start itself. */
export function walk(start: Slot, path: SpecPath): readonly Slot[] {
  const slots: Slot[] = [start];
  for (const key of path) {
    const last = slots.at(-1);
    const next = last === undefined ? null : stepInto(slotValue(last), key);
    if (next === null) {
      break;
    }
    slots.push(next);
  }
  return slots;
}

function stepInto(node: SourceNode, key: string | number): Slot | null {
  if (node.type === 'map') {
    const pair = node.pairs.findLast((candidate) => candidate.key === String(key));
    return pair === undefined ? null : pairSlot(node, pair);
  }
  if (node.type === 'list') {
    const index = Number(key);
    const item = node.items[index];
    return item === undefined ? null : { type: 'item', list: node, item, index };
  }
  return null;
}

/** Why the values on the way do not admit an edit in place, as a sentence; null when they do. */
export function obstacle(text: string, slots: readonly Slot[]): string | null {
  for (const slot of slots) {
    const value = slotValue(slot);
    if (value.type === 'scalar' && value.style === 'alias') {
      return `*${value.text} is an alias, which the loader reads as a text`;
    }
    if (value.anchored) {
      return 'The value has an anchor, and others may refer to it';
    }
    if (slot.type !== 'pair') {
      continue;
    }
    const { pair, map } = slot;
    if (map.pairs.some((other) => other !== pair && other.key === pair.key)) {
      return `${pair.key} stands twice`;
    }
    if (pair.explicit || map.layout === 'bare' || pair.badKey) {
      return `${pair.key} is written in a form that cannot be edited in place`;
    }
    if (map.layout === 'block' && !isFirstOnLine(text, pair.keyFrom) && !/[-\s]$/.test(text.slice(0, pair.keyFrom))) {
      return `${pair.key} is written in a form that cannot be edited in place`;
    }
  }
  return null;
}
