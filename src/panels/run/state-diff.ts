/** What a call changed in an address's state, as lines of a diff. */
import { ABSENT } from '../../protocol/absent-state.ts';
import { prettyJson } from './json-tokens.ts';

export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

export interface NamedText {
  readonly name: string;
  /** Null: absent. */
  readonly text: string | null;
}

/** Longer values are shown whole, one before the other: a line-by-line comparison grows with the product of the lengths. */
const COMPARED_LINES = 300;
const CONTEXT_LINES = 2;
const ONE_LINE = 48;
const UNCHANGED = 24;

/** Names in order of `before`, then those only in `after`. */
export function stateDiff(before: readonly NamedText[], after: readonly NamedText[]): readonly DiffLine[] {
  const later = new Map(after.map((state) => [state.name, state.text]));
  const names = [...new Set([...before, ...after].map((state) => state.name))];
  const earlier = new Map(before.map((state) => [state.name, state.text]));
  return names.flatMap((name) => valueDiff(name, earlier.get(name) ?? null, later.get(name) ?? null));
}

function valueDiff(name: string, before: string | null, after: string | null): readonly DiffLine[] {
  if (before === after) {
    const text = before ?? ABSENT;
    return [{ sign: ' ', text: `"${name}": ${text.length > UNCHANGED ? `${text.slice(0, UNCHANGED)}…` : text}` }];
  }
  const from = lines(name, before);
  const to = lines(name, after);
  if (from.length === 1 || to.length === 1 || from.length > COMPARED_LINES || to.length > COMPARED_LINES) {
    return [...from.map((text): DiffLine => ({ sign: '-', text })), ...to.map((text): DiffLine => ({ sign: '+', text }))];
  }
  return nearChanges(lineDiff(from, to));
}

function lines(name: string, text: string | null): readonly string[] {
  const value = text ?? ABSENT;
  const shown = value.length > ONE_LINE ? prettyJson(value) : value;
  return `"${name}": ${shown}`.split('\n');
}

/** The longest common lines stay, the rest is removed or added. */
export function lineDiff(from: readonly string[], to: readonly string[]): readonly DiffLine[] {
  const width = to.length + 1;
  const common = new Uint32Array((from.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = from.length - 1; row >= 0; row -= 1) {
    for (let column = to.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        from[row] === to[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const diff: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < from.length || column < to.length) {
    const old = from[row];
    const next = to[column];
    if (old !== undefined && old === next) {
      diff.push({ sign: ' ', text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (next === undefined || at(row + 1, column) >= at(row, column + 1))) {
      diff.push({ sign: '-', text: old });
      row += 1;
    } else if (next !== undefined) {
      diff.push({ sign: '+', text: next });
      column += 1;
    }
  }
  return diff;
}

function nearChanges(diff: readonly DiffLine[]): readonly DiffLine[] {
  const kept = diff.map((_, index) =>
    diff.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some((line) => line.sign !== ' '),
  );
  const shown: DiffLine[] = [];
  diff.forEach((line, index) => {
    if (kept[index] === true || index === 0) {
      shown.push(line);
    } else if (kept[index - 1] === true || index === 1) {
      shown.push({ sign: ' ', text: '…' });
    }
  });
  return shown;
}
