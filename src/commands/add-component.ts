/** A new ingress, egress or endpoint in module.yaml, with values that load and a name that is free. */
import type { JsonValue } from '../base/json.ts';
import { egressNode, endpointNode, ingressNode } from '../model/graph-ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { Position } from '../model/studio-file.ts';
import { checkComponentId, checkPattern } from '../model/typename-rules.ts';
import { EditSession } from './edit-session.ts';
import { freeName, freeTypename, usualNamespace } from './free-names.ts';
import { newComponent } from './new-component.ts';
import { placeNode } from './positions.ts';

export type NewComponent =
  | 'kafka-ingress'
  | 'kinesis-ingress'
  | 'custom-ingress'
  | 'kafka-egress'
  | 'kinesis-egress'
  | 'custom-egress'
  | 'endpoint';

export interface AddComponentArgs {
  readonly component: NewComponent;
  /** Identifier, or an endpoint's pattern; a free one when absent. */
  readonly id?: string;
  readonly at?: Position;
}

export function addComponent(context: CommandContext, args: AddComponentArgs): CommandResult {
  const session = new EditSession(context);
  const id = args.id ?? freeIdFor(context, args.component);
  const fault = args.component === 'endpoint' ? checkPattern(id) : checkComponentId(id);
  const nodeFor = args.component === 'endpoint' ? endpointNode : args.component.endsWith('ingress') ? ingressNode : egressNode;
  if (fault !== null) {
    session.refuse('bad-name', fault);
  } else if (!args.component.startsWith('custom') && context.graph.nodes.some((other) => other.id === nodeFor(id))) {
    session.refuse('name-taken', `${id} exists already: choose another name.`, { node: nodeFor(id) });
  }
  const { kind, spec } = defaultsOf(args.component, id);
  const node = newComponent(session, kind, spec);
  if (node !== null) {
    placeNode(session, node, args.at);
  }
  return session.result();
}

/** The id that {@link addComponent} would choose by itself. */
export function freeIdFor(context: CommandContext, component: NewComponent): string {
  if (component === 'endpoint') {
    const taken = new Set(context.graph.nodes.map((node) => node.id));
    return `${freeName(usualNamespace(context), (namespace) => taken.has(endpointNode(`${namespace}/*`)))}/*`;
  }
  return component.endsWith('ingress') ? freeTypename(context, 'ingress', 'events') : freeTypename(context, 'egress', 'results');
}

function defaultsOf(component: NewComponent, id: string): { readonly kind: string; readonly spec: JsonValue } {
  const name = id.slice(id.lastIndexOf('/') + 1);
  const aws = { awsRegion: { type: 'specific', id: 'us-east-1' }, awsCredentials: { type: 'default' } };
  switch (component) {
    case 'kafka-ingress':
      return {
        kind: 'io.statefun.kafka.v1/ingress',
        spec: { id, address: 'localhost:9092', consumerGroupId: name, startupPosition: { type: 'earliest' }, topics: [] },
      };
    case 'kinesis-ingress':
      return { kind: 'io.statefun.kinesis.v1/ingress', spec: { id, ...aws, startupPosition: { type: 'earliest' }, streams: [] } };
    case 'custom-ingress':
      return { kind: 'com.example/ingress', spec: { id } };
    case 'kafka-egress':
      return { kind: 'io.statefun.kafka.v1/egress', spec: { id, address: 'localhost:9092', deliverySemantic: { type: 'at-least-once' } } };
    case 'kinesis-egress':
      return { kind: 'io.statefun.kinesis.v1/egress', spec: { id, ...aws } };
    case 'custom-egress':
      return { kind: 'com.example/egress', spec: { id } };
    case 'endpoint':
      return { kind: 'io.statefun.endpoints.v2/http', spec: { functions: id, urlPathTemplate: 'http://localhost:8000/statefun' } };
  }
}
