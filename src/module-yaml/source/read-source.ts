/**
 * Text to documents of source nodes, as the real loader reads it. Syntax is the yaml package's; typing of scalars is our
 * own (scalar-typing.ts), aliases and merge keys are left as the strings that the loader makes of them, and what the
 * loader refuses although it is YAML 1.2 is found in loader-quirks.ts.
 */
import { Composer, Lexer, Parser, isAlias, isMap, isScalar, isSeq, type CST, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { moduleProblem, type ModuleProblem } from '../problem-codes.ts';
import { findQuirks, type Lexeme } from './loader-quirks.ts';
import { typeScalar } from './scalar-typing.ts';
import type { ItemNode, ListNode, MapNode, PairNode, ScalarNode, ScalarStyle, SourceNode } from './source-node.ts';

export interface SourceDocument {
  readonly root: SourceNode;
  /** Offset of the `---` that begins it, or null. */
  readonly separator: number | null;
}

export interface SourceFile {
  readonly text: string;
  /** False when the text has no structure that could be shown: `documents` is then empty. */
  readonly parsed: boolean;
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly ModuleProblem[];
}

export function readSource(text: string): SourceFile {
  // The loader takes lone CR, NEL, LS and PS as line breaks. One character replaces one, so offsets stay.
  const source = text.replace(/\r(?!\n)|[\u0085\u2028\u2029]/g, '\n');
  const lexemes: Lexeme[] = [];
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let offset = 0;
  for (const lexeme of new Lexer().lex(source)) {
    lexemes.push({ text: lexeme, offset });
    // Marks of the lexer that stand for no text.
    offset += lexeme === '\u001f' || lexeme === '\u0002' || lexeme === '\u0018' ? 0 : lexeme.length;
    tokens.push(...parser.next(lexeme));
  }
  tokens.push(...parser.end());
  const composer = new Composer({
    version: '1.1',
    schema: 'failsafe',
    uniqueKeys: false,
    merge: false,
    keepSourceTokens: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const composed = [...composer.compose(tokens, false, source.length)];
  const faults = composed
    .flatMap((document) => document.errors)
    .filter((fault) => fault.code !== 'TAG_RESOLVE_FAILED')
    .map((fault) => syntaxProblem(source, fault.code, fault.message, fault.pos));
  const documents = composed.map((document): SourceDocument => {
    const at = document.range[0];
    return {
      root: convert(source, document.contents, document.range[0], false, null),
      separator: /^---(?:\s|$)/.test(source.slice(at, at + 4)) ? at : null,
    };
  });
  const parsed = faults.length === 0;
  const quirks = findQuirks(source, lexemes, tokens);
  // A tab explains the confusion that follows from it.
  const problems = parsed || quirks.some((quirk) => quirk.code === 'yaml-tab') ? quirks : [...faults.slice(0, 1), ...quirks];
  return { text, parsed, documents: parsed ? documents : [], problems: parsed ? quirks : problems };
}

function syntaxProblem(source: string, code: string, message: string, [from, to]: readonly [number, number]): ModuleProblem {
  const near = source.slice(from, from + 24).split('\n')[0] ?? '';
  // The package may point behind the end of the text.
  const inside = (at: number) => Math.min(at, source.length);
  const range = { from: inside(from), to: inside(Math.max(to, from + 1)) };
  const separatorLine = /^-{2,}|^[ \t]+---/.test(source.slice(source.lastIndexOf('\n', from) + 1));
  const advice =
    code === 'MISSING_CHAR' && /directives-end marker/.test(message)
      ? 'Nothing but a comment or a flow map may follow --- on its line: put the first key on the next line.'
      : separatorLine && code !== 'BAD_SCALAR_START'
        ? `${sentence(message)} A separator is exactly --- in column 0.`
        : /[{}]/.test(near) && code === 'UNEXPECTED_TOKEN'
          ? `${sentence(message)} In flow style, quote a text that contains { or }.`
          : sentence(message);
  return moduleProblem('yaml-syntax', 'error', `This is not YAML${near.trim() === '' ? '' : ` near “${near.trim()}”`}: ${advice}`, {
    range,
    moment: 'load',
  });
}

function sentence(message: string): string {
  const line = (message.split('\n')[0] ?? message).trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

interface Props {
  readonly outer: number | null;
  readonly end: number | null;
  readonly anchored: boolean;
}

function propsOf(tokens: readonly CST.SourceToken[] | undefined): Props {
  const props = (tokens ?? []).filter((token) => token.type === 'anchor' || token.type === 'tag');
  const last = props.at(-1);
  const end = last === undefined ? null : last.offset + last.source.length;
  return { outer: props[0]?.offset ?? null, end, anchored: props.some((token) => token.type === 'anchor') };
}

/** `at`: where an empty value stands. */
function convert(source: string, node: Node | null, at: number, inFlow: boolean, props: Props | null): SourceNode {
  const [from = at, end = at] = node?.range ?? [];
  const anchored = props?.anchored === true || (node !== null && !isAlias(node) && 'anchor' in node && node.anchor !== undefined);
  const base = { from, to: end, outer: props?.outer ?? from, anchored };
  if (isMap(node)) {
    return mapNode(source, node, inFlow, base);
  }
  if (isSeq(node)) {
    return listNode(source, node, base);
  }
  if (isAlias(node)) {
    const text = node.source;
    return { type: 'scalar', ...base, style: 'alias', scalar: 'text', value: text, text, keepsBlankLines: false };
  }
  return scalarNode(
    source,
    isScalar(node) ? { value: String(node.value ?? ''), tag: node.tag, type: node.type } : null,
    props?.end ?? at,
    base,
  );
}

interface Base {
  readonly from: number;
  readonly to: number;
  readonly outer: number;
  readonly anchored: boolean;
}

function scalarNode(
  source: string,
  scalar: { readonly value: string; readonly tag: string | undefined; readonly type: string | undefined } | null,
  at: number,
  base: Base,
): ScalarNode {
  const text = scalar?.value ?? '';
  const style = scalar === null || (base.from === base.to && text === '') ? 'empty' : styleOf(scalar.type);
  const typed = typeScalar(text, style === 'plain' || style === 'empty', scalar?.tag ?? null);
  const raw = source.slice(base.from, base.to);
  const place =
    style === 'empty'
      ? { from: at, to: at, outer: base.outer < base.from ? base.outer : at }
      : { from: base.from, to: style === 'block' ? base.from + raw.trimEnd().length : base.to };
  return {
    type: 'scalar',
    ...base,
    ...place,
    style,
    scalar: typed.type,
    value: typed.value,
    text,
    keepsBlankLines: style === 'block' && /^[|>]\d?\+/.test(raw),
  };
}

function styleOf(type: string | undefined): ScalarStyle {
  switch (type) {
    case 'QUOTE_SINGLE':
      return 'single';
    case 'QUOTE_DOUBLE':
      return 'double';
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return 'block';
    default:
      return 'plain';
  }
}

function mapNode(source: string, node: YAMLMap, inFlow: boolean, base: Base): MapNode {
  const layout = node.flow === true ? (source[base.from] === '{' ? 'flow' : 'bare') : inFlow ? 'bare' : 'block';
  const last = new Map<string, number>();
  const pairs = node.items.map((pair) => pairNode(source, pair as Pair<Node | null, Node | null>, layout !== 'block'));
  pairs.forEach((pair, index) => last.set(pair.key, index));
  const marked = pairs.map((pair, index) => (last.get(pair.key) === index ? pair : { ...pair, shadowed: true }));
  const end = layout === 'flow' ? base.to : (marked.at(-1)?.value.to ?? base.to);
  return { type: 'map', ...base, to: Math.max(end, marked.at(-1)?.colonEnd ?? 0, base.from), layout, pairs: marked };
}

function pairNode(source: string, pair: Pair<Node | null, Node | null>, inFlow: boolean): PairNode {
  const { key, value, srcToken } = pair;
  const [keyFrom = 0, keyTo = keyFrom] = key?.range ?? [];
  const colon = srcToken?.sep?.find((token) => token.type === 'map-value-ind');
  const colonEnd = colon === undefined ? keyTo : colon.offset + 1;
  const keyNode = isScalar(key) ? key : null;
  const start = srcToken?.start ?? [];
  return {
    key: keyNode === null ? source.slice(keyFrom, keyTo) : String(keyNode.value ?? ''),
    keyFrom,
    keyTo,
    keyStyle: keyNode === null ? 'plain' : styleOf(keyNode.type),
    colonEnd,
    badKey: key !== null && !isScalar(key),
    explicit: start.some((token) => token.type === 'explicit-key-ind'),
    shadowed: false,
    value: convert(source, value, colonEnd, inFlow, propsOf(srcToken?.sep)),
  };
}

function listNode(source: string, node: YAMLSeq, base: Base): ListNode {
  const flow = node.flow === true;
  const tokens = 'srcToken' in node ? (node.srcToken as CST.BlockSequence | CST.FlowCollection | undefined) : undefined;
  const entries =
    tokens?.type === 'block-seq' ? tokens.items.filter((item) => item.start.some((token) => token.type === 'seq-item-ind')) : [];
  const items = node.items.map((item, index): ItemNode => {
    const dash = entries[index]?.start.find((token) => token.type === 'seq-item-ind')?.offset ?? -1;
    const props = flow ? null : propsOf(entries[index]?.start);
    return { dash, value: convert(source, item as Node | null, dash < 0 ? base.from : dash + 1, flow, props) };
  });
  const last = items.at(-1);
  const to = flow ? base.to : Math.max(last?.value.to ?? base.to, (last?.dash ?? 0) + 1, base.from);
  const from = flow ? base.from : (items[0]?.dash ?? base.from);
  return { type: 'list', ...base, from, to, layout: flow ? 'flow' : 'block', items };
}
