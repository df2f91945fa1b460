/** What a run is made of: the definitions of all components that have one. */
import type { DecodedModule, EgressDefinition, EndpointDefinition, IngressDefinition, ModuleDefinition } from '../model/module.ts';

export function moduleDefinition(decoded: DecodedModule): ModuleDefinition {
  const endpoints: EndpointDefinition[] = [];
  const ingresses: IngressDefinition[] = [];
  const egresses: EgressDefinition[] = [];
  for (const { definition } of decoded.components) {
    switch (definition?.type) {
      case 'endpoint':
        endpoints.push(definition);
        break;
      case 'ingress':
        ingresses.push(definition);
        break;
      case 'egress':
        egresses.push(definition);
        break;
      case undefined:
    }
  }
  return { endpoints, ingresses, egresses };
}
