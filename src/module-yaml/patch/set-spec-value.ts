/** Sets one value of a component's spec, or removes it (undefined). */
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { ok } from '../../base/result.ts';
import { specOf } from '../component-spec.ts';
import { jsonAt, removeJson, sameJson, setJson } from './json-edit.ts';
import { findTarget, refuse, type PatchResult, type SpecPath } from './patch-target.ts';
import { planValue } from './plan-value.ts';
import { performSteps } from './spec-steps.ts';
import { verifiedSpec } from './verified.ts';

/** Missing parents are made. An object that loses its last key goes with it, for `{}` there would not load; a list stays as `[]`. */
export function setSpecValue(text: string, node: NodeId, path: SpecPath, value: JsonValue | undefined): PatchResult {
  const target = findTarget(text, node);
  if (!target.ok) {
    return target;
  }
  if (path.length === 0 && value === undefined) {
    return refuse('no-such-place', 'A component needs its spec: remove the component itself.', { node });
  }
  const before = specOf(target.value.component);
  const after = value === undefined ? removeJson(before, path) : setJson(before, path, value);
  if (sameJson(before, after)) {
    return ok([]);
  }
  const steps = value === undefined ? [{ type: 'remove' as const, path }] : planValue(path, jsonAt(before, path), value);
  return verifiedSpec(target.value, performSteps(target.value, steps), after, path);
}
