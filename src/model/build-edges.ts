/** The edges of the graph between nodes that exist: routed, may send, delayed, forwarded, and calls to outside services. */
import type { EdgeId, NodeId } from '../base/ids.ts';
import type { FunctionFact, SendFact } from './code-facts.ts';
import { durationLabel } from './duration-label.ts';
import type { EdgeOrigin, ExternalNode, FunctionNode, GraphEdge, GraphNode } from './graph.ts';
import { egressNode, functionNode, ingressNode, messageEdge } from './graph-ids.ts';
import type { Project } from './project.ts';
import { textFile } from './project.ts';

export function buildEdges(nodes: readonly GraphNode[], input: { readonly project: Project }): readonly GraphEdge[] {
  const known = new Set(nodes.map((node) => node.id));
  const edges = new Map<EdgeId, GraphEdge>();
  const add = (origin: EdgeOrigin, from: NodeId, to: NodeId, label: string | null = null) => {
    const id = messageEdge(from, to, origin === 'delayed');
    const old = edges.get(id);
    if (!known.has(from) || !known.has(to)) {
      return;
    }
    edges.set(id, old === undefined ? { id, origin, from, to, label } : { ...old, label: joinLabels(old.label, label) });
  };
  const externals = nodes.filter((node) => node.type === 'external');
  for (const node of nodes) {
    if (node.type === 'router') {
      if (node.ingress !== null) {
        add('routed', ingressNode(node.ingress), node.id);
      }
      node.targets.forEach((target) => add('routed', node.id, functionNode(target)));
    }
    if (node.type === 'function') {
      node.code?.sends.forEach((send) => add(send.delayed ? 'delayed' : 'may-send', node.id, targetOf(send), delayLabel(send)));
      node.code?.fetches.forEach((fetch) =>
        externalsOf(fetch.url, externals, input.project).forEach((outside) => add('external', node.id, outside.id)),
      );
      addForward(node, add);
    }
  }
  return [...edges.values()];
}

function targetOf(send: SendFact): NodeId {
  return send.target === 'egress' ? egressNode(send.to) : functionNode(send.to);
}

function addForward(node: FunctionNode, add: (origin: EdgeOrigin, from: NodeId, to: NodeId) => void): void {
  const forward = node.standIn?.forwardTo ?? null;
  if (forward !== null && node.code === null) {
    add('forward', node.id, forward.type === 'egress' ? egressNode(forward.id) : functionNode(forward.typename));
  }
}

/** The services that may answer a URL: those whose stub names its host; where only one stub exists, that one. */
function externalsOf(
  url: FunctionFact['fetches'][number]['url'],
  externals: readonly ExternalNode[],
  project: Project,
): readonly ExternalNode[] {
  const host = url === null ? null : (/^https?:\/\/([^/:?#]+)/.exec(url)?.[1] ?? null);
  const named = host === null ? [] : externals.filter((node) => textFile(project, node.path)?.includes(host) === true);
  return named.length === 0 && externals.length === 1 ? externals : named;
}

function delayLabel(send: SendFact): string | null {
  if (!send.delayed) {
    return null;
  }
  return send.delayMillis === null ? 'delayed' : `after ${durationLabel(send.delayMillis)}`;
}

const LABEL_LIMIT = 40;

function joinLabels(first: string | null, second: string | null): string | null {
  if (first === null || second === null || first === second || first.split(' or ').includes(second)) {
    return first ?? second;
  }
  const both = `${first} or ${second.replace(/^after /, '')}`;
  return first.split(' or ').includes(second.replace(/^after /, '')) || both.length > LABEL_LIMIT ? first : both;
}
