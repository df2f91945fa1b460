/** What an expression is known to be without running it. An expression has a list of these: empty means unknown. */
import type { SyntaxNode } from '@lezer/common';
import type { SourceFile } from './source-file.ts';

/** Where an expression is read: its file, the arguments of the calls that led there, and `this`. */
export interface Scope {
  readonly file: SourceFile;
  readonly frame: Frame | null;
  readonly self: StaticValue | null;
}

/** Arguments of one call of a known function, by parameter position. */
export interface Frame {
  readonly fn: SyntaxNode;
  readonly file: SourceFile;
  readonly args: readonly (readonly StaticValue[])[];
  readonly parent: Frame | null;
}

interface Holding<Type extends string> {
  readonly type: Type;
  readonly node: SyntaxNode;
  readonly scope: Scope;
}

export type StaticValue =
  | { readonly type: 'string'; readonly text: string }
  /** A text that begins like this. */
  | { readonly type: 'prefix'; readonly text: string }
  | { readonly type: 'number'; readonly value: number }
  /** Object or array literal, class, function: read further when asked. */
  | Holding<'object'>
  | Holding<'array'>
  | Holding<'class'>
  | Holding<'instance'>
  | Holding<'enum'>
  | Holding<'function'>
  /** All exports of a file. */
  | { readonly type: 'module'; readonly file: SourceFile }
  /** Something of the SDK, e.g. `messageBuilder` or `StateFun.intType`; empty for the whole SDK. */
  | { readonly type: 'sdk'; readonly name: string }
  /** `context.self` and `context.caller`, and their typenames. */
  | { readonly type: 'address' | 'address-typename'; readonly of: 'self' | 'caller' }
  /** `text` as state specs show it (`int`, or a typename); `name` as the code calls it. */
  | { readonly type: 'value-type'; readonly text: string; readonly name: string; readonly codec: Codec }
  /** The context and the message that a function is called with. */
  | { readonly type: 'context' | 'incoming' }
  /** `context.storage`, and what reading a state of it gives: a value of its own each time. */
  | { readonly type: 'storage' }
  | { readonly type: 'state'; readonly name: string }
  /** Beside the other values of a list: it may also be something that was not read. Stands last. */
  | { readonly type: 'unknown' }
  | { readonly type: 'message'; readonly builder: string; readonly call: SyntaxNode; readonly scope: Scope };

export type Codec = 'built-in' | 'json' | 'proto' | 'custom';

export type MessageValue = StaticValue & { readonly type: 'message' };
export type ObjectValue = Holding<'object'>;
export type ClassValue = Holding<'class'> | Holding<'instance'>;
export type EnumValue = Holding<'enum'>;
export type FunctionValue = Holding<'function'>;

/** One text for one value, for telling calls with the same arguments apart from others. */
export function signatureOf(value: StaticValue): string {
  switch (value.type) {
    case 'string':
    case 'prefix':
    case 'value-type':
      return `${value.type}:${value.text}`;
    case 'number':
      return `number:${value.value}`;
    case 'context':
    case 'incoming':
    case 'storage':
    case 'unknown':
      return value.type;
    case 'state':
      return `state:${value.name}`;
    case 'module':
      return `module:${value.file.path}`;
    case 'sdk':
      return `sdk:${value.name}`;
    case 'address':
    case 'address-typename':
      return `${value.type}:${value.of}`;
    case 'message':
      return `message:${value.scope.file.path}:${value.call.from}:${frameSignature(value.scope.frame)}`;
    default:
      return `${value.type}:${value.scope.file.path}:${value.node.from}:${frameSignature(value.scope.frame)}`;
  }
}

export function frameSignature(frame: Frame | null): string {
  return frame === null
    ? ''
    : `${frame.fn.from}(${frame.args.map((values) => values.map(signatureOf).join('|')).join(',')})${frameSignature(frame.parent)}`;
}

const BUILT_IN: Readonly<Record<string, string>> = { int: 'int', string: 'string', boolean: 'bool', float: 'float' };

/** The typename that a value of a type has on the wire. */
export function wireTypename(text: string): string {
  const builtIn = BUILT_IN[text];
  return builtIn === undefined ? text : `io.statefun.types/${builtIn}`;
}

/** Values without the mark that there may be others; null where there is such a mark, or no value at all. */
export function allOf<Type extends StaticValue['type']>(
  values: readonly StaticValue[],
  type: Type,
): readonly (StaticValue & { readonly type: Type })[] | null {
  const found = values.filter((value): value is StaticValue & { readonly type: Type } => value.type === type);
  return found.length > 0 && found.length === values.length ? found : null;
}

/** All of several branches; a branch of which nothing is known is marked at the end. */
export function choice(branches: readonly (readonly StaticValue[])[]): readonly StaticValue[] {
  const values = branches.flat();
  const known = values.filter((value) => value.type !== 'unknown');
  const isSure = known.length === values.length && branches.every((branch) => branch.length > 0);
  return isSure || known.length === 0 ? known : [...known, { type: 'unknown' }];
}
