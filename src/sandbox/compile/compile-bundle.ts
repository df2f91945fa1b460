/** Sources to a bundle that a sandbox can load, with what is wrong before anything runs. Pure but for WebCrypto's hash. */
import { filePath } from '../../base/ids.ts';
import type { FilePath } from '../../base/ids.ts';
import type { CodePlace } from '../../protocol/call.ts';
import type { CodeBundle, CodeProblem, CompiledFile, SourceFile, StubRulesFile } from '../sandbox-api.ts';
import { sourceColumn } from './column-map.ts';
import { resolveImport } from './resolve-imports.ts';
import { sourceHash } from './source-hash.ts';
import { stripTypes } from './strip-types.ts';
import type { StrippedFile } from './strip-types.ts';

export interface CompileOutput {
  /** Without the files that do not parse. */
  readonly bundle: CodeBundle;
  readonly problems: readonly CodeProblem[];
}

/**
 * Compiles the project's code. Takes any files: text under functions/ and stubs/ with a script's ending is compiled,
 * decoded stub rules are passed on, the rest is ignored. Never rejects for a user's fault.
 */
export async function compileBundle(files: readonly (SourceFile | StubRulesFile)[]): Promise<CompileOutput> {
  const sources = files.filter((file): file is SourceFile => 'text' in file && isScript(file.path)).sort(byPath);
  const rules = files.filter((file): file is StubRulesFile => 'rules' in file).sort(byPath);
  const hash = await sourceHash([...sources, ...rules.map((file) => ({ path: file.path, text: JSON.stringify(file.rules) }))]);
  const problems: CodeProblem[] = [];
  const paths = new Set<string>(sources.map((file) => file.path));
  const drafts: Draft[] = [];
  for (const { path, text } of sources) {
    const stripped = stripTypes(path, text);
    if (!stripped.ok) {
      const { message, line, column } = stripped.error;
      problems.push({ code: 'syntax-error', message, path, place: { path, line, column } });
      continue;
    }
    drafts.push({ path, stripped: stripped.value, imports: importsOf(path, stripped.value, paths, problems) });
  }
  const outliving = closeOverImports(drafts);
  const compiled = drafts.map(({ path, stripped, imports }): CompiledFile => ({
    path,
    role: path.startsWith('stubs/') ? 'stub' : 'function',
    code: stripped.code,
    mappings: stripped.mappings,
    imports,
    async: outliving.has(path),
    empty: stripped.empty,
  }));
  return { bundle: { hash, files: compiled, rules }, problems };
}

interface Draft {
  readonly path: FilePath;
  readonly stripped: StrippedFile;
  readonly imports: Readonly<Record<string, string>>;
}

function isScript(path: string): boolean {
  return /^(functions|stubs)\/.*\.[cm]?[tj]s$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}

function importsOf(path: FilePath, stripped: StrippedFile, paths: ReadonlySet<string>, problems: CodeProblem[]): Record<string, string> {
  // No prototype: a specifier may be called `constructor`.
  const imports = Object.create(null) as Record<string, string>;
  for (const { specifier, offset } of stripped.requires) {
    const resolved = resolveImport(specifier, path, paths);
    if (resolved.type === 'unknown') {
      problems.push({ code: 'unknown-import', message: resolved.message, path, place: placeAt(path, stripped, offset) });
    } else {
      imports[specifier] = resolved.name;
    }
  }
  return imports;
}

function placeAt(path: FilePath, stripped: StrippedFile, offset: number): CodePlace {
  const before = stripped.code.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  return { path: filePath(path), line, column: sourceColumn(stripped.mappings, line, column) };
}

/** Files that hold, or import (over any number of steps) a file that holds, code which may outlive its call. */
function closeOverImports(drafts: readonly Draft[]): ReadonlySet<string> {
  const outliving = new Set<string>(drafts.filter((draft) => draft.stripped.async).map((draft) => draft.path));
  let grew = true;
  while (grew) {
    const before = outliving.size;
    for (const draft of drafts) {
      if (Object.values(draft.imports).some((name) => outliving.has(name))) {
        outliving.add(draft.path);
      }
    }
    grew = outliving.size > before;
  }
  return outliving;
}
