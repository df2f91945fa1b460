/** Topics and value types that a project names anywhere. Pure. */
import type { CommandContext } from '../../model/command.ts';
import { isLibrary, projectCode } from '../../model/code-files.ts';

export interface KnownName {
  readonly name: string;
  /** Where it is known from. */
  readonly detail: string;
}

export function knownTopics(context: CommandContext): readonly KnownName[] {
  const names = new Map<string, string>();
  for (const [text, path] of codeTexts(context)) {
    for (const match of text.matchAll(/\b(?:topic|stream)\s*:\s*(['"`])([^'"`\n$]+)\1/g)) {
      add(names, match[2], `written in ${path}`);
    }
  }
  for (const node of context.graph.nodes) {
    if (node.type === 'router' && node.topic !== '') {
      add(names, node.topic, node.ingress === null ? 'a draft' : `read by ${node.ingress}`);
    }
  }
  for (const feed of context.studio.feeds) {
    add(names, feed.topic, 'fed by the simulation');
  }
  return sorted(names);
}

/** What the SDKs bring; the engine carries them as any other. */
const BUILT_IN: readonly KnownName[] = [
  { name: 'io.statefun.types/bool', detail: 'built in' },
  { name: 'io.statefun.types/int', detail: 'built in' },
  { name: 'io.statefun.types/long', detail: 'built in' },
  { name: 'io.statefun.types/float', detail: 'built in' },
  { name: 'io.statefun.types/double', detail: 'built in' },
  { name: 'io.statefun.types/string', detail: 'built in' },
];

export function knownValueTypes(context: CommandContext): readonly KnownName[] {
  const names = new Map<string, string>();
  for (const [text, path] of codeTexts(context)) {
    for (const match of text.matchAll(/\.(?:jsonType|protoType|customType)\s*(?:<[^()]*>)?\s*\(\s*(['"`])([^'"`\n$]+)\1/g)) {
      add(names, match[2], `declared in ${path}`);
    }
  }
  for (const node of context.graph.nodes) {
    if (node.type === 'router' && node.valueType !== '') {
      add(names, node.valueType, `of topic ${node.topic}`);
    }
  }
  return [...sorted(names), ...BUILT_IN.filter(({ name }) => !names.has(name))];
}

function codeTexts(context: CommandContext): readonly (readonly [string, string])[] {
  return [...projectCode(context.project.files).functions].flatMap(([path, text]) =>
    isLibrary(path, text) ? [] : [[text, path] as const],
  );
}

function add(names: Map<string, string>, name: string | undefined, detail: string): void {
  if (name !== undefined && name !== '' && !names.has(name)) {
    names.set(name, detail);
  }
}

function sorted(names: ReadonlyMap<string, string>): readonly KnownName[] {
  return [...names].map(([name, detail]) => ({ name, detail })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
