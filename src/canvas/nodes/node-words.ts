/** The words of an item: its second line, and the name that assistive technology reads. */
import { assertNever } from '../../base/assert-never.ts';
import type { NodeId } from '../../base/ids.ts';
import type { FunctionNode, GraphNode } from '../../model/graph.ts';
import { nodeName } from '../../model/graph-ids.ts';
import type { ModuleComponent } from '../../model/module.ts';
import type { Problem } from '../../model/problem.ts';
import { shortType } from '../geometry/node-size.ts';

export interface ProblemCount {
  readonly errors: number;
  readonly warnings: number;
}
export const NO_PROBLEMS: ProblemCount = { errors: 0, warnings: 0 };

/** Per item, without mere information. */
export function countProblems(problems: readonly Problem[]): ReadonlyMap<NodeId, ProblemCount> {
  const counts = new Map<NodeId, ProblemCount>();
  for (const { node, severity } of problems) {
    if (node !== undefined && severity !== 'info') {
      const { errors, warnings } = counts.get(node) ?? NO_PROBLEMS;
      counts.set(node, severity === 'error' ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 });
    }
  }
  return counts;
}

/** Line 2 while designing. */
export function factsOf(node: GraphNode): string {
  switch (node.type) {
    case 'ingress':
    case 'egress':
      return `${namespaceOf(node.id)} · ${connectorOf(node.component)}`;
    case 'router':
      return node.ingress === null ? `${shortType(node.valueType)} · no ingress` : shortType(node.valueType);
    case 'function':
      return functionFacts(node);
    case 'external':
      return 'HTTP stub';
    case 'custom':
      return 'custom component';
    case 'endpoint':
      return node.remote?.url ?? urlOf(node.component);
    case 'note':
      return '';
    default:
      return assertNever(node);
  }
}

/** E.g. `Kafka ingress fraud/transactions, 1 problem`. */
export function accessibleName(node: GraphNode, problems: ProblemCount): string {
  const count = problems.errors + problems.warnings;
  const tail = count === 0 ? '' : count === 1 ? ', 1 problem' : `, ${count} problems`;
  return `${kindWords(node)} ${fullName(node)}${tail}`;
}

/** What kind of thing it is, in words: `Kafka ingress`, `Function`. */
export function kindWords(node: GraphNode): string {
  switch (node.type) {
    case 'ingress':
    case 'egress':
      return `${connectorOf(node.component)} ${node.type}`;
    case 'router':
      return node.ingress === null ? 'Draft router' : 'Router';
    case 'function':
      return node.remote !== null ? 'Remote function' : node.code === null ? 'Function without code' : 'Function';
    case 'endpoint':
      return node.remote === null ? 'Endpoint' : 'Remote endpoint';
    case 'custom':
      return 'Custom component';
    case 'external':
      return 'Outside service';
    case 'note':
      return 'Note';
    default:
      return assertNever(node);
  }
}

/** The name with its namespace, as module.yaml has it. */
export function fullName(node: GraphNode): string {
  switch (node.type) {
    case 'ingress':
    case 'egress':
    case 'function':
      return nodeName(node.id);
    case 'router':
      return node.ingress === null ? node.title : `${node.title} of ${node.ingress}`;
    default:
      return node.title;
  }
}

export function connectorOf({ kind }: ModuleComponent): 'Kafka' | 'Kinesis' | 'Custom' {
  return kind.includes('kafka') ? 'Kafka' : kind.includes('kinesis') ? 'Kinesis' : 'Custom';
}

/** Where an endpoint's functions are called. */
function urlOf({ spec }: ModuleComponent): string {
  if (typeof spec !== 'object' || spec === null || !('urlPathTemplate' in spec)) {
    return '';
  }
  return typeof spec.urlPathTemplate === 'string' ? spec.urlPathTemplate : '';
}

function namespaceOf(id: NodeId): string {
  const name = nodeName(id);
  const cut = name.lastIndexOf('/');
  return cut < 0 ? name : name.slice(0, cut);
}

function functionFacts({ code, standIn, remote }: FunctionNode): string {
  if (remote !== null) {
    return 'remote';
  }
  if (code === null) {
    const forward = standIn?.forwardTo ?? null;
    const to = forward === null ? null : forward.type === 'egress' ? forward.id : forward.typename;
    return to === null ? 'no code — stand-in' : `stand-in → ${to.slice(to.lastIndexOf('/') + 1)}`;
  }
  const states = code.states.length;
  const targets = new Set(code.sends.map((send) => `${send.target} ${send.to}`)).size;
  return `${states === 0 ? 'no state' : states === 1 ? '1 state' : `${states} states`} · ${targets === 0 ? 'sends nothing' : `sends ${targets}`}`;
}
