/** Places in a file's text that commands edit: where a send goes, where a name is written. */
import type { SyntaxNode } from '@lezer/common';
import type { FilePath } from '../base/ids.ts';
import type { TextRange } from '../model/problem.ts';
import { resolveFile } from './declaration-lookup.ts';
import { parseSource, requireSpecifier, type SourceFile } from './source-file.ts';
import { isFunctionNode, parametersOf, propertyNamed, propertyValue, stringValue } from './syntax.ts';

const SDK = 'apache-flink-statefun';

export interface SendPlace {
  /** Where a whole line goes: the start of the line of the closing brace, or the brace itself when code stands before it. */
  readonly at: number;
  /** Whether code stands on the line before the brace, so that the new text needs a line break before it. */
  readonly breakBefore: boolean;
  readonly indent: string;
  /** Indentation of the closing brace's line. */
  readonly closingIndent: string;
  /** Name of fn's first parameter; null when it has none. */
  readonly context: string | null;
}

/** Where a line can go at the end of the function body that closes at `bodyEnd`. */
export function sendPlace(path: FilePath, text: string, bodyEnd: number): SendPlace {
  const file = parseSource(path, text);
  let node: SyntaxNode | null = file.tree.resolveInner(bodyEnd, 1);
  while (node !== null && !isFunctionNode(node)) {
    node = node.parent;
  }
  const parameter = node === null ? undefined : parametersOf(node, text).find(({ index, keys }) => index === 0 && keys.length === 0);
  const lineStart = text.lastIndexOf('\n', bodyEnd - 1) + 1;
  const before = text.slice(lineStart, bodyEnd);
  const isAlone = before.trim() === '';
  const closingIndent = /^[ \t]*/.exec(before)?.[0] ?? '';
  const unit = closingIndent.includes('\t') ? '\t' : '  ';
  return {
    at: isAlone ? lineStart : bodyEnd,
    breakBefore: !isAlone,
    indent: closingIndent + unit,
    closingIndent,
    context: parameter?.name ?? null,
  };
}

export interface SdkImport {
  /** What the name is called in this file: itself unless it was imported under another name. */
  readonly local: string;
  /** What to insert so that the name is there; null when it already is. */
  readonly insert: { readonly at: number; readonly text: string } | null;
}

/** How a file can use a name of the SDK. */
export function sdkImport(path: FilePath, text: string, name: string): SdkImport {
  const file = parseSource(path, text);
  for (const [local, binding] of file.imports) {
    if (binding.specifier === SDK && binding.name === name) {
      return { local, insert: null };
    }
  }
  for (const statement of file.tree.topNode.getChildren('ImportDeclaration')) {
    const names = statement.getChild('ImportGroup')?.getChildren('VariableDefinition') ?? [];
    const last = names.at(-1);
    if (last !== undefined && statement.getChild('type') === null && specifierOf(statement, text) === SDK) {
      return { local: name, insert: { at: last.to, text: `, ${name}` } };
    }
  }
  const required = requireStatement(file);
  if (required !== null) {
    const destructures = required.getChild('ObjectPattern');
    const known = destructures !== null && new RegExp(`[{,]\\s*${name}\\s*[,}]`).test(text.slice(destructures.from, destructures.to));
    return { local: name, insert: known ? null : { at: required.to, text: `\nconst { ${name} } = require('${SDK}');` } };
  }
  return { local: name, insert: { at: 0, text: `import { ${name} } from '${SDK}';\n` } };
}

/** Where a file writes a text as a literal, quotes left out; not where it names a value type. */
export function literalPlaces(path: FilePath, text: string, literal: string): readonly TextRange[] {
  const places: TextRange[] = [];
  parseSource(path, text).tree.iterate({
    enter: (ref) => {
      const isLiteral = ref.name === 'String' || (ref.name === 'TemplateString' && ref.node.getChild('Interpolation') === null);
      if (!isLiteral || stringValue(text.slice(ref.from, ref.to)) !== literal) {
        return;
      }
      const list = ref.node.parent;
      const callee = list?.name === 'ArgList' ? (list.parent?.firstChild ?? null) : null;
      const isType = callee !== null && /\.(jsonType|protoType|customType)\b/.test(text.slice(callee.from, callee.to));
      const isModule = list?.name === 'ImportDeclaration' || list?.name === 'ExportDeclaration';
      if (!isType && !isModule) {
        places.push({ from: ref.from + 1, to: ref.to - 1 });
      }
    },
  });
  return places;
}

/** The expression after `typename:` in the object literal at a range; null where there is none. */
export function typenameExpression(path: FilePath, text: string, range: TextRange): TextRange | null {
  let node: SyntaxNode | null = parseSource(path, text).tree.resolveInner(range.from, 1);
  while (node !== null && node.name !== 'ObjectExpression') {
    node = node.parent;
  }
  const property = node === null || node.from !== range.from ? null : propertyNamed(node, 'typename', text);
  const value = property === null ? null : propertyValue(property);
  return value === null ? null : { from: value.from, to: value.to };
}

/** Whether a file imports another by a relative path. */
export function importsFile(path: FilePath, text: string, other: FilePath): boolean {
  const file = parseSource(path, text);
  const specifiers = [...[...file.imports.values()].map((binding) => binding.specifier), ...file.reexports];
  for (const binding of file.exports.values()) {
    if (binding.type === 'from') {
      specifiers.push(binding.specifier);
    }
  }
  return specifiers.some((specifier) => resolveFile(new Map([[other, file]]), path, specifier) !== null);
}

function specifierOf(statement: SyntaxNode, text: string): string | null {
  const node = statement.getChild('String');
  return node === null ? null : stringValue(text.slice(node.from, node.to));
}

function requireStatement(file: SourceFile): SyntaxNode | null {
  return (
    file.tree.topNode.getChildren('VariableDeclaration').find((statement) => {
      const call = statement.getChild('CallExpression');
      return call !== null && requireSpecifier(call, file.text) === SDK;
    }) ?? null
  );
}
