/**
 * Puts the graph together from the decoded module, what the code says, and studio.json. A view only: it never fails,
 * keeps the first of two items that share an id, and shows what is broken as far as it can be read.
 */
import type { FilePath, NodeId, Typename } from '../base/ids.ts';
import { assertNever } from '../base/assert-never.ts';
import { typename } from '../base/ids.ts';
import { buildEdges } from './build-edges.ts';
import type { CodeFacts, FunctionFact } from './code-facts.ts';
import type {
  CustomNode,
  EgressNode,
  EndpointNode,
  ExternalNode,
  FunctionNode,
  Graph,
  GraphNode,
  IngressNode,
  NoteNode,
  RouterNode,
} from './graph.ts';
import { draftRouterNode, externalNode, functionNode, nodeName, noteNode, routerNode } from './graph-ids.ts';
import type { DecodedModule, ModuleComponent } from './module.ts';
import type { Project } from './project.ts';
import { routeEntries } from './route-entries.ts';
import type { RemoteEndpoint, StudioFile } from './studio-file.ts';

export interface GraphInput {
  readonly module: DecodedModule;
  readonly facts: CodeFacts;
  readonly studio: StudioFile;
  readonly project: Project;
}

export function buildGraph(input: GraphInput): Graph {
  const nodes = new Map<NodeId, GraphNode>();
  const add = (node: GraphNode) => {
    if (!nodes.has(node.id)) {
      nodes.set(node.id, node);
    }
  };
  for (const component of input.module.components) {
    add(componentNode(component, input.studio));
    routersOf(component).forEach(add);
  }
  draftRouters(input.studio).forEach(add);
  functionNodes(input, [...nodes.values()]).forEach(add);
  for (const path of input.project.files.keys()) {
    if (isStub(path)) {
      add(external(path));
    }
  }
  for (const note of input.studio.notes) {
    add({ type: 'note', id: noteNode(note.id), title: note.title, parent: null, note } satisfies NoteNode);
  }
  const titled = withTitles([...nodes.values()]);
  return { nodes: titled, edges: buildEdges(titled, input) };
}

/** A file that answers for a third-party service. */
export function isStub(path: FilePath): boolean {
  return /^stubs\/.+\.([cm]?[tj]s|ya?ml)$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

/** The endpoint whose pattern serves a function: the exact one beats its namespace's (S91). Null when none does. */
export function servingEndpoint(components: readonly ModuleComponent[], type: Typename): ModuleComponent | null {
  const namespace = type.slice(0, type.lastIndexOf('/'));
  const endpoints = components.filter((component) => component.role === 'endpoint');
  return (
    endpoints.find((endpoint) => patternOf(endpoint) === type) ??
    endpoints.find((endpoint) => patternOf(endpoint) === `${namespace}/*`) ??
    null
  );
}

/** `namespace/name` or `namespace/*` as the endpoint declares it. */
export function patternOf(endpoint: ModuleComponent): string {
  const { definition } = endpoint;
  return definition?.type === 'endpoint' ? `${definition.pattern.namespace}/${definition.pattern.name}` : endpoint.title;
}

function componentNode(component: ModuleComponent, studio: StudioFile): IngressNode | EgressNode | EndpointNode | CustomNode {
  const base = { id: component.node, title: component.title, parent: null, component };
  const { definition } = component;
  switch (component.role) {
    case 'ingress':
      return { ...base, type: 'ingress', definition: definition?.type === 'ingress' ? definition : null };
    case 'egress':
      return { ...base, type: 'egress', definition: definition?.type === 'egress' ? definition : null };
    case 'endpoint':
      return {
        ...base,
        type: 'endpoint',
        definition: definition?.type === 'endpoint' ? definition : null,
        remote: remoteOf(studio, patternOf(component)),
      };
    case 'custom':
      return { ...base, type: 'custom' };
    default:
      return assertNever(component.role);
  }
}

function remoteOf({ remotes }: StudioFile, functions: string): RemoteEndpoint | null {
  return remotes.find((remote) => remote.functions === functions) ?? null;
}

function routersOf(component: ModuleComponent): readonly RouterNode[] {
  const ingress = typename(nodeName(component.node));
  return routeEntries(component).map(({ topic, valueType, targets }) => ({
    type: 'router',
    id: routerNode(ingress, topic),
    title: topic,
    parent: null,
    ingress,
    topic,
    valueType,
    targets,
  }));
}

function draftRouters(studio: StudioFile): readonly RouterNode[] {
  return studio.drafts.flatMap((draft): readonly RouterNode[] =>
    draft.type === 'router'
      ? [
          {
            type: 'router',
            id: draftRouterNode(draft.id),
            title: draft.topic === '' ? 'router' : draft.topic,
            parent: null,
            ingress: null,
            topic: draft.topic,
            valueType: draft.valueType,
            targets: draft.targets,
          },
        ]
      : [],
  );
}

/** Every function that anything names, in the order: code, routes, sends, stand-ins, drafts, remote functions. */
function functionNodes(input: GraphInput, sofar: readonly GraphNode[]): readonly FunctionNode[] {
  const { facts, studio, module } = input;
  const code = new Map<Typename, FunctionFact>();
  const names = new Set<Typename>();
  for (const fact of facts.functions) {
    if (!code.has(fact.typename)) {
      code.set(fact.typename, fact);
    }
    names.add(fact.typename);
  }
  for (const node of sofar) {
    if (node.type === 'router') {
      node.targets.forEach((target) => names.add(target));
    }
  }
  for (const fact of facts.functions) {
    fact.sends.filter((send) => send.target === 'function').forEach((send) => names.add(send.to));
  }
  for (const standIn of studio.standIns) {
    names.add(standIn.typename);
    if (standIn.forwardTo?.type === 'function') {
      names.add(standIn.forwardTo.typename);
    }
  }
  for (const draft of studio.drafts) {
    if (draft.type === 'function') {
      names.add(draft.typename);
    }
  }
  for (const { functions } of studio.remotes) {
    if (!functions.endsWith('/*')) {
      names.add(typename(functions));
    }
  }
  return [...names].map((name) => {
    const serving = servingEndpoint(module.components, name);
    const endpoint = serving?.node ?? null;
    return {
      type: 'function',
      id: functionNode(name),
      title: name,
      parent: endpoint,
      typename: name,
      code: code.get(name) ?? null,
      standIn: studio.standIns.find((standIn) => standIn.typename === name) ?? null,
      endpoint,
      remote: serving === null ? null : (remoteOf(studio, name) ?? remoteOf(studio, patternOf(serving))),
    };
  });
}

function external(path: FilePath): ExternalNode {
  const name = path.replace(/^stubs\//, '').replace(/\.[a-z]+$/, '');
  return { type: 'external', id: externalNode(name), title: name, parent: null, path };
}

/** Short names where they are clear: among nodes of one type, a name that two share keeps its namespace. */
function withTitles(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const count = new Map<string, number>();
  const shortOf = (node: GraphNode): string | null =>
    node.type === 'ingress' || node.type === 'egress' || node.type === 'function'
      ? node.title.slice(node.title.lastIndexOf('/') + 1)
      : null;
  for (const node of nodes) {
    const key = `${node.type}:${shortOf(node) ?? ''}`;
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  return nodes.map((node) => {
    const short = shortOf(node);
    return short === null || short === '' || count.get(`${node.type}:${short}`) !== 1 ? node : { ...node, title: short };
  });
}
