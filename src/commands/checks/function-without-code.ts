/** A function that a run cannot call: no code in this project, and nothing that stands in for it. */
import type { Check } from './check.ts';

export const functionWithoutCode: Check = ({ graph }) =>
  graph.nodes.flatMap((node) =>
    node.type !== 'function' || node.code !== null || node.standIn !== null
      ? []
      : [
          {
            code: 'function-without-code' as const,
            severity: 'info' as const,
            message: `${node.typename} has no code here: write it, or give it a stand-in to run the module without it.`,
            node: node.id,
          },
        ],
  );
