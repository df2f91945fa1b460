/** The same edits on the decoded value: what a patch must come to, and what a rewritten component holds. */
import type { JsonValue } from '../../base/json.ts';
import { isEmptyCollection, isJsonList, isJsonObject } from '../write/block-writer.ts';
import type { SpecPath } from './patch-target.ts';

export function sameJson(a: JsonValue, b: JsonValue): boolean {
  if (isJsonList(a) && isJsonList(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index] ?? null));
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key] ?? null, b[key] ?? null));
  }
  return Object.is(a, b) || a === b;
}

/** Missing parents are made: a list where the path has a number, else an object. */
export function nest(path: SpecPath, value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value);
}

/** Sets a value. An item past the end is appended; a scalar on the way gives way to a container. */
export function setJson(root: JsonValue, path: SpecPath, value: JsonValue): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) {
    return value;
  }
  if (isJsonList(root)) {
    const index = Math.min(Number(key), root.length);
    const inner = root[index];
    return [...root.slice(0, index), inner === undefined ? nest(rest, value) : setJson(inner, rest, value), ...root.slice(index + 1)];
  }
  if (isJsonObject(root)) {
    const inner = Object.hasOwn(root, key) ? root[key] : undefined;
    return Object.fromEntries([
      ...Object.entries(root),
      [String(key), inner === undefined ? nest(rest, value) : setJson(inner, rest, value)],
    ]);
  }
  return nest(path, value);
}

/**
 * Removes a value. An object inside an object that becomes empty goes with it: left behind it would stand for null or
 * lack its type, and neither loads. Lists stay, as `[]`.
 */
export function removeJson(root: JsonValue, path: SpecPath): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) {
    return root;
  }
  if (isJsonList(root)) {
    const index = Number(key);
    const inner = root[index];
    if (inner === undefined) {
      return root;
    }
    return rest.length === 0 ? root.toSpliced(index, 1) : root.with(index, removeJson(inner, rest));
  }
  if (!isJsonObject(root) || !Object.hasOwn(root, key)) {
    return root;
  }
  const entries = Object.entries(root);
  return Object.fromEntries(
    entries.flatMap(([name, inner]) => {
      if (name !== String(key)) {
        return [[name, inner]];
      }
      if (rest.length === 0) {
        return [];
      }
      const left = removeJson(inner, rest);
      return isJsonObject(left) && isEmptyCollection(left) && !isEmptyCollection(inner) ? [] : [[name, left]];
    }),
  );
}

export function insertJson(root: JsonValue, path: SpecPath, index: number | null, value: JsonValue): JsonValue {
  const list = jsonAt(root, path);
  const items = list !== undefined && isJsonList(list) ? list : [];
  const at = index === null ? items.length : Math.min(Math.max(0, index), items.length);
  return setJson(root, path, items.toSpliced(at, 0, value));
}

export function jsonAt(root: JsonValue, path: SpecPath): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const key of path) {
    if (value === undefined) {
      return undefined;
    }
    value = isJsonList(value) ? value[Number(key)] : isJsonObject(value) && Object.hasOwn(value, key) ? value[String(key)] : undefined;
  }
  return value;
}
