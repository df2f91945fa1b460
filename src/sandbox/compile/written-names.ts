/**
 * What an engine's error calls a name, and how the source writes it: the compiler turns `StateFun` of an import into
 * `_apacheflinkstatefun.StateFun`, a default import into `_shared2.default`, and what a file exports into `exports.name`.
 */

/** Compiled expression → name in the source; `exports.` stands for any name that the file exports. */
export type WrittenNames = Readonly<Record<string, string>>;

const IMPORT =
  /\bimport\s+(?!type\b\s*[\w${*])(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}|\*\s*as\s+[\w$]+)?\s*from\s*(?:'([^'\n]+)'|"([^"\n]+)")/g;

/** Reads texts, not syntax: what it takes for an import by mistake is a name that no error holds. */
export function writtenNames(source: string, compiled: string): WrittenNames {
  const names = Object.create(null) as Record<string, string>;
  names['exports.'] = '';
  for (const [, own, group, single, double] of source.matchAll(IMPORT)) {
    const specifier = single ?? double ?? '';
    const module = new RegExp(`\\bvar (_[\\w$]+) = require\\(['"]${escaped(specifier)}['"]\\)`).exec(compiled)?.[1];
    if (module === undefined) {
      continue;
    }
    for (const part of (group ?? '').split(',')) {
      const [, name, alias] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(part) ?? [];
      if (name !== undefined) {
        names[`${module}.${name}`] = alias ?? name;
      }
    }
    const wrapped = new RegExp(`\\bvar (_[\\w$]+) = _interopRequireDefault\\(${escaped(module)}\\)`).exec(compiled)?.[1];
    if (own !== undefined && wrapped !== undefined) {
      names[`${wrapped}.default`] = own;
    }
  }
  return names;
}

/** A message of the engine with names as the source has them. */
export function withWrittenNames(message: string, names: WrittenNames): string {
  let text = message;
  for (const [compiled, written] of Object.entries(names)) {
    if (!text.includes(compiled)) {
      continue;
    }
    // `f()` of an import is compiled to `_m.f.call(void 0)`.
    text = compiled.endsWith('.')
      ? text.replace(new RegExp(`(?<![\\w$.])${escaped(compiled)}(?=[\\w$])`, 'g'), written)
      : text
          .replace(new RegExp(`\\(0 ?, ${escaped(compiled)}\\)`, 'g'), written)
          .replace(new RegExp(`(?<![\\w$.])${escaped(compiled)}(?:\\.call(?= is not a function))?(?![\\w$])`, 'g'), written);
  }
  return text;
}

/**
 * The import that is called at this place of the compiled line, or null. There is nothing behind it where the engine cannot
 * read its `call`.
 */
export function calledImport(line: string, column: number, names: WrittenNames): string | null {
  const before = line.slice(0, column - 1);
  const [compiled] = /[\w$]+\.[\w$]+(?=\.$)/.exec(before) ?? [];
  return compiled !== undefined && line.startsWith('call(void 0', column - 1) ? (names[compiled] ?? null) : null;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
