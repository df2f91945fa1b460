/**
 * Which files of a project are code of functions: all scripts in functions/, scripts elsewhere that bind functions to a
 * StateFun (the SDK's usual style: a file that also starts a server), and what those import. A server that the Studio's own
 * export made is none of it.
 */
import type { FilePath } from '../base/ids.ts';
import { isGeneratedText } from './generated-files.ts';
import { isFunctionFile, type Project } from './project.ts';
import { isModulePath, resolveImport } from './resolve-import.ts';

const SDK = 'apache-flink-statefun';

/** Folders that hold no code of functions, wherever they are. */
const OTHER_FOLDERS = new Set([
  'node_modules',
  'dist',
  'build',
  'out',
  'coverage',
  'stubs',
  'scenarios',
  'test',
  'tests',
  '__tests__',
  '__mocks__',
]);

export interface ProjectCode {
  /** Code of functions, by path in order. */
  readonly functions: ReadonlyMap<FilePath, string>;
  /** Scripts in stubs/, and what only they import. */
  readonly stubs: ReadonlyMap<FilePath, string>;
}

/** What each file names in its imports, kept from one reading to the next. */
export type ImportScans = Map<FilePath, { readonly text: string; readonly specifiers: readonly string[] }>;

export function projectCode(files: Project['files'], scans: ImportScans = new Map()): ProjectCode {
  const functionPaths = new Set<FilePath>();
  const stubPaths = new Set<FilePath>();
  for (const [path, content] of files) {
    if (typeof content === 'string' && isScript(path)) {
      if (isFunctionFile(path) || (mayBind(path) && binds(content) && !isGeneratedText(content))) {
        functionPaths.add(path);
      } else if (path.startsWith('stubs/')) {
        stubPaths.add(path);
      }
    }
  }
  followImports(files, functionPaths, scans);
  const everything = new Set([...functionPaths, ...stubPaths]);
  followImports(files, everything, scans);
  for (const path of scans.keys()) {
    if (!everything.has(path)) {
      scans.delete(path);
    }
  }
  return {
    functions: textsOf(files, functionPaths),
    stubs: textsOf(
      files,
      [...everything].filter((path) => !functionPaths.has(path)),
    ),
  };
}

/** TypeScript or JavaScript, wherever it lies. */
export function isScript(path: string): boolean {
  return /\.[cm]?[tj]s$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

/** Code that somebody else wrote or made, to be used as it is: bundled libraries, generated protobuf classes. */
export function isLibrary(path: string, text: string): boolean {
  if (!/\.[cm]?js$/.test(path)) {
    return false;
  }
  return (
    /(\.min|_pb)\.[cm]?js$/.test(path) || ((text.length > 60_000 || hasLongLine(text) || hasUniversalWrapper(text)) && !text.includes(SDK))
  );
}

/** What bundlers put around a library that is to run anywhere (UMD); it stands at the start, behind a licence. */
function hasUniversalWrapper(text: string): boolean {
  const start = text.slice(0, 5000);
  return /\btypeof\s+exports\b/.test(start) && /\btypeof\s+define\b/.test(start);
}

function hasLongLine(text: string): boolean {
  return /[^\n]{2000}/.test(text.slice(0, 20_000));
}

function mayBind(path: FilePath): boolean {
  const folders = path.split('/').slice(0, -1);
  const isOther = folders.some((folder) => OTHER_FOLDERS.has(folder) || folder.startsWith('.'));
  return !isOther && !/\.(test|spec|config)\.[cm]?[tj]s$/.test(path);
}

/** Whether a script outside of functions/ is where functions are bound. */
function binds(text: string): boolean {
  return text.includes(SDK) && /\bStateFun\b/.test(text) && /\bbind\b/.test(text);
}

function followImports(files: Project['files'], paths: Set<FilePath>, scans: ImportScans): void {
  // A set gives what is added while it is walked, too.
  for (const path of paths) {
    const text = files.get(path);
    if (typeof text !== 'string' || path.endsWith('.json')) {
      continue;
    }
    for (const specifier of specifiersOf(path, text, scans)) {
      const resolved = resolveImport(specifier, path, files);
      if (resolved.type === 'file' && typeof files.get(resolved.path) === 'string') {
        paths.add(resolved.path);
      }
    }
  }
}

/** Relative specifiers, read without a parser: one too many does no harm, since it only adds a file that nothing runs. */
function specifiersOf(path: FilePath, text: string, scans: ImportScans): readonly string[] {
  const known = scans.get(path);
  if (known?.text === text) {
    return known.specifiers;
  }
  const specifiers: string[] = [];
  for (const match of text.matchAll(/\b(?:from|import|require)\b\s*\(?\s*(['"`])(\.[^'"`\n]*)\1/g)) {
    specifiers.push(match[2] ?? '');
  }
  scans.set(path, { text, specifiers });
  return specifiers;
}

function textsOf(files: Project['files'], paths: Iterable<FilePath>): ReadonlyMap<FilePath, string> {
  const texts = new Map<FilePath, string>();
  for (const path of [...paths].toSorted()) {
    const text = files.get(path);
    if (typeof text === 'string' && isModulePath(path)) {
      texts.set(path, text);
    }
  }
  return texts;
}
