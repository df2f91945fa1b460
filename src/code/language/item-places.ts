/** Where an item of the module is defined and where it is named: in code, in module.yaml, in scenarios. Pure. */
import { literalPlaces } from '../../analysis/code-places.ts';
import type { FilePath, NodeId } from '../../base/ids.ts';
import type { CommandContext } from '../../model/command.ts';
import { patternOf, servingEndpoint } from '../../model/build-graph.ts';
import { nodeKind, nodeName } from '../../model/graph-ids.ts';
import type { TextRange } from '../../model/problem.ts';
import { isLibrary, projectCode } from '../../model/code-files.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';

export interface Place {
  readonly path: FilePath;
  readonly range: TextRange;
}

/** A function: its code. Anything of module.yaml: its component. An endpoint's pattern: the functions that it serves. */
export function definitionsOf(context: CommandContext, node: NodeId): readonly Place[] {
  const name = nodeName(node);
  switch (nodeKind(node)) {
    case 'function':
      return functionPlaces(context, [name]);
    case 'endpoint':
      return functionPlaces(
        context,
        context.facts.functions
          .map((fact) => fact.typename)
          .filter((typename) => {
            const endpoint = servingEndpoint(context.module.components, typename);
            return endpoint !== null && patternOf(endpoint) === name;
          }),
      );
    default: {
      const component = context.module.components.find((candidate) => candidate.node === node);
      return component === undefined || !context.moduleCurrent
        ? []
        : [{ path: MODULE_YAML, range: nameIn(context, component.range, name) }];
    }
  }
}

function functionPlaces(context: CommandContext, names: readonly string[]): readonly Place[] {
  return context.facts.functions
    .filter((fact) => names.includes(fact.typename))
    .map((fact) => {
      const text = textFile(context.project, fact.path) ?? '';
      const name = literalPlaces(fact.path, text, fact.typename).find(({ from, to }) => from >= fact.range.from && to <= fact.range.to);
      return { path: fact.path, range: name ?? { from: fact.range.from, to: fact.range.from } };
    });
}

/** The id in a component's text, or its first character. */
function nameIn(context: CommandContext, range: TextRange, name: string): TextRange {
  const text = textFile(context.project, MODULE_YAML) ?? '';
  const found = wordsIn(text, name).find((place) => place.from >= range.from && place.to <= range.to);
  return found ?? { from: range.from, to: range.from };
}

/** Every place that names a function, an ingress or an egress. */
export function mentionsOf(context: CommandContext, node: NodeId): readonly Place[] {
  const kind = nodeKind(node);
  const name = nodeName(node);
  if (kind !== 'function' && kind !== 'egress' && kind !== 'ingress') {
    return [];
  }
  const places: Place[] = [];
  const code = projectCode(context.project.files).functions;
  for (const [path, content] of context.project.files) {
    if (typeof content !== 'string' || !content.includes(name)) {
      continue;
    }
    if (code.has(path) && !isLibrary(path, content) && kind !== 'ingress') {
      places.push(...literalPlaces(path, content, name).map((range) => ({ path, range })));
    } else if (path === MODULE_YAML || /^scenarios\/.+\.ya?ml$/.test(path)) {
      places.push(...wordsIn(content, name).map((range) => ({ path, range })));
    }
  }
  return places;
}

/** A name as a word of its own, comments left out. */
function wordsIn(text: string, name: string): readonly TextRange[] {
  const pattern = new RegExp(`(?<![\\w./-])${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w./-])`, 'g');
  return [...text.matchAll(pattern)]
    .filter(({ index }) => !/(^|\s)#/.test(text.slice(text.lastIndexOf('\n', index) + 1, index)))
    .map(({ index }) => ({ from: index, to: index + name.length }));
}
