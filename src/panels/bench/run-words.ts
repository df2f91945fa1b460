/** A trial in a few words: what it changed, or why it did not complete. */
import { ABSENT } from '../../protocol/absent-state.ts';
import { formatUnits } from '../run/format-count.ts';
import { valueText } from '../run/value-text.ts';
import type { ShownValue } from '../../worker/contract.ts';
import type { BenchRun } from './bench-session.ts';

const SHORT = 12;

/** The type of its message; of a batch the first one's, and how many more there are. */
export function runName(run: BenchRun, nameOf: (typename: string) => string): string {
  const [first] = run.input.messages;
  const name = first === undefined ? '' : nameOf(first.value.typename);
  return run.input.messages.length > 1 ? `${name} +${run.input.messages.length - 1}` : name;
}

export function runWords({ input, result }: Pick<BenchRun, 'input' | 'result'>): string {
  switch (result.outcome.type) {
    case 'threw': {
      const ingress = input.messages.every(({ caller }) => caller === null);
      const { message } = result.outcome.error;
      return ingress && /\bnull\b/.test(message) ? `from an ingress: ${message}` : message;
    }
    case 'failed':
    case 'not-loaded':
      return result.outcome.message;
    case 'incomplete':
      return `asked for ${result.outcome.missing.join(', ')}`;
    case 'completed': {
      const states = result.states.map(({ name, before, after, change }) =>
        change === 'none' ? (after === null ? null : `${name} ${short(after)}`) : `${name} ${short(before)} to ${short(after)}`,
      );
      const counts = [
        count(result.sends.length, 'send'),
        count(result.delayed.length, 'timer'),
        count(result.cancellations.length, 'cancellation'),
        count(result.egress.length, 'record'),
      ];
      const words = [...states, ...counts].filter((part) => part !== null);
      return words.length === 0 ? 'no effects' : words.join(', ');
    }
  }
}

function count(number: number, unit: string): string | null {
  return number === 0 ? null : formatUnits(number, unit);
}

function short(value: ShownValue | null): string {
  if (value === null) {
    return ABSENT;
  }
  const text = value.text ?? valueText(value.typename, value.bytes).text;
  return text.length > SHORT ? `${text.slice(0, SHORT)}…` : text;
}
