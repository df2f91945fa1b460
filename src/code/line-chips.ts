/** What an observed call did, as the short words beside the lines of one file. */
import type { FilePath, VirtualTime } from '../base/ids.ts';
import { ABSENT } from '../protocol/absent-state.ts';
import type { ObservedResult } from '../state/trials-store.ts';
import type { LineMark } from '../worker/trial-contract.ts';
import { CHIP_LENGTH } from './chip-length.ts';

export interface LineChip {
  /** One-based. */
  readonly line: number;
  readonly type: LineMark['type'] | 'more';
  readonly text: string;
  /** The whole of it, and what was left out. */
  readonly hover: string;
}

/** So many stand beside one line; a loop would fill the screen. */
const SHOWN = 3;
const STATE_LENGTH = 24;

/** In the order of the lines, and at one line in the order of what happened; but the error first, since the end of a long row is out of view. */
export function lineChips(
  { input, result }: Pick<ObservedResult, 'input' | 'result'>,
  path: FilePath,
  clock: (at: VirtualTime) => string,
): readonly LineChip[] {
  const byLine = new Map<number, { type: LineMark['type']; text: string; times: number }[]>();
  let timers = 0;
  const states = new Map(result.states.map(({ name, before }) => [name, before?.text ?? null]));
  for (const mark of result.marks) {
    const timer = mark.type === 'send-after' ? result.delayed[timers] : undefined;
    timers += mark.type === 'send-after' ? 1 : 0;
    const write = mark.type === 'state-write' ? writeWords(mark.text, states) : null;
    if (mark.place.path !== path) {
      continue;
    }
    const self = timer !== undefined && timer.to.typename === input.typename && timer.to.id === input.id;
    const text =
      timer === undefined
        ? (write ?? mark.text)
        : `fires ${clock(timer.due)}, to ${self ? 'itself' : `${lastPart(timer.to.typename)} ${timer.to.id}`}`;
    const line = byLine.get(mark.place.line) ?? [];
    byLine.set(mark.place.line, line);
    const same = line.find((other) => other.type === mark.type && other.text === text);
    if (same === undefined) {
      line.push({ type: mark.type, text, times: 1 });
    } else {
      same.times += 1;
    }
  }
  return [...byLine]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([line, marks]): readonly LineChip[] => {
      const shown = marks.length > SHOWN ? marks.slice(-(SHOWN - 1)) : marks;
      const left = marks.length - shown.length;
      const words = marks.map(({ text, times }) => (times === 1 ? text : `${text} ×${times}`));
      const more: LineChip = { line, type: 'more', text: `+${left}`, hover: words.join('\n') };
      const chips = shown.map(({ type, text, times }): LineChip => {
        const whole = times === 1 ? text : `${text} ×${times}`;
        return { line, type, text: shorten(withoutWay(type, whole)), hover: whole };
      });
      return [
        ...chips.filter(({ type }) => type === 'error'),
        ...(left > 0 ? [more] : []),
        ...chips.filter(({ type }) => type !== 'error'),
      ];
    });
}

/** `count: 2 becomes 3`; keeps what was written, for the next write of the same state. */
function writeWords(text: string, states: Map<string, string | null>): string | null {
  const [, written, value = null] = /^([_a-z]+) ← ([^]*)$/.exec(text) ?? [];
  const deleted = /^([_a-z]+) deleted$/.exec(text)?.[1];
  const name = written ?? deleted;
  if (name === undefined) {
    return null;
  }
  const before = states.get(name) ?? null;
  states.set(name, value);
  const short = (state: string | null) =>
    state === null ? ABSENT : state.length > STATE_LENGTH ? `${state.slice(0, STATE_LENGTH)}…` : state;
  return `${name}: ${short(before)} becomes ${short(value)}`;
}

function shorten(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ⏎ ');
  return line.length > CHIP_LENGTH ? `${line.slice(0, CHIP_LENGTH - 1)}…` : line;
}

/** `to fraud-count acct-7: 3`: the namespace is mostly that of the function itself, and the hover has it. */
function withoutWay(type: LineMark['type'], text: string): string {
  return type === 'send' || type === 'egress' ? text.replace(/^→ (?:[^\s/]*\/)*/, 'to ') : text;
}

function lastPart(typename: string): string {
  return typename.slice(typename.lastIndexOf('/') + 1);
}
