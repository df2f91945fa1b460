/** What a function does with each type of message: whether it takes it, and where it counts on a caller. */
import type { SyntaxNode } from '@lezer/common';
import type { AcceptedTypes, CallerUse } from '../model/code-facts.ts';
import type { TextRange } from '../model/problem.ts';
import { STEP_LIMIT, type Program } from './evaluate.ts';
import { followMessage, type Followed } from './follow-message.ts';
import { messageOf } from './judge-expression.ts';
import { messageUses } from './message-uses.ts';
import type { ReachedFunction } from './reached-code.ts';
import type { FunctionValue } from './static-value.ts';

export interface MessageFacts {
  readonly accepts: AcceptedTypes;
  readonly callerUses: readonly CallerUse[];
}

/** Types beyond this number are not followed one by one: the time that reading takes is bounded. */
const TYPE_LIMIT = 24;

/** `reached`: what runs when the function is invoked. */
export function messageFacts(program: Program, fn: FunctionValue, reached: readonly ReachedFunction[]): MessageFacts {
  program.steps = STEP_LIMIT;
  const { types, complete } = messageUses(program, reached);
  program.steps = STEP_LIMIT;
  const other = followMessage(program, fn, messageOf(null, false));
  const others = !complete || types.length === 0 ? 'unknown' : other.throws ? 'refused' : other.acts ? 'unknown' : 'ignored';
  const accepts = { types, others } as const;
  // Most functions have no use for their caller, and are not followed for it.
  if (!reached.some(({ fn: { node, scope } }) => scope.file.text.slice(node.from, node.to).includes('caller'))) {
    return { accepts, callerUses: [] };
  }
  const followed = types.map(({ typename }) => typename).slice(0, TYPE_LIMIT);
  return { accepts, callerUses: callerUses(program, fn, followed) };
}

function callerUses(program: Program, fn: FunctionValue, types: readonly string[]): readonly CallerUse[] {
  const uses = new Map<number, { read: Followed['callerReads'][number]; types: string[]; others: boolean }>();
  for (const type of [...types, null]) {
    program.steps = STEP_LIMIT;
    const { callerReads } = followMessage(program, fn, messageOf(type, true));
    if (program.steps < 0) {
      return [];
    }
    for (const read of callerReads) {
      const use = uses.get(read.range.from) ?? { read, types: [], others: false };
      uses.set(read.range.from, { read, types: type === null ? use.types : [...use.types, type], others: use.others || type === null });
    }
  }
  return [...uses.values()]
    .map(({ read, types: leading, others }): CallerUse => ({ range: read.range, types: leading, others, guard: guardOf(read, fn) }))
    .sort((a, b) => a.range.from - b.range.from);
}

/** The statement that reads the caller, if it can be put into an `if` as it is. */
function guardOf({ node, range, scope }: Followed['callerReads'][number], fn: FunctionValue): CallerUse['guard'] {
  const statement = statementOf(node);
  if (scope.file !== fn.scope.file || range.from !== node.from || statement?.name !== 'ExpressionStatement') {
    return null;
  }
  const at: TextRange = { from: statement.from, to: statement.to };
  return { at, caller: scope.file.text.slice(node.from, node.to) };
}

function statementOf(node: SyntaxNode): SyntaxNode | null {
  let current: SyntaxNode | null = node;
  while (current !== null && !/(Statement|Declaration)$/.test(current.name)) {
    current = current.parent;
  }
  return current;
}
