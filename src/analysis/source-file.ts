/**
 * One file of user code, parsed, with its imports, exports and declarations by name. Depends on the file's text alone, so
 * it is kept as long as the text is the same.
 */
import type { SyntaxNode, Tree } from '@lezer/common';
import type { FilePath } from '../base/ids.ts';
import { parseText, type ParsedText } from './incremental-parse.ts';
import { argumentsOf, childrenOf, initializerOf, patternNames, propertyName, propertyValue, stringValue } from './syntax.ts';

export interface SourceFile {
  readonly path: FilePath;
  readonly text: string;
  readonly tree: Tree;
  readonly imports: ReadonlyMap<string, ImportBinding>;
  readonly exports: ReadonlyMap<string, ExportBinding>;
  /** Specifiers of `export * from`. */
  readonly reexports: readonly string[];
  /** Calls of a method named `bind`. */
  readonly binds: readonly SyntaxNode[];
  /** Declarations by block, filled when first asked for. */
  readonly blocks: Map<string, ReadonlyMap<string, Declaration>>;
}

/** `name` is what the other file exports, or null for all of it. */
export interface ImportBinding {
  readonly specifier: string;
  readonly name: string | null;
}

export type ExportBinding =
  | { readonly type: 'local'; readonly name: string }
  | { readonly type: 'expression'; readonly node: SyntaxNode }
  | { readonly type: 'from'; readonly specifier: string; readonly name: string | null };

export type Declaration =
  /** Holds the value of an expression, or of what `keys` lead to in it; when not `fixed`, it may get another one. */
  | { readonly type: 'value'; readonly node: SyntaxNode; readonly keys: readonly string[]; readonly fixed: boolean }
  /** Takes each element of a list in turn. */
  | { readonly type: 'element'; readonly node: SyntaxNode }
  | { readonly type: 'function' | 'class' | 'enum'; readonly node: SyntaxNode }
  /** Declared, and nothing is known about its value. */
  | { readonly type: 'unknown' };

/** @param before the file as it was, from which the unchanged parts of the tree are taken */
export function parseSource(path: FilePath, text: string, before: ParsedText | null = null): SourceFile {
  const tree = parseText(text, before);
  const imports = new Map<string, ImportBinding>();
  const exports = new Map<string, ExportBinding>();
  const reexports: string[] = [];
  const binds: SyntaxNode[] = [];
  for (const statement of childrenOf(tree.topNode)) {
    if (statement.name === 'ImportDeclaration') {
      readImport(statement, text, imports);
    } else if (statement.name === 'ExportDeclaration') {
      readExport(statement, text, exports, reexports);
    } else if (statement.name === 'ExpressionStatement') {
      readCommonJs(statement, text, exports);
    }
  }
  if (text.includes('bind')) {
    readBinds(tree, text, binds);
  }
  return { path, text, tree, imports, exports, reexports, binds, blocks: new Map() };
}

function readBinds(tree: Tree, text: string, binds: SyntaxNode[]): void {
  tree.iterate({
    enter: (ref) => {
      const callee = ref.name === 'CallExpression' ? ref.node.firstChild : null;
      const method = callee?.name === 'MemberExpression' ? callee.lastChild : null;
      if (method !== null && textOf(method, text) === 'bind') {
        binds.push(ref.node);
      }
    },
  });
}

/** What a block (or the whole file) declares by itself, names in inner blocks left out. */
export function declarationsOf(file: SourceFile, block: SyntaxNode): ReadonlyMap<string, Declaration> {
  const key = `${block.name}:${block.from}`;
  const known = file.blocks.get(key);
  if (known !== undefined) {
    return known;
  }
  const declarations = new Map<string, Declaration>();
  for (const child of childrenOf(block)) {
    readStatement(child.name === 'ExportDeclaration' ? declarationIn(child) : child, file.text, declarations);
  }
  file.blocks.set(key, declarations);
  return declarations;
}

function readStatement(node: SyntaxNode | null, text: string, into: Map<string, Declaration>): void {
  switch (node?.name) {
    case 'VariableDeclaration':
      readVariables(node, text, into);
      return;
    case 'ForSpec':
      readStatement(node.getChild('VariableDeclaration'), text, into);
      return;
    case 'ForOfSpec': {
      const name = node.getChild('VariableDefinition');
      const list = node.getChild('of')?.nextSibling ?? null;
      if (name !== null) {
        into.set(textOf(name, text), list === null ? { type: 'unknown' } : { type: 'element', node: list });
      }
      return;
    }
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'EnumDeclaration': {
      const name = node.getChild('VariableDefinition') ?? node.getChild('TypeDefinition');
      const type = node.name === 'FunctionDeclaration' ? 'function' : node.name === 'ClassDeclaration' ? 'class' : 'enum';
      if (name !== null) {
        into.set(textOf(name, text), { type, node });
      }
      return;
    }
    case 'VariableDefinition':
      // The name of an exception in a catch clause.
      into.set(textOf(node, text), { type: 'unknown' });
      return;
    default:
  }
}

function readVariables(declaration: SyntaxNode, text: string, into: Map<string, Declaration>): void {
  const fixed = declaration.getChild('const') !== null;
  for (const child of childrenOf(declaration)) {
    if (child.name !== 'VariableDefinition' && child.name !== 'ObjectPattern' && child.name !== 'ArrayPattern') {
      continue;
    }
    let next = child.nextSibling;
    while (next !== null && next.name !== 'Equals' && next.name !== ',' && next.name !== ';') {
      next = next.nextSibling;
    }
    const value = next?.name === 'Equals' ? next.nextSibling : null;
    const names =
      child.name === 'ObjectPattern'
        ? patternNames(child, text)
        : child.name === 'VariableDefinition'
          ? [{ name: textOf(child, text), keys: [] }]
          : [];
    for (const { name, keys } of names) {
      into.set(name, value === null ? { type: 'unknown' } : { type: 'value', node: value, keys, fixed });
    }
  }
}

function readImport(statement: SyntaxNode, text: string, imports: Map<string, ImportBinding>): void {
  const specifier = specifierOf(statement, text);
  if (specifier === null) {
    return;
  }
  for (const child of childrenOf(statement)) {
    if (child.name === 'VariableDefinition') {
      imports.set(textOf(child, text), { specifier, name: child.prevSibling?.name === 'as' ? null : 'default' });
    } else if (child.name === 'ImportGroup') {
      for (const name of child.getChildren('VariableDefinition')) {
        const original = name.prevSibling?.name === 'as' ? name.prevSibling.prevSibling : null;
        imports.set(textOf(name, text), { specifier, name: textOf(original ?? name, text) });
      }
    }
  }
}

function readExport(statement: SyntaxNode, text: string, exports: Map<string, ExportBinding>, reexports: string[]): void {
  const specifier = specifierOf(statement, text);
  const group = statement.getChild('ExportGroup');
  const declared = declarationIn(statement);
  if (group !== null) {
    readExportGroup(group, text, specifier, exports);
  } else if (statement.getChild('Star') !== null && specifier !== null) {
    const name = statement.getChild('VariableName');
    if (name === null) {
      reexports.push(specifier);
    } else {
      exports.set(textOf(name, text), { type: 'from', specifier, name: null });
    }
  } else if (statement.getChild('default') !== null) {
    const node = statement.getChild('default')?.nextSibling ?? null;
    if (node !== null) {
      exports.set('default', { type: 'expression', node });
    }
  } else if (declared !== null) {
    const names = new Map<string, Declaration>();
    readStatement(declared, text, names);
    for (const name of names.keys()) {
      exports.set(name, { type: 'local', name });
    }
  }
}

function readExportGroup(group: SyntaxNode, text: string, specifier: string | null, exports: Map<string, ExportBinding>): void {
  for (const name of group.getChildren('VariableName')) {
    if (name.prevSibling?.name === 'as') {
      continue;
    }
    const renamed = name.nextSibling?.name === 'as' ? name.nextSibling.nextSibling : null;
    const local = textOf(name, text);
    exports.set(
      textOf(renamed ?? name, text),
      specifier === null ? { type: 'local', name: local } : { type: 'from', specifier, name: local },
    );
  }
}

/** `module.exports = …`, `module.exports = {a, b}` and `exports.a = …`. */
function readCommonJs(statement: SyntaxNode, text: string, exports: Map<string, ExportBinding>): void {
  const assignment = statement.getChild('AssignmentExpression');
  const target = assignment?.firstChild ?? null;
  const value = assignment === null ? null : initializerOf(assignment);
  if (target?.name !== 'MemberExpression' || value === null) {
    return;
  }
  const name = textOf(target, text);
  if (name === 'module.exports') {
    exports.set('default', { type: 'expression', node: value });
    for (const property of value.name === 'ObjectExpression' ? value.getChildren('Property') : []) {
      const key = propertyName(property, text);
      const node = propertyValue(property);
      if (key !== null) {
        exports.set(key, node === null ? { type: 'local', name: key } : { type: 'expression', node });
      }
    }
  } else if (/^(module\.)?exports\.\w+$/.test(name)) {
    exports.set(name.slice(name.lastIndexOf('.') + 1), { type: 'expression', node: value });
  }
}

/** The specifier of `require('…')`, or null when a call is something else. */
export function requireSpecifier(call: SyntaxNode, text: string): string | null {
  const callee = call.firstChild;
  const argument = argumentsOf(call)[0];
  return callee?.name === 'VariableName' && textOf(callee, text) === 'require' && argument?.name === 'String'
    ? stringValue(textOf(argument, text))
    : null;
}

function declarationIn(statement: SyntaxNode): SyntaxNode | null {
  return (
    statement.getChild('VariableDeclaration') ??
    statement.getChild('FunctionDeclaration') ??
    statement.getChild('ClassDeclaration') ??
    statement.getChild('EnumDeclaration')
  );
}

function specifierOf(statement: SyntaxNode, text: string): string | null {
  const node = statement.getChild('String');
  return node === null ? null : stringValue(textOf(node, text));
}

function textOf(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}
