/**
 * What a logpoint says: one expression, or text with expressions in braces. Each expression is checked on its own to be exactly one
 * expression that only reads, so that whatever it is put between stays as it is.
 */
import { parse } from 'acorn';
import { transform } from 'sucrase';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { AnyNode } from './syntax-nodes.ts';
import { childrenOf, isFunction, listAt, nodeAt } from './syntax-nodes.ts';

export interface LogpointText {
  /** A text that stands as it is, or the JavaScript of an expression. */
  readonly parts: readonly ({ readonly text: string } | { readonly expression: string })[];
}

export interface TextFault {
  readonly message: string;
  /** One-based. */
  readonly column: number;
}

const MAX_LENGTH = 2000;
const LINE_BREAK = /[\n\r\u2028\u2029]/;

export function readLogpoint(given: string): Result<LogpointText, TextFault> {
  if (given.trim() === '') {
    return err({ message: 'Write what to print: an expression such as `message.id`, or text with {expression} in it.', column: 1 });
  }
  if (given.length > MAX_LENGTH) {
    return err({ message: `A logpoint has at most ${MAX_LENGTH} characters.`, column: MAX_LENGTH });
  }
  if (LINE_BREAK.test(given)) {
    return err({ message: 'A logpoint is one line.', column: given.search(LINE_BREAK) + 1 });
  }
  const whole = readExpression(given);
  if (whole.ok) {
    return ok({ parts: [{ expression: whole.value }] });
  }
  return given.includes('{') && whole.error.kind === 'syntax' ? readTemplate(given) : err(whole.error);
}

function readTemplate(given: string): Result<LogpointText, TextFault> {
  const parts: LogpointText['parts'][number][] = [];
  let from = 0;
  for (let open = given.indexOf('{'); open !== -1; open = given.indexOf('{', from)) {
    const inside = readBraced(given, open);
    if (!inside.ok) {
      return inside;
    }
    if (open > from) {
      parts.push({ text: given.slice(from, open) });
    }
    parts.push({ expression: inside.value.expression });
    from = inside.value.end;
  }
  if (from < given.length) {
    parts.push({ text: given.slice(from) });
  }
  return ok({ parts });
}

/** The shortest text between this brace and a closing one that is an expression: braces may nest, in strings too. */
function readBraced(given: string, open: number): Result<{ readonly expression: string; readonly end: number }, TextFault> {
  let fault: TextFault | null = null;
  for (let close = given.indexOf('}', open); close !== -1; close = given.indexOf('}', close + 1)) {
    const read = readExpression(given.slice(open + 1, close));
    if (read.ok) {
      return ok({ expression: read.value, end: close + 1 });
    }
    fault ??= { message: read.error.message, column: read.error.column + open + 1 };
  }
  return err(fault ?? { message: 'This brace is not closed.', column: open + 1 });
}

interface ExpressionFault extends TextFault {
  readonly kind: 'syntax' | 'writes';
}

const PREFIX = '"use strict";(';

function readExpression(given: string): Result<string, ExpressionFault> {
  let stripped: string;
  try {
    stripped = transform(`(${given}\n)`, { transforms: ['typescript'], disableESTransforms: true }).code;
  } catch (error) {
    return err(syntaxFault(error, given, 1));
  }
  const code = `"use strict";${stripped}`;
  let program: AnyNode;
  try {
    program = parse(code, { ecmaVersion: 'latest', sourceType: 'script' }) as unknown as AnyNode;
  } catch (error) {
    const fault = syntaxFault(error, given, PREFIX.length - 1);
    return err(waits(code) ? { ...fault, message: '`await` cannot be used here: a logpoint prints what is there already.' } : fault);
  }
  const [, statement, more] = listAt(program, 'body');
  const expression = statement?.type === 'ExpressionStatement' ? nodeAt(statement, 'expression') : null;
  if (expression === null || more !== undefined) {
    return err({ kind: 'syntax', message: 'This is not one expression.', column: 1 });
  }
  const writes = firstWrite(expression);
  if (writes !== null) {
    const message = 'A logpoint only reads: it must not assign, count up or delete. Write === to compare.';
    return err({ kind: 'writes', message, column: clamp(writes.start - PREFIX.length + 1, given) });
  }
  return ok(code.slice(expression.start, expression.end));
}

/** An assignment that happens when the expression is evaluated; what a function inside does to its own variables is its own affair. */
function firstWrite(node: AnyNode): AnyNode | null {
  const writes =
    node.type === 'AssignmentExpression' ||
    node.type === 'UpdateExpression' ||
    (node.type === 'UnaryExpression' && node['operator'] === 'delete');
  if (writes) {
    return node;
  }
  for (const child of isFunction(node) ? [] : childrenOf(node)) {
    const found = firstWrite(child);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** The only fault is an `await`. */
function waits(code: string): boolean {
  try {
    parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction: true });
    return true;
  } catch {
    return false;
  }
}

/** @param before what stands before the expression in the parser's column numbers */
function syntaxFault(error: unknown, given: string, before: number): ExpressionFault {
  const { message, loc } = error as { readonly message?: unknown; readonly loc?: { readonly line?: unknown; readonly column?: unknown } };
  const text = String(message).replace(/ \(\d+:\d+\)$/, '');
  return {
    kind: 'syntax',
    message: text,
    column: clamp(loc?.line === 1 && typeof loc.column === 'number' ? loc.column - before : Infinity, given),
  };
}

function clamp(column: number, given: string): number {
  return Math.min(Math.max(1, column), given.length + 1);
}
