/** One node with everything in it. */
import { typeScalar } from '../scalar-typing.ts';
import type { ItemNode, ListNode, MapNode, PairNode, ScalarNode, SourceNode } from '../source-node.ts';
import type { ScalarToken, TagToken, TokenType } from './token.ts';
import type { TokenReader } from './token-reader.ts';

/** More nesting than this is refused: the loader ends with a stack overflow some way behind. */
const DEEPEST = 1000;

interface Props {
  /** Where anchor and tag begin; null without either. */
  readonly outer: number | null;
  /** Where an empty value stands. */
  readonly end: number;
  readonly anchored: boolean;
  readonly tag: string | null;
}

interface Where {
  readonly block: boolean;
  /** List items may stand in the column of their key. */
  readonly indentless: boolean;
  /** Where an empty value stands; where the next token begins unless given. */
  readonly at?: number;
}

export class NodeParser {
  private readonly reader: TokenReader;
  private readonly tags: ReadonlyMap<string, string>;
  private depth = 0;

  constructor(reader: TokenReader, tags: ReadonlyMap<string, string>) {
    this.reader = reader;
    this.tags = tags;
  }

  empty(at: number, props: Props | null = null): ScalarNode {
    const place = props?.end ?? at;
    const typed = typeScalar('', true, props?.tag ?? null);
    return {
      type: 'scalar',
      from: place,
      to: place,
      outer: props?.outer ?? place,
      anchored: props?.anchored ?? false,
      style: 'empty',
      scalar: typed.type,
      value: typed.value,
      read: typed.read,
      text: '',
      keepsBlankLines: false,
    };
  }

  node(where: Where): SourceNode {
    const { reader } = this;
    if (this.depth > DEEPEST) {
      reader.state.break(`This is nested more than ${DEEPEST} levels deep: write it flatter.`, reader.peek());
    }
    this.depth += 1;
    const node = this.read(where);
    this.depth -= 1;
    return node;
  }

  private read({ block, indentless, at }: Where): SourceNode {
    const { reader } = this;
    const first = reader.peek();
    if (first.type === 'alias') {
      reader.next();
      const { from, to, name } = first;
      return { ...this.empty(from), from, to, style: 'alias', scalar: 'text', value: name, read: name, text: name };
    }
    const props = this.props(at ?? first.from);
    const token = reader.peek();
    if (indentless && token.type === 'entry') {
      return this.indentlessList(props);
    }
    if (token.type === 'scalar') {
      reader.next();
      return this.scalar(token, props);
    }
    if (token.type === 'flow-sequence-start') {
      return this.flowList(props);
    }
    if (token.type === 'flow-mapping-start') {
      return this.flowMap(props);
    }
    if (block && token.type === 'sequence-start') {
      return this.blockList(props);
    }
    if (block && token.type === 'mapping-start') {
      return this.blockMap(props);
    }
    if (props.outer !== null) {
      return this.empty(props.end, props);
    }
    this.unexpected('a value');
    return this.empty(props.end);
  }

  private unexpected(wanted: string): void {
    const { state } = this.reader;
    const token = this.reader.peek();
    const { text } = state.cursor;
    const found = token.to > token.from ? `“${text.slice(token.from, Math.min(token.to, token.from + 24)).split('\n')[0] ?? ''}”` : '';
    const rest = text.slice(token.from, token.from + 1);
    const what =
      found !== ''
        ? `${found} stands where ${wanted} belongs.`
        : token.type === 'stream-end'
          ? `The file ends where ${wanted} belongs.`
          : `This stands where ${wanted} belongs.`;
    const advice = /[{}]/.test(rest) ? ' In flow style, quote a text that contains { or }.' : ' Check indentation, brackets and commas.';
    state.break(`${what}${advice}`, { from: token.from, to: Math.max(token.to, token.from + 1) });
  }

  private props(at: number): Props {
    const { reader } = this;
    let anchored = false;
    let tag: TagToken | null = null;
    let end = at;
    let outer: number | null = null;
    for (let token = reader.peek(); token.type === 'anchor' || token.type === 'tag'; token = reader.peek()) {
      if (token.type === 'anchor') {
        if (anchored) {
          break;
        }
        anchored = true;
      } else if (tag !== null) {
        break;
      } else {
        tag = token;
      }
      outer ??= token.from;
      end = token.to;
      reader.next();
    }
    return { outer, end, anchored, tag: tag === null ? null : this.resolve(tag) };
  }

  private resolve(tag: TagToken): string {
    if (tag.handle === null) {
      return tag.suffix;
    }
    const prefix = this.tags.get(tag.handle);
    if (prefix === undefined) {
      this.reader.state.break(`No %TAG directive declares ${tag.handle}: remove the tag, or put the text in quotes.`, tag);
    }
    return (prefix ?? '') + tag.suffix;
  }

  private scalar(token: ScalarToken, props: Props): ScalarNode {
    const { from, to, style, value } = token;
    const typed = typeScalar(value, style === 'plain', props.tag);
    const raw = style === 'block' ? this.reader.state.cursor.text.slice(from, from + 3) : '';
    return {
      type: 'scalar',
      from,
      to,
      outer: props.outer ?? from,
      anchored: props.anchored,
      style,
      scalar: typed.type,
      value: typed.value,
      read: typed.read,
      text: value,
      keepsBlankLines: /^[|>]\d?\+/.test(raw),
    };
  }

  private blockList(props: Props): ListNode {
    const { reader } = this;
    const { from } = reader.next();
    const items = this.entries(['entry', 'block-end']);
    if (!reader.at('block-end')) {
      this.unexpected('a list item');
    }
    reader.next();
    return listOf('block', from, items, props);
  }

  private indentlessList(props: Props): ListNode {
    const { from } = this.reader.peek();
    return listOf('block', from, this.entries(['entry', 'key', 'value', 'block-end']), props);
  }

  private entries(ends: readonly TokenType[]): readonly ItemNode[] {
    const { reader } = this;
    const items: ItemNode[] = [];
    while (reader.at('entry')) {
      const { from, to } = reader.next();
      const value = reader.at(...ends) ? this.empty(to) : this.node({ block: true, indentless: false, at: to });
      items.push({ dash: from, value });
    }
    return items;
  }

  private blockMap(props: Props): MapNode {
    const { reader } = this;
    const { from } = reader.next();
    const pairs: PairNode[] = [];
    while (reader.at('key')) {
      pairs.push(this.pair(true, ['key', 'value', 'block-end']));
    }
    if (!reader.at('block-end')) {
      this.unexpected('a key');
    }
    reader.next();
    return mapOf('block', from, pairs, props);
  }

  /** From the key token on. */
  private pair(block: boolean, ends: readonly TokenType[]): PairNode {
    const { reader } = this;
    const mark = reader.next();
    const key = reader.at(...ends) ? this.empty(mark.to) : this.node({ block, indentless: block, at: mark.to });
    return this.pairFrom(key, mark.to > mark.from, block, ends);
  }

  private pairFrom(key: SourceNode, explicit: boolean, block: boolean, ends: readonly TokenType[]): PairNode {
    const { reader } = this;
    const token = reader.peek();
    let colonEnd = key.to;
    let value: SourceNode = this.empty(colonEnd);
    if (token.type === 'value') {
      reader.next();
      colonEnd = token.to;
      const isEmpty = reader.at(...ends.filter((type) => block || type !== 'value'));
      value = isEmpty ? this.empty(colonEnd) : this.node({ block, indentless: block, at: colonEnd });
    }
    return pairOf(reader, key, { explicit, colonEnd, value });
  }

  private flowList(props: Props): ListNode {
    const { reader } = this;
    const { from } = reader.next();
    const items: ItemNode[] = [];
    const ends = ['value', 'flow-entry', 'flow-sequence-end'] as const;
    while (!reader.at('flow-sequence-end') && !reader.state.isBroken) {
      if (items.length > 0) {
        this.comma('] or a comma');
      }
      if (reader.at('key')) {
        const at = reader.peek().from;
        items.push({ dash: -1, value: mapOf('bare', at, [this.pair(false, ends)], null) });
      } else if (!reader.at('flow-sequence-end')) {
        items.push({ dash: -1, value: this.node({ block: false, indentless: false }) });
      }
    }
    const { to } = reader.next();
    return { ...listOf('flow', from, items, props), to };
  }

  private flowMap(props: Props): MapNode {
    const { reader } = this;
    const { from } = reader.next();
    const pairs: PairNode[] = [];
    const ends = ['value', 'flow-entry', 'flow-mapping-end'] as const;
    while (!reader.at('flow-mapping-end') && !reader.state.isBroken) {
      if (pairs.length > 0) {
        this.comma('} or a comma');
      }
      if (reader.at('key')) {
        pairs.push(this.pair(false, ends));
      } else if (!reader.at('flow-mapping-end')) {
        // Without a colon on its line it is a key with nothing behind it.
        const key = this.node({ block: false, indentless: false });
        pairs.push(pairOf(this.reader, key, { explicit: false, colonEnd: key.to, value: this.empty(key.to) }));
      }
    }
    const { to } = reader.next();
    return { ...mapOf('flow', from, pairs, props), to };
  }

  private comma(wanted: string): void {
    if (this.reader.at('flow-entry')) {
      this.reader.next();
    } else {
      this.unexpected(wanted);
    }
  }
}

function pairOf(reader: TokenReader, key: SourceNode, rest: Pick<PairNode, 'explicit' | 'colonEnd' | 'value'>): PairNode {
  const isText = key.type === 'scalar' && key.style !== 'alias';
  return {
    key: isText ? key.text : reader.state.cursor.text.slice(key.from, key.to),
    keyFrom: key.from,
    keyTo: key.to,
    keyStyle: isText && key.style !== 'empty' ? key.style : 'plain',
    badKey: !isText,
    shadowed: false,
    ...rest,
  };
}

function listOf(layout: ListNode['layout'], from: number, items: readonly ItemNode[], props: Props): ListNode {
  const last = items.at(-1);
  const to = Math.max(last?.value.to ?? from, (last?.dash ?? from - 1) + 1, from);
  return { type: 'list', from, to, outer: props.outer ?? from, anchored: props.anchored, layout, items };
}

function mapOf(layout: MapNode['layout'], from: number, pairs: readonly PairNode[], props: Props | null): MapNode {
  const last = new Map(pairs.map((pair, index) => [pair.key, index]));
  const marked = pairs.map((pair, index) => (last.get(pair.key) === index ? pair : { ...pair, shadowed: true }));
  const end = marked.at(-1);
  const to = Math.max(end?.value.to ?? from, end?.colonEnd ?? from, from);
  return { type: 'map', from, to, outer: props?.outer ?? from, anchored: props?.anchored ?? false, layout, pairs: marked };
}
