/** The entries of an ingress: `topics` of Kafka, `streams` of Kinesis. */
import type { NodeId, Typename } from '../../base/ids.ts';
import { typename } from '../../base/ids.ts';
import type { RouteDefinition } from '../../model/module.ts';
import type { TextRange } from '../../model/problem.ts';
import type { LocatedModule } from '../locate.ts';
import { textEdit } from '../problem-codes.ts';
import { pairOf, scalarText, type ItemNode, type PairNode, type SourceNode } from '../source/source-node.ts';
import {
  checkTypenameText,
  fail,
  keyRange,
  pathText,
  readText,
  report,
  textOf,
  warn,
  type FieldPath,
  type SpecContext,
} from './spec-context.ts';
import { normalTypename } from '../typename-text.ts';
import { requirePair } from './object-fields.ts';

interface RouteList {
  readonly list: 'topics' | 'streams';
  readonly name: 'topic' | 'stream';
}

/** Routes in file order; where one topic stands twice, only the last, since that is what the loader keeps. */
export function readRoutes(context: SpecContext, { list, name }: RouteList): readonly RouteDefinition[] {
  const path = [list];
  const pair = requirePair(context, context.spec, list, path, `list at least one entry with ${name}, valueType and targets.`);
  if (pair === null) {
    return [];
  }
  const { value } = pair;
  if (value.type !== 'list' || value.items.length === 0) {
    const empty = value.type === 'list';
    fail(
      context,
      empty ? 'no-routes' : 'wrong-type',
      empty
        ? `${list} is empty: the ingress reads nothing, and does not load. Add a ${name}.`
        : `${list} must be a list of entries with ${name}, valueType and targets.`,
      { at: value.from === value.to ? keyRange(pair) : value, field: path, moment: 'load' },
    );
    return [];
  }
  const routes = new Map<string, RouteDefinition>();
  value.items.forEach((item, index) => {
    const route = readRoute(context, pair, item, [list, index], name);
    if (route === null) {
      return;
    }
    if (routes.has(route.topic)) {
      warn(context, 'duplicate-topic', `${name} ${route.topic} stands twice: only this last entry counts. Merge the two.`, {
        at: item.value,
        field: [list, index, name],
      });
      routes.delete(route.topic);
    }
    routes.set(route.topic, route);
  });
  return [...routes.values()];
}

function readRoute(context: SpecContext, parent: PairNode, item: ItemNode, path: FieldPath, name: string): RouteDefinition | null {
  const { value } = item;
  if (value.type !== 'map') {
    fail(context, 'wrong-type', `${pathText(path)} must be an object with ${name}, valueType and targets.`, {
      at: value.from === value.to ? keyRange(parent) : value,
      field: path,
      moment: 'load',
    });
    return null;
  }
  const entry: PairNode = { ...parent, value, keyFrom: value.from, keyTo: value.pairs[0]?.keyTo ?? value.to };
  const topic = readText(context, entry, name, [...path, name], { required: `write the ${name} to read.`, loose: true });
  const valueType = readText(context, entry, 'valueType', [...path, 'valueType'], {
    required: 'write the typename that its values get, such as my-app.types/order.',
    strict: true,
  });
  if (valueType !== null && valueType.text !== '' && !valueType.text.includes('/')) {
    const message = `${pathText([...path, 'valueType'])} has no namespace: that loads, but the types of the SDKs have one. Write, for example, my-app.types/${valueType.text}.`;
    report(context, 'bare-value-type', 'info', message, { at: valueType, field: [...path, 'valueType'] });
  }
  const targets = readTargets(context, entry, [...path, 'targets']);
  return topic === null ? null : { topic: scalarText(topic), valueType: valueType?.text ?? '', targets };
}

function readTargets(context: SpecContext, entry: PairNode, path: FieldPath): readonly Typename[] {
  const pair = requirePair(context, entry, 'targets', path, 'list the functions that get the records.');
  if (pair === null) {
    return [];
  }
  const { value } = pair;
  if (value.type === 'scalar') {
    const isNull = value.scalar === 'null';
    const name = value.text.replace(/^-\s*/, '');
    warn(
      context,
      isNull ? 'no-targets' : 'targets-not-a-list',
      isNull
        ? `${pathText(path)} is empty: the records are dropped. List functions under it.`
        : `${pathText(path)} is a text, not a list: the loader sees no targets and drops the records. Write [${name}], or “- ${name}” with a blank on a line of its own.`,
      {
        at: value.from === value.to ? keyRange(pair) : value,
        field: path,
        ...(isNull || /[\n,\s]/.test(value.text) || value.style !== 'plain'
          ? {}
          : { fix: { label: 'Make it a list', edits: [textEdit(value.outer, value.to, `[${name}]`)] } }),
      },
    );
    return [];
  }
  const nodes: readonly SourceNode[] =
    value.type === 'list' ? value.items.map((item) => item.value) : value.pairs.map((target) => target.value);
  if (value.type === 'map') {
    warn(context, 'targets-not-a-list', `${pathText(path)} is a map, whose values the loader takes as targets: write a list.`, {
      at: value,
      field: path,
    });
  } else if (nodes.length === 0) {
    warn(context, 'no-targets', `${pathText(path)} is empty: the records are dropped. Connect a function.`, { at: value, field: path });
  }
  const seen = new Set<string>();
  return nodes.flatMap((node, index) => {
    const names = readTarget(context, node, pair, [...path, index]);
    for (const name of names) {
      if (seen.has(name)) {
        // S85
        const message = `${name} stands twice among these targets, and gets each record twice: remove one, unless you mean that.`;
        warn(context, 'duplicate-target', message, { at: node, field: [...path, index] });
      }
      seen.add(name);
    }
    return names;
  });
}

function readTarget(context: SpecContext, node: SourceNode, pair: PairNode, path: FieldPath): readonly Typename[] {
  if (node.type !== 'scalar') {
    fail(context, 'bad-typename', `${pathText(path)} must be a function's typename, such as my-app/my-function.`, {
      at: node,
      field: path,
      moment: 'load',
    });
    return [];
  }
  const place = node.from === node.to ? { ...node, from: pair.keyFrom, to: pair.keyTo } : node;
  const name = checkTypenameText(context, place, path);
  if (name?.endsWith('/*') === true) {
    warn(context, 'wildcard-target', `${name} is taken as one function named *: name the functions one by one.`, {
      at: place,
      field: path,
    });
  }
  return name === null ? [] : [typename(name)];
}

/** Where the target of a route stands, for problems that need the whole file. */
export function targetNodes(
  spec: PairNode,
  list: 'topics' | 'streams',
): readonly { readonly at: SourceNode; readonly path: FieldPath; readonly text: string }[] {
  const routes = pairOf(spec.value, list)?.value;
  if (routes?.type !== 'list') {
    return [];
  }
  return routes.items.flatMap((route, index) => {
    const targets = pairOf(route.value, 'targets')?.value;
    return targets?.type !== 'list'
      ? []
      : targets.items.flatMap((item, place) =>
          item.value.type === 'scalar' ? [{ at: item.value, path: [list, index, 'targets', place], text: scalarText(item.value) }] : [],
        );
  });
}

/** Where an ingress names a topic or a stream: the entry that counts, which is the last. */
export function topicRange(spec: PairNode, topic: string): TextRange | undefined {
  for (const [list, name] of [
    ['topics', 'topic'],
    ['streams', 'stream'],
  ] as const) {
    const entries = pairOf(spec.value, list)?.value;
    const found = entries?.type === 'list' ? entries.items.map(({ value }) => pairOf(value, name)) : [];
    const pair = found.findLast((one) => one !== null && textOf(one.value) === topic);
    if (pair !== undefined && pair !== null) {
      return pair.value.from === pair.value.to ? keyRange(pair) : pair.value;
    }
  }
  return undefined;
}

/** Where a function first stands among the targets of a file's routes. */
export function targetOf(located: LocatedModule, name: Typename): SourceNode | null {
  const places = located.components.flatMap(({ role, spec }) =>
    role === 'ingress' ? [...targetNodes(spec, 'topics'), ...targetNodes(spec, 'streams')] : [],
  );
  return places.find(({ text }) => normalTypename(text) === name)?.at ?? null;
}

/** Where a route names its type and its targets. */
export function routePlaces(
  located: LocatedModule,
  node: NodeId,
  [list, index]: readonly [list: string, index: number],
): { readonly valueType: SourceNode | null; readonly targets: ReadonlyMap<string, SourceNode> } {
  const spec = located.components.find((component) => component.node === node)?.spec;
  const routes = spec === undefined ? undefined : pairOf(spec.value, list)?.value;
  const route = routes?.type === 'list' ? routes.items[index] : undefined;
  if (spec === undefined || route === undefined) {
    return { valueType: null, targets: new Map() };
  }
  const places = list === 'topics' || list === 'streams' ? targetNodes(spec, list) : [];
  return {
    valueType: pairOf(route.value, 'valueType')?.value ?? null,
    targets: new Map(places.filter(({ path }) => path[1] === index).map(({ text, at }) => [normalTypename(text) ?? text, at])),
  };
}
