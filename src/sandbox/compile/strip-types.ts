/**
 * One source file to the body of a CommonJS wrapper. sucrase moves columns but never lines, and does not validate what
 * it does not understand: the output is parsed on its own, so that no text can close the wrapper it is put in.
 */
import { parse } from 'acorn';
import { transform } from 'sucrase';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { sourceColumn } from './column-map.ts';
import { moduleFacts } from './syntax-walk.ts';
import type { ModuleFacts } from './syntax-walk.ts';

export interface StrippedFile extends ModuleFacts {
  readonly code: string;
  readonly mappings: string;
}

export interface SyntaxFault {
  readonly message: string;
  /** One-based, in the source. */
  readonly line: number;
  readonly column: number;
}

const WRAPPER_START = '(function (require, module, exports) {\n';
const WRAPPER_END = '\n})';

export function stripTypes(path: string, text: string): Result<StrippedFile, SyntaxFault> {
  const isTypeScript = /\.[cm]?ts$/.test(path);
  let code: string;
  let mappings: string;
  try {
    const output = transform(text, {
      transforms: isTypeScript ? ['typescript', 'imports'] : ['imports'],
      disableESTransforms: true,
      filePath: path,
      sourceMapOptions: { compiledFilename: `${path}.js` },
    });
    code = output.code;
    mappings = String(output.sourceMap?.mappings ?? '');
  } catch (error) {
    return err(faultOf(error, ''));
  }
  if (!/^\s*["']use strict["']/.test(code)) {
    code = `"use strict";${code}`;
  }
  try {
    const program = parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true, allowHashBang: false });
    checkWrapped(code);
    return ok({ code, mappings, ...moduleFacts(program) });
  } catch (error) {
    const fault = faultOf(error, mappings);
    return err(
      waitsAtTop(code) ? { ...fault, message: '`await` may stand only in an async function: modules cannot wait while they load.' } : fault,
    );
  }
}

/** The only fault is an `await` outside of functions. */
function waitsAtTop(code: string): boolean {
  try {
    parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowHashBang: false,
    });
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
