/** Two trials as text, and where they differ first. */
import { ABSENT } from '../../protocol/absent-state.ts';
import { shownText } from '../../protocol/typed-value.ts';
import type { TypedValue } from '../../protocol/messages.ts';
import type { ShownValue } from '../../worker/contract.ts';
import { prettyJson } from '../run/json-tokens.ts';
import { lineDiff } from '../run/state-diff.ts';
import type { DiffLine } from '../run/state-diff.ts';
import { valueText } from '../run/value-text.ts';
import { formatClock, formatDuration } from '../run/virtual-clock.ts';
import type { BenchRun } from './bench-session.ts';

export interface Comparison {
  readonly lines: readonly DiffLine[];
  /** In words; null when all is the same. */
  readonly first: string | null;
}

/** What is longer is compared as a whole: the cost grows with the product of the lengths. */
const COMPARED_LINES = 600;

export function compareRuns(left: BenchRun, right: BenchRun, startAt: number): Comparison {
  const before = runText(left, startAt);
  const after = runText(right, startAt);
  const lines =
    before.length > COMPARED_LINES || after.length > COMPARED_LINES
      ? [...before.map((text): DiffLine => ({ sign: '-', text })), ...after.map((text): DiffLine => ({ sign: '+', text }))]
      : lineDiff(before, after);
  return { lines, first: firstDifference(before, after) };
}

function firstDifference(before: readonly string[], after: readonly string[]): string | null {
  const at = before.findIndex((line, index) => line !== after[index]);
  const differs = at === -1 ? (before.length === after.length ? -1 : Math.min(before.length, after.length)) : at;
  if (differs === -1) {
    return null;
  }
  const [old, next] = [before[differs], after[differs]];
  if (isHeading(old) || isHeading(next)) {
    const gone = old !== undefined && !after.includes(old);
    const added = next !== undefined && !before.includes(next);
    if (gone && added) {
      return `${partOf(old)} became ${partOf(next)}`;
    }
    return added ? `only in the second, ${partOf(next)}` : `only in the first, ${partOf(old ?? '')}`;
  }
  const heading = before.slice(0, differs).findLast(isHeading) ?? '';
  return `${partOf(heading)}: ${old?.trim()} became ${next?.trim()}`;
}

/** What stands at the left edge begins a part; the end of a text is the end of its last part. */
function isHeading(line: string | undefined): boolean {
  return line === undefined || /^\S/.test(line);
}

function partOf(heading: string): string {
  return heading.trim().replace(/:$/, '');
}

/** Headings at the left edge, what stands below them indented. */
export function runText({ input, result }: Pick<BenchRun, 'input' | 'result'>, startAt: number): readonly string[] {
  const { outcome } = result;
  return [
    `Call: ${input.typename} ${input.id} at ${formatClock(input.at, startAt)}, seed ${input.seed}`,
    ...input.messages.flatMap(({ caller, value }) => [
      `Message from ${caller === null ? 'an ingress' : `${caller.typename} ${caller.id}`}, ${value.typename}:`,
      ...indented(typedText(value)),
    ]),
    ...input.states.flatMap(({ name, value }) => [`State before, ${name}:`, ...indented(value === null ? ABSENT : typedText(value))]),
    'Outcome:',
    ...indented(outcome.type === 'threw' ? `threw ${outcome.error.name}: ${outcome.error.message}` : outcome.type),
    ...result.states.flatMap(({ name, after }) => [`State after, ${name}:`, ...indented(after === null ? ABSENT : shown(after))]),
    ...result.sends.flatMap(({ to, value }) => [`Send to ${to.typename} ${to.id}, ${value.typename}:`, ...indented(shown(value))]),
    ...result.delayed.flatMap(({ to, value, delayMillis, token }) => [
      `Delayed by ${delayText(delayMillis)} to ${to.typename} ${to.id}, ${value.typename}${token === null ? '' : `, token ${token}`}:`,
      ...indented(shown(value)),
    ]),
    ...result.cancellations.map(({ token }) => `Cancelled: ${token ?? 'no token'}`),
    ...result.egress.flatMap(({ egress, topic, key, value }) => [
      `Record to ${egress}${topic === null ? '' : `, topic ${topic}`}${key === null ? '' : `, key ${key}`}:`,
      ...indented(shown(value)),
    ]),
    ...result.fetches.map(({ method, url, status }) => `Outside call: ${method} ${url} answered ${status}`),
    ...result.logs.map(({ level, text }) => `Log, ${level}: ${text}`),
  ];
}

/** In words, and to the millisecond where the words round. */
function delayText(millis: number): string {
  const words = formatDuration(millis);
  return words.endsWith(' ms') ? words : `${words} (${millis} ms)`;
}

function indented(text: string): readonly string[] {
  return text.split('\n').map((line) => `  ${line}`);
}

function shown(value: ShownValue): string {
  return prettyJson(value.text ?? valueText(value.typename, value.bytes).text);
}

function typedText({ typename, bytes }: TypedValue): string {
  return prettyJson(shownText(typename, bytes) ?? valueText(typename, bytes).text);
}
