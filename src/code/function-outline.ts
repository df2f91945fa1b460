/** What one function has to do with: its states, the messages it takes and sends, its timers, each with its place in the code. */
import type { FunctionFact } from '../model/code-facts.ts';
import { durationLabel } from '../model/duration-label.ts';
import type { TextRange } from '../model/problem.ts';

export interface OutlineEntry {
  readonly kind: 'state' | 'in' | 'out' | 'egress' | 'timer' | 'fetch';
  readonly name: string;
  /** At the right: a type, a direction, a delay. */
  readonly note: string;
  readonly range: TextRange;
}

export function functionOutline(fact: FunctionFact, text: string): readonly OutlineEntry[] {
  const own = fact.sends.filter(({ to, target }) => target === 'function' && to === fact.typename);
  const toSelf = new Set(own.flatMap(({ valueTypes }) => (valueTypes ?? []).map(({ typename }) => typename)));
  const direct = fact.sends.filter(({ delayed }) => !delayed);
  return [
    ...fact.states.map(({ name, type }): OutlineEntry => ({
      kind: 'state',
      name,
      note: type === null ? '' : lastPart(type),
      range: find(text, fact.range, new RegExp(`name:\\s*(['"\`])${escaped(name)}\\1`)) ?? start(fact),
    })),
    ...fact.accepts.types.map(({ typename, name }): OutlineEntry => ({
      kind: 'in',
      name,
      note: toSelf.has(typename) ? 'in, self' : 'in',
      range: asked(text, fact, name) ?? start(fact),
    })),
    ...unique(
      direct.flatMap((send): OutlineEntry[] =>
        send.target === 'egress'
          ? [{ kind: 'egress', name: lastPart(send.to), note: 'egress', range: send.range }]
          : namesOf(send).map((name) => ({ kind: 'out', name, note: 'out', range: send.range })),
      ),
    ),
    ...fact.sends
      .filter(({ delayed }) => delayed)
      .flatMap((send) =>
        namesOf(send).map((name): OutlineEntry => ({
          kind: 'timer',
          name,
          note: send.delayMillis === null ? 'delayed' : durationLabel(send.delayMillis),
          range: send.range,
        })),
      ),
    ...unique(
      fact.fetches.map(({ url, range }): OutlineEntry => ({ kind: 'fetch', name: url ?? 'an outside service', note: 'fetch', range })),
    ),
  ];
}

function namesOf(send: FunctionFact['sends'][number]): readonly string[] {
  const types = send.valueTypes ?? [];
  return types.length === 0 ? [`to ${lastPart(send.to)}`] : types.map(({ name }) => name);
}

/** Where the code asks for a type: `message.is(T)` before `message.as(T)`, in the function before anywhere else in its file. */
function asked(text: string, fact: FunctionFact, name: string): TextRange | null {
  const built = name.charAt(0).toUpperCase() + name.slice(1);
  const patterns = [
    new RegExp(`\\.is\\(\\s*${escaped(name)}\\b[^)]*\\)`),
    new RegExp(`\\.(?:is|as)${escaped(built)}\\(\\)`),
    new RegExp(`\\.as\\(\\s*${escaped(name)}\\b[^)]*\\)`),
    new RegExp(`\\b${escaped(name)}\\b`),
  ];
  for (const pattern of patterns) {
    const found = find(text, fact.range, pattern);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

function find(text: string, { from, to }: TextRange, pattern: RegExp): TextRange | null {
  const found = pattern.exec(text.slice(from, to));
  return found === null ? null : { from: from + found.index, to: from + found.index + found[0].length };
}

function start({ range }: FunctionFact): TextRange {
  return { from: range.from, to: range.from };
}

/** Several sends of one type are one entry, which leads to the first. */
function unique(entries: readonly OutlineEntry[]): readonly OutlineEntry[] {
  return entries.filter((entry, index) => entries.findIndex((other) => other.kind === entry.kind && other.name === entry.name) === index);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The name of the constant or class that holds the spec, as a breadcrumb shows it. */
export function specName(fact: FunctionFact, text: string): string {
  const before = text.slice(Math.max(0, fact.range.from - 200), fact.range.from);
  return /(?:const|let|var|class)\s+([\w$]+)\s*(?::[^=;]*)?=?\s*(?:new\s+)?[^;{}]*$/.exec(before)?.[1] ?? lastPart(fact.typename);
}

/** Where `fn` begins, within the spec. */
export function fnRange(fact: FunctionFact, text: string): TextRange {
  return find(text, fact.range, /\bfn\b(?=\s*[(:,}])/) ?? start(fact);
}
