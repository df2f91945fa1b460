/** A rule about code that runs and does not do what it looks like. One rule a file; `find-traps.ts` lists them. */
import type { SyntaxNode } from '@lezer/common';
import type { Typename } from '../../base/ids.ts';
import type { Edit } from '../../model/edit.ts';
import { functionNode } from '../../model/graph-ids.ts';
import type { Problem, Severity } from '../../model/problem.ts';
import type { Program } from '../evaluate.ts';
import type { CodeProblemCode } from '../problem-codes.ts';
import type { ReachedFunction } from '../reached-code.ts';
import type { SourceFile } from '../source-file.ts';
import type { Codec, FunctionValue } from '../static-value.ts';
import { isFunctionNode } from '../syntax.ts';

export interface TrapInput {
  readonly program: Program;
  readonly type: Typename;
  readonly fn: FunctionValue;
  /** Everything that runs when the function is invoked, itself first. */
  readonly reached: readonly ReachedFunction[];
  /** How each state's values are written, where it is known. */
  readonly codecs: ReadonlyMap<string, Codec>;
}

export type Trap = (input: TrapInput) => readonly Problem<CodeProblemCode>[];

export interface Found {
  readonly code: CodeProblemCode;
  readonly severity?: Severity;
  readonly message: string;
  readonly file: SourceFile;
  readonly at: SyntaxNode;
  readonly fix?: { readonly label: string; readonly edits: readonly Edit[] } | null;
}

export function problemAt(
  { type }: TrapInput,
  { code, severity = 'warning', message, file, at, fix = null }: Found,
): Problem<CodeProblemCode> {
  return {
    code,
    severity,
    message,
    path: file.path,
    range: { from: at.from, to: at.to },
    node: functionNode(type),
    ...(fix === null ? {} : { fix }),
  };
}

/** The function around a node, the node itself left out; null at the top of a file. */
export function functionAround(node: SyntaxNode): SyntaxNode | null {
  let current = node.parent;
  while (current !== null && !isFunctionNode(current)) {
    current = current.parent;
  }
  return current;
}

/** The statement around a node. */
export function statementAround(node: SyntaxNode): SyntaxNode | null {
  let current: SyntaxNode | null = node;
  while (current !== null && !/(Statement|Declaration)$/.test(current.name)) {
    current = current.parent;
  }
  return current;
}

export function textOf(file: SourceFile, node: SyntaxNode): string {
  return file.text.slice(node.from, node.to);
}
