/** The components of a module.yaml that loads, in the order of the file. */
import { specOf } from '../component-spec.ts';
import type { LocatedComponent, LocatedModule } from '../locate.ts';
import { textOf } from '../fields/spec-context.ts';
import { normalTypename } from '../typename-text.ts';
import { loadKafkaEgress, loadKafkaIngress, loadKinesisEgress, loadKinesisIngress } from './load-connector.ts';
import { loadEndpointV1, loadEndpointV2 } from './load-endpoint.ts';
import type { LoadedComponent } from './loaded-component.ts';

/** `isCallable` tells of an endpoint whether its first call gets as far as reading the transport's options. */
export function loadComponents(module: LocatedModule, isCallable: (component: LocatedComponent) => boolean): readonly LoadedComponent[] {
  return module.components.map((component) => loadComponent(component, isCallable(component)));
}

function loadComponent(component: LocatedComponent, isCallable: boolean): LoadedComponent {
  const spec = component.spec.value;
  const id = component.name === null ? '' : textOf(component.name);
  const name = normalTypename(id) ?? id;
  switch (component.module?.kind) {
    case 'io.statefun.endpoints.v2/http':
      return loadEndpointV2(spec, isCallable);
    case 'io.statefun.endpoints.v1/http':
      return loadEndpointV1(spec, isCallable);
    case 'io.statefun.kafka.v1/ingress':
      return loadKafkaIngress(name, spec);
    case 'io.statefun.kafka.v1/egress':
      return loadKafkaEgress(name, spec);
    case 'io.statefun.kinesis.v1/ingress':
      return loadKinesisIngress(name, spec);
    case 'io.statefun.kinesis.v1/egress':
      return loadKinesisEgress(name, spec);
    default:
      return { type: 'custom', kind: normalTypename(component.kind) ?? component.kind, spec: specOf(component) };
  }
}
