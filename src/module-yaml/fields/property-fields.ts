/** Client properties: a list of one-pair maps. A plain map, which everyone writes first, does not load. */
import { toJson, pairOf, type ItemNode, type PairNode, type SourceNode } from '../source/source-node.ts';
import { textEdit } from '../problem-codes.ts';
import { removalOf } from './line-fixes.ts';
import { blockLines, DEFAULT_STYLE } from '../write/block-writer.ts';
import { columnOf, lineBreakOf, lineStart } from '../source/lines.ts';
import type { MapNode } from '../source/source-node.ts';
import { fail, keyRange, pathText, warn, warnOfTyping, type FieldPath, type SpecContext } from './spec-context.ts';

/** Properties by name; later ones win. */
export function readProperties(context: SpecContext, key: string): ReadonlyMap<string, SourceNode> {
  const properties = new Map<string, SourceNode>();
  const pair = pairOf(context.spec.value, key);
  if (pair === null) {
    return properties;
  }
  const { value } = pair;
  if (value.type === 'scalar') {
    const isNull = value.scalar === 'null';
    const place = { at: value.from === value.to ? keyRange(pair) : value, field: [key] };
    if (isNull) {
      fail(context, 'null-field', `${key} is empty, which the loader does not take: list properties, or remove the line.`, {
        ...place,
        moment: 'load',
        ...removalOf(context.text, context.spec.value, pair),
      });
    } else {
      warn(context, 'properties-not-a-list', `${key} is a text, which counts as no properties: write a list of “- name: value”.`, place);
    }
    return properties;
  }
  if (value.type === 'map' && value.pairs.length === 0) {
    warn(context, 'properties-not-a-list', `${key} is an empty map, which counts as no properties: write [].`, { at: value, field: [key] });
    return properties;
  }
  if (value.type === 'map') {
    fail(context, 'properties-not-a-list', `${key} must be a list: put “- ” before each name.`, {
      at: keyRange(pair),
      field: [key],
      moment: 'load',
      ...listFix(context, pair, value),
    });
    return properties;
  }
  value.items.forEach((item, index) => readProperty(context, pair, item, [key, index], properties));
  return properties;
}

function readProperty(context: SpecContext, parent: PairNode, item: ItemNode, path: FieldPath, into: Map<string, SourceNode>): void {
  const { value } = item;
  const first = value.type === 'map' ? value.pairs[0] : undefined;
  if (value.type !== 'map' || first === undefined) {
    fail(context, 'bad-property', `${pathText(path)} must be one pair: write “- name: value”.`, {
      at: value.from === value.to ? keyRange(parent) : value,
      field: path,
      moment: 'load',
    });
    return;
  }
  if (value.pairs.length > 1) {
    const others = value.pairs.slice(1).map((pair) => pair.key);
    warn(
      context,
      'bad-property',
      `Only ${first.key} counts here, ${others.join(', ')} is ignored: give each property an item of its own.`,
      {
        at: value,
        field: path,
      },
    );
  }
  if (first.value.type === 'scalar') {
    warnOfTyping(context, first.value, [...path, first.key]);
    if (first.value.scalar === 'null') {
      warn(context, 'null-field', `${first.key} is empty, which is read as the text “null”.`, {
        at: keyRange(first),
        field: [...path, first.key],
      });
    }
  } else {
    warn(context, 'bad-property', `${first.key} is read as an empty text: write one value.`, {
      at: first.value,
      field: [...path, first.key],
    });
  }
  into.set(first.key, pairOf(value, first.key)?.value ?? first.value);
}

function listFix(
  context: SpecContext,
  pair: PairNode,
  map: MapNode,
): { readonly fix?: { readonly label: string; readonly edits: readonly ReturnType<typeof textEdit>[] } } {
  const simple = map.pairs.every(
    (property) => property.value.type === 'scalar' && !property.value.anchored && property.value.style !== 'alias',
  );
  if (map.anchored || !simple) {
    return {};
  }
  const { text } = context;
  if (map.layout === 'block') {
    // Dashes go before the names, so that comments and quotes stay as they are.
    const edits = map.pairs.toReversed().map((property) => textEdit(property.keyFrom, property.keyFrom, '- '));
    const short = map.pairs.every(
      (property) => property.value.type === 'scalar' && !text.slice(property.value.from, property.value.to).includes('\n'),
    );
    return short ? { fix: { label: 'Make it a list', edits } } : {};
  }
  const column = columnOf(text, pair.keyFrom);
  const blank = text.slice(lineStart(text, pair.keyFrom), pair.keyFrom).trim() === '';
  if (!blank || map.layout === 'bare') {
    return {};
  }
  const items = map.pairs.map((property) => ({ [property.key]: toJson(property.value) }));
  const style = { ...DEFAULT_STYLE, eol: lineBreakOf(text) };
  const insert = items.length === 0 ? ' []' : style.eol + blockLines(items, column + style.listOffset, style).join(style.eol);
  return { fix: { label: 'Make it a list', edits: [textEdit(pair.colonEnd, map.to, insert)] } };
}
