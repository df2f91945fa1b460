/** A function that no endpoint serves: StateFun finds out when the first message to it arrives, and the job fails (S91). Decode tells it of targets. */
import { MODULE_YAML } from '../../model/project.ts';
import type { Check } from './check.ts';

export const unservedFunction: Check = ({ graph, module }) =>
  graph.nodes.flatMap((node) => {
    const isTold = module.problems.some(({ code, node: about }) => code === 'target-not-served' && about === node.id);
    if (node.type !== 'function' || node.endpoint !== null || isTold) {
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
