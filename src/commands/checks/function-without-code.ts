/** A function that a run cannot call: no code in this project, and nothing that stands in for it. Told where a route names it, if one does. */
import { MODULE_YAML, textFile } from '../../model/project.ts';
import { replaceWith } from '../../module-yaml/fields/spec-context.ts';
import { targetOf } from '../../module-yaml/fields/route-fields.ts';
import { nearest } from '../../base/nearest.ts';
import { locate } from '../../module-yaml/locate.ts';
import type { Check } from './check.ts';

export const functionWithoutCode: Check = ({ graph, facts, project, moduleCurrent }) => {
  const without = graph.nodes.flatMap((node) =>
    node.type === 'function' && node.code === null && node.standIn === null && node.remote === null ? [node] : [],
  );
  if (without.length === 0) {
    return [];
  }
  const text = moduleCurrent ? textFile(project, MODULE_YAML) : null;
  const located = text === null ? null : locate(text);
  const coded = facts.functions.map(({ typename }) => typename);
  return without.map(({ id, typename }) => {
    const at = located === null ? null : targetOf(located, typename);
    const meant = nearest(typename, coded);
    const advice = meant === null ? 'write it, or give it a stand-in to run the module without it.' : `did you mean ${meant}?`;
    const fix = at === null || meant === null || !/^[\w./-]+$/.test(meant) ? null : replaceWith(`Write ${meant}`, at, meant);
    return {
      code: 'function-without-code' as const,
      severity: 'info' as const,
      message: `${typename} has no code here: ${advice}`,
      node: id,
      ...(at === null ? {} : { path: MODULE_YAML, range: { from: at.from, to: at.to } }),
      ...(fix === null ? {} : { fix }),
    };
  });
};
