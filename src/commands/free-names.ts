/** Names for new items that nothing has yet. */
import { filePath, typename, type FilePath, type Typename } from '../base/ids.ts';
import type { CommandContext } from '../model/command.ts';
import { nodeName } from '../model/graph-ids.ts';
import type { Project } from '../model/project.ts';

const FALLBACK_NAMESPACE = 'my-app';

/** The namespace that most of the project's items have. */
export function usualNamespace(context: CommandContext): string {
  const counts = new Map<string, number>();
  for (const node of context.graph.nodes) {
    const name = node.type === 'function' || node.type === 'ingress' || node.type === 'egress' ? nodeName(node.id) : null;
    const namespace =
      name === null ? (node.type === 'endpoint' ? nodeName(node.id).split('/')[0] : undefined) : name.slice(0, name.lastIndexOf('/'));
    if (namespace !== undefined && namespace !== '') {
      counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
    }
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  return first?.[0] ?? FALLBACK_NAMESPACE;
}

/** `base`, or `base-2`, `base-3` … : the first that is not taken. A number at the end is counted on. */
export function freeName(base: string, taken: (name: string) => boolean): string {
  if (!taken(base)) {
    return base;
  }
  const stem = base.replace(/-\d+$/, '');
  let count = 2;
  while (taken(`${stem}-${count}`)) {
    count += 1;
  }
  return `${stem}-${count}`;
}

/** A typename that no item of this type has; `base` may name a namespace. */
export function freeTypename(context: CommandContext, type: 'ingress' | 'egress' | 'function', base: string): Typename {
  const names = new Set(context.graph.nodes.filter((node) => node.type === type).map((node) => nodeName(node.id)));
  const whole = base.includes('/') ? base : `${usualNamespace(context)}/${base}`;
  return typename(freeName(whole, (name) => names.has(name)));
}

/** An id for a note, a draft or a feed: `prefix-1`, `prefix-2` … */
export function freeId(prefix: string, items: readonly { readonly id: string }[]): string {
  const ids = new Set(items.map((item) => item.id));
  let count = 1;
  while (ids.has(`${prefix}-${count}`)) {
    count += 1;
  }
  return `${prefix}-${count}`;
}

/** A path in functions/ for a function's name. */
export function freeFunctionPath(project: Project, type: Typename): FilePath {
  const name = type.slice(type.lastIndexOf('/') + 1).replaceAll(/[^A-Za-z0-9._-]+/g, '-') || 'function';
  return filePath(`functions/${freeName(name, (candidate) => project.files.has(filePath(`functions/${candidate}.ts`)))}.ts`);
}
