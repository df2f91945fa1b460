/** Adds a key to a map, or takes one out, leaving its neighbours as they stand. */
import type { JsonValue } from '../../base/json.ts';
import { err, ok } from '../../base/result.ts';
import { textEdit } from '../problem-codes.ts';
import { columnOf, isFirstOnLine, lineEnd } from '../source/lines.ts';
import type { MapNode, PairNode, SourceNode } from '../source/source-node.ts';
import { flowText, valueLines, type BlockStyle } from '../write/block-writer.ts';
import { writeKey } from '../write/scalar-writer.ts';
import { endOfFlow, removeFlowMember } from './edit-flow.ts';
import { removeLines } from './remove-lines.ts';
import { isEmptyFlow, replaceValue } from './replace-value.ts';
import type { SmallEdit } from './small-edit.ts';
import type { Spot } from './spot.ts';

export function addPair(text: string, spot: Spot, map: MapNode, key: string, value: JsonValue, style: BlockStyle): SmallEdit {
  if (isEmptyFlow(spot)) {
    return ok(replaceValue(text, spot, { [key]: value }, style));
  }
  if (map.layout === 'bare') {
    return err('A pair in a flow list has no room for a second one');
  }
  const quoted = map.pairs.length > 0 ? map.pairs.every((pair) => pair.keyStyle === 'double') : spot.json;
  if (map.layout === 'flow') {
    const pair = `${writeKey(key, 'flow', quoted ? 'double' : 'plain')}: ${flowText(value, quoted, 'flow')}`;
    return endOfFlow(text, map, map.pairs.at(-1), pair);
  }
  const [firstPair] = map.pairs;
  const lastPair = map.pairs.at(-1);
  if (firstPair === undefined || lastPair === undefined || map.pairs.some((pair) => pair.explicit)) {
    return err('Keys are written with a question mark there');
  }
  const column = columnOf(text, firstPair.keyFrom);
  const pair = `${writeKey(key, 'block', quoted ? 'double' : 'plain')}:${valueLines(value, column, style).join(style.eol)}`;
  const indent = ' '.repeat(column);
  // Text behind a block scalar could become part of it: there the new key goes first.
  if (endsInBlockScalar(lastPair.value)) {
    return ok([textEdit(firstPair.keyFrom, firstPair.keyFrom, `${pair}${style.eol}${indent}`)]);
  }
  const at = lineEnd(text, endOf(lastPair));
  return ok([textEdit(at, at, `${style.eol}${indent}${pair}`)]);
}

/** Takes out one of several pairs. */
export function removePair(text: string, map: MapNode, pair: PairNode): SmallEdit {
  const index = map.pairs.indexOf(pair);
  const next = map.pairs[index + 1];
  if (map.layout !== 'block') {
    return map.layout === 'bare' ? err('It is the only pair there') : removeFlowMember(text, membersOf(map), index);
  }
  if (pair.explicit || next?.explicit === true) {
    return err('Keys are written with a question mark there');
  }
  if (isFirstOnLine(text, pair.keyFrom)) {
    return ok(removeLines(text, pair.keyFrom, endOf(pair)));
  }
  // The first key stands behind a dash: what follows it moves up there.
  return next === undefined
    ? err('It is the only pair there')
    : ok([textEdit(pair.keyFrom, startOfNext(text, endOf(pair), next.keyFrom), '')]);
}

function startOfNext(text: string, from: number, next: number): number {
  const between = text.slice(lineEnd(text, from), next);
  const comment = between.indexOf('#');
  return comment < 0 ? next : lineEnd(text, from) + comment;
}

export function endOf(pair: PairNode): number {
  return Math.max(pair.value.to, pair.colonEnd);
}

function membersOf(map: MapNode): readonly { readonly from: number; readonly to: number }[] {
  return map.pairs.map((pair) => ({ from: pair.keyFrom, to: endOf(pair) }));
}

export function endsInBlockScalar(node: SourceNode): boolean {
  switch (node.type) {
    case 'scalar':
      return node.style === 'block';
    case 'list': {
      const last = node.items.at(-1);
      return node.layout === 'block' && last !== undefined && endsInBlockScalar(last.value);
    }
    case 'map': {
      const last = node.pairs.at(-1);
      return node.layout === 'block' && last !== undefined && endsInBlockScalar(last.value);
    }
  }
}
