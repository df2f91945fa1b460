/** How one value differs from what was expected of it, line by line where it is JSON. */
import type { JsonValue } from '../../base/json.ts';
import type { ValueMatch } from '../scenario.ts';
import { diffOfLines } from './line-diff.ts';
import type { DiffLine } from './line-diff.ts';
import { jsonOf, linesOf, shownMatch, shownValue } from './values.ts';
import type { ActualValue } from './values.ts';

/** Longer lines are laid out over several. */
const LONG = 60;

export function valueDiff(match: ValueMatch, value: ActualValue): readonly DiffLine[] {
  const actual = jsonOf(value);
  const expected = match.type === 'json' || match.type === 'json-contains' ? match.value : undefined;
  if (actual === undefined || expected === undefined || (shownMatch(match).length < LONG && shownValue(value).length < LONG)) {
    return [
      { mark: '-', text: shownMatch(match) },
      { mark: '+', text: shownValue(value) },
    ];
  }
  return diffOfLines(linesOf(expected), linesOf(match.type === 'json' ? actual : named(expected, actual)));
}

/** The members of `value` that `part` names too: the others do not matter and would only be in the way. */
function named(part: JsonValue, value: JsonValue): JsonValue {
  if (isObject(part) && isObject(value)) {
    const keys = Object.keys(value).filter((key) => Object.hasOwn(part, key));
    return Object.fromEntries(keys.map((key) => [key, named(part[key] ?? null, value[key] ?? null)]));
  }
  return value;
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
