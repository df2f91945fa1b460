/** One function spec to its facts, with what the SDK would refuse about it. */
import type { SyntaxNode } from '@lezer/common';
import { typename, type Typename } from '../base/ids.ts';
import type { FunctionFact, StateSpecFact } from '../model/code-facts.ts';
import { functionNode } from '../model/graph-ids.ts';
import type { Problem, TextRange } from '../model/problem.ts';
import { checkStateName } from '../model/typename-rules.ts';
import { elementsOf, evaluate, memberOf, STEP_LIMIT, type Program } from './evaluate.ts';
import { hasMember, hasSpread, memberNode, specMember, type SpecValue } from './find-specs.ts';
import { walkFunction, type FoundSend } from './function-walk.ts';
import { messageFacts, type MessageFacts } from './message-facts.ts';
import { messageProblems } from './message-problems.ts';
import type { CodeProblemCode } from './problem-codes.ts';
import { reachedCode } from './reached-code.ts';
import { allOf, type Codec, type FunctionValue, type ObjectValue, type StaticValue } from './static-value.ts';
import { storageProblems } from './storage-problems.ts';
import { findTraps } from './traps/find-traps.ts';
import { isTypename } from './typename-text.ts';
import { bodyOf, propertyNamed, propertyValue } from './syntax.ts';

export interface RawFunction {
  readonly fact: Omit<FunctionFact, 'sends'>;
  readonly sends: readonly FoundSend[];
  readonly typenameRange: TextRange;
}

/** Null where the typename cannot be read or is none: the problem says so. */
export function readFunction(program: Program, spec: SpecValue, problems: Problem<CodeProblemCode>[]): RawFunction | null {
  const { file } = spec.scope;
  const typenameNode = memberNode(spec, 'typename') ?? spec.node;
  const typenameRange = rangeOf(typenameNode);
  const report = (
    code: CodeProblemCode,
    message: string,
    range: TextRange,
    severity: Problem['severity'] = 'error',
    name: string | null = null,
  ) => {
    problems.push({ code, severity, message, path: file.path, range, ...(name === null ? {} : { node: functionNode(name) }) });
  };
  if (!hasMember(spec, 'typename')) {
    problems.push(noTypename(spec));
    return null;
  }
  const [name] = specMember(program, spec, 'typename');
  if (name?.type !== 'string') {
    report(
      'typename-unknown',
      'This typename is not a constant, so the function is not on the canvas: write it as a text or a const.',
      typenameRange,
      'warning',
    );
    return null;
  }
  if (!isTypename(name.text)) {
    report('bad-typename', `The typename “${name.text}” has the wrong form: write namespace/name.`, typenameRange);
    return null;
  }
  const type = typename(name.text);
  const fn = specMember(program, spec, 'fn').find((value) => value.type === 'function');
  if (!hasMember(spec, 'fn') && !hasSpread(spec)) {
    report('no-fn', `${type} has no fn: add fn(context, message) { … }.`, rangeOf(spec.node), 'error', type);
  }
  const codecs = new Map<string, Codec>();
  const states = readStates(program, spec, type, report, codecs);
  const walk = fn === undefined ? { sends: [], fetches: [], swapped: [] } : walkFunction(program, fn);
  walk.swapped.forEach((range) =>
    report('send-after-arguments', 'sendAfter takes the delay first, then the message.', range, 'error', type),
  );
  problems.push(...messageProblems(program, walk.sends, type, file));
  if (fn !== undefined && fn.scope.file === file && !hasUnreadStates(program, spec)) {
    problems.push(...storageProblems(program, fn, states, type));
  }
  program.steps = STEP_LIMIT;
  const reached = fn === undefined ? [] : reachedCode(program, fn);
  // Of code too large to read to its end nothing is said.
  const followed = program.steps >= 0 ? fn : undefined;
  if (followed !== undefined) {
    problems.push(...findTraps({ program, type, fn: followed, reached, codecs }));
  }
  return {
    fact: {
      typename: type,
      path: file.path,
      range: rangeOf(spec.node),
      ...apartFrom(spec, fn),
      bodyEnd: bodyEndOf(fn, spec),
      states,
      ...(followed === undefined ? NO_MESSAGES : messageFacts(program, followed, reached)),
      fetches: walk.fetches,
    },
    sends: walk.sends,
    typenameRange,
  };
}

/** At the brace or the word that begins it. */
export function noTypename(spec: SpecValue): Problem<CodeProblemCode> {
  return {
    code: 'no-typename',
    severity: 'error',
    message: "This function spec has no typename, and bind throws: add typename: 'namespace/name'.",
    path: spec.scope.file.path,
    range: rangeOf(spec.node.firstChild ?? spec.node),
  };
}

const NO_MESSAGES: MessageFacts = { accepts: { types: [], others: 'unknown' }, callerUses: [] };

type Report = (code: CodeProblemCode, message: string, range: TextRange, severity?: Problem['severity'], name?: string | null) => void;

function readStates(
  program: Program,
  spec: SpecValue,
  type: Typename,
  report: Report,
  codecs: Map<string, Codec>,
): readonly StateSpecFact[] {
  const states: StateSpecFact[] = [];
  for (const { node, scope } of elementsOf(program, specMember(program, spec, 'specs'))) {
    for (const value of evaluate(program, node, scope)) {
      const own = scope.file === spec.scope.file;
      const state = value.type === 'object' ? readState(program, value, own ? (...args) => report(...args) : () => undefined, type) : null;
      if (state !== null && states.some((other) => other.name === state.name)) {
        report(
          'duplicate-state',
          `The state “${state.name}” is declared twice; the SDK refuses that.`,
          rangeOf(own ? node : spec.node),
          'error',
          type,
        );
      } else if (state !== null) {
        states.push(state);
        const types = value.type === 'object' ? allOf(memberOf(program, [value], 'type'), 'value-type') : null;
        if (types?.length === 1 && types[0] !== undefined) {
          codecs.set(state.name, types[0].codec);
        }
      }
    }
  }
  return states;
}

function readState(program: Program, value: ObjectValue, report: Report, type: Typename): StateSpecFact | null {
  const at = (name: string) => rangeOf(valueNode(value, name) ?? value.node);
  const [name] = memberOf(program, [value], 'name');
  if (name?.type !== 'string') {
    return null;
  }
  const fault = checkStateName(name.text);
  if (fault !== null) {
    report('bad-state-name', fault, at('name'), 'error', type);
  }
  const [valueType] = memberOf(program, [value], 'type');
  if (valueNode(value, 'type') === null && propertyNamed(value.node, 'type', value.scope.file.text) === null && !hasSpread(value)) {
    report(
      'no-state-type',
      `The state “${name.text}” has no type: add one such as StateFun.intType().`,
      rangeOf(value.node),
      'error',
      type,
    );
  }
  const write = millisOf(program, value, 'expireAfterWrite', report, type);
  const call = millisOf(program, value, 'expireAfterCall', report, type);
  // Where both are given, the SDK tells the runtime of the first only.
  const expiration =
    write !== null
      ? ({ mode: 'after-write', millis: write } as const)
      : call !== null
        ? ({ mode: 'after-call', millis: call } as const)
        : null;
  return { name: name.text, type: valueType?.type === 'value-type' ? valueType.text : null, expiration };
}

function millisOf(program: Program, value: ObjectValue, name: string, report: Report, type: Typename): number | null {
  const [millis] = memberOf(program, [value], name);
  if (millis === undefined) {
    return null;
  }
  if (millis.type !== 'number' || !Number.isInteger(millis.value)) {
    report(
      'bad-expiration',
      `${name} must be a whole number of milliseconds.`,
      rangeOf(valueNode(value, name) ?? value.node),
      'error',
      type,
    );
    return null;
  }
  return millis.value < 0 ? null : millis.value;
}

/** Whether `specs` holds anything that could not be read, so that nothing sure can be said about undeclared states. */
function hasUnreadStates(program: Program, spec: SpecValue): boolean {
  if (!hasMember(spec, 'specs')) {
    return hasSpread(spec);
  }
  const values = specMember(program, spec, 'specs');
  const elements = elementsOf(program, values);
  const read = elements.flatMap(({ node, scope }) => evaluate(program, node, scope));
  const named = read.filter((value: StaticValue) => value.type === 'object' && memberOf(program, [value], 'name')[0]?.type === 'string');
  const spreads = values.some((value) => value.type === 'array' && value.node.getChild('Spread') !== null);
  return values.length !== 1 || values[0]?.type !== 'array' || named.length !== elements.length || spreads;
}

function apartFrom(spec: SpecValue, fn: FunctionValue | undefined): Pick<FunctionFact, 'apart'> {
  const { node } = spec;
  if (fn === undefined || (fn.scope.file === spec.scope.file && node.from <= fn.node.from && fn.node.to <= node.to)) {
    return {};
  }
  return { apart: { path: fn.scope.file.path, range: rangeOf(fn.node) } };
}

function bodyEndOf(fn: FunctionValue | undefined, spec: SpecValue): number | null {
  const body = fn === undefined || fn.scope.file !== spec.scope.file ? null : bodyOf(fn.node);
  const brace = body?.name === 'Block' ? body.lastChild : null;
  return brace?.name === '}' ? brace.from : null;
}

function valueNode(value: ObjectValue, name: string): SyntaxNode | null {
  const property = propertyNamed(value.node, name, value.scope.file.text);
  return property === null ? null : propertyValue(property);
}

function rangeOf(node: SyntaxNode): TextRange {
  return { from: node.from, to: node.to };
}
