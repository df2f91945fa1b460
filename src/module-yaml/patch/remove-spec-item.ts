/** Takes an item out of a list of a component's spec. */
import type { NodeId } from '../../base/ids.ts';
import { specOf } from '../component-spec.ts';
import { jsonAt } from './json-edit.ts';
import { findTarget, refuse, type PatchResult, type SpecPath } from './patch-target.ts';
import { setSpecValue } from './set-spec-value.ts';

/** `path` is the list's, then the index of the item. The last item leaves `[]`. */
export function removeSpecItem(text: string, node: NodeId, path: SpecPath): PatchResult {
  const target = findTarget(text, node);
  if (!target.ok) {
    return target;
  }
  return jsonAt(specOf(target.value.component), path) === undefined
    ? refuse('no-such-place', 'This entry is no longer in module.yaml.', { node, field: path })
    : setSpecValue(text, node, path, undefined);
}
