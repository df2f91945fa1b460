/**
 * Finds the components of a file and gives them their names, without judging their specs. Decode and all patches go
 * through here, so a node means the same component to each.
 */
import type { NodeId } from '../base/ids.ts';
import { customNode, egressNode, endpointNode, ingressNode } from '../model/graph-ids.ts';
import type { ComponentRole, ModuleFormat } from '../model/module.ts';
import type { KindModule } from './kinds/kind-description.ts';
import { KIND_LIST } from './kinds/registry.ts';
import { readSource, type SourceFile } from './source/read-source.ts';
import { pairOf, scalarText, valueOf, type ListNode, type MapNode, type PairNode, type SourceNode } from './source/source-node.ts';
import { normalTypename } from './typename-text.ts';

export interface LocatedComponent {
  readonly node: NodeId;
  readonly role: ComponentRole;
  readonly kind: string;
  readonly kindPair: PairNode;
  /** The kind with its fields, when it is known; `null` for custom kinds. */
  readonly module: KindModule | null;
  readonly title: string;
  readonly spec: PairNode;
  /** What names it: the id, in the legacy form `meta.id`, or an endpoint's `functions`. */
  readonly name: SourceNode | null;
  /** Its number among the components of the file. */
  readonly ordinal: number;
  /** An earlier component has the same name, so this one has a node of its own. */
  readonly duplicate: boolean;
  readonly place:
    | { readonly type: 'document'; readonly document: number; readonly map: MapNode }
    | { readonly type: 'item'; readonly list: ListNode; readonly index: number; readonly section: string; readonly map: MapNode };
}

export interface LocatedModule {
  readonly source: SourceFile;
  readonly format: ModuleFormat;
  readonly components: readonly LocatedComponent[];
}

export const LEGACY_SECTIONS = [
  { section: 'endpoints', wrapper: 'endpoint', kindKey: 'kind' },
  { section: 'ingresses', wrapper: 'ingress', kindKey: 'type' },
  { section: 'egresses', wrapper: 'egress', kindKey: 'type' },
] as const;

export function locate(text: string): LocatedModule {
  const source = readSource(text);
  const root = source.documents.length === 1 ? (source.documents[0]?.root ?? null) : null;
  const format: ModuleFormat = pairOf(root, 'version') === null ? 'documents' : 'legacy';
  const found = format === 'legacy' && root !== null ? legacyComponents(root) : documentComponents(source);
  const taken = new Set<NodeId>();
  const components = found.map((candidate, ordinal): LocatedComponent => {
    const named = nameOf(candidate, ordinal, format);
    const { node } = named;
    const duplicate = taken.has(node);
    const unique = duplicate ? customNode(candidate.kind, ordinal) : node;
    taken.add(unique);
    return { ...candidate, ...named, node: unique, ordinal, duplicate };
  });
  return { source, format, components };
}

/** `name`: the legacy form's `meta.id`, which overrides an id in the spec. */
type Candidate = Pick<LocatedComponent, 'kind' | 'kindPair' | 'spec' | 'name' | 'place'>;

function documentComponents(source: SourceFile): readonly Candidate[] {
  return source.documents.flatMap(({ root }, document): Candidate[] => {
    const kindPair = pairOf(root, 'kind');
    const spec = pairOf(root, 'spec');
    if (root.type !== 'map' || kindPair === null || spec === null) {
      return [];
    }
    const kind = kindPair.value.type === 'scalar' ? scalarText(kindPair.value) : '';
    return [{ kind, kindPair, spec, name: null, place: { type: 'document', document, map: root } }];
  });
}

function legacyComponents(root: SourceNode): readonly Candidate[] {
  const moduleSpec = valueOf(valueOf(root, 'module'), 'spec');
  return LEGACY_SECTIONS.flatMap(({ section, wrapper, kindKey }) => {
    const list = valueOf(moduleSpec, section);
    if (list?.type !== 'list') {
      return [];
    }
    return list.items.flatMap((item, index): Candidate[] => {
      const map = valueOf(item.value, wrapper);
      const meta = valueOf(map, 'meta');
      const kindPair = pairOf(meta, kindKey);
      const spec = pairOf(map, 'spec');
      if (map?.type !== 'map' || kindPair === null || spec === null) {
        return [];
      }
      const kind = kindPair.value.type === 'scalar' ? scalarText(kindPair.value) : '';
      return [{ kind, kindPair, spec, name: valueOf(meta, 'id'), place: { type: 'item', list, index, section, map } }];
    });
  });
}

/** The kind as the registry has it: legacy names count in the legacy form only, a trailing slash is tolerated. */
export function kindModule(kind: string, format: ModuleFormat): KindModule | null {
  const normal = normalTypename(kind) ?? kind;
  return KIND_LIST.find((module) => module.kind === normal || (format === 'legacy' && module.legacyName === normal)) ?? null;
}

type Naming = Pick<LocatedComponent, 'node' | 'role' | 'title' | 'module' | 'name'>;

function nameOf(candidate: Candidate, ordinal: number, format: ModuleFormat): Naming {
  const module = kindModule(candidate.kind, format);
  const own = customNode(candidate.kind, ordinal);
  const field = module?.role === 'endpoint' ? 'functions' : 'id';
  const name = (module?.role === 'endpoint' ? null : candidate.name) ?? valueOf(candidate.spec.value, field);
  if (module === null) {
    return {
      node: own,
      role: 'custom',
      title: name?.type === 'scalar' && name.scalar === 'text' ? name.text : candidate.kind,
      module,
      name,
    };
  }
  const text = module.fixedId ?? (name?.type === 'scalar' ? scalarText(name) : null);
  const normal = text === null ? null : normalTypename(text);
  if (normal === null) {
    return { node: own, role: module.role, title: text ?? candidate.kind, module, name };
  }
  const node = module.role === 'endpoint' ? endpointNode(normal) : module.role === 'ingress' ? ingressNode(normal) : egressNode(normal);
  return { node, role: module.role, title: normal, module, name };
}
