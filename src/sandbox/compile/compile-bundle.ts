/** Sources to a bundle that a sandbox can load, with what is wrong before anything runs. Pure but for WebCrypto's hash. */
import type { FilePath } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import { isLibrary, isScript } from '../../model/code-files.ts';
import { isModulePath, resolveImport } from '../../model/resolve-import.ts';
import type { PathSet } from '../../model/resolve-import.ts';
import type { CodePlace } from '../../protocol/call.ts';
import type { CodeBundle, CodeProblem, CompiledFile, SourceFile, StubRulesFile } from '../sandbox-api.ts';
import { sourceColumn } from './column-map.ts';
import { compileJson } from './compile-json.ts';
import { bundleHash } from './source-hash.ts';
import { stripTypes } from './strip-types.ts';
import type { StrippedFile, SyntaxFault } from './strip-types.ts';

export interface CompileOutput {
  /** Without the files that do not parse. */
  readonly bundle: CodeBundle;
  readonly problems: readonly CodeProblem[];
}

/** What each file compiled to, kept from one compilation to the next: a file whose text is the same is not compiled again. */
export type CompileCache = Map<FilePath, { readonly text: string; readonly result: Result<StrippedFile, SyntaxFault> }>;

/**
 * Compiles the project's code: scripts and JSON are compiled, decoded stub rules are passed on, the rest is ignored. Never
 * rejects for a user's fault.
 * @param paths all files of the project, for saying what is wrong with an import; those of `files` when absent
 */
export async function compileBundle(
  files: readonly (SourceFile | StubRulesFile)[],
  paths: PathSet | null = null,
  cache: CompileCache = new Map(),
): Promise<CompileOutput> {
  const sources = files.filter((file): file is SourceFile => 'text' in file && isModulePath(file.path)).sort(byPath);
  const rules = files.filter((file): file is StubRulesFile => 'rules' in file).sort(byPath);
  const hash = await bundleHash(files);
  const problems: CodeProblem[] = [];
  const known = new Set<string>(sources.map((file) => file.path));
  const drafts: Draft[] = [];
  for (const source of sources) {
    const { path } = source;
    const stripped = compileFile(source, cache);
    if (!stripped.ok) {
      const { message, line, column } = stripped.error;
      problems.push({ code: 'syntax-error', message, path, place: { path, line, column } });
      continue;
    }
    drafts.push({ path, stripped: stripped.value, ...importsOf(source, stripped.value, known, paths ?? known, problems) });
  }
  for (const path of cache.keys()) {
    if (!known.has(path)) {
      cache.delete(path);
    }
  }
  const outliving = closeOverImports(drafts);
  const compiled = drafts.map(({ path, stripped, imports, missing }): CompiledFile => ({
    path,
    role: path.startsWith('stubs/') && isScript(path) ? 'stub' : 'function',
    code: stripped.code,
    mappings: stripped.mappings,
    ...(stripped.names === undefined ? {} : { names: stripped.names }),
    imports,
    missing,
    async: outliving.has(path),
    empty: stripped.empty,
  }));
  return { bundle: { hash, files: compiled, rules }, problems };
}

interface Draft {
  readonly path: FilePath;
  readonly stripped: StrippedFile;
  readonly imports: Readonly<Record<string, string>>;
  readonly missing: Readonly<Record<string, string>>;
}

function compileFile({ path, text }: SourceFile, cache: CompileCache): Result<StrippedFile, SyntaxFault> {
  const known = cache.get(path);
  if (known?.text === text) {
    return known.result;
  }
  const result = path.endsWith('.json') ? compileJson(text) : stripTypes(path, text);
  cache.set(path, { text, result });
  return result;
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}

function importsOf(
  { path, text }: SourceFile,
  stripped: StrippedFile,
  compiled: ReadonlySet<string>,
  paths: PathSet,
  problems: CodeProblem[],
): Pick<Draft, 'imports' | 'missing'> {
  // No prototype: a specifier may be called `constructor`.
  const imports = Object.create(null) as Record<string, string>;
  const missing = Object.create(null) as Record<string, string>;
  // A library asks for what only some of its users have; one that cannot do without says so when it loads.
  const mayFail = isLibrary(path, text);
  for (const { specifier, offset, tried } of stripped.requires) {
    const resolved = resolveImport(specifier, path, paths);
    if (resolved.type === 'provided') {
      imports[specifier] = resolved.name;
    } else if (resolved.type === 'file' && compiled.has(resolved.path)) {
      imports[specifier] = resolved.path;
    } else {
      const message = messageOf(resolved, specifier);
      missing[specifier] = message;
      if (!tried && !mayFail) {
        problems.push({ code: 'unknown-import', message, path, place: placeOfImport({ path, text }, specifier, stripped, offset) });
      }
    }
  }
  return { imports, missing };
}

function messageOf(resolved: Exclude<ReturnType<typeof resolveImport>, { readonly type: 'provided' }>, specifier: string): string {
  switch (resolved.type) {
    case 'unknown':
      return resolved.message;
    case 'types':
      return `${resolved.path} only declares types: there is no code behind “${specifier}”. Write import type, or add the file that it describes.`;
    case 'file':
      return `${resolved.path} is not text that can be run.`;
  }
}

/** The specifier behind its quote. The compiler writes an import where its statement begins, which the specifier ends, lines later or not. */
function placeOfImport({ path, text }: SourceFile, specifier: string, { code, mappings }: StrippedFile, quote: number): CodePlace {
  const before = code.slice(0, quote);
  const line = before.split('\n').length;
  const start = text.split('\n', line - 1).join('\n').length;
  const found = [`'${specifier}'`, `"${specifier}"`].map((literal) => text.indexOf(literal, start)).filter((at) => at !== -1);
  if (found.length > 0) {
    const written = text.slice(0, Math.min(...found) + 1);
    return { path, line: written.split('\n').length, column: written.length - written.lastIndexOf('\n') };
  }
  return { path, line, column: sourceColumn(mappings, line, quote - before.lastIndexOf('\n') + 1) };
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
