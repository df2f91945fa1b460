/** What a trial or an observed call printed, as lines of the Console, with a word about what else it did. */
import type { ObservedCall, TrialInput, TrialResult } from '../worker/trial-contract.ts';
import type { PrintedLine } from './trials-store.ts';

type Line = Omit<PrintedLine, 'id'>;

/** Of a trial all is new: what it logged, what logpoints printed, how it ended. */
export function trialLines(input: TrialInput, result: TrialResult): readonly Line[] {
  const base = baseOf(input, 'trial', null);
  return [...printed(base, result, true), ...endLines(base, result), { ...base, kind: 'studio', line: plain(summaryOf(result)) }];
}

/** Of a recorded call the run's own console has the logs: only what logpoints print is new, and whether it answered otherwise. */
export function observedLines(
  input: TrialInput,
  { result, difference }: Pick<ObservedCall, 'result' | 'difference'>,
  seq: number,
): readonly Line[] {
  const base = baseOf(input, 'recorded', seq);
  return [
    ...printed(base, result, false),
    ...(difference === null ? [] : [{ ...base, kind: 'studio' as const, line: plain(`Answered otherwise than recorded: ${difference}`) }]),
  ];
}

type Base = Omit<Line, 'kind' | 'line'>;

function baseOf(input: TrialInput, source: Line['source'], seq: number | null): Base {
  return { at: input.at, address: { typename: input.typename, id: input.id }, source, seq };
}

/** In the order in which it happened, as far as the marks tell; what was logged outside any line of the user's comes first. */
function printed(base: Base, { marks, logs }: TrialResult, withLogs: boolean): readonly Line[] {
  const unmarked = [...logs];
  const lines = marks.flatMap((mark): readonly Line[] => {
    if (mark.type === 'logpoint') {
      return [{ ...base, kind: 'logpoint', line: { level: 'log', text: mark.text, message: mark.message, place: mark.place } }];
    }
    if (mark.type !== 'log') {
      return [];
    }
    const index = unmarked.findIndex(
      ({ place, text }) =>
        place?.line === mark.place.line && place.path === mark.place.path && text.startsWith(mark.text.replace(/…$/, '')),
    );
    const [line] = index === -1 ? [] : unmarked.splice(index, 1);
    return line === undefined ? [] : [{ ...base, kind: 'log', line }];
  });
  const first = unmarked.map((line): Line => ({ ...base, kind: 'log', line }));
  return withLogs ? [...first, ...lines] : lines.filter(({ kind }) => kind === 'logpoint');
}

function endLines(base: Base, { outcome }: TrialResult): readonly Line[] {
  switch (outcome.type) {
    case 'threw': {
      const { name, message, messageIndex, stack } = outcome.error;
      return [
        {
          ...base,
          kind: 'error',
          line: { level: 'error', text: `${name}: ${message}`, message: messageIndex ?? 0, place: stack[0] ?? null },
        },
      ];
    }
    case 'failed':
      return [{ ...base, kind: 'error', line: { level: 'error', text: outcome.message, message: 0, place: outcome.place } }];
    case 'not-loaded':
      return [{ ...base, kind: 'error', line: { level: 'error', text: outcome.message, message: 0, place: null } }];
    case 'completed':
    case 'incomplete':
      return [];
  }
}

/** `1 state write, 1 delayed message, 0 sends`. */
export function summaryOf(result: TrialResult): string {
  if (result.outcome.type !== 'completed') {
    return 'Nothing of it took effect.';
  }
  const writes = result.states.filter(({ change }) => change !== 'none').length;
  return [
    units(writes, 'state write'),
    units(result.delayed.length, 'delayed message'),
    units(result.sends.length, 'send'),
    ...(result.cancellations.length === 0 ? [] : [units(result.cancellations.length, 'cancellation')]),
    ...(result.egress.length === 0 ? [] : [units(result.egress.length, 'egress record')]),
  ].join(', ');
}

function units(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function plain(text: string): Line['line'] {
  return { level: 'log', text, message: 0, place: null };
}
