/** Adds an item to a list of a component's spec. */
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { specOf } from '../component-spec.ts';
import { isJsonList } from '../write/block-writer.ts';
import { insertJson, jsonAt } from './json-edit.ts';
import { findTarget, refuse, type PatchResult, type SpecPath } from './patch-target.ts';
import { setSpecValue } from './set-spec-value.ts';
import { performSteps } from './spec-steps.ts';
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
    return refuse('no-such-place', `${listPath.join('.')} is no list: make it one in the text first.`, { node, field: listPath });
  }
  const at = index === null ? list.length : Math.min(Math.max(0, index), list.length);
  const small = performSteps(target.value, [{ type: 'insert', path: listPath, index: at, value }]);
  return verifiedSpec(target.value, small, insertJson(before, listPath, at, value), listPath);
}
