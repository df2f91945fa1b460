/** Finds the place in module.yaml that a node stands for. */
import type { NodeId } from '../base/ids.ts';
import type { JsonValue } from '../base/json.ts';
import type { CommandContext } from '../model/command.ts';
import { ingressNode, routerParts } from '../model/graph-ids.ts';
import type { ModuleComponent } from '../model/module.ts';
import { routeEntries, routeListOf, type RouteEntry } from '../model/route-entries.ts';
import { insertSpecItem } from '../module-yaml/patch/insert-spec-item.ts';
import { setSpecValue } from '../module-yaml/patch/set-spec-value.ts';
import type { EditSession } from './edit-session.ts';

export type SpecPath = readonly (string | number)[];

export function componentOf(context: CommandContext, node: NodeId): ModuleComponent | null {
  return context.module.components.find((component) => component.node === node) ?? null;
}

/** The entry of module.yaml that a router is; null for drafts and unknown routers. */
export function routeOf(
  context: CommandContext,
  router: NodeId,
): { readonly component: ModuleComponent; readonly entry: RouteEntry } | null {
  const parts = routerParts(router);
  const component = parts === null ? null : componentOf(context, ingressNode(parts.ingress));
  const entry = component === null ? undefined : routeEntries(component).find(({ topic }) => topic === parts?.topic);
  return component === null || entry === undefined ? null : { component, entry };
}

/** The component and path that a field of a node means: a router's fields lie in its ingress. */
export function specPlace(
  context: CommandContext,
  node: NodeId,
  path: SpecPath,
): { readonly component: ModuleComponent; readonly path: SpecPath } | null {
  const component = componentOf(context, node);
  if (component !== null) {
    return { component, path };
  }
  const route = routeOf(context, node);
  return route === null ? null : { component: route.component, path: [...route.entry.path, ...path] };
}

export function specAt(spec: JsonValue, path: SpecPath): JsonValue | undefined {
  let value: JsonValue | undefined = spec;
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? (value as { readonly [key: string]: JsonValue })[String(key)] : undefined;
  }
  return value;
}

/** Adds an item to a list of a component's spec; makes the list when it is missing or no list. */
export function addToSpecList(
  session: EditSession,
  component: ModuleComponent,
  path: SpecPath,
  value: JsonValue,
  index: number | null = null,
): void {
  const isList = Array.isArray(specAt(component.spec, path));
  session.patchModule((text) =>
    isList ? insertSpecItem(text, component.node, path, index, value) : setSpecValue(text, component.node, path, [value]),
  );
}

/** Adds a topic (or stream) entry to an ingress. False for an ingress whose kind has none. */
export function addRoute(
  session: EditSession,
  component: ModuleComponent,
  route: { readonly topic: string; readonly valueType: string; readonly targets: readonly string[] },
): boolean {
  const shape = routeListOf(component);
  if (shape === null) {
    return false;
  }
  addToSpecList(session, component, [shape.list], { [shape.name]: route.topic, valueType: route.valueType, targets: [...route.targets] });
  return true;
}
