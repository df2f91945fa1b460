/** A function that no endpoint serves: StateFun finds out when the first message to it arrives, and the job fails (S91). */
import { MODULE_YAML } from '../../model/project.ts';
import type { Check } from './check.ts';

export const unservedFunction: Check = ({ graph }) =>
  graph.nodes.flatMap((node) => {
    if (node.type !== 'function' || node.endpoint !== null) {
      return [];
    }
    const namespace = node.typename.slice(0, node.typename.lastIndexOf('/'));
    return [
      {
        code: 'unserved-function' as const,
        severity: 'warning' as const,
        message: `No endpoint serves ${node.typename}: the first message to it fails the job. Add an endpoint for ${namespace}/*.`,
        path: MODULE_YAML,
        node: node.id,
        moment: 'call' as const,
      },
    ];
  });
