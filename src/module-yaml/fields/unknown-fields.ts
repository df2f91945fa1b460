/** Fields that the loader does not know are ignored by it, silently; here they are pointed out (module-yaml.md §3). */
import { textEdit } from '../problem-codes.ts';
import type { MapNode, SourceNode } from '../source/source-node.ts';
import { keyRange, pathText, warn, type FieldPath, type SpecContext } from './spec-context.ts';

/** Known fields by name; `each` describes the items of a list; `true` ends the description. */
export type FieldShape = true | { readonly each: FieldShape } | { readonly fields: { readonly [name: string]: FieldShape } };

export function warnOfUnknownFields(context: SpecContext, node: SourceNode, shape: FieldShape, path: FieldPath = []): void {
  if (shape === true) {
    return;
  }
  if ('each' in shape) {
    if (node.type === 'list') {
      node.items.forEach((item, index) => warnOfUnknownFields(context, item.value, shape.each, [...path, index]));
    }
    return;
  }
  if (node.type === 'map') {
    warnOfMap(context, node, shape.fields, path);
  }
}

function warnOfMap(context: SpecContext, node: MapNode, fields: { readonly [name: string]: FieldShape }, path: FieldPath): void {
  for (const pair of node.pairs) {
    const field = [...path, pair.key];
    const inner = Object.hasOwn(fields, pair.key) ? fields[pair.key] : undefined;
    if (inner !== undefined) {
      if (!pair.shadowed) {
        warnOfUnknownFields(context, pair.value, inner, field);
      }
      continue;
    }
    if (pair.key === '<<' || pair.badKey) {
      continue;
    }
    const meant = nearest(
      pair.key,
      Object.keys(fields).filter((name) => !node.pairs.some((other) => other.key === name)),
    );
    warn(
      context,
      'unknown-field',
      meant === null
        ? `${pathText(field)} is no field of this kind: the loader ignores it.`
        : `${pathText(field)} is no field of this kind and is ignored: write ${meant}.`,
      {
        at: keyRange(pair),
        field,
        ...(meant === null || pair.keyStyle !== 'plain'
          ? {}
          : { fix: { label: `Write ${meant}`, edits: [textEdit(pair.keyFrom, pair.keyTo, meant)] } }),
      },
    );
  }
}

/** The name that was probably meant: the same but for case, a plural s, or up to two letters. */
export function nearest(word: string, names: readonly string[]): string | null {
  const same = names.find((name) => name.toLowerCase() === word.toLowerCase());
  if (same !== undefined) {
    return same;
  }
  const close = names
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= (name.length <= 4 ? 1 : name.length <= 8 ? 2 : 3))
    .sort((a, b) => a.distance - b.distance);
  const part = names.find((name) => word.length >= 5 && name.toLowerCase().startsWith(word.toLowerCase()));
  return close[0]?.name ?? part ?? null;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
