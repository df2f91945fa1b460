/** An answer as comparisons of a function in the Studio with a server outside take it. */
import type { CallReply } from '../../protocol/call.ts';
import type { Exchange } from '../../protocol/compare-exchanges.ts';

export function exchangeAnswer({ outcome, remote }: Pick<CallReply, 'outcome' | 'remote'>): Exchange['answer'] {
  switch (outcome.type) {
    case 'replied':
      return { type: 'replied', reply: outcome.reply };
    case 'threw':
      return { type: 'failed', text: `threw ${outcome.error.name}: ${outcome.error.message}` };
    case 'sandbox-lost':
      return { type: 'failed', text: outcome.message };
    default:
      return { type: 'failed', text: remote?.detail ?? outcome.type };
  }
}
