/** A route gives its records a valueType that a target's code surely does not take (S84: nothing else looks at it). */
import { rejectionOf, typeList } from '../../model/accepted-types.ts';
import type { CodeFacts, FunctionFact } from '../../model/code-facts.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';
import { routeEntries, type RouteEntry } from '../../model/route-entries.ts';
import { replaceWith } from '../../module-yaml/fields/spec-context.ts';
import { routePlaces } from '../../module-yaml/fields/route-fields.ts';
import { nearest } from '../../base/nearest.ts';
import { locate } from '../../module-yaml/locate.ts';
import type { Check } from './check.ts';

export const routeNotAccepted: Check = ({ module, moduleCurrent, facts, project }) => {
  const text = moduleCurrent ? textFile(project, MODULE_YAML) : null;
  const found =
    text === null
      ? []
      : module.components.flatMap((component) =>
          routeEntries(component).flatMap((route) => rejectionsIn(route, facts).map((one) => ({ component, route, ...one }))),
        );
  if (found.length === 0 || text === null) {
    return [];
  }
  const located = locate(text);
  return found.map(({ component, route, target, rejection, everywhere }) => {
    const places = routePlaces(located, component.node, route.path);
    const at = everywhere ? places.valueType : (places.targets.get(target.typename) ?? places.valueType);
    const meant = everywhere ? meantType(route, facts) : null;
    const fix = meant === null || places.valueType === null ? null : replaceWith(`Write ${meant}`, places.valueType, meant);
    const then =
      rejection === 'refused'
        ? 'It throws for any other type: the call fails, and the job with it.'
        : 'It does nothing with any other type, so these records are lost.';
    const advice = meant === null ? 'Name a type it takes, or let it handle this one.' : `Write ${meant}, or let it handle this one.`;
    return {
      code: 'route-not-accepted' as const,
      severity: rejection === 'refused' ? ('error' as const) : ('warning' as const),
      message: `${target.typename} takes ${typeList(target.accepts)}, not ${route.valueType}. ${then} ${advice}`,
      path: MODULE_YAML,
      node: component.node,
      field: [...route.path, 'valueType'],
      ...(rejection === 'refused' ? { moment: 'call' as const } : {}),
      ...(at === null ? {} : { range: { from: at.from, to: at.to } }),
      ...(fix === null ? {} : { fix }),
    };
  });
};

interface Rejected {
  readonly target: FunctionFact;
  readonly rejection: 'ignored' | 'refused';
  /** No target takes the type: then the type is wrong, else the target. One problem tells of them all. */
  readonly everywhere: boolean;
}

function rejectionsIn({ valueType, targets }: RouteEntry, { functions }: CodeFacts): readonly Rejected[] {
  if (valueType === '') {
    return [];
  }
  const rejected = targets.flatMap((name) => {
    const target = functions.find(({ typename }) => typename === name);
    const rejection = target === undefined ? null : rejectionOf(target, valueType);
    return target === undefined || rejection === null ? [] : [{ target, rejection }];
  });
  const everywhere = rejected.length === targets.length;
  return (everywhere ? rejected.slice(0, 1) : rejected).map((one) => ({ ...one, everywhere }));
}

/** The type that all targets take and whose name is close; or the only one of them that no function sends. */
function meantType({ valueType, targets }: RouteEntry, { functions }: CodeFacts): string | null {
  const accepted = targets.map(
    (name) => functions.find(({ typename }) => typename === name)?.accepts.types.map((type) => type.typename) ?? [],
  );
  const common = (accepted[0] ?? []).filter((type) => accepted.every((list) => list.includes(type)) && /^[\w./-]+$/.test(type));
  const sent = new Set(
    functions.flatMap(({ sends }) => sends.flatMap(({ valueTypes }) => valueTypes?.map(({ typename }) => typename) ?? [])),
  );
  const free = common.filter((type) => !sent.has(type));
  return nearest(valueType, common) ?? (free.length === 1 ? (free[0] ?? null) : null);
}
