/**
 * Finds the functions that a set of files defines: exported `{typename, specs, fn}` objects, classes and instances with
 * such fields, lists of them, and what is passed to `bind`.
 */
import type { SyntaxNode } from '@lezer/common';
import { elementsOf, evaluate, exported, memberOf, type Program } from './evaluate.ts';
import type { SourceFile } from './source-file.ts';
import { signatureOf, type ClassValue, type ObjectValue, type StaticValue } from './static-value.ts';
import { argumentsOf, childrenOf, propertyName } from './syntax.ts';

export type SpecValue = ObjectValue | ClassValue;

/** The specs that a file exports or binds, its own or another's, by a key that is the same wherever a spec is met. */
export function findSpecs(program: Program, file: SourceFile): ReadonlyMap<string, SpecValue> {
  const found = new Map<string, SpecValue>();
  const add = (values: readonly StaticValue[], isBound = false) => {
    for (const value of values) {
      if (isSpec(value, isBound)) {
        found.set(signatureOf(value).replace(/^instance/, 'class'), value);
      }
    }
  };
  for (const name of file.exports.keys()) {
    const values = exported(program, file, name);
    add(values);
    add(elementsOf(program, values).flatMap((item) => evaluate(program, item.node, item.scope)));
  }
  for (const call of file.binds) {
    add(evaluate(program, argumentsOf(call)[0] ?? null, { file, frame: null, self: null }), true);
  }
  return found;
}

/**
 * Objects with an `fn` and no typename that a file exports. Where no other file imports it, they can only be meant as specs;
 * else one may add the typename (`{ typename, ...shared }`).
 */
export function findUnnamed(program: Program, file: SourceFile): readonly SpecValue[] {
  const found = new Map<string, SpecValue>();
  for (const name of file.exports.keys()) {
    const values = exported(program, file, name);
    const items = elementsOf(program, values).flatMap((item) => evaluate(program, item.node, item.scope));
    for (const value of [...values, ...items]) {
      if (value.type === 'object' && value.scope.file === file && isUnnamed(program, value)) {
        found.set(signatureOf(value), value);
      }
    }
  }
  return [...found.values()];
}

function isUnnamed(program: Program, value: ObjectValue): boolean {
  const names = membersOf(value).flatMap((member) => (member.name === 'Property' ? [propertyName(member, value.scope.file.text)] : []));
  // With anything else beside it, it may be an object of another kind, or a module of CommonJS with a function of this name.
  const isOnlyFn = names.every((name) => name === 'fn' || (name !== null && name !== 'typename' && /^type_?name$/i.test(name)));
  return isOnlyFn && !hasSpread(value) && specMember(program, value, 'fn').some(({ type }) => type === 'function');
}

/** Names of a spec's own members, written or spread. */
export function hasMember(value: SpecValue, name: string): boolean {
  return membersOf(value).some((member) => propertyName(member, value.scope.file.text) === name && isStatic(value, member));
}

export function hasSpread(value: SpecValue): boolean {
  return value.type === 'object' && membersOf(value).some((member) => member.getChild('Spread') !== null);
}

/** The node of a spec's member: for ranges. */
export function memberNode(value: SpecValue, name: string): SyntaxNode | null {
  return membersOf(value).find((member) => propertyName(member, value.scope.file.text) === name && isStatic(value, member)) ?? null;
}

/** `isBound`: given to `bind`, so that it is meant as a spec. One without a typename is a spec that the SDK refuses. */
function isSpec(value: StaticValue, isBound: boolean): value is SpecValue {
  if (value.type !== 'object' && value.type !== 'class' && value.type !== 'instance') {
    return false;
  }
  if (!hasMember(value, 'typename')) {
    return value.type === 'object' && hasMember(value, 'fn') && (isBound || hasMember(value, 'specs')) && !hasSpread(value);
  }
  return hasMember(value, 'fn') || (hasMember(value, 'specs') && !hasSpread(value));
}

function membersOf(value: SpecValue): readonly SyntaxNode[] {
  const body = value.type === 'object' ? value.node : value.node.getChild('ClassBody');
  return body === null ? [] : childrenOf(body);
}

function isStatic(value: SpecValue, member: SyntaxNode): boolean {
  return value.type === 'object' || (member.getChild('static') !== null) === (value.type === 'class');
}

/** The values of a spec's member. */
export function specMember(program: Program, value: SpecValue, name: string): readonly StaticValue[] {
  return memberOf(program, [value], name);
}
