/** What a function may be called with: types of messages and states with their shapes, ids and callers, from code, routes and the run. */
import { analyseCode } from '../../analysis/analyse-code.ts';
import { readTypeShapes } from '../../analysis/type-shapes.ts';
import type { FilePath, Typename } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Project } from '../../model/project.ts';
import { MODULE_YAML, isFunctionFile, textFile } from '../../model/project.ts';
import type { ValueShape } from '../../model/value-shape.ts';
import { decodeModule } from '../../module-yaml/decode.ts';
import { moduleDefinition } from '../../module-yaml/definition.ts';
import type { InvocationRequest, TypedValue, WireAddress } from '../../protocol/messages.ts';
import type { BoundFunction } from '../../sandbox/sandbox-api.ts';
import type { FuzzReport } from '../trial-contract.ts';
import { inferShape, withSeen } from './infer-shape.ts';
import { builtInShape, jsonOf } from './value-codec.ts';

export interface PlannedType {
  readonly typename: string;
  /** Null where values are neither built in nor JSON: only bytes that were seen can be given. */
  readonly shape: ValueShape | null;
  readonly bytes: readonly Uint8Array[];
  readonly from: readonly ('code' | 'recorded')[];
}

export interface FuzzPlan {
  readonly typename: Typename;
  readonly ids: readonly string[];
  readonly messages: readonly (PlannedType & { readonly callers: readonly (WireAddress | null)[] })[];
  readonly states: readonly (PlannedType & { readonly name: string })[];
}

const BYTES_KEPT = 20;

export function fuzzPlan(project: Project, bound: BoundFunction, requests: readonly InvocationRequest[]): FuzzPlan {
  const { typename } = bound;
  const texts = new Map<FilePath, string>();
  for (const [path, content] of project.files) {
    if (typeof content === 'string' && isFunctionFile(path)) {
      texts.set(path, content);
    }
  }
  const shapes = readTypeShapes(texts);
  const messages = requests.flatMap((request) => request.messages);
  const asked = analyseCode(texts).functions.find((fact) => fact.typename === typename)?.accepts.types ?? [];
  const names = new Set([
    ...messages.map(({ argument }) => argument.typename),
    ...asked.map((type) => type.typename),
    ...routedTypes(project, typename),
  ]);
  if (names.size === 0) {
    names.add('io.statefun.types/string').add('io.statefun.types/int');
  }
  return {
    typename,
    ids: [...new Set([...requests.map(({ target }) => target.id), 'a'])].slice(0, 20),
    messages: [...names].map((name) => {
      const own = messages.filter(({ argument }) => argument.typename === name);
      const type = plannedType(
        name,
        shapes.get(name) ?? null,
        own.map(({ argument }) => argument),
      );
      return { ...type, callers: distinct(own.map(({ caller }) => caller)) };
    }),
    states: bound.states.map((state) => {
      const values = requests.flatMap(({ states }) =>
        states.flatMap((each) => (each.name === state.name && each.value !== null ? [each.value] : [])),
      );
      return { ...plannedType(state.typename, shapes.get(state.typename) ?? null, values), name: state.name };
    }),
  };
}

export function typesOf({ messages, states }: FuzzPlan): FuzzReport['types'] {
  return [
    ...messages.map(({ typename, from }) => ({ typename, use: 'message' as const, from })),
    ...states.map(({ typename, from }) => ({ typename, use: 'state' as const, from })),
  ];
}

function plannedType(typename: string, declared: ValueShape | null, values: readonly TypedValue[]): PlannedType {
  const decoded = values.map(jsonOf);
  const seen = decoded.filter((value): value is JsonValue => value !== undefined);
  const bytes = values.map((value) => value.bytes).slice(0, BYTES_KEPT);
  const from = [...(declared === null ? [] : (['code'] as const)), ...(values.length === 0 ? [] : (['recorded'] as const))];
  const known = builtInShape(typename) ?? declared;
  if (known !== null) {
    return { typename, shape: withSeen(known, seen), bytes, from };
  }
  // Bytes of a type of its own: the code that reads them is the user's.
  const custom = seen.length < values.length;
  return { typename, shape: custom ? null : inferShape(seen), bytes, from };
}

function routedTypes(project: Project, typename: Typename): readonly string[] {
  const text = textFile(project, MODULE_YAML);
  const decoded = text === null ? null : decodeModule(text);
  if (decoded === null || !decoded.parsed) {
    return [];
  }
  return moduleDefinition(decoded).ingresses.flatMap(({ routes }) =>
    routes.flatMap(({ targets, valueType }) => (targets.includes(typename) && valueType !== '' ? [valueType] : [])),
  );
}

function distinct(callers: readonly (WireAddress | null)[]): readonly (WireAddress | null)[] {
  const byText = new Map(callers.map((caller) => [caller === null ? '' : `${caller.typename} ${caller.id}`, caller]));
  return [...byText.values()].slice(0, 20);
}
