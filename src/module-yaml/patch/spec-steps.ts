/** Performs single steps on a spec's text: the places where the patches meet the syntax tree. */
import type { JsonValue } from '../../base/json.ts';
import { err, ok } from '../../base/result.ts';
import type { Edit } from '../../model/edit.ts';
import { locate } from '../locate.ts';
import { specOf } from '../component-spec.ts';
import { textEdit } from '../problem-codes.ts';
import { DEFAULT_STYLE, type BlockStyle } from '../write/block-writer.ts';
import { writeKey } from '../write/scalar-writer.ts';
import { addItem, removeItem } from './edit-list.ts';
import { addPair, removePair } from './edit-map.ts';
import { fileStyle } from './file-style.ts';
import { jsonAt, nest, removeJson } from './json-edit.ts';
import { editedText, type PatchTarget, type SpecPath } from './patch-target.ts';
import type { Step } from './plan-value.ts';
import { replaceValue } from './replace-value.ts';
import type { SmallEdit } from './small-edit.ts';
import { obstacleIn, specSpot, walk, type Spot } from './spot.ts';

/** Each step sees the text that the one before left. */
export function performSteps(target: PatchTarget, steps: readonly Step[]): SmallEdit {
  let now = target;
  const edits: Edit[] = [];
  for (const step of steps) {
    const done = perform(now, step);
    if (!done.ok) {
      return done;
    }
    edits.push(...done.value);
    if (steps.length > 1) {
      const text = editedText(now.text, done.value);
      const located = locate(text);
      const component = located.components[target.component.ordinal];
      if (component === undefined) {
        return err('The text around is laid out in an unusual way');
      }
      now = { text, located, component };
    }
  }
  return ok(edits);
}

function perform(target: PatchTarget, step: Step): SmallEdit {
  switch (step.type) {
    case 'set':
      return setAt(target, step.path, step.value);
    case 'remove':
      return removeAt(target, step.path);
    case 'insert':
      return insertAt(target, step.path, step.index, step.value);
    case 'rename':
      return renameAt(target, step.path, step.to);
  }
}

function spotsOn({ text, component }: PatchTarget, path: SpecPath): { readonly spots: readonly Spot[]; readonly barrier: string | null } {
  const spots = walk(text, specSpot(text, component, path), path);
  return { spots, barrier: spots.find((spot) => spot.obstacle !== null)?.obstacle ?? null };
}

function setAt(target: PatchTarget, path: SpecPath, value: JsonValue): SmallEdit {
  const { text, located } = target;
  const style = fileStyle(located.source);
  const { spots, barrier } = spotsOn(target, path);
  const last = spots.at(-1);
  if (last === undefined || barrier !== null) {
    return err(barrier ?? 'Nothing stands there');
  }
  const [key, ...below] = path.slice(spots.length - 1);
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

function insertAt(target: PatchTarget, path: SpecPath, index: number, value: JsonValue): SmallEdit {
  const { spots, barrier } = spotsOn(target, path);
  const spot = spots.at(-1);
  if (spot?.value.type !== 'list' || spots.length <= path.length || barrier !== null) {
    return err(barrier ?? 'Nothing stands there');
  }
  return addItem(target.text, spot, spot.value, index, value, fileStyle(target.located.source));
}

/** An object that loses its last member goes with it. */
function removeAt(target: PatchTarget, path: SpecPath): SmallEdit {
  const after = removeJson(specOf(target.component), path);
  let depth = path.length;
  while (depth > 1 && jsonAt(after, path.slice(0, depth - 1)) === undefined) {
    depth -= 1;
  }
  const way = path.slice(0, depth);
  const { spots, barrier } = spotsOn(target, way);
  const [doomed, parent] = [spots.at(-1), spots.at(-2)];
  const fault = barrier ?? (doomed === undefined ? null : obstacleIn(doomed.value));
  return parent === undefined || spots.length <= depth || fault !== null
    ? err(fault ?? 'Nothing stands there')
    : removeFrom(target.text, parent, way.at(-1) ?? '');
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

function renameAt(target: PatchTarget, path: SpecPath, to: string): SmallEdit {
  const { spots, barrier } = spotsOn(target, path);
  const map = spots.at(-2)?.value;
  const pair = map?.type === 'map' ? map.pairs.findLast((candidate) => candidate.key === String(path.at(-1))) : undefined;
  if (map?.type !== 'map' || pair === undefined || spots.length <= path.length || barrier !== null) {
    return err(barrier ?? 'Nothing stands there');
  }
  return ok([textEdit(pair.keyFrom, pair.keyTo, writeKey(to, map.layout === 'block' ? 'block' : 'flow', pair.keyStyle))]);
}
