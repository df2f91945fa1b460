/** Imports that cannot work, each at its place: what the sandbox will refuse, told before anything runs. */
import type { FilePath } from '../base/ids.ts';
import { isLibrary } from '../model/code-files.ts';
import type { Problem, TextRange } from '../model/problem.ts';
import { resolveImport, type PathSet } from '../model/resolve-import.ts';
import type { CodeProblemCode } from './problem-codes.ts';
import { readImports, type FoundImport, type ImportReading } from './read-imports.ts';

/** What was read of each file, kept from one look to the next. */
export type ImportCache = Map<FilePath, { readonly text: string; readonly reading: ImportReading }>;

/** `code`: files with code; `paths`: all files of the project. */
export function importProblems(
  code: ReadonlyMap<FilePath, string>,
  paths: PathSet,
  cache: ImportCache = new Map(),
): readonly Problem<CodeProblemCode>[] {
  const problems: Problem<CodeProblemCode>[] = [];
  for (const [path, text] of code) {
    if (path.endsWith('.json') || isLibrary(path, text)) {
      continue;
    }
    const { imports, waits } = readingOf(path, text, cache);
    for (const found of imports) {
      const problem = problemOf(found, path, paths);
      if (problem !== null) {
        problems.push(problem);
      }
    }
    problems.push(...waits.map((range) => topAwait(path, range)));
  }
  for (const path of cache.keys()) {
    if (!code.has(path)) {
      cache.delete(path);
    }
  }
  return problems;
}

function readingOf(path: FilePath, text: string, cache: ImportCache): ImportReading {
  const known = cache.get(path);
  if (known?.text === text) {
    return known.reading;
  }
  const reading = readImports(text, /\.[cm]?ts$/.test(path));
  cache.set(path, { text, reading });
  return reading;
}

function problemOf({ specifier, range, tried }: FoundImport, path: FilePath, paths: PathSet): Problem<CodeProblemCode> | null {
  if (specifier === null) {
    return {
      code: 'computed-import',
      severity: 'warning',
      message: 'What this loads is not known before it runs, so it is not there: write the path as a text, one import for each file.',
      path,
      range,
    };
  }
  const resolved = resolveImport(specifier, path, paths);
  if (tried || resolved.type === 'file' || resolved.type === 'provided' || resolved.type === 'types') {
    return null;
  }
  const { message, instead } = resolved;
  const fix =
    instead === null
      ? {}
      : { fix: { label: `Write ${instead}`, edits: [{ type: 'text', path, from: range.from, to: range.to, insert: instead } as const] } };
  return { code: 'unknown-import', severity: 'error', message, path, range, ...fix };
}

function topAwait(path: FilePath, range: TextRange): Problem<CodeProblemCode> {
  return {
    code: 'top-level-await',
    severity: 'error',
    message:
      '`await` may stand only in an async function: modules cannot wait while they load. Await in fn, or in a function that fn awaits.',
    path,
    range,
  };
}
