/** What stands at a place of a code file, as far as it names something of the module: for completion, hover and navigation. */
import type { SyntaxNode } from '@lezer/common';
import type { FilePath } from '../base/ids.ts';
import type { TextRange } from '../model/problem.ts';
import { parseSource, type SourceFile } from './source-file.ts';
import { propertyName, propertyNamed, stringValue } from './syntax.ts';

/**
 * `typename`: of a function that is defined there. `target`: of a function that a message goes to. `egress`, `topic`, `stream`: of
 * an egress message. `state-name`: of a value spec. `value-type`: of jsonType and its like. `other`: any text.
 */
export type TextRole =
  | 'typename'
  | 'target'
  | 'function'
  | 'egress'
  | 'topic'
  | 'stream'
  | 'state-name'
  | 'value-type'
  | 'module'
  | 'other';

export interface CodeText {
  readonly role: TextRole;
  readonly text: string;
  /** Between the quotes. */
  readonly range: TextRange;
}

const BUILDERS: Readonly<Record<string, Readonly<Record<string, TextRole>>>> = {
  messageBuilder: { typename: 'target' },
  kafkaEgressMessage: { typename: 'egress', topic: 'topic' },
  kinesisEgressMessage: { typename: 'egress', stream: 'stream' },
  egressMessageBuilder: { typename: 'egress' },
};

/** The text literal that an offset lies in, its ends included; null outside of one and in a template with holes. */
export function codeTextAt(path: FilePath, text: string, offset: number): CodeText | null {
  // Asked at every keystroke: a line without a quote before the offset is not worth a parse.
  if (!/['"`]/.test(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))) {
    return null;
  }
  const file = parseSource(path, text);
  for (const side of [-1, 1] as const) {
    let node: SyntaxNode | null = file.tree.resolveInner(offset, side);
    if (node.name === 'Escape') {
      node = node.parent;
    }
    if (node !== null && isText(node) && offset > node.from && offset < node.to) {
      const inner = stringValue(text.slice(node.from, node.to));
      return inner === null ? null : { role: roleOf(file, node), text: inner, range: { from: node.from + 1, to: node.to - 1 } };
    }
  }
  return null;
}

function isText(node: SyntaxNode): boolean {
  return node.name === 'String' || (node.name === 'TemplateString' && node.getChild('Interpolation') === null);
}

function roleOf(file: SourceFile, node: SyntaxNode): TextRole {
  const { parent } = node;
  switch (parent?.name) {
    case 'Property':
      return roleOfProperty(file, parent);
    case 'ArgList':
      return /\.(jsonType|protoType|customType)\b/.test(calleeOf(parent, file.text)) ? 'value-type' : 'other';
    case 'BinaryExpression':
      return [parent.firstChild, parent.lastChild].some((side) => side !== null && textOf(side, file.text).endsWith('.typename'))
        ? 'function'
        : 'other';
    case 'ImportDeclaration':
    case 'ExportDeclaration':
      return 'module';
    default:
      return 'other';
  }
}

function roleOfProperty(file: SourceFile, property: SyntaxNode): TextRole {
  const name = propertyName(property, file.text);
  const object = property.parent;
  if (object === null || name === null) {
    return 'other';
  }
  const list = object.parent?.name === 'ArgList' ? object.parent : null;
  const builder = list === null ? undefined : BUILDERS[importedName(file, calleeOf(list, file.text))];
  if (builder !== undefined) {
    return builder[name] ?? 'other';
  }
  if (name === 'name' && object.parent?.name === 'ArrayExpression' && isSpecs(object.parent, file.text)) {
    return 'state-name';
  }
  if (name === 'typename') {
    const isSpec = ['fn', 'specs'].some((member) => propertyNamed(object, member, file.text) !== null);
    return isSpec ? 'typename' : 'function';
  }
  return 'other';
}

function isSpecs(array: SyntaxNode, text: string): boolean {
  return array.parent?.name === 'Property' && propertyName(array.parent, text) === 'specs';
}

function calleeOf(list: SyntaxNode, text: string): string {
  const callee = list.parent?.firstChild ?? null;
  return callee === null ? '' : textOf(callee, text);
}

/** What a name is called where it comes from: imports may rename. */
function importedName(file: SourceFile, local: string): string {
  return file.imports.get(local)?.name ?? local.slice(local.lastIndexOf('.') + 1);
}

function textOf(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}

/** The name after `context.storage.` that an offset lies in or behind; what stands before the offset need not be complete. */
export function storageNameAt(text: string, offset: number): { readonly name: string; readonly range: TextRange } | null {
  const before = /\.storage\s*\??\.\s*([\w$]*)$/.exec(text.slice(Math.max(0, offset - 200), offset));
  if (before === null) {
    return null;
  }
  const after = /^[\w$]*/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  const typed = before[1] ?? '';
  return { name: typed + after, range: { from: offset - typed.length, to: offset + after.length } };
}

/** Names that follow `.storage.` anywhere in a text. */
export function storageNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\.storage\s*\??\.\s*([A-Za-z_$][\w$]*)/g)].flatMap((match) => match[1] ?? []))];
}
