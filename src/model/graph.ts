/**
 * The graph is a view: module.yaml (endpoints, ingresses, routers, egresses), the code (functions, what they may send)
 * and studio.json (notes, drafts, stand-ins) put together. Never edited itself; commands edit the files.
 */
import type { EdgeId, FilePath, NodeId, Typename } from '../base/ids.ts';
import type { EgressDefinition, EndpointDefinition, IngressDefinition, ModuleComponent } from './module.ts';
import type { FunctionFact } from './code-facts.ts';
import type { Note, RemoteEndpoint, StandIn } from './studio-file.ts';

interface NodeBase {
  readonly id: NodeId;
  /** Shown on line 1: the name without its namespace where that is unambiguous. */
  readonly title: string;
  /** The endpoint frame a function lies in. */
  readonly parent: NodeId | null;
}
export interface IngressNode extends NodeBase {
  readonly type: 'ingress';
  readonly component: ModuleComponent;
  readonly definition: IngressDefinition | null;
}
export interface RouterNode extends NodeBase {
  readonly type: 'router';
  /** Null for a draft that hangs on no ingress yet. */
  readonly ingress: Typename | null;
  readonly topic: string;
  readonly valueType: string;
  readonly targets: readonly Typename[];
}
export interface FunctionNode extends NodeBase {
  readonly type: 'function';
  readonly typename: Typename;
  /** Null: no code in this project. It may still be served elsewhere, have a stand-in, or be a draft. */
  readonly code: FunctionFact | null;
  readonly standIn: StandIn | null;
  /** The endpoint whose pattern serves it (S91), or null. */
  readonly endpoint: NodeId | null;
  /** The setting, its own or its endpoint's, that has a server outside the Studio answer for it; or null. */
  readonly remote: RemoteEndpoint | null;
}
export interface EgressNode extends NodeBase {
  readonly type: 'egress';
  readonly component: ModuleComponent;
  readonly definition: EgressDefinition | null;
}
export interface EndpointNode extends NodeBase {
  readonly type: 'endpoint';
  readonly component: ModuleComponent;
  readonly definition: EndpointDefinition | null;
  readonly remote: RemoteEndpoint | null;
}
export interface CustomNode extends NodeBase {
  readonly type: 'custom';
  readonly component: ModuleComponent;
}
export interface ExternalNode extends NodeBase {
  readonly type: 'external';
  readonly path: FilePath;
}
export interface NoteNode extends NodeBase {
  readonly type: 'note';
  readonly note: Note;
}
export type GraphNode = IngressNode | RouterNode | FunctionNode | EgressNode | EndpointNode | CustomNode | ExternalNode | NoteNode;

/**
 * `routed`: by module.yaml. `may-send`: found in the code. `delayed`: a delayed send found in the code.
 * `forward`: a stand-in's target. `external`: a call to a third-party service. Observed-only edges are the run's affair.
 */
export type EdgeOrigin = 'routed' | 'may-send' | 'delayed' | 'forward' | 'external';

export interface GraphEdge {
  readonly id: EdgeId;
  readonly origin: EdgeOrigin;
  readonly from: NodeId;
  readonly to: NodeId;
  /** E.g. `after 30 d` for a delayed send with a constant delay. */
  readonly label: string | null;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
