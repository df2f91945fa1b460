/**
 * The places on the page that a run writes into, many times a second and past React: numbers on items and edges. A view
 * registers its root element; what is inside carries `data-run` with the name of the number.
 */
import type { EdgeId, NodeId } from '../../base/ids.ts';

export interface RunElement {
  readonly root: HTMLElement;
  readonly fields: ReadonlyMap<string, HTMLElement>;
}

type ElementRef = (root: HTMLElement | null) => void;

const nodes = new Map<NodeId, RunElement>();
const edges = new Map<EdgeId, RunElement>();
const nodeRefs = new Map<NodeId, ElementRef>();
const runningNodeRefs = new Map<NodeId, ElementRef>();
const edgeRefs = new Map<EdgeId, ElementRef>();
let edgeRoot: SVGElement | null = null;
let changed = true;

export const runElements = {
  node: (id: NodeId): RunElement | undefined => nodes.get(id),
  edge: (id: EdgeId): RunElement | undefined => edges.get(id),
  /** What all edges are drawn in. */
  edgeRootRef(root: SVGElement | null): void {
    edgeRoot = root;
    changed = true;
  },
  markEdges(isHeld: boolean): void {
    edgeRoot?.toggleAttribute('data-held', isHeld);
  },
  /** True once after an element came or went: all numbers have to be written again. */
  takeChanged(): boolean {
    const was = changed;
    changed = false;
    return was;
  },
  /** The same function each time, so that a view drawn again does not register again; another one where its inside differs. */
  nodeRef: (id: NodeId, running: boolean) => refFor(running ? runningNodeRefs : nodeRefs, nodes, id),
  edgeRef: (id: EdgeId) => refFor(edgeRefs, edges, id),
} as const;

function refFor<Id>(refs: Map<Id, ElementRef>, elements: Map<Id, RunElement>, id: Id): ElementRef {
  const known = refs.get(id);
  if (known !== undefined) {
    return known;
  }
  const made: ElementRef = (root) => register(elements, id, root);
  refs.set(id, made);
  return made;
}

function register<Id>(elements: Map<Id, RunElement>, id: Id, root: HTMLElement | null): void {
  changed = true;
  if (root === null) {
    elements.delete(id);
    return;
  }
  const fields = new Map<string, HTMLElement>();
  for (const field of root.querySelectorAll<HTMLElement>('[data-run]')) {
    fields.set(field.dataset['run'] ?? '', field);
  }
  elements.set(id, { root, fields });
}

/** Writes a text only where it differs: most numbers stay from one frame to the next. */
export function write(element: RunElement | undefined, field: string, text: string): void {
  const place = element?.fields.get(field);
  if (place !== undefined && place.textContent !== text) {
    place.textContent = text;
  }
}

export function mark(element: RunElement | undefined, name: string, value: string | null): void {
  if (element === undefined || (element.root.dataset[name] ?? null) === value) {
    return;
  }
  if (value === null) {
    delete element.root.dataset[name];
  } else {
    element.root.dataset[name] = value;
  }
}
