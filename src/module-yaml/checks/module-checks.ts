/** What shows only when all components are seen together (module-yaml.md §1, §3 Duplicates, §5). */
import { functionNode } from '../../model/graph-ids.ts';
import type { ModuleComponent } from '../../model/module.ts';
import { targetNodes, topicRange } from '../fields/route-fields.ts';
import { keyRange, replaceWith } from '../fields/spec-context.ts';
import { nearest } from '../../base/nearest.ts';
import { LEGACY_SECTIONS, type LocatedComponent, type LocatedModule } from '../locate.ts';
import { moduleProblem, type ModuleProblem } from '../problem-codes.ts';
import { valueOf } from '../source/source-node.ts';
import { splitTypename, type TypenameParts } from '../typename-text.ts';

export function checkWholeModule(located: LocatedModule, components: readonly ModuleComponent[]): readonly ModuleProblem[] {
  return [
    ...located.components.flatMap(checkDuplicate),
    ...checkPresence(located),
    ...checkPatterns(located),
    ...checkTargets(located, components),
    ...checkTopics(located, components),
  ];
}

function checkDuplicate({ duplicate, node, role, title, name, kindPair }: LocatedComponent): readonly ModuleProblem[] {
  if (!duplicate) {
    return [];
  }
  const what = role === 'endpoint' ? 'endpoint serves' : `${role} is called`;
  const message = `Another ${what} ${title} already: the file does not load. Give this one a name of its own, or remove it.`;
  const range = name === null || name.from === name.to ? keyRange(kindPair) : name;
  return [moduleProblem('duplicate-name', 'error', message, { range, node, moment: 'load' })];
}

/** The exact name wins over the whole namespace, wherever the two stand. */
function checkPatterns({ components }: LocatedModule): readonly ModuleProblem[] {
  const patterns = new Set(components.flatMap(({ role, title }) => (role === 'endpoint' ? [title] : [])));
  return components.flatMap(({ role, title, name, node, kindPair, duplicate }) => {
    const all = `${splitTypename(title)?.namespace ?? ''}/*`;
    if (role !== 'endpoint' || duplicate || title === all || !patterns.has(all)) {
      return [];
    }
    const message = `${title} is served here, and ${all} by another endpoint, which never gets it: keep both only if you mean that.`;
    const range = name === null || name.from === name.to ? keyRange(kindPair) : name;
    return [moduleProblem('two-patterns', 'warning', message, { range, node })];
  });
}

/**
 * A custom kind may bind anything, and what cannot be read may be an ingress: with one of these in the file nothing is certain. The file then
 * does not load, or what an extension brings decides.
 */
function checkPresence(located: LocatedModule): readonly ModuleProblem[] {
  const { components } = located;
  if (components.some(({ role }) => role === 'custom') || hasUnread(located)) {
    return [];
  }
  const problems: ModuleProblem[] = [];
  if (!components.some(({ role }) => role === 'ingress')) {
    problems.push(
      moduleProblem('no-ingress', 'error', 'The module has no ingress, and does not start without one: add an ingress.', {
        moment: 'start',
      }),
    );
  }
  if (!components.some(({ role }) => role === 'endpoint')) {
    problems.push(
      moduleProblem('no-endpoint', 'error', 'The module has no endpoint, and does not start without one: add an endpoint.', {
        moment: 'start',
      }),
    );
  }
  return problems;
}

/** Documents, or in the legacy form items, that are no components: each is an error of loading. */
function hasUnread({ format, source, components }: LocatedModule): boolean {
  const written = source.documents.filter(({ root }) => root.type !== 'scalar' || root.scalar !== 'null');
  if (format === 'documents') {
    return written.length > components.length;
  }
  const spec = valueOf(valueOf(written[0]?.root, 'module'), 'spec');
  const items = LEGACY_SECTIONS.flatMap(({ section }) => {
    const list = valueOf(spec, section);
    return list?.type === 'list' ? list.items : [];
  });
  return spec === null || items.length > components.length;
}

function checkTargets(located: LocatedModule, components: readonly ModuleComponent[]): readonly ModuleProblem[] {
  if (components.some(({ role, definition }) => role === 'custom' || (role === 'endpoint' && definition === null))) {
    return [];
  }
  const patterns = new Set(
    components.flatMap(({ definition }) =>
      definition?.type === 'endpoint' ? [`${definition.pattern.namespace}/${definition.pattern.name}`] : [],
    ),
  );
  // Once a function, however many routes lead to it.
  const told = new Set<string>();
  return located.components.flatMap(({ role, spec }) => {
    const places = role === 'ingress' ? [...targetNodes(spec, 'topics'), ...targetNodes(spec, 'streams')] : [];
    return places.flatMap(({ at, text }) => {
      const parts = splitTypename(text);
      const name = parts === null ? '' : `${parts.namespace}/${parts.name}`;
      if (parts === null || told.has(name) || patterns.has(name) || patterns.has(`${parts.namespace}/*`)) {
        return [];
      }
      told.add(name);
      const message = `No endpoint serves ${name}: the job fails at its first record. Add an endpoint for ${parts.namespace}/* or ${name}.`;
      const meant = at.type === 'scalar' ? servedName(parts, patterns) : null;
      const fix = meant === null ? undefined : replaceWith(`Write ${meant}`, at, meant);
      return [moduleProblem('target-not-served', 'warning', message, { range: at, node: functionNode(name), moment: 'call', fix })];
    });
  });
}

/** The served function that a misspelt target probably means. */
function servedName({ namespace, name }: TypenameParts, patterns: ReadonlySet<string>): string | null {
  const spaces = [...patterns].flatMap((pattern) => (pattern.endsWith('/*') ? [pattern.slice(0, -2)] : []));
  const exact = nearest(
    `${namespace}/${name}`,
    [...patterns].filter((pattern) => !pattern.endsWith('/*')),
  );
  const space = nearest(namespace, spaces);
  return exact ?? (space === null ? null : `${space}/${name}`);
}

function checkTopics(located: LocatedModule, components: readonly ModuleComponent[]): readonly ModuleProblem[] {
  const readers = new Map<string, ModuleComponent>();
  const problems: ModuleProblem[] = [];
  components.forEach((component, index) => {
    const { definition } = component;
    for (const { topic } of definition?.type === 'ingress' ? definition.routes : []) {
      const key = `${definition?.type === 'ingress' ? definition.connector : ''} ${topic}`;
      const other = readers.get(key);
      if (other !== undefined) {
        const message = `${other.title} reads ${topic} too: each of the two gets every record.`;
        const range = located.components[index] === undefined ? undefined : topicRange(located.components[index].spec, topic);
        problems.push(moduleProblem('topic-read-twice', 'info', message, { range, node: component.node }));
      }
      readers.set(key, component);
    }
  });
  return problems;
}
