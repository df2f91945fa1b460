/** A component's spec as the loader sees it. */
import type { JsonValue } from '../base/json.ts';
import type { LocatedComponent } from './locate.ts';
import { scalarText, toJson } from './source/source-node.ts';

/** With the id of the legacy form's `meta`, which overrides one in the spec (module-yaml.md §8). */
export function specOf({ spec, place, name, role }: LocatedComponent): JsonValue {
  const value = toJson(spec.value);
  if (
    place.type !== 'item' ||
    role === 'endpoint' ||
    name?.type !== 'scalar' ||
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value)
  ) {
    return value;
  }
  const fields = Object.entries(value).filter(([key]) => key !== 'id');
  return Object.fromEntries([['id', scalarText(name)], ...fields]);
}
