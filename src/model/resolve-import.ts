/**
 * Which module an import names: a file of the project, or one that the sandbox provides. The one place that decides it, for
 * reading the code, for running it and for `check`.
 */
import { filePath, type FilePath } from '../base/ids.ts';
import { nearest } from '../base/nearest.ts';
import { addressAdvice, nodeModuleAdvice, packageAdvice } from './import-advice.ts';

/** The paths of the project's files. */
export type PathSet = Pick<ReadonlySet<string>, 'has'> & { keys(): IterableIterator<string> };

export type ResolvedImport =
  | { readonly type: 'file'; readonly path: FilePath }
  | { readonly type: 'provided'; readonly name: string }
  /** Declarations only: nothing is there when the code runs. */
  | { readonly type: 'types'; readonly path: FilePath }
  /** `instead`: what to write in its place, where that is plain. */
  | { readonly type: 'unknown'; readonly message: string; readonly instead: string | null };

/** Modules that the sandbox provides, by the names that code may import them under. */
const PROVIDED: Readonly<Record<string, string>> = {
  'apache-flink-statefun': 'apache-flink-statefun',
  'google-protobuf': 'google-protobuf',
  'node:http': 'node:http',
  http: 'node:http',
  'node:https': 'node:http',
  https: 'node:http',
  'node:buffer': 'node:buffer',
  buffer: 'node:buffer',
  'node:timers/promises': 'node:timers/promises',
  'timers/promises': 'node:timers/promises',
};

/** The messages that come with protobuf itself. Those that only describe .proto files are left out: they are large. */
const WELL_KNOWN = /^google-protobuf\/google\/protobuf\/(any|duration|empty|field_mask|struct|timestamp|wrappers)_pb(\.js)?$/;

const ENDINGS = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.json'];

/** Text that an import can name. */
export function isModulePath(path: string): boolean {
  return ENDINGS.some((ending) => path.endsWith(ending)) && !isDeclaration(path);
}

export function resolveImport(specifier: string, from: FilePath, paths: PathSet): ResolvedImport {
  const provided = providedName(specifier);
  if (provided !== null) {
    return { type: 'provided', name: provided };
  }
  if (/^\.\.?(\/|$)/.test(specifier)) {
    return resolveFile(specifier, from, paths);
  }
  if (specifier.startsWith('apache-flink-statefun/')) {
    return unknown(`“${specifier}” is inside the SDK: import from 'apache-flink-statefun' itself.`, 'apache-flink-statefun');
  }
  if (/^(https?|data|file|blob|npm|jsr):/.test(specifier)) {
    return unknown(addressAdvice(specifier));
  }
  const advice = nodeModuleAdvice(specifier);
  return advice === null ? resolvePackage(specifier, from, paths) : unknown(advice);
}

function providedName(specifier: string): string | null {
  if (WELL_KNOWN.test(specifier)) {
    return specifier.replace(/(\.js)?$/, '.js');
  }
  return Object.hasOwn(PROVIDED, specifier) ? (PROVIDED[specifier] ?? null) : null;
}

function resolveFile(specifier: string, from: FilePath, paths: PathSet): ResolvedImport {
  const base = joined(from, specifier);
  if (base === null) {
    return unknown(`“${specifier}” leads out of the project.`);
  }
  const found = candidates(base).find((path) => paths.has(path));
  if (found !== undefined && isModulePath(found)) {
    return { type: 'file', path: filePath(found) };
  }
  const declared = candidates(base)
    .map((path) => path.replace(/\.([cm]?)[tj]s$/, '.d.$1ts'))
    .find((path) => isDeclaration(path) && paths.has(path));
  if (declared !== undefined) {
    return { type: 'types', path: filePath(declared) };
  }
  if (found !== undefined) {
    return unknown(`${found} is no code: TypeScript, JavaScript and JSON can be imported.`);
  }
  const meant = meantFile(base, paths);
  const instead = meant === null ? null : relativePath(from, meant, /\.\w+$/.test(specifier) || meant.endsWith('.json'));
  return unknown(`There is no file ${base} in the project.${instead === null ? '' : ` Did you mean '${instead}'?`}`, instead);
}

function resolvePackage(specifier: string, from: FilePath, paths: PathSet): ResolvedImport {
  // A path of the project written without its ./
  const own = candidates(specifier).find((path) => paths.has(path) && isModulePath(path));
  if (own !== undefined) {
    const instead = relativePath(from, own, /\.\w+$/.test(specifier));
    return unknown(`“${specifier}” is read as the name of a package: write the file's path, '${instead}'.`, instead);
  }
  const name = specifier.replace(/^@/, '').replaceAll('/', '-');
  const bare = (specifier.startsWith('@') ? specifier.split('/')[1] : specifier.split('/')[0]) ?? name;
  const dropped = [...paths.keys()].find((path) => isModulePath(path) && isFileOf(path, [bare, name]));
  const instead = dropped === undefined ? null : relativePath(from, dropped, true);
  return unknown(packageAdvice(specifier, instead, relativePath(from, `functions/lib/${bare}.js`, true)), instead);
}

/** `lodash.min.js`, `lodash.js` and `lodash/index.js` are files of lodash. */
function isFileOf(path: string, names: readonly string[]): boolean {
  if (path.startsWith('node_modules/')) {
    return false;
  }
  const parts = path.split('/');
  const file = stemOf(parts.at(-1) ?? '').replace(/[.-](min|umd|cjs|esm|bundle|common|prod|production)(\.min)?$/, '');
  return names.includes(file) || (file === 'index' && names.includes(parts.at(-2) ?? ''));
}

/** Null outside of the project. */
function joined(from: FilePath, specifier: string): string | null {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.length === 0) {
        return null;
      }
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.join('/');
}

/** TypeScript writes `./a.js` for `a.ts`; Node wants the ending, bundlers do not. */
function candidates(base: string): readonly string[] {
  const typed = base.replace(/\.([cm]?)js$/, '.$1ts');
  const whole = ENDINGS.map((ending) => `${base}${ending}`);
  const index = ENDINGS.map((ending) => (base === '' ? `index${ending}` : `${base}/index${ending}`));
  return typed === base ? [base, ...whole, ...index] : [base, typed, base.replace(/\.[cm]?js$/, '.ts'), ...whole, ...index];
}

function meantFile(base: string, paths: PathSet): string | null {
  const files = [...paths.keys()].filter((path) => isModulePath(path) && !path.startsWith('node_modules/'));
  const wanted = stemOf(base);
  const close = nearest(
    wanted,
    files.map((path) => stemOf(path)),
  );
  const name = wanted.split('/').at(-1) ?? '';
  return files.find((path) => stemOf(path) === close) ?? files.find((path) => stemOf(path).split('/').at(-1) === name) ?? null;
}

function relativePath(from: FilePath, to: string, withEnding: boolean): string {
  const folder = from.split('/').slice(0, -1);
  const target = (withEnding ? to : stemOf(to)).split('/');
  let shared = 0;
  while (shared < folder.length && shared < target.length - 1 && folder[shared] === target[shared]) {
    shared += 1;
  }
  const up = folder.length - shared;
  return `${up === 0 ? './' : '../'.repeat(up)}${target.slice(shared).join('/')}`;
}

function stemOf(path: string): string {
  return path.replace(/\.([cm]?[tj]s|json)$/, '');
}

function isDeclaration(path: string): boolean {
  return /\.d\.[cm]?ts$/.test(path);
}

function unknown(message: string, instead: string | null = null): ResolvedImport {
  return { type: 'unknown', message, instead };
}
