/**
 * What module.yaml declares, decoded: the types only. `module-yaml/` makes them from text, `runtime/` runs them,
 * the graph shows them. Values are what the real loader sees (module-yaml.md §2), defaults filled in.
 */
import type { NodeId, Typename } from '../base/ids.ts';
import type { JsonValue } from '../base/json.ts';
import type { Problem, TextRange } from './problem.ts';

/** `documents`: components separated by `---`. `legacy`: the single-root `version: "3.0"` form. */
export type ModuleFormat = 'documents' | 'legacy';

export interface ModuleDefinition {
  readonly endpoints: readonly EndpointDefinition[];
  readonly ingresses: readonly IngressDefinition[];
  readonly egresses: readonly EgressDefinition[];
}

export interface EndpointDefinition {
  readonly type: 'endpoint';
  readonly kind: string;
  /** `namespace` and `name`, where name `*` serves the whole namespace. */
  readonly pattern: { readonly namespace: string; readonly name: string };
  readonly urlPathTemplate: string;
  readonly maxNumBatchRequests: number;
  readonly transport: 'async' | 'okhttp';
  /** Milliseconds. `read` and `write` matter for okhttp only (S63). */
  readonly timeouts: { readonly call: number; readonly connect: number; readonly read: number; readonly write: number };
}

export type StartupPosition =
  | { readonly type: 'latest' | 'earliest' | 'group-offsets' }
  | {
      readonly type: 'specific-offsets';
      readonly offsets: readonly { readonly topic: string; readonly partition: number; readonly offset: number }[];
    }
  | { readonly type: 'date'; readonly at: number };

export interface RouteDefinition {
  /** Kafka topic or Kinesis stream. */
  readonly topic: string;
  readonly valueType: string;
  readonly targets: readonly Typename[];
}

export interface IngressDefinition {
  readonly type: 'ingress';
  readonly kind: string;
  readonly connector: 'kafka' | 'kinesis' | 'custom';
  readonly id: Typename;
  readonly startupPosition: StartupPosition;
  readonly routes: readonly RouteDefinition[];
}

export interface EgressDefinition {
  readonly type: 'egress';
  readonly kind: string;
  readonly connector: 'kafka' | 'kinesis' | 'custom';
  readonly id: Typename;
  readonly delivery: 'at-least-once' | 'exactly-once' | 'none';
  /** Milliseconds; only for exactly-once. */
  readonly transactionTimeout: number | null;
}

export type ComponentRole = 'endpoint' | 'ingress' | 'egress' | 'custom';

/** One component as it stands in the text: for the inspector's forms, the outline and selection in the module.yaml pane. */
export interface ModuleComponent {
  readonly node: NodeId;
  readonly role: ComponentRole;
  /** The `kind` as written, e.g. `io.statefun.kafka.v1/ingress`; legacy names are given as written too. */
  readonly kind: string;
  /** What names it to people: an id, an endpoint's pattern, or the kind for a component without either. */
  readonly title: string;
  /** The decoded spec, after YAML typing. */
  readonly spec: JsonValue;
  /** The whole component in the text, its leading comment included, and one-based lines, inclusive. */
  readonly range: TextRange;
  readonly lines: { readonly from: number; readonly to: number };
  /** Present when the component decodes to something the runtime can run. */
  readonly definition: EndpointDefinition | IngressDefinition | EgressDefinition | null;
}

export interface DecodedModule {
  readonly format: ModuleFormat;
  /** False when the text does not parse as YAML: components are then empty and the caller keeps its last good view. */
  readonly parsed: boolean;
  readonly components: readonly ModuleComponent[];
  readonly problems: readonly Problem[];
}
