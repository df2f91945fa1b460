/** Completion and help in module.yaml, from what the kinds say about themselves. Pure. */
import type { CommandContext } from '../../model/command.ts';
import { textFile, MODULE_YAML } from '../../model/project.ts';
import type { FieldShape } from '../../module-yaml/fields/unknown-fields.ts';
import type { FieldDescription, KindModule } from '../../module-yaml/kinds/kind-description.ts';
import { KIND_LIST } from '../../module-yaml/kinds/registry.ts';
import { yamlSpotAt, type YamlSpot } from '../../module-yaml/yaml-spot.ts';
import { isBeingTyped } from './code-completion.ts';
import type { Completion, Completions } from './completion.ts';
import { itemDocs } from './item-docs.ts';
import { knownTopics, knownValueTypes } from './known-names.ts';

export function yamlCompletions(context: CommandContext, offset: number): Completions | null {
  const text = textFile(context.project, MODULE_YAML);
  const spot = text === null ? null : yamlSpotAt(text, offset);
  if (spot === null) {
    return null;
  }
  const found = spot.key === null && !isTargets(spot) ? keys(spot) : values(context, spot);
  const items = found.filter((item) => !isBeingTyped(context, item, spot.text));
  return items.length === 0 ? null : { range: spot.range, items };
}

/** Items of `targets` are values, those of `topics` begin with a key. */
function isTargets(spot: YamlSpot): boolean {
  return spot.item && spot.path.at(-1) === 'targets';
}

function kindOf(spot: YamlSpot): KindModule | null {
  return KIND_LIST.find((module) => module.kind === spot.kind) ?? null;
}

function keys(spot: YamlSpot): readonly Completion[] {
  if (spot.path.length === 0) {
    return [
      { label: 'kind', insert: 'kind: ', kind: 'key', detail: 'what the component is' } as const,
      { label: 'spec', insert: 'spec:\n  ', kind: 'key', detail: 'its settings' } as const,
    ].filter(({ label }) => !spot.siblings.includes(label));
  }
  const module = kindOf(spot);
  const [root, ...path] = spot.path;
  const shape = module === null || root !== 'spec' ? null : shapeAt(module.shape, path);
  if (module === null || shape === null || shape === true) {
    return [];
  }
  const fields = 'each' in shape ? shape.each : shape;
  if (fields === true || !('fields' in fields)) {
    return [];
  }
  return Object.entries(fields.fields)
    .filter(([name]) => !spot.siblings.includes(name))
    .map(([name, inner]) => {
      const field = fieldAt(module, [...path, name]);
      return {
        label: name,
        insert: inner === true ? `${name}: ` : `${name}:`,
        kind: 'key',
        detail: field === null ? (ROUTE_FIELDS[name]?.hint ?? '') : `${field.hint}${field.required ? ', required' : ''}`,
        docs: fieldDocs(name, field),
      } satisfies Completion;
    });
}

function shapeAt(shape: FieldShape, path: readonly string[]): FieldShape | null {
  let at: FieldShape | undefined = shape;
  for (const step of path) {
    if (at !== undefined && at !== true && 'each' in at) {
      at = at.each;
    }
    at = at !== undefined && at !== true && 'fields' in at && Object.hasOwn(at.fields, step) ? at.fields[step] : undefined;
  }
  return at ?? null;
}

function fieldAt(module: KindModule, path: readonly string[]): FieldDescription | null {
  return module.fields.find((field) => field.path.join('.') === path.join('.')) ?? null;
}

/** The entries of an ingress have no form of their own, so the kinds do not describe them. */
const ROUTE_FIELDS: Readonly<Record<string, { readonly hint: string; readonly help: string }>> = {
  topic: { hint: 'required', help: 'The Kafka topic to read.' },
  stream: { hint: 'required', help: 'The Kinesis stream to read.' },
  valueType: { hint: 'required', help: 'The typename that the values get: functions ask a message for it.' },
  targets: {
    hint: 'required',
    help: 'The functions that get each record, with the record’s key as the address id. Without a target a record is dropped.',
  },
};

function fieldDocs(name: string, field: FieldDescription | null): string {
  if (field === null) {
    return ROUTE_FIELDS[name]?.help ?? '';
  }
  const options = field.options?.map(({ value }) => `\`${value}\``).join(', ');
  return [
    `**${field.label}** (${field.hint})`,
    field.help,
    options === undefined ? '' : `One of ${options}.`,
    field.defaultText === undefined ? '' : `Left out: \`${field.defaultText}\`.`,
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

function values(context: CommandContext, spot: YamlSpot): readonly Completion[] {
  if (spot.path.length === 0) {
    return spot.key === 'kind'
      ? KIND_LIST.map((module) => ({ label: module.kind, insert: module.kind, kind: 'value', detail: module.label, docs: module.summary }))
      : [];
  }
  const name = spot.key ?? spot.path.at(-1) ?? '';
  switch (name) {
    case 'targets':
      return context.graph.nodes.flatMap((node) =>
        node.type === 'function'
          ? [
              {
                label: node.typename,
                insert: node.typename,
                kind: 'function' as const,
                detail: node.code === null ? 'no code here' : node.code.path,
                docs: itemDocs(context, node.id) ?? '',
              },
            ]
          : [],
      );
    case 'functions':
      return patterns(context);
    case 'topic':
    case 'stream':
      return knownTopics(context).map(({ name: topic, detail }) => ({ label: topic, insert: topic, kind: 'topic', detail }));
    case 'valueType':
      return knownValueTypes(context).map(({ name: type, detail }) => ({ label: type, insert: type, kind: 'type', detail }));
    default:
      return options(spot, name);
  }
}

function options(spot: YamlSpot, name: string): readonly Completion[] {
  const module = kindOf(spot);
  const field = module === null ? null : fieldAt(module, [...spot.path.slice(1), name]);
  return (field?.options ?? []).map(({ value, label }) => ({
    label: value,
    insert: value,
    kind: 'value',
    detail: value === field?.defaultText ? 'when left out' : label === value ? '' : label,
    docs: field?.help ?? '',
  }));
}

/** Whole namespaces of the project's functions first, then each function alone. */
function patterns(context: CommandContext): readonly Completion[] {
  const names = context.graph.nodes.flatMap((node) => (node.type === 'function' ? [node.typename] : []));
  const namespaces = [...new Set(names.map((name) => name.slice(0, name.lastIndexOf('/'))))];
  return [
    ...namespaces.map((namespace) => ({
      label: `${namespace}/*`,
      insert: `${namespace}/*`,
      kind: 'function' as const,
      detail: `all ${names.filter((name) => name.startsWith(`${namespace}/`)).length} functions`,
    })),
    ...names.map((name) => ({ label: name, insert: name, kind: 'function' as const, detail: 'this one alone' })),
  ];
}

/** What stands under the cursor in module.yaml: a kind, a field's name, a value of a list of choices. */
export function yamlDocs(
  text: string,
  offset: number,
): { readonly range: { readonly from: number; readonly to: number }; readonly docs: string } | null {
  const spot = yamlSpotAt(text, offset);
  if (spot === null || spot.text === '') {
    return null;
  }
  if (spot.key === 'kind' && spot.path.length === 0) {
    const module = KIND_LIST.find((candidate) => candidate.kind === spot.text);
    return module === undefined ? null : { range: spot.range, docs: `**${module.label}**\n\n${module.summary}` };
  }
  const module = kindOf(spot);
  const name = spot.key ?? spot.text.replace(/:$/, '');
  if (module === null || spot.path[0] !== 'spec') {
    return null;
  }
  const field = fieldAt(module, [...spot.path.slice(1), name]);
  const docs = fieldDocs(name, field);
  return docs === '' ? null : { range: spot.range, docs };
}
