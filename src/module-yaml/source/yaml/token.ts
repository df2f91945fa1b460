/** What the scanner makes of the text. Offsets count UTF-16 units. */
import type { ScalarStyle } from '../source-node.ts';

export type Token =
  | MarkToken
  | { readonly type: 'directive'; readonly from: number; readonly to: number; readonly directive: Directive }
  | NameToken<'alias'>
  | NameToken<'anchor'>
  | TagToken
  | ScalarToken;

export interface NameToken<Type extends 'alias' | 'anchor'> {
  readonly type: Type;
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

export interface TagToken {
  readonly type: 'tag';
  readonly from: number;
  readonly to: number;
  /** Null for a tag in the long form, !<...>. */
  readonly handle: string | null;
  readonly suffix: string;
}

export interface MarkToken {
  readonly type:
    | 'document-start'
    | 'document-end'
    | 'stream-end'
    | 'sequence-start'
    | 'mapping-start'
    | 'block-end'
    | 'flow-sequence-start'
    | 'flow-sequence-end'
    | 'flow-mapping-start'
    | 'flow-mapping-end'
    | 'entry'
    | 'flow-entry'
    | 'key'
    | 'value';
  readonly from: number;
  /** Equal to `from` for a token that no text stands for, such as the key of `a: b`. */
  readonly to: number;
}

export interface ScalarToken {
  readonly type: 'scalar';
  readonly from: number;
  readonly to: number;
  readonly style: Exclude<ScalarStyle, 'empty' | 'alias'>;
  readonly value: string;
}

export type TokenType = Token['type'];

export type Directive =
  | { readonly name: 'YAML'; readonly major: number }
  | { readonly name: 'TAG'; readonly handle: string; readonly prefix: string }
  | { readonly name: 'other' };
