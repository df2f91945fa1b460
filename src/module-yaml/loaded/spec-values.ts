/** Values of a spec that is known to load, as the loader reads them: nothing is judged here. */
import { textOf } from '../fields/spec-context.ts';
import { asciiDigits } from '../fields/lenient-number.ts';
import { parseNanos } from '../duration.ts';
import { pairOf, valueOf, type SourceNode } from '../source/source-node.ts';
import type { LoadedDuration, LoadedProperties } from './loaded-component.ts';

/** A field as text, or null where it is left out. */
export function textAt(node: SourceNode | null | undefined, key: string): string | null {
  const value = valueOf(node, key);
  return value === null ? null : textOf(value);
}

/** An int that the loader takes leniently: words of digits, numbers with a fraction. */
export function integerAt(node: SourceNode | null | undefined, key: string, fallback: number, ofNull: number): number {
  const value = valueOf(node, key);
  if (value?.type !== 'scalar') {
    return fallback;
  }
  return value.scalar === 'null' || (value.scalar === 'text' && /^(?:|null)$/.test(value.text))
    ? ofNull
    : Math.trunc(Number(asciiDigits(value.read)));
}

export function durationAt(node: SourceNode | null | undefined, key: string): LoadedDuration | null {
  const value = valueOf(node, key);
  return value?.type === 'scalar' && value.scalar !== 'null' ? loadedDuration(value.read) : null;
}

export function loadedDuration(text: string): LoadedDuration {
  const nanos = parseNanos(text);
  return nanos.ok ? durationOfNanos(nanos.value) : text;
}

export function durationOfNanos(nanos: bigint): LoadedDuration {
  const millis = nanos / 1_000_000n;
  return nanos % 1_000_000n === 0n && Number.isSafeInteger(Number(millis)) ? Number(millis) : `${nanos} ns`;
}

/** The first pair of each item; later items win. */
export function propertiesAt(node: SourceNode, key: string): Map<string, string> {
  const list = pairOf(node, key)?.value;
  const properties = new Map<string, string>();
  for (const { value } of list?.type === 'list' ? list.items : []) {
    const first = value.type === 'map' ? value.pairs[0] : undefined;
    if (value.type === 'map' && first !== undefined) {
      // Of a name that stands twice in one item the last value counts.
      properties.set(first.key, textOf(pairOf(value, first.key)?.value ?? first.value));
    }
  }
  return properties;
}

export function sortedProperties(properties: ReadonlyMap<string, string>): LoadedProperties {
  return Object.fromEntries([...properties].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
