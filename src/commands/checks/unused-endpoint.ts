/** An endpoint that serves no function of the project: none has code for it, and nothing known sends to one. */
import { MODULE_YAML } from '../../model/project.ts';
import type { Check } from './check.ts';

export const unusedEndpoint: Check = ({ graph }) => {
  const used = new Set(graph.nodes.flatMap((node) => (node.type === 'function' && node.endpoint !== null ? [node.endpoint] : [])));
  // What a function without code sends to is not known.
  const isKnown = graph.nodes.every((node) => node.type !== 'function' || node.code !== null || node.standIn !== null);
  return graph.nodes.flatMap((node) =>
    node.type !== 'endpoint' || node.definition === null || node.remote !== null || used.has(node.id)
      ? []
      : [
          {
            code: 'unused-endpoint' as const,
            severity: isKnown ? ('warning' as const) : ('info' as const),
            message: `The endpoint ${node.component.title} serves no function of this project: remove it, or mend its pattern.`,
            path: MODULE_YAML,
            range: node.component.range,
            node: node.id,
          },
        ],
  );
};
