/** The literal object that a message builder gets, or null. */
import type { SyntaxNode } from '@lezer/common';
import type { MessageValue } from './static-value.ts';
import { argumentsOf } from './syntax.ts';

export function messageOptions(message: MessageValue): SyntaxNode | null {
  const [options] = argumentsOf(message.call);
  return options?.name === 'ObjectExpression' ? options : null;
}
