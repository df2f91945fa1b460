/** Code writes to an egress that module.yaml does not declare. */
import { functionNode } from '../../model/graph-ids.ts';
import type { ModuleComponent } from '../../model/module.ts';
import type { Check } from './check.ts';

export const unboundEgress: Check = ({ facts, module }) => {
  const known = new Set(module.components.flatMap(egressIds));
  return facts.functions.flatMap((fact) =>
    fact.sends
      .filter((send) => send.target === 'egress' && !known.has(send.to))
      .map((send) => ({
        code: 'unbound-egress' as const,
        severity: 'warning' as const,
        message: `${fact.typename} writes to ${send.to}, and module.yaml has no such egress: the first message to it fails the job. Add it, or mend the name.`,
        path: fact.path,
        range: send.range,
        node: functionNode(fact.typename),
        moment: 'call' as const,
      })),
  );
};

/** What a component may be addressed as; a custom one may be an egress. */
function egressIds({ role, title, definition, spec }: ModuleComponent): readonly string[] {
  if (role === 'egress') {
    return [definition?.type === 'egress' ? definition.id : title, title];
  }
  const id = role === 'custom' && typeof spec === 'object' && spec !== null && 'id' in spec ? spec['id'] : null;
  return typeof id === 'string' ? [id] : [];
}
