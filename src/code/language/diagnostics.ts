/** What TypeScript reports, as markers of an editor and as problems of the project. Pure. */
import type { FilePath } from '../../base/ids.ts';
import type { Problem, Severity } from '../../model/problem.ts';

export interface MessageChain {
  readonly messageText: string;
  readonly next?: readonly MessageChain[];
}

/** A diagnostic as the worker gives it. */
export interface TypeDiagnostic {
  readonly code: number;
  readonly category: number;
  readonly start?: number;
  readonly length?: number;
  readonly messageText: string | MessageChain;
}

/** The first line of a chain says what is wrong, the others why. Files are named as the project names them, not as Monaco does. */
export function messageOf(text: string | MessageChain): string {
  const words = typeof text === 'string' ? text : chainLines(text, 0).join('\n');
  return words.replaceAll('file:///', '');
}

function chainLines(chain: MessageChain, depth: number): readonly string[] {
  return [`${'  '.repeat(depth)}${chain.messageText}`, ...(chain.next ?? []).flatMap((next) => chainLines(next, depth + 1))];
}

/** Suggestions are the editor's affair; null for them. */
function severityOf(category: number): Severity | null {
  switch (category) {
    case 0:
      return 'warning';
    case 1:
      return 'error';
    case 3:
      return 'info';
    default:
      return null;
  }
}

/** Modules that TypeScript does not find, or has no types of. */
const IMPORT_CODES = new Set([2307, 2732, 2792, 7016]);

/**
 * Whether a diagnostic says that an import cannot work. The project's own reading says it (analysis/import-problems.ts), and knows
 * more of what works; only of types it says nothing.
 */
export function isOfImport({ code, start = 0 }: TypeDiagnostic, text: string): boolean {
  const statement = text.slice(text.lastIndexOf('\n', start) + 1, start);
  return IMPORT_CODES.has(code) && !/^\s*(import|export)\s+type\b/.test(statement);
}

/** Names that a module does not seem to export. */
const EXPORT_CODES = new Set([1192, 1259, 2305, 2497, 2614, 2724]);

/** A file without imports and exports: to TypeScript a bundled library whose wrapper hands the exports in (UMD) is one. */
const NO_MODULE = 2306;

/** The module of which a diagnostic says that it does not export a name, or anything; null for every other diagnostic. */
export function importedFrom({ code, start = 0 }: TypeDiagnostic, text: string): string | null {
  if (code === NO_MODULE) {
    return /^['"]([^'"\n]+)['"]/.exec(text.slice(start, start + 2000))?.[1] ?? null;
  }
  return EXPORT_CODES.has(code) ? (/\bfrom\s*['"]([^'"\n]+)['"]/.exec(text.slice(start, start + 2000))?.[1] ?? null) : null;
}

/** `shift`: how many characters of the file the editor does not count (a byte order mark). */
export function typeProblem(path: FilePath, diagnostic: TypeDiagnostic, shift: number): Problem | null {
  const severity = severityOf(diagnostic.category);
  if (severity === null) {
    return null;
  }
  const from = (diagnostic.start ?? 0) + shift;
  return {
    code: `ts${diagnostic.code}`,
    severity,
    // Problems are told in one line; the whole chain stands at the place, in the editor.
    message: lineOf(diagnostic.messageText),
    path,
    range: { from, to: from + (diagnostic.length ?? 1) },
  };
}

/** The last reason of a chain is the one that names the types that do not fit. */
function lineOf(text: string | MessageChain): string {
  const lines = messageOf(text)
    .split('\n')
    .map((line) => line.trim());
  const [first = '', second] = lines;
  return second === undefined ? first : `${first} ${second}`;
}
