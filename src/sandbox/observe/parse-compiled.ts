/** A compiled file as the instrumenter reads it. */
import { parse } from 'acorn';
import type { Token } from 'acorn';
import { findPoints } from './find-points.ts';
import type { FoundPoints } from './find-points.ts';
import { lineOf, lineStarts } from './insertions.ts';
import { linesWithCode } from './line-coverage.ts';
import type { AnyNode } from './syntax-nodes.ts';

export interface ParsedFile {
  readonly program: AnyNode;
  readonly found: FoundPoints;
  readonly withCode: ReadonlySet<number>;
  /** One-based line of an offset. */
  readonly lineAt: (offset: number) => number;
}

/** The text compiled before: it parses. `outside`: code outside of functions is to be watched as well. */
export function parseCompiled(code: string, outside = false): ParsedFile {
  const tokens: Token[] = [];
  // acorn's nodes are walked by their names.
  const program = parse(code, {
    ecmaVersion: 'latest',
    sourceType: 'script',
    allowReturnOutsideFunction: true,
    allowHashBang: false,
    onToken: tokens,
  }) as unknown as AnyNode;
  const starts = lineStarts(code);
  const lineAt = (offset: number): number => lineOf(starts, offset);
  return { program, found: findPoints(program, outside), withCode: linesWithCode(code, tokens, lineAt), lineAt };
}
