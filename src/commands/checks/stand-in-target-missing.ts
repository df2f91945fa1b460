/** A stand-in forwards to an egress that module.yaml does not declare. */
import { egressNode, functionNode } from '../../model/graph-ids.ts';
import { STUDIO_JSON } from '../../model/project.ts';
import type { Check } from './check.ts';

export const standInTargetMissing: Check = ({ studio, graph }) => {
  const nodes = new Set(graph.nodes.map((node) => node.id));
  return studio.standIns.flatMap(({ typename, forwardTo }) =>
    forwardTo?.type !== 'egress' || nodes.has(egressNode(forwardTo.id))
      ? []
      : [
          {
            code: 'stand-in-target-missing' as const,
            severity: 'error' as const,
            message: `The stand-in of ${typename} forwards to ${forwardTo.id}, and module.yaml has no such egress: choose another target.`,
            path: STUDIO_JSON,
            node: functionNode(typename),
          },
        ],
  );
};
