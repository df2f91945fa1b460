/** The larger edits that are offered where a small one is not defined: a collection, or the whole spec, written anew in block style. */
import type { JsonValue } from '../../base/json.ts';
import type { Edit } from '../../model/edit.ts';
import type { ComponentRole } from '../../model/module.ts';
import type { LocatedComponent } from '../locate.ts';
import { textEdit } from '../problem-codes.ts';
import { columnOf, isFirstOnLine } from '../source/lines.ts';
import { toJson, type ItemNode, type PairNode, type SourceNode } from '../source/source-node.ts';
import { blockLines, isEmptyCollection, isJsonObject, valueLines, type BlockStyle } from '../write/block-writer.ts';
import { fileStyle } from './file-style.ts';
import { jsonAt, setJson } from './json-edit.ts';
import type { PatchTarget, SpecPath } from './patch-target.ts';
import { replaceByBlock } from './replace-value.ts';
import { obstacleIn, specSpot, walk } from './spot.ts';

/** Turns the outermost flow collection on the way to a place into block style, with what the spec is to hold there. */
export function blockInsteadOfFlow({ text, located, component }: PatchTarget, path: SpecPath, spec: JsonValue): readonly Edit[] | null {
  const spots = walk(text, specSpot(text, component, path), path);
  const depth = spots.findIndex(({ value, inFlow }) => !inFlow && value.type !== 'scalar' && value.layout === 'flow');
  const spot = spots[depth];
  const value = jsonAt(spec, path.slice(0, depth));
  if (spot === undefined || value === undefined || spots.some(({ obstacle }) => obstacle !== null) || obstacleIn(spot.value) !== null) {
    return null;
  }
  return replaceByBlock(text, spot, value, fileStyle(located.source));
}

/** Writes the spec anew; where it lies in flow style, everything from the outermost brace on. Null where that is not possible. */
export function rewriteSpec({ text, located, component }: PatchTarget, spec: JsonValue): readonly Edit[] | null {
  const style = fileStyle(located.source);
  const { place } = component;
  const document = located.source.documents.find(({ root }) => root.from <= component.spec.keyFrom && component.spec.value.to <= root.to);
  if (document === undefined) {
    return null;
  }
  const flow = outermostFlow(document.root, component.spec.keyFrom, []);
  if (flow === null) {
    if (!isFirstOnLine(text, component.spec.keyFrom) && place.type === 'document') {
      return null;
    }
    const column = columnOf(text, component.spec.keyFrom);
    return [textEdit(component.spec.colonEnd, component.spec.value.to, valueLines(spec, column, style).join(style.eol))];
  }
  const path = specPathIn(document.root, component);
  if (path === null) {
    return null;
  }
  const value = setJson(toJson(flow.node), path.slice(flow.path.length), spec);
  return [writeAt(text, flow, value, style)];
}

interface FlowPlace {
  readonly node: SourceNode;
  readonly path: SpecPath;
  /** What holds it: a key, a dash, or neither at the root of a document. */
  readonly key: PairNode | null;
  readonly item: ItemNode | null;
}

function outermostFlow(
  node: SourceNode,
  at: number,
  path: SpecPath,
  holder: Pick<FlowPlace, 'key' | 'item'> = { key: null, item: null },
): FlowPlace | null {
  if (node.type === 'scalar' || at < node.from || at > node.to) {
    return null;
  }
  if (node.layout !== 'block') {
    return { node, path, ...holder };
  }
  if (node.type === 'map') {
    const pair = node.pairs.find((candidate) => at > candidate.keyTo && at <= candidate.value.to);
    return pair === undefined ? null : outermostFlow(pair.value, at, [...path, pair.key], { key: pair, item: null });
  }
  const index = node.items.findIndex((item) => at >= item.value.from && at <= item.value.to);
  const item = node.items[index];
  return item === undefined ? null : outermostFlow(item.value, at, [...path, index], { key: null, item });
}

function writeAt(text: string, { node, key, item }: FlowPlace, value: JsonValue, style: BlockStyle): Edit {
  if (key !== null) {
    return textEdit(key.colonEnd, node.to, valueLines(value, columnOf(text, key.keyFrom), style).join(style.eol));
  }
  if (item !== null) {
    const lines = blockLines(value, columnOf(text, item.dash) + 2, style);
    return textEdit(item.dash + 1, node.to, ` ${lines.join(style.eol).trimStart()}`);
  }
  const lines = isJsonObject(value) && isEmptyCollection(value) ? ['{}'] : blockLines(value, 0, style);
  // A flow map may stand behind its `---`; a block map may not.
  const lead = isFirstOnLine(text, node.from) ? '' : style.eol;
  return textEdit(node.from, node.to, lead + lines.join(style.eol));
}

/** The path from a document's root to the component's spec. */
function specPathIn(root: SourceNode, component: LocatedComponent): SpecPath | null {
  const { place } = component;
  if (place.type === 'document') {
    return ['spec'];
  }
  const wrapper: Record<string, ComponentRole> = { endpoints: 'endpoint', ingresses: 'ingress', egresses: 'egress' };
  const name = wrapper[place.section];
  return root.type !== 'map' || name === undefined ? null : ['module', 'spec', place.section, place.index, name, 'spec'];
}
