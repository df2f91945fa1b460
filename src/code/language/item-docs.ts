/** What an item of the module is, in a few lines of Markdown: for hovers and beside completions. Pure. */
import type { NodeId } from '../../base/ids.ts';
import type { CommandContext } from '../../model/command.ts';
import { durationLabel } from '../../model/duration-label.ts';
import type { StateSpecFact } from '../../model/code-facts.ts';
import type { EgressNode, FunctionNode, GraphNode, IngressNode } from '../../model/graph.ts';
import { nodeKind, nodeName, routerParts } from '../../model/graph-ids.ts';
import { describeKind } from '../../module-yaml/kinds/registry.ts';

export function itemDocs(context: CommandContext, id: NodeId): string | null {
  const node = context.graph.nodes.find((candidate) => candidate.id === id);
  switch (node?.type) {
    case 'function':
      return functionDocs(context, node);
    case 'ingress':
    case 'egress':
      return componentDocs(context, node);
    case 'router':
      return [`**${node.topic}**: values of ${code(node.valueType || 'no type')}`, list('Goes to', node.targets)].join('\n\n');
    case 'endpoint':
      return [
        `**Endpoint** ${code(nodeName(id))}`,
        node.definition?.type === 'endpoint' ? code(node.definition.urlPathTemplate) : '',
        list('Serves', servedBy(context, id)),
      ]
        .filter((line) => line !== '')
        .join('\n\n');
    default:
      return null;
  }
}

function functionDocs(context: CommandContext, node: FunctionNode): string {
  const { code: fact } = node;
  const to = fact === null ? [] : [...new Set(fact.sends.map((send) => send.to))];
  return [
    `**Function** ${code(node.typename)}`,
    fact === null ? 'No code in this project.' : `In ${code(fact.path)}`,
    fact === null ? '' : states(fact.states),
    list('Messages from', sendersOf(context, node.id)),
    list('May send to', to),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

function states(specs: readonly StateSpecFact[]): string {
  return specs.length === 0 ? 'Keeps no state.' : `State: ${specs.map((spec) => `${code(spec.name)} ${stateType(spec)}`).join(', ')}`;
}

/** `int, gone 30 d after write`. */
export function stateType(spec: StateSpecFact): string {
  const expiration = spec.expiration === null ? '' : `, gone ${durationLabel(spec.expiration.millis)} ${EXPIRES[spec.expiration.mode]}`;
  return `${spec.type ?? 'of unknown type'}${expiration}`;
}

const EXPIRES = { 'after-write': 'after write', 'after-call': 'after call' } as const;

function componentDocs(context: CommandContext, node: IngressNode | EgressNode): string {
  const name = nodeName(node.id);
  return [
    `**${describeKind(node.component.kind)?.label ?? node.component.kind}** ${code(name)}`,
    describeKind(node.component.kind)?.summary ?? '',
    node.type === 'egress' ? list('Written by', sendersOf(context, node.id)) : list('Topics', topicsOf(context, name)),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

function topicsOf(context: CommandContext, ingress: string): readonly string[] {
  return context.graph.nodes.flatMap((node) => (node.type === 'router' && node.ingress === ingress ? [node.topic] : []));
}

/** Names of the items whose edges lead to one; a router tells its topic. */
export function sendersOf(context: CommandContext, id: NodeId): readonly string[] {
  return [...new Set(context.graph.edges.filter((edge) => edge.to === id).map((edge) => nameOf(edge.from)))];
}

function nameOf(id: NodeId): string {
  const router = nodeKind(id) === 'router' ? routerParts(id) : null;
  return router === null ? nodeName(id) : `${router.topic} of ${router.ingress}`;
}

function servedBy(context: CommandContext, endpoint: NodeId): readonly string[] {
  return context.graph.nodes.flatMap((node: GraphNode) => (node.type === 'function' && node.endpoint === endpoint ? [node.typename] : []));
}

function list(label: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${label} ${names.map(code).join(', ')}`;
}

function code(text: string): string {
  return `\`${text}\``;
}
