/** The graph as a tree: the same items as on the canvas, by their kind. Pure. */
import type { NodeId } from '../base/ids.ts';
import type { Graph, GraphNode } from '../model/graph.ts';
import type { Kind } from '../ui/KindChip.tsx';
import type { ProblemCount } from './nodes/node-words.ts';
import { accessibleName, fullName, NO_PROBLEMS } from './nodes/node-words.ts';

export interface OutlineItem {
  readonly id: NodeId;
  readonly kind: Kind;
  readonly text: string;
  /** With its kind and the number of its problems. */
  readonly name: string;
  readonly problems: ProblemCount;
  readonly children: readonly OutlineItem[];
}
export interface OutlineGroup {
  readonly id: string;
  readonly title: string;
  readonly items: readonly OutlineItem[];
}

/** Groups without items are left out. `filter`: only items whose name contains the text, and what they lie in. */
export function outlineTree(graph: Graph, counts: ReadonlyMap<NodeId, ProblemCount>, filter: string): readonly OutlineGroup[] {
  const wanted = filter.trim().toLowerCase();
  const keep = (node: GraphNode, children: readonly OutlineItem[]): readonly OutlineItem[] => {
    const problems = counts.get(node.id) ?? NO_PROBLEMS;
    const isKept = wanted === '' || children.length > 0 || fullName(node).toLowerCase().includes(wanted);
    return isKept ? [{ id: node.id, kind: node.type, text: textOf(node), name: accessibleName(node, problems), problems, children }] : [];
  };
  const all = (type: GraphNode['type'], test: (node: GraphNode) => boolean = () => true) =>
    graph.nodes.filter((node) => node.type === type && test(node));
  const routersOf = (ingress: string) =>
    graph.nodes.filter((node) => node.type === 'router' && `ingress:${node.ingress ?? ''}` === ingress);
  const groups: readonly OutlineGroup[] = [
    {
      id: 'ingresses',
      title: 'Ingresses',
      items: all('ingress').flatMap((node) =>
        keep(
          node,
          routersOf(node.id).flatMap((router) => keep(router, [])),
        ),
      ),
    },
    {
      id: 'drafts',
      title: 'Routers without ingress',
      items: all('router', (node) => node.type === 'router' && node.ingress === null).flatMap((node) => keep(node, [])),
    },
    {
      id: 'endpoints',
      title: 'Endpoints',
      items: all('endpoint').flatMap((node) =>
        keep(
          node,
          all('function', (child) => child.parent === node.id).flatMap((child) => keep(child, [])),
        ),
      ),
    },
    {
      id: 'functions',
      title: 'Functions without endpoint',
      items: all('function', (node) => node.parent === null).flatMap((node) => keep(node, [])),
    },
    { id: 'egresses', title: 'Egresses', items: all('egress').flatMap((node) => keep(node, [])) },
    { id: 'custom', title: 'Custom components', items: all('custom').flatMap((node) => keep(node, [])) },
    { id: 'outside', title: 'Outside the module', items: all('external').flatMap((node) => keep(node, [])) },
    { id: 'notes', title: 'Notes', items: all('note').flatMap((node) => keep(node, [])) },
  ];
  return groups.filter((group) => group.items.length > 0);
}

/** Inside its frame or ingress, an item needs no more than its own name. */
function textOf(node: GraphNode): string {
  return node.type === 'router' || (node.type === 'function' && node.parent !== null) ? node.title : fullName(node);
}
