/**
 * A YAML value with its place in the text: what decode and the patches work on. Offsets count characters of the file;
 * `from` and `to` enclose the value without anchor, tag and comments; `outer` begins before anchor and tag.
 */
import type { JsonPrimitive, JsonValue } from '../../base/json.ts';
import type { ScalarType } from './scalar-typing.ts';

interface NodeBase {
  readonly from: number;
  readonly to: number;
  readonly outer: number;
  readonly anchored: boolean;
}

/** `empty`: nothing stands there. `alias`: `*name`, which the loader reads as the string `name`. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'block' | 'empty' | 'alias';

export interface ScalarNode extends NodeBase {
  readonly type: 'scalar';
  readonly style: ScalarStyle;
  readonly scalar: ScalarType;
  readonly value: JsonPrimitive;
  /** The text that the loader makes of it where text is wanted. */
  readonly read: string;
  /** The scalar's content before typing. */
  readonly text: string;
  /** A block scalar that keeps its trailing blank lines (`|+`): text cannot be appended behind it. */
  readonly keepsBlankLines: boolean;
}

export interface MapNode extends NodeBase {
  readonly type: 'map';
  /** `bare`: the one-pair map of `[a: b]`, without braces. */
  readonly layout: 'block' | 'flow' | 'bare';
  readonly pairs: readonly PairNode[];
}

export interface PairNode {
  readonly key: string;
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly keyStyle: ScalarStyle;
  /** After the colon; after the key where there is no colon. */
  readonly colonEnd: number;
  /** The key is an alias, a list or a map, which the loader refuses. */
  readonly badKey: boolean;
  /** Written as `? key`. */
  readonly explicit: boolean;
  /** The same key stands again further down, and that one counts. */
  readonly shadowed: boolean;
  readonly value: SourceNode;
}

export interface ListNode extends NodeBase {
  readonly type: 'list';
  readonly layout: 'block' | 'flow';
  readonly items: readonly ItemNode[];
}

export interface ItemNode {
  /** Offset of the `-`; -1 in a flow list. */
  readonly dash: number;
  readonly value: SourceNode;
}

export type SourceNode = ScalarNode | MapNode | ListNode;

/** The pair that counts for a key: the last one. */
export function pairOf(node: SourceNode | null | undefined, key: string): PairNode | null {
  return node?.type === 'map' ? (node.pairs.findLast((pair) => pair.key === key) ?? null) : null;
}

export function valueOf(node: SourceNode | null | undefined, key: string): SourceNode | null {
  return pairOf(node, key)?.value ?? null;
}

/** The text that the loader makes of a scalar where text is wanted. */
export function scalarText(node: ScalarNode): string {
  return node.read;
}

/** The value as the loader sees it: the last of duplicate keys counts, order of first appearance. */
export function toJson(node: SourceNode): JsonValue {
  switch (node.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map((item) => toJson(item.value));
    case 'map':
      return Object.fromEntries(node.pairs.map((pair) => [pair.key, toJson(pair.value)]));
  }
}
