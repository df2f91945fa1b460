/** The names of nodes and edges: the only place where they are put together and taken apart. */
import type { EdgeId, NodeId, Typename } from '../base/ids.ts';
import { edgeId, nodeId, typename } from '../base/ids.ts';

export type NodeKind = 'ingress' | 'router' | 'function' | 'egress' | 'endpoint' | 'custom' | 'external' | 'note';

export function ingressNode(id: string): NodeId {
  return nodeId(`ingress:${id}`);
}
/** A router is one topic (or stream) entry of an ingress. */
export function routerNode(ingress: string, topic: string): NodeId {
  return nodeId(`router:${ingress}#${topic}`);
}
/** A router that hangs on no ingress yet, by its id in studio.json. */
export function draftRouterNode(id: string): NodeId {
  return nodeId(`router:#${id}`);
}
export function functionNode(type: string): NodeId {
  return nodeId(`function:${type}`);
}
export function egressNode(id: string): NodeId {
  return nodeId(`egress:${id}`);
}
/** `pattern` is `namespace/name` or `namespace/*`. */
export function endpointNode(pattern: string): NodeId {
  return nodeId(`endpoint:${pattern}`);
}
/** A component of an unknown kind; `ordinal` is its place among the components of the file. */
export function customNode(kind: string, ordinal: number): NodeId {
  return nodeId(`custom:${kind}#${ordinal}`);
}
/** A third-party service that stubs answer for, named by its stub file without folder and extension. */
export function externalNode(name: string): NodeId {
  return nodeId(`external:${name}`);
}
/** Notes and drafts (items that module.yaml cannot hold yet) have ids of their own, kept in studio.json. */
export function noteNode(id: string): NodeId {
  return nodeId(`note:${id}`);
}

export function nodeKind(id: NodeId): NodeKind {
  return id.slice(0, id.indexOf(':')) as NodeKind;
}
/** What follows the kind: a typename, an id, `ingress#topic` for a router. */
export function nodeName(id: NodeId): string {
  return id.slice(id.indexOf(':') + 1);
}
export function functionOf(id: NodeId): Typename | null {
  return nodeKind(id) === 'function' ? typename(nodeName(id)) : null;
}
/** The id of a router's draft, or null for anything else. */
export function draftRouterOf(id: NodeId): string | null {
  return id.startsWith('router:#') ? id.slice('router:#'.length) : null;
}
/** Null for what is not a router, and for a draft. A topic holds no `#`, an id may. */
export function routerParts(id: NodeId): { readonly ingress: Typename; readonly topic: string } | null {
  if (nodeKind(id) !== 'router' || draftRouterOf(id) !== null) {
    return null;
  }
  const name = nodeName(id);
  const split = name.lastIndexOf('#');
  return { ingress: typename(name.slice(0, split)), topic: name.slice(split + 1) };
}

/** A message edge. Delayed messages have an edge of their own beside the direct one. */
export function messageEdge(from: NodeId, to: NodeId, delayed = false): EdgeId {
  return edgeId(`${from}>${to}${delayed ? '~delayed' : ''}`);
}
/** Both ends of an edge. Null for what is no edge's name. */
export function edgeParts(id: EdgeId): { readonly from: NodeId; readonly to: NodeId } | null {
  const ends = /^(.+?)>((?:ingress|router|function|egress|endpoint|custom|external|note):.+?)(?:~delayed)?$/.exec(id);
  return ends?.[1] === undefined || ends[2] === undefined ? null : { from: nodeId(ends[1]), to: nodeId(ends[2]) };
}
