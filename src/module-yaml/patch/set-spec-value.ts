/** Sets one value of a component's spec, or removes it (undefined). */
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { err, ok } from '../../base/result.ts';
import { specOf } from '../component-spec.ts';
import { DEFAULT_STYLE, type BlockStyle } from '../write/block-writer.ts';
import { addItem, removeItem } from './edit-list.ts';
import { addPair, removePair } from './edit-map.ts';
import { fileStyle } from './file-style.ts';
import { jsonAt, nest, removeJson, sameJson, setJson } from './json-edit.ts';
import { findTarget, refuse, type PatchResult, type PatchTarget, type SpecPath } from './patch-target.ts';
import { replaceValue } from './replace-value.ts';
import type { SmallEdit } from './small-edit.ts';
import { obstacleIn, specSpot, walk, type Spot } from './spot.ts';
import { verifiedSpec } from './verified.ts';

/** Missing parents are made. An object that loses its last key goes with it, for `{}` there would not load; a list stays as `[]`. */
export function setSpecValue(text: string, node: NodeId, path: SpecPath, value: JsonValue | undefined): PatchResult {
  const target = findTarget(text, node);
  if (!target.ok) {
    return target;
  }
  const before = specOf(target.value.component);
  const after = value === undefined ? removeJson(before, path) : setJson(before, path, value);
  if (sameJson(before, after)) {
    return ok([]);
  }
  return verifiedSpec(target.value, value === undefined ? removeAt(target.value, path, after) : setAt(target.value, path, value), after);
}

function setAt({ text, located, component }: PatchTarget, path: SpecPath, value: JsonValue): SmallEdit {
  const style = fileStyle(located.source);
  const spots = walk(text, specSpot(text, component, path), path);
  const last = spots.at(-1);
  const barrier = spots.find((spot) => spot.obstacle !== null)?.obstacle ?? null;
  if (last === undefined || barrier !== null) {
    return err(barrier ?? 'Nothing stands there');
  }
  const rest = path.slice(spots.length - 1);
  const [key, ...below] = rest;
  if (key === undefined) {
    const fault = obstacleIn(last.value);
    return fault === null ? ok(replaceValue(text, last, value, style)) : err(fault);
  }
  return addBelow(text, last, key, nest(below, value), style);
}

function addBelow(text: string, spot: Spot, key: string | number, value: JsonValue, style: BlockStyle): SmallEdit {
  const { value: container } = spot;
  if (container.type === 'map') {
    return addPair(text, spot, container, String(key), value, style);
  }
  if (container.type === 'list') {
    return addItem(text, spot, container, container.items.length, value, style);
  }
  const fault = obstacleIn(container);
  return fault === null ? ok(replaceValue(text, spot, nest([key], value), style)) : err(fault);
}

/** `after` is the spec that is wanted: it tells how many parents go along. */
function removeAt({ text, component }: PatchTarget, path: SpecPath, after: JsonValue): SmallEdit {
  let depth = path.length;
  while (depth > 1 && jsonAt(after, path.slice(0, depth - 1)) === undefined) {
    depth -= 1;
  }
  const way = path.slice(0, depth);
  const spots = walk(text, specSpot(text, component, way), way);
  const [doomed, parent] = [spots.at(-1), spots.at(-2)];
  const barrier = spots.find((spot) => spot.obstacle !== null)?.obstacle ?? (doomed === undefined ? null : obstacleIn(doomed.value));
  if (doomed === undefined || parent === undefined || spots.length <= depth || barrier !== null) {
    return err(barrier ?? 'Nothing stands there');
  }
  return removeFrom(text, parent, way.at(-1) ?? '');
}

/** Takes a member out of a map or list; the only one leaves `{}` or `[]`. */
export function removeFrom(text: string, parent: Spot, key: string | number): SmallEdit {
  const { value } = parent;
  if (value.type === 'list') {
    return value.items.length === 1 ? ok(replaceValue(text, parent, [], DEFAULT_STYLE)) : removeItem(text, value, Number(key));
  }
  const pair = value.type === 'map' ? value.pairs.findLast((candidate) => candidate.key === String(key)) : undefined;
  if (value.type !== 'map' || pair === undefined) {
    return err('Nothing stands there');
  }
  return value.pairs.length === 1 ? ok(replaceValue(text, parent, {}, DEFAULT_STYLE)) : removePair(text, value, pair);
}
