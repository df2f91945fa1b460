/** Finds what a name means where it stands, and which file an import names. */
import type { SyntaxNode } from '@lezer/common';
import { filePath, type FilePath } from '../base/ids.ts';
import { resolveImport, type PathSet } from '../model/resolve-import.ts';
import { declarationsOf, type Declaration, type SourceFile } from './source-file.ts';
import { isFunctionNode, parametersOf, type Parameter } from './syntax.ts';

const BLOCKS = new Set(['Block', 'Script', 'ForStatement', 'CatchClause', 'SwitchBody']);

/** The files of the project by path. */
export type FileLookup = Pick<ReadonlyMap<FilePath, SourceFile>, 'get'>;

export type FoundParameter = Parameter & { readonly type: 'parameter'; readonly fn: SyntaxNode };

/** The declaration that a name refers to at a node, innermost block first; null for an import or a global. */
export function findDeclaration(file: SourceFile, name: string, at: SyntaxNode): Declaration | FoundParameter | null {
  for (let node: SyntaxNode | null = at; node !== null; node = node.parent) {
    if (BLOCKS.has(node.name)) {
      const declaration = declarationsOf(file, node).get(name);
      if (declaration !== undefined) {
        return declaration;
      }
    } else if (isFunctionNode(node)) {
      const parameter = parametersOf(node, file.text).find((candidate) => candidate.name === name);
      if (parameter !== undefined) {
        return { ...parameter, type: 'parameter', fn: node };
      }
    }
  }
  return null;
}

/** Whether a name is declared or imported where a node stands. */
export function isDeclared(file: SourceFile, name: string, at: SyntaxNode): boolean {
  return file.imports.has(name) || findDeclaration(file, name, at) !== null;
}

/** The project's file that a relative import names; null for packages and missing files. */
export function resolveFile(files: FileLookup, from: FilePath, specifier: string): SourceFile | null {
  if (!specifier.startsWith('.')) {
    return null;
  }
  const paths: PathSet = { has: (path) => files.get(filePath(path)) !== undefined, keys: () => [].values() };
  const resolved = resolveImport(specifier, from, paths);
  return resolved.type === 'file' ? (files.get(resolved.path) ?? null) : null;
}
