/**
 * One source file to the body of a CommonJS wrapper. sucrase moves columns but never lines, and does not validate what
 * it does not understand: the output is parsed on its own, so that no text can close the wrapper it is put in. JavaScript that
 * is CommonJS already is taken as it stands.
 */
import { parse } from 'acorn';
import type { Program } from 'acorn';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { sourceColumn } from './column-map.ts';
import { moduleFacts } from './syntax-walk.ts';
import type { ModuleFacts } from './syntax-walk.ts';
import { transformSource } from './transform-source.ts';
import { writtenNames } from './written-names.ts';
import type { WrittenNames } from './written-names.ts';

export interface StrippedFile extends ModuleFacts {
  readonly code: string;
  readonly mappings: string;
  /** Absent where names are compiled as they are written. */
  readonly names?: WrittenNames;
}

export interface SyntaxFault {
  readonly message: string;
  /** One-based, in the source. */
  readonly line: number;
  readonly column: number;
}

interface Draft {
  readonly code: string;
  readonly mappings: string;
  readonly names?: WrittenNames;
}

const WRAPPER_START = '(function (require, module, exports) {\n';
const WRAPPER_END = '\n})';
const STRICT = '"use strict";';
/** Source map of a text behind {@link STRICT}: the first line is moved by its length, the others are not. */
const STRICT_MAPPINGS = 'aAAA';
const TOP_AWAIT =
  '`await` may stand only in an async function: modules cannot wait while they load. Await in fn, or in an async function that fn awaits.';

export function stripTypes(path: string, source: string): Result<StrippedFile, SyntaxFault> {
  // What starts a script in a shell is a comment to Node; as many characters keep the columns.
  const text = source.startsWith('#!') ? `//${source.slice(2)}` : source;
  const asItIs = /\.[cm]?ts$/.test(path) ? null : commonJs(text);
  if (asItIs !== null) {
    return checked(asItIs);
  }
  let draft: Draft;
  try {
    draft = transformed(path, text);
  } catch (error) {
    return err(faultOf(error, ''));
  }
  return checked({ ...draft, code: withoutImportMeta(draft.code) });
}

/** The text itself when Node would run it as CommonJS; null for modules, and for what does not parse. */
function commonJs(text: string): Draft | null {
  const isStrict = /^\s*["']use strict["']/.test(text);
  try {
    // Own code is strict, so that a slip such as a name that is nowhere declared is told. Libraries may need to be sloppy.
    if (!isStrict && text.includes('apache-flink-statefun')) {
      const code = STRICT + text;
      return holdsImport(parseScript(code)) ? null : { code, mappings: STRICT_MAPPINGS };
    }
    return holdsImport(parseScript(text)) ? null : { code: text, mappings: '' };
  } catch {
    return null;
  }
}

function holdsImport(program: Program): boolean {
  return moduleFacts(program).dynamic;
}

function transformed(path: string, text: string): Draft {
  const { code, mappings } = transformSource(path, text);
  const names = writtenNames(text, code);
  return { code: /^\s*["']use strict["']/.test(code) ? code : STRICT + code, mappings, names };
}

/** `import.meta` is not for scripts; the loader has the same on `module.meta`, which is as long. */
function withoutImportMeta(code: string): string {
  if (!code.includes('import.meta')) {
    return code;
  }
  try {
    const { metas } = moduleFacts(parse(code, { ...OPTIONS, allowImportExportEverywhere: true, allowAwaitOutsideFunction: true }));
    // From the end, so that no place moves another.
    return metas
      .toSorted((a, b) => b - a)
      .reduce((text, at) => `${text.slice(0, at)}module.meta${text.slice(at + 'module.meta'.length)}`, code);
  } catch {
    return code;
  }
}

function checked({ code, mappings, names }: Draft): Result<StrippedFile, SyntaxFault> {
  try {
    const program = parseScript(code);
    checkWrapped(code);
    return ok({ code, mappings, ...(names === undefined ? {} : { names }), ...moduleFacts(program) });
  } catch (error) {
    const fault = faultOf(error, mappings);
    return err(waitsAtTop(code) ? { ...fault, message: TOP_AWAIT } : fault);
  }
}

const OPTIONS = { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true, allowHashBang: false } as const;

function parseScript(code: string): Program {
  return parse(code, OPTIONS);
}

/** The only fault is an `await` outside of functions. */
function waitsAtTop(code: string): boolean {
  try {
    parse(code, { ...OPTIONS, allowAwaitOutsideFunction: true });
    return /\bawait\b/.test(code);
  } catch {
    return false;
  }
}

/** Throws unless the code, wrapped, is one function expression from end to end (and, say, declares no second `exports`). */
function checkWrapped(code: string): void {
  const wrapped = `${WRAPPER_START}${code}${WRAPPER_END}`;
  let program: ReturnType<typeof parse>;
  try {
    program = parse(wrapped, { ecmaVersion: 'latest', sourceType: 'script' });
  } catch (error) {
    throw shifted(error);
  }
  const [statement] = program.body;
  const expression = statement?.type === 'ExpressionStatement' ? statement.expression : null;
  if (program.body.length !== 1 || expression?.type !== 'FunctionExpression' || expression.end !== wrapped.length - 1) {
    throw Object.assign(new SyntaxError('Unexpected }'), { loc: { line: 1, column: 0 } });
  }
}

interface Located {
  readonly message?: unknown;
  readonly loc?: { readonly line?: unknown; readonly column?: unknown };
}

function shifted(error: unknown): unknown {
  const located = error as Located;
  const line = typeof located.loc?.line === 'number' ? located.loc.line - 1 : 1;
  return Object.assign(new SyntaxError(String(located.message)), { loc: { line, column: located.loc?.column ?? 0 } });
}

function faultOf(error: unknown, mappings: string): SyntaxFault {
  const located = error as Located;
  const line = typeof located.loc?.line === 'number' ? located.loc.line : 1;
  const column = typeof located.loc?.column === 'number' ? located.loc.column : 0;
  const text = String(located.message)
    .replace(/^Error transforming [^:]*: /, '')
    .replace(/ \(\d+:\d+\)$/, '');
  return { message: text, line, column: mappings === '' ? Math.max(1, column) : sourceColumn(mappings, line, column + 1) };
}
