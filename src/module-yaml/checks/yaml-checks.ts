/** YAML that loads, but not as its writer thought: aliases, merge keys, duplicate keys; and keys and numbers that do not load. */
import type { NodeId } from '../../base/ids.ts';
import type { TextRange } from '../../model/problem.ts';
import type { LocatedModule } from '../locate.ts';
import { moduleProblem, textEdit, type ModuleProblem } from '../problem-codes.ts';
import type { PairNode, ScalarNode, SourceNode } from '../source/source-node.ts';
import { secondComponentAt } from './component-checks.ts';
import { quoteText } from '../write/scalar-writer.ts';

interface Walk {
  readonly problems: ModuleProblem[];
  readonly nodeAt: (at: number) => NodeId | undefined;
}

export function checkYamlTraps(located: LocatedModule): readonly ModuleProblem[] {
  const spans = located.components.map(({ node, place }) => ({ node, from: place.map.from, to: place.map.to }));
  const walk: Walk = { problems: [], nodeAt: (at) => spans.find((span) => at >= span.from && at <= span.to)?.node };
  for (const { root } of located.source.documents) {
    visit(walk, root, located.format === 'documents' && secondComponentAt(root) !== null);
  }
  return walk.problems;
}

/** `isDouble`: two components in one. */
function visit(walk: Walk, node: SourceNode, isDouble: boolean): void {
  switch (node.type) {
    case 'scalar':
      visitScalar(walk, node);
      return;
    case 'list':
      node.items.forEach((item) => visit(walk, item.value, false));
      return;
    case 'map':
      for (const pair of node.pairs) {
        visitKey(walk, pair, isDouble);
        visit(walk, pair.value, false);
      }
  }
}

function visitScalar(walk: Walk, node: ScalarNode): void {
  const place = { range: node, node: walk.nodeAt(node.from) };
  if (node.style === 'alias') {
    const message = `The loader does not follow *${node.text}: it reads the text “${node.text}”. Write the value itself.`;
    walk.problems.push(moduleProblem('yaml-alias', 'warning', message, place));
  } else if (node.scalar === 'invalid') {
    const message = `${node.text} does not load, even in a field that is ignored: put it in quotes, or write another number.`;
    const fix = { label: 'Put it in quotes', edits: [textEdit(node.outer, node.to, quoteText(node.text))] };
    walk.problems.push(moduleProblem('yaml-number', 'error', message, { ...place, moment: 'load', fix }));
  }
}

function visitKey(walk: Walk, pair: PairNode, isDouble: boolean): void {
  const range: TextRange = { from: pair.keyFrom, to: pair.keyTo };
  const place = { range, node: walk.nodeAt(range.from) };
  if (pair.badKey) {
    const message = 'A list, a map or an alias cannot be a key: write a text, in quotes if it begins with { [ or *.';
    walk.problems.push(moduleProblem('yaml-key', 'error', message, { ...place, moment: 'load' }));
  } else if (pair.key === '<<') {
    const message = 'The loader does not merge: << is an unknown field, and ignored. Write the fields themselves.';
    walk.problems.push(moduleProblem('yaml-merge-key', 'warning', message, place));
  }
  // Two kinds in one document are a forgotten separator, which has its own problem.
  if (pair.shadowed && !(isDouble && (pair.key === 'kind' || pair.key === 'spec'))) {
    const message = `${pair.key} stands again further down, and only the last one counts: remove one of them.`;
    walk.problems.push(moduleProblem('yaml-duplicate-key', 'warning', message, place));
  }
}
