/** Fields that the loader does not know are ignored by it, silently; here they are pointed out (module-yaml.md §3). */
import { nearest } from '../../base/nearest.ts';
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
