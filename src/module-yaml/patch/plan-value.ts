/** A new value for an old one as the fewest small steps, so that what both have in common is not touched. */
import type { JsonValue } from '../../base/json.ts';
import { isEmptyCollection, isJsonList, isJsonObject } from '../write/block-writer.ts';
import { sameJson } from './json-edit.ts';
import type { SpecPath } from './patch-target.ts';

export type Step =
  | { readonly type: 'set'; readonly path: SpecPath; readonly value: JsonValue }
  | { readonly type: 'remove'; readonly path: SpecPath }
  | { readonly type: 'insert'; readonly path: SpecPath; readonly index: number; readonly value: JsonValue }
  | { readonly type: 'rename'; readonly path: SpecPath; readonly to: string };

/** Beyond this many steps the value is written anew. */
const MOST_STEPS = 40;

export function planValue(path: SpecPath, old: JsonValue | undefined, value: JsonValue): readonly Step[] {
  const steps = old === undefined ? null : stepsBetween(path, old, value);
  return steps === null || steps.length > MOST_STEPS ? [{ type: 'set', path, value }] : steps;
}

function stepsBetween(path: SpecPath, old: JsonValue, value: JsonValue): readonly Step[] {
  if (sameJson(old, value)) {
    return [];
  }
  if (!isEmptyCollection(old) && !isEmptyCollection(value)) {
    if (isJsonObject(old) && isJsonObject(value)) {
      return members(path, old, value);
    }
    if (isJsonList(old) && isJsonList(value)) {
      return items(path, old, value);
    }
  }
  return [{ type: 'set', path, value }];
}

type JsonObject = { readonly [key: string]: JsonValue };

/** One new name for one old name is a rename: the member keeps its place. */
function members(path: SpecPath, old: JsonObject, value: JsonObject): readonly Step[] {
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
  const fresh = Object.keys(value).filter((key) => !Object.hasOwn(old, key));
  const from = gone.length === 1 && fresh.length === 1 ? gone[0] : undefined;
  const to = fresh[0];
  const names = Object.entries(value).flatMap(([key, inner]): readonly Step[] => {
    const before = from !== undefined && key === to ? old[from] : Object.hasOwn(old, key) ? old[key] : undefined;
    return before === undefined ? [{ type: 'set', path: [...path, key], value: inner }] : stepsBetween([...path, key], before, inner);
  });
  return from !== undefined && to !== undefined
    ? [{ type: 'rename', path: [...path, from], to }, ...names]
    : [...names, ...gone.map((key): Step => ({ type: 'remove', path: [...path, key] }))];
}

/** What is equal at both ends stays; the rest is changed one by one, then added or removed. */
function items(path: SpecPath, old: readonly JsonValue[], value: readonly JsonValue[]): readonly Step[] {
  const shorter = Math.min(old.length, value.length);
  let head = 0;
  while (head < shorter && sameJson(old[head] ?? null, value[head] ?? null)) {
    head += 1;
  }
  let tail = 0;
  while (tail < shorter - head && sameJson(old.at(-1 - tail) ?? null, value.at(-1 - tail) ?? null)) {
    tail += 1;
  }
  const both = shorter - tail;
  const steps: Step[] = [];
  for (let index = head; index < both; index += 1) {
    steps.push(...stepsBetween([...path, index], old[index] ?? null, value[index] ?? null));
  }
  for (let index = both; index < value.length - tail; index += 1) {
    steps.push({ type: 'insert', path, index, value: value[index] ?? null });
  }
  for (let index = old.length - tail - 1; index >= both; index -= 1) {
    steps.push({ type: 'remove', path: [...path, index] });
  }
  return steps;
}
