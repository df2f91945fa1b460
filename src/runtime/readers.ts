/** One reader for each ingress, topic and partition, as the module declares them. */
import { functionNode, ingressNode, routerNode } from '../model/graph-ids.ts';
import type { Machine } from './machine.ts';
import type { Reader } from './machine-types.ts';

export function createReaders(machine: Machine): void {
  const { config, counters } = machine;
  const partitions = Math.max(1, config.settings.partitions);
  for (const ingress of config.module.ingresses) {
    // One topic twice in one ingress: the later entry wins (S86).
    const routes = new Map(ingress.routes.map((route) => [route.topic, route]));
    for (const route of routes.values()) {
      const routerId = routerNode(ingress.id, route.topic);
      for (let partition = 0; partition < partitions; partition += 1) {
        const reader: Reader = {
          index: machine.readers.length,
          ingress: ingress.id,
          kind: ingress.kind,
          topic: route.topic,
          partition,
          valueType: route.valueType,
          targets: route.targets,
          ingressNode: counters.node(ingressNode(ingress.id)),
          routerNode: counters.node(routerId),
          ingressEdge: counters.edge(ingressNode(ingress.id), routerId),
          targetEdges: route.targets.map((target) => counters.edge(routerId, functionNode(target))),
          offset: 0,
          ahead: 0,
          startOffset: 0,
          dropped: 0,
          groupOffset: -1,
          scheduled: false,
        };
        machine.readers.push(reader);
        const ofTopic = machine.readersByTopic.get(route.topic);
        if (ofTopic === undefined) {
          machine.readersByTopic.set(route.topic, [reader]);
        } else {
          ofTopic.push(reader);
        }
      }
      machine.topics.declare(route.topic, 'ingress', ingress.connector === 'kinesis' ? 'kinesis' : 'kafka');
    }
  }
}
