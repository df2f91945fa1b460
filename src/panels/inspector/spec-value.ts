/** Reads a decoded spec by path, and words for what it holds. */
import type { JsonValue } from '../../base/json.ts';
import type { Problem } from '../../model/problem.ts';

export type SpecPath = readonly (string | number)[];

export function specValue(spec: JsonValue, path: SpecPath): JsonValue | undefined {
  let value: JsonValue | undefined = spec;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    value = Array.isArray(value)
      ? (value as readonly JsonValue[])[Number(step)]
      : (value as { readonly [key: string]: JsonValue })[String(step)];
  }
  return value;
}

/** A scalar as it stands in a field; lists and maps have fields of their own. */
export function scalarText(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** The first key and value of a one-pair map, as properties and offsets are written. */
export function pairOf(item: JsonValue): { readonly key: string; readonly value: string } {
  const [pair] = typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.entries(item) : [];
  return pair === undefined ? { key: '', value: '' } : { key: pair[0], value: scalarText(pair[1]) };
}

/** What is wrong with a field, or with something inside it where `deep` is set. */
export function problemAt(problems: readonly Problem[], path: SpecPath, deep = false): Problem | undefined {
  return problems.find(
    ({ field, severity }) =>
      field !== undefined &&
      severity !== 'info' &&
      (deep ? field.length >= path.length : field.length === path.length) &&
      path.every((step, index) => String(field[index]) === String(step)),
  );
}
