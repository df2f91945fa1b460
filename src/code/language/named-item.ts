/** Which item of the module a text names: a typename or an egress id in code, in module.yaml or in a scenario. Pure. */
import { codeTextAt, type TextRole } from '../../analysis/code-spot.ts';
import type { FilePath, NodeId } from '../../base/ids.ts';
import type { CommandContext } from '../../model/command.ts';
import type { Graph } from '../../model/graph.ts';
import { egressNode, endpointNode, functionNode, ingressNode, routerNode } from '../../model/graph-ids.ts';
import type { TextRange } from '../../model/problem.ts';
import { isScript } from '../../model/code-files.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';
import { yamlSpotAt } from '../../module-yaml/yaml-spot.ts';

export interface NamedItem {
  readonly node: NodeId;
  readonly name: string;
  /** Of the name, without quotes. */
  readonly range: TextRange;
}

export function namedItemAt(context: CommandContext, path: FilePath, offset: number): NamedItem | null {
  const text = textFile(context.project, path);
  if (text === null) {
    return null;
  }
  if (isScript(path)) {
    const spot = codeTextAt(path, text, offset);
    const node = spot === null ? undefined : firstIn(context.graph, codeNodes(spot.role, spot.text));
    return spot === null || node === undefined ? null : { node, name: spot.text, range: spot.range };
  }
  if (path === MODULE_YAML) {
    return itemInModule(context, text, offset);
  }
  return /^scenarios\/.+\.ya?ml$/.test(path) ? itemInWord(context, text, offset) : null;
}

function codeNodes(role: TextRole, text: string): readonly NodeId[] {
  switch (role) {
    case 'typename':
    case 'target':
    case 'function':
      return [functionNode(text)];
    case 'egress':
      return [egressNode(text)];
    case 'other':
      return [functionNode(text), egressNode(text)];
    default:
      return [];
  }
}

function itemInModule(context: CommandContext, text: string, offset: number): NamedItem | null {
  const spot = yamlSpotAt(text, offset);
  if (spot === null || spot.text === '') {
    return null;
  }
  const component = context.module.components.find(({ range }) => offset >= range.from && offset <= range.to);
  const key = spot.key ?? spot.path.at(-1) ?? '';
  const node = firstIn(
    context.graph,
    key === 'id' && component !== undefined ? [component.node] : moduleNodes(key, spot.text, component?.title ?? ''),
  );
  return node === undefined ? null : { node, name: spot.text, range: spot.range };
}

/** `key`: whose value the text is, or whose list it stands in. */
function moduleNodes(key: string, text: string, ingress: string): readonly NodeId[] {
  switch (key) {
    case 'targets':
      return [functionNode(text)];
    case 'functions':
      return [endpointNode(text), functionNode(text)];
    case 'topic':
    case 'stream':
      return [routerNode(ingress, text)];
    default:
      return [];
  }
}

const NAME = /[\w./-]/;

/** In a scenario any word that is the name of a function or an egress means it. */
function itemInWord(context: CommandContext, text: string, offset: number): NamedItem | null {
  let from = offset;
  let to = offset;
  while (from > 0 && NAME.test(text[from - 1] ?? '')) {
    from -= 1;
  }
  while (to < text.length && NAME.test(text[to] ?? '')) {
    to += 1;
  }
  const name = text.slice(from, to);
  const isEgress = /egress:\s*['"]?$/.test(text.slice(Math.max(0, from - 40), from));
  const nodes = isEgress ? [egressNode(name)] : [functionNode(name), egressNode(name), ingressNode(name)];
  const node = firstIn(context.graph, nodes);
  return node === undefined ? null : { node, name, range: { from, to } };
}

function firstIn(graph: Graph, nodes: readonly NodeId[]): NodeId | undefined {
  return nodes.find((id) => graph.nodes.some((node) => node.id === id));
}
