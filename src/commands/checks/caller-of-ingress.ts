/** Code counts on a caller where a record from an ingress may lead: those have none (S30), and reading it throws. */
import type { CallerUse } from '../../model/code-facts.ts';
import type { Edit } from '../../model/edit.ts';
import type { FilePath } from '../../base/ids.ts';
import { functionNode } from '../../model/graph-ids.ts';
import type { Problem } from '../../model/problem.ts';
import { textFile, type Project } from '../../model/project.ts';
import { routeEntries } from '../../model/route-entries.ts';
import type { Check } from './check.ts';

export const callerOfIngress: Check = ({ facts, module, project }) => {
  const routes = module.components.flatMap(routeEntries);
  return facts.functions.flatMap((fact) => {
    const own = routes.filter(({ targets }) => targets.includes(fact.typename));
    const asked = new Set(fact.accepts.types.map(({ typename }) => typename));
    return own.length === 0
      ? []
      : fact.callerUses.map((use) => {
          const route = own.find(({ valueType }) => use.types.includes(valueType) || (use.others && !asked.has(valueType)));
          const fix = guarded(project, fact.path, use);
          const message =
            route === undefined
              ? `context.caller is null for a message from an ingress, and module.yaml routes records to ${fact.typename}, though of other types: check context.caller !== null first.`
              : `context.caller is null for a message from an ingress, and ${route.topic} comes here: reading it throws, and the call fails. Check context.caller !== null first.`;
          return {
            code: 'caller-of-ingress' as const,
            severity: route === undefined ? ('info' as const) : ('warning' as const),
            message,
            path: fact.path,
            range: use.range,
            node: functionNode(fact.typename),
            ...(route === undefined ? {} : { moment: 'call' as const }),
            ...(fix === null ? {} : { fix }),
          };
        });
  });
};

/** Puts the statement into an `if`. */
function guarded(project: Project, path: FilePath, { guard }: CallerUse): NonNullable<Problem['fix']> | null {
  const text = guard === null ? null : textFile(project, path);
  if (guard === null || text === null) {
    return null;
  }
  const { from, to } = guard.at;
  const statement = text.slice(from, to);
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', from - 1) + 1))?.[0] ?? '';
  const unit = indent.includes('\t') ? '\t' : '  ';
  // Lines inside a template are part of a text.
  const inner = statement.includes('`') ? statement : statement.replaceAll('\n', `\n${unit}`);
  const insert = `if (${guard.caller} !== null) {\n${indent}${unit}${inner}\n${indent}}`;
  const edits: readonly Edit[] = [{ type: 'text', path, from, to, insert }];
  return { label: `Check that ${guard.caller} is not null`, edits };
}
