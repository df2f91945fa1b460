/** Simpler values than one that led somewhere, the simplest first: if one of them leads there too, it is a better example. */
import type { JsonValue } from '../../base/json.ts';
import { isObject } from '../../model/value-shape.ts';

const LIMIT = 40;

export function simplerValues(value: JsonValue): readonly JsonValue[] {
  return candidates(value).slice(0, LIMIT);
}

function candidates(value: JsonValue): readonly JsonValue[] {
  if (typeof value === 'string') {
    return value === '' ? [] : ['', ...(value.length > 1 ? [value.slice(0, 1), value.slice(0, value.length >> 1), value.slice(1)] : [])];
  }
  if (typeof value === 'number') {
    const whole = Math.trunc(value);
    return [...new Set([0, 1, whole, Math.trunc(value / 2)])].filter((simpler) => size(simpler) < size(value));
  }
  if (value === true) {
    return [false];
  }
  if (Array.isArray(value)) {
    const list: readonly JsonValue[] = value;
    return [
      ...(list.length > 0 ? [[]] : []),
      ...list.map((_, index) => list.filter((_item, at) => at !== index)),
      ...list.flatMap((item, index) => candidates(item).map((simpler) => list.with(index, simpler))),
    ];
  }
  if (isObject(value)) {
    const entries = Object.entries(value);
    return [
      ...entries.map((_, index) => Object.fromEntries(entries.filter((_entry, at) => at !== index))),
      ...entries.flatMap(([name, member], index) =>
        candidates(member).map((simpler) => Object.fromEntries(entries.with(index, [name, simpler]))),
      ),
    ];
  }
  return [];
}

/** For telling which of two numbers is simpler. */
function size(value: number): number {
  return JSON.stringify(value).length * 1e3 + Math.min(999, Math.abs(value));
}
