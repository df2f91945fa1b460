/** Adds an item to a list of a component's spec. */
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { err } from '../../base/result.ts';
import { specOf } from '../component-spec.ts';
import { isJsonList } from '../write/block-writer.ts';
import { addItem } from './edit-list.ts';
import { fileStyle } from './file-style.ts';
import { insertJson, jsonAt } from './json-edit.ts';
import { findTarget, refuse, type PatchResult, type PatchTarget, type SpecPath } from './patch-target.ts';
import { setSpecValue } from './set-spec-value.ts';
import type { SmallEdit } from './small-edit.ts';
import { specSpot, walk } from './spot.ts';
import { verifiedSpec } from './verified.ts';

/** At the end when `index` is null. A list that is missing, or null, is made. */
export function insertSpecItem(text: string, node: NodeId, listPath: SpecPath, index: number | null, value: JsonValue): PatchResult {
  const target = findTarget(text, node);
  if (!target.ok) {
    return target;
  }
  const before = specOf(target.value.component);
  const list = jsonAt(before, listPath);
  if (list === undefined || list === null) {
    return setSpecValue(text, node, listPath, [value]);
  }
  if (!isJsonList(list)) {
    return refuse('no-such-place', `${listPath.join('.')} is no list: make it one in the text first.`, { node });
  }
  const at = index === null ? list.length : Math.min(Math.max(0, index), list.length);
  return verifiedSpec(target.value, insertAt(target.value, listPath, at, value), insertJson(before, listPath, at, value));
}

function insertAt({ text, located, component }: PatchTarget, path: SpecPath, index: number, value: JsonValue): SmallEdit {
  const spots = walk(text, specSpot(text, component, path), path);
  const spot = spots.at(-1);
  const barrier = spots.find((candidate) => candidate.obstacle !== null)?.obstacle ?? null;
  if (spot?.value.type !== 'list' || spots.length <= path.length || barrier !== null) {
    return err(barrier ?? 'Nothing stands there');
  }
  return addItem(text, spot, spot.value, index, value, fileStyle(located.source));
}
