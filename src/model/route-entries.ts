/**
 * The topic (or stream) entries of an ingress as they stand in its spec, good or broken: what the graph draws as routers
 * and commands address by index. What the runtime runs is the definition's own list.
 */
import type { Typename } from '../base/ids.ts';
import { typename } from '../base/ids.ts';
import type { JsonValue } from '../base/json.ts';
import type { ModuleComponent } from './module.ts';

export interface RouteEntry {
  /** Path of the entry in the component's spec, e.g. `['topics', 0]`. */
  readonly path: readonly [list: string, index: number];
  readonly topic: string;
  readonly valueType: string;
  readonly targets: readonly Typename[];
}

/** The list of entries in an ingress's spec and what an entry calls its topic; null for kinds without routes. */
export function routeListOf(component: ModuleComponent): { readonly list: 'topics' | 'streams'; readonly name: 'topic' | 'stream' } | null {
  if (component.role !== 'ingress') {
    return null;
  }
  if (component.kind.includes('kinesis')) {
    return { list: 'streams', name: 'stream' };
  }
  return component.kind.includes('kafka') ? { list: 'topics', name: 'topic' } : null;
}

/** Entries in file order. Where one topic stands twice, the later one counts (S86), and the earlier is left out. */
export function routeEntries(component: ModuleComponent): readonly RouteEntry[] {
  const shape = routeListOf(component);
  const list = shape === null ? null : member(component.spec, shape.list);
  if (shape === null || !Array.isArray(list)) {
    return [];
  }
  const entries = new Map<string, RouteEntry>();
  list.forEach((item: JsonValue, index) => {
    const topic = member(item, shape.name);
    if (topic === undefined || (typeof topic === 'object' && topic !== null)) {
      return;
    }
    const valueType = member(item, 'valueType');
    entries.set(String(topic), {
      path: [shape.list, index],
      topic: String(topic),
      valueType: typeof valueType === 'string' ? valueType : '',
      targets: targetsOf(member(item, 'targets')),
    });
  });
  return [...entries.values()];
}

/** A map of targets is read as the list of its values, a plain text as no targets at all. */
function targetsOf(value: JsonValue | undefined): readonly Typename[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const items: readonly JsonValue[] = Object.values(value);
  return items.filter((item) => typeof item === 'string').map(typename);
}

function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  return (value as { readonly [key: string]: JsonValue })[key];
}
