/** Decoded module components without YAML, for tests of what is built on them. */
import type { NodeId } from '../../src/base/ids.ts';
import { typename } from '../../src/base/ids.ts';
import type { JsonValue } from '../../src/base/json.ts';
import { customNode, egressNode, endpointNode, ingressNode } from '../../src/model/graph-ids.ts';
import type { ComponentRole, DecodedModule, ModuleComponent } from '../../src/model/module.ts';

function component(node: NodeId, role: ComponentRole, kind: string, title: string, spec: JsonValue): ModuleComponent {
  return { node, role, kind, title, spec, range: { from: 0, to: 0 }, lines: { from: 1, to: 1 }, definition: null };
}

export function kafkaIngress(
  id: string,
  topics: readonly { readonly topic: string; readonly valueType: string; readonly targets: readonly string[] }[],
): ModuleComponent {
  return component(ingressNode(id), 'ingress', 'io.statefun.kafka.v1/ingress', id, { id, topics: topics.map((entry) => ({ ...entry })) });
}

export function kafkaEgress(id: string): ModuleComponent {
  return {
    ...component(egressNode(id), 'egress', 'io.statefun.kafka.v1/egress', id, { id }),
    definition: {
      type: 'egress',
      kind: 'io.statefun.kafka.v1/egress',
      connector: 'kafka',
      id: typename(id),
      delivery: 'none',
      transactionTimeout: null,
    },
  };
}

export function endpoint(pattern: string): ModuleComponent {
  return component(endpointNode(pattern), 'endpoint', 'io.statefun.endpoints.v2/http', pattern, { functions: pattern });
}

export function custom(kind: string, ordinal: number): ModuleComponent {
  return component(customNode(kind, ordinal), 'custom', kind, kind, {});
}

export function moduleOf(...components: readonly ModuleComponent[]): DecodedModule {
  return { format: 'documents', parsed: true, components, problems: [] };
}
