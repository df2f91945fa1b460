/** Whether an edge can be drawn between two nodes, and if not, why: one sentence that names the way out where there is one. */
import type { NodeId } from '../base/ids.ts';
import { assertNever } from '../base/assert-never.ts';
import type { Graph, GraphNode, IngressNode, RouterNode } from './graph.ts';
import { nodeName } from './graph-ids.ts';
import { routeListOf } from './route-entries.ts';

export type ConnectAnswer = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const YES: ConnectAnswer = { ok: true };

export function canConnect(graph: Graph, from: NodeId, to: NodeId): ConnectAnswer {
  const source = graph.nodes.find((node) => node.id === from);
  const target = graph.nodes.find((node) => node.id === to);
  if (source === undefined || target === undefined) {
    return no('This item is no longer on the canvas.');
  }
  switch (source.type) {
    case 'ingress':
      return fromIngress(source, target);
    case 'router':
      return fromRouter(source, target);
    case 'function':
      return fromFunction(target);
    case 'egress':
      return no('An egress writes to the outside: no edge leaves it.');
    case 'endpoint':
      return no('An endpoint serves the functions that its pattern names; messages do not pass through it.');
    case 'custom':
      return no('A custom component is connected in its own YAML.');
    case 'external':
      return no('An outside service only answers calls; it sends no messages.');
    case 'note':
      return no('A note takes no part in messages.');
    default:
      return assertNever(source);
  }
}

function fromIngress(source: IngressNode, target: GraphNode): ConnectAnswer {
  if (routeListOf(source.component) === null && (target.type === 'function' || target.type === 'router')) {
    return no('How this kind of ingress routes is said in its own YAML.');
  }
  switch (target.type) {
    case 'function':
      return YES;
    case 'router':
      if (target.ingress === null) {
        return YES;
      }
      return no(
        target.ingress === nodeName(source.id)
          ? 'This router already belongs to this ingress.'
          : `This router belongs to ${target.ingress}.`,
      );
    case 'ingress':
      return no(target.id === source.id ? 'An ingress cannot feed itself.' : 'Nothing leads into an ingress: it reads from the outside.');
    case 'egress':
      return no('An ingress routes to functions only.');
    default:
      return noTarget(target);
  }
}

function fromRouter(source: RouterNode, target: GraphNode): ConnectAnswer {
  switch (target.type) {
    case 'function':
      return source.targets.includes(target.typename) ? no(`${target.typename} is already a target of this router.`) : YES;
    case 'router':
      return no('A router routes to functions only.');
    case 'ingress':
      return no('Nothing leads into an ingress: it reads from the outside.');
    case 'egress':
      return no('A router routes to functions only; a function can write to the egress.');
    default:
      return noTarget(target);
  }
}

function fromFunction(target: GraphNode): ConnectAnswer {
  switch (target.type) {
    case 'function':
    case 'egress':
      return YES;
    case 'router':
      return no('A router gets its records from an ingress; a function sends to functions and egresses.');
    case 'ingress':
      return no('Nothing leads into an ingress: it reads from the outside.');
    default:
      return noTarget(target);
  }
}

function noTarget(target: GraphNode & { readonly type: 'endpoint' | 'custom' | 'external' | 'note' }): ConnectAnswer {
  switch (target.type) {
    case 'endpoint':
      return no('Connect to a function inside the endpoint: the endpoint itself receives nothing.');
    case 'custom':
      return no('The Studio does not know what this component accepts; edit its YAML.');
    case 'external':
      return no("Call the service with fetch in the function's code; the edge then appears by itself.");
    case 'note':
      return no('A note takes no part in messages.');
    default:
      return assertNever(target);
  }
}

function no(reason: string): ConnectAnswer {
  return { ok: false, reason };
}
