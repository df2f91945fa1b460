/** The module specifiers of a file, where they stand, and how they change when files move. */
import type { FilePath } from '../base/ids.ts';
import type { TextRange } from '../model/problem.ts';
import { resolveFile } from './declaration-lookup.ts';
import { parseSource, type SourceFile } from './source-file.ts';
import { stringValue } from './syntax.ts';

export interface ImportPlace {
  readonly specifier: string;
  /** Between the quotes. */
  readonly range: TextRange;
}

export function importPlaces(file: SourceFile): readonly ImportPlace[] {
  const places: ImportPlace[] = [];
  file.tree.iterate({
    enter: (ref) => {
      const parent = ref.name === 'String' ? ref.node.parent : null;
      const callee = parent?.name === 'ArgList' ? (parent.parent?.firstChild ?? null) : null;
      const isSpecifier =
        parent?.name === 'ImportDeclaration' ||
        parent?.name === 'ExportDeclaration' ||
        parent?.name === 'DynamicImport' ||
        (callee !== null && file.text.slice(callee.from, callee.to) === 'require');
      const specifier = isSpecifier ? stringValue(file.text.slice(ref.from, ref.to)) : null;
      if (specifier !== null) {
        places.push({ specifier, range: { from: ref.from + 1, to: ref.to - 1 } });
      }
    },
  });
  return places;
}

export interface SpecifierChange {
  readonly path: FilePath;
  readonly range: TextRange;
  readonly specifier: string;
}

/** What has to be written differently once `from` is called `to`: imports of the file, and the file's own. Paths are those of before. */
export function specifierChanges(code: ReadonlyMap<FilePath, string>, from: FilePath, to: FilePath): readonly SpecifierChange[] {
  const files = new Map([...code].map(([path, text]) => [path, parseSource(path, text)]));
  const changes: SpecifierChange[] = [];
  for (const [path, file] of files) {
    for (const { specifier, range } of importPlaces(file)) {
      const target = resolveFile(files, path, specifier)?.path ?? null;
      if (target === null || (target !== from && path !== from)) {
        continue;
      }
      const moved = relativeSpecifier(path === from ? to : path, target === from ? to : target, specifier);
      if (moved !== specifier) {
        changes.push({ path, range, specifier: moved });
      }
    }
  }
  return changes;
}

/** As the old one was written: with its ending or without, and without `/index` where that was left out. */
export function relativeSpecifier(importer: FilePath, target: FilePath, old: string): string {
  const source = importer.split('/').slice(0, -1);
  const parts = target.split('/');
  let common = 0;
  while (common < source.length && common < parts.length - 1 && source[common] === parts[common]) {
    common += 1;
  }
  const up = source.slice(common).map(() => '..');
  const path = [...(up.length === 0 ? ['.'] : up), ...parts.slice(common)].join('/');
  const ending = /\.(?:ts|js|mjs|cjs)$/.exec(old)?.[0];
  if (ending === undefined) {
    const bare = path.replace(/\.(?:ts|js|mjs|cjs)$/, '');
    return /(?:^|\/)index$/.test(old) ? bare : bare.replace(/\/index$/, '') || '.';
  }
  // TypeScript lets `./types.js` stand for types.ts: that is kept.
  const isAlias = ending === '.js' && target.endsWith('.ts');
  return isAlias ? path.replace(/\.ts$/, '.js') : path;
}
