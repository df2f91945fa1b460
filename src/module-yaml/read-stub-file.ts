/** A `stubs/*.yaml` file: its rules with their places, and what is wrong with it, each at its place. */
import { nearest } from '../base/nearest.ts';
import type { FilePath } from '../base/ids.ts';
import type { Problem, TextRange } from '../model/problem.ts';
import { STUB_RULE_KEYS, stubRuleFaults, type StubFault, type StubRule } from '../model/stub-rule.ts';
import { readSource } from './source/read-source.ts';
import { pairOf, toJson, valueOf, type ListNode, type SourceNode } from './source/source-node.ts';

export interface StubFileReading {
  /** Those that nothing is wrong with. */
  readonly rules: readonly StubRule[];
  /** Where each of `rules` stands. */
  readonly places: readonly TextRange[];
  readonly problems: readonly Problem<'bad-stub'>[];
  /** Where a rule can be added; null where the text has another shape. */
  readonly list: ListNode | null;
}

export function isStubRuleFile(path: string): boolean {
  return /^stubs\/.+\.ya?ml$/.test(path);
}

/** A list of rules, or a map with such a list under `stubs`. A file with nothing in it has no rules. */
export function readStubFile(path: FilePath, text: string): StubFileReading {
  const source = readSource(text);
  const problems: Problem<'bad-stub'>[] = source.problems
    .filter(({ severity }) => severity === 'error')
    .map(({ message, range }) => ({ code: 'bad-stub', severity: 'error', message, path, range: range ?? START }));
  const bad = (message: string, range: TextRange) => problems.push({ code: 'bad-stub', severity: 'error', message, path, range });
  const [document, second] = source.documents;
  if (second !== undefined) {
    bad('A stub file has one document: write all rules into one list.', rangeOf(second.root));
  }
  const root = document?.root ?? null;
  if (root === null || problems.length > 0 || isEmpty(root)) {
    return { rules: [], places: [], problems, list: null };
  }
  const list = root.type === 'map' ? valueOf(root, 'stubs') : root;
  if (list === null || list.type !== 'list') {
    bad('A stub file is a list of rules, each with `- url:` and what to answer.', rangeOf(root));
    return { rules: [], places: [], problems, list: null };
  }
  const rules: StubRule[] = [];
  const places: TextRange[] = [];
  for (const { value } of list.items) {
    const rule: unknown = toJson(value);
    const faults = stubRuleFaults(rule);
    for (const fault of faults) {
      bad(`${fault.message}${meant(fault)}`, placeOf(value, fault));
    }
    if (faults.length === 0) {
      // stubRuleFaults found nothing wrong with its shape.
      rules.push(rule as StubRule);
      places.push(rangeOf(value));
    }
  }
  return { rules, places, problems, list };
}

const START: TextRange = { from: 0, to: 0 };

function meant({ at, key }: StubFault): string {
  const last = at.at(-1);
  const known = key === true && at.length === 1 && typeof last === 'string' ? nearest(last, STUB_RULE_KEYS) : null;
  return known === null || known === last ? '' : ` Did you mean ${known}?`;
}

/** Of the value that a fault speaks of, or as near as there is one. */
function placeOf(rule: SourceNode, { at, key }: StubFault): TextRange {
  let node = rule;
  for (const [index, step] of at.entries()) {
    const pair = typeof step === 'string' ? pairOf(node, step) : null;
    if (pair !== null && key === true && index === at.length - 1) {
      return { from: pair.keyFrom, to: pair.keyTo };
    }
    const next = pair?.value ?? (node.type === 'list' && typeof step === 'number' ? node.items[step]?.value : undefined);
    if (next === undefined) {
      return rangeOf(node);
    }
    node = next;
  }
  const [first] = node.type === 'map' ? node.pairs : [];
  // A whole rule would be many lines: its first key stands for it.
  return first === undefined ? rangeOf(node) : { from: first.keyFrom, to: first.keyTo };
}

function rangeOf({ from, to }: SourceNode): TextRange {
  return { from, to };
}

function isEmpty(node: SourceNode): boolean {
  return node.type === 'scalar' && node.style === 'empty';
}
