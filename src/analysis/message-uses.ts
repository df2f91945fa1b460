/** The types that a function asks its messages for, through local functions and shared modules that take the message. */
import type { SyntaxNode } from '@lezer/common';
import type { ValueTypeFact } from '../model/code-facts.ts';
import { bare, outermost } from './bare-expression.ts';
import { findDeclaration } from './declaration-lookup.ts';
import { evaluate, memberOf, type Program } from './evaluate.ts';
import type { ReachedFunction } from './reached-code.ts';
import { allOf, wireTypename, type Scope } from './static-value.ts';
import { argumentsOf, propertyName } from './syntax.ts';

export interface MessageUses {
  readonly types: readonly ValueTypeFact[];
  /** Whether every use of the message was understood, so that no other type is asked for. */
  readonly complete: boolean;
}

const BUILT_IN: Readonly<Record<string, string>> = { Int: 'int', String: 'string', Boolean: 'boolean', Float: 'float' };

/** The built-in type that `isInt`, `asString` and the like are about. */
export function builtInAsked(method: string): string | null {
  return /^(?:is|as)(Int|String|Boolean|Float)$/.test(method) ? (BUILT_IN[method.slice(2)] ?? null) : null;
}

export function messageUses(program: Program, reachedFunctions: readonly ReachedFunction[]): MessageUses {
  const types = new Map<string, ValueTypeFact>();
  let complete = true;
  const add = (typename: string, name: string) => types.set(typename, types.get(typename) ?? { typename, name });

  const method = (name: string, call: SyntaxNode, scope: Scope): boolean => {
    const builtIn = builtInAsked(name);
    if (builtIn !== null) {
      add(wireTypename(builtIn), builtIn);
      return true;
    }
    const asked = name === 'is' || name === 'as' ? allOf(evaluate(program, argumentsOf(call)[0] ?? null, scope), 'value-type') : null;
    asked?.forEach((type) => add(wireTypename(type.text), type.name));
    return asked !== null;
  };

  /** Compared with texts that are known. */
  const compared = (texts: readonly (SyntaxNode | null)[], scope: Scope): boolean =>
    texts.every((node) => {
      const known = allOf(evaluate(program, node, scope), 'string');
      known?.forEach(({ text }) => add(text, nameOf(program, node, scope, text)));
      return known !== null;
    });

  const typeNameUse = (member: SyntaxNode, scope: Scope): boolean => {
    const holder = outermost(member).parent;
    if (holder?.name === 'BinaryExpression') {
      const other = [holder.firstChild, holder.lastChild].find(
        (side) => side !== null && !(side.from <= member.from && side.to >= member.to),
      );
      return holder.getChild('CompareOp') !== null && compared([other ?? null], scope);
    }
    if (holder?.name === 'SwitchStatement') {
      const labels = holder.getChild('SwitchBody')?.getChildren('CaseLabel') ?? [];
      return compared(
        labels.map((label) => label.firstChild?.nextSibling ?? null),
        scope,
      );
    }
    return holder?.name === 'Interpolation' || isConsole(holder, scope);
  };

  const use = (name: SyntaxNode, scope: Scope): boolean => {
    const node = outermost(name);
    const holder = node.parent;
    if (holder?.name === 'MemberExpression' && holder.firstChild?.from === node.from) {
      const property = holder.lastChild;
      const text = property?.name === 'PropertyName' ? scope.file.text.slice(property.from, property.to) : '';
      const call = holder.parent;
      if (call?.name === 'CallExpression' && call.firstChild?.from === holder.from && call.firstChild.to === holder.to) {
        return method(text, call, scope);
      }
      return text === 'targetAddress' || (text === 'valueTypeName' && typeNameUse(holder, scope));
    }
    if (holder?.name === 'ArgList' && holder.parent !== null) {
      const callee = holder.parent.firstChild;
      return isConsole(holder, scope) || allOf(evaluate(program, callee, scope), 'function') !== null;
    }
    return holder?.name === 'VariableDeclaration' && holder.getChild('const') !== null && holder.getChild('ObjectPattern') === null;
  };

  for (const { fn: reached, scope } of reachedFunctions) {
    complete = complete && !takesApart(reached.node, scope);
    reached.node.cursor().iterate((ref) => {
      if (ref.name === 'VariableName' && isMessage(program, ref.node, scope)) {
        complete = use(ref.node, scope) && complete;
      } else if (ref.name === 'Property' && isShorthandMessage(program, ref.node, scope)) {
        complete = false;
      }
    });
  }
  return { types: [...types.values()], complete: complete && program.steps >= 0 };
}

/** Whether a name stands for the message: asked of names only that may, since reading a value costs. */
function isMessage(program: Program, name: SyntaxNode, scope: Scope): boolean {
  const found = findDeclaration(scope.file, scope.file.text.slice(name.from, name.to), name);
  const mayBe = found?.type === 'parameter' || (found?.type === 'value' && bare(found.node).name === 'VariableName');
  return mayBe && evaluate(program, name, scope).some(({ type }) => type === 'incoming');
}

function isShorthandMessage(program: Program, property: SyntaxNode, scope: Scope): boolean {
  const key = propertyName(property, scope.file.text);
  const object = property.parent;
  if (key === null || object === null || property.getChild(':') !== null || property.getChild('ParamList') !== null) {
    return false;
  }
  const mayBe = findDeclaration(scope.file, key, property)?.type === 'parameter';
  return mayBe && memberOf(program, [{ type: 'object', node: object, scope }], key).some(({ type }) => type === 'incoming');
}

/** Whether a parameter that gets the message is a pattern or a rest: what is done with it then is not followed. */
function takesApart(fn: SyntaxNode, scope: Scope): boolean {
  const index = scope.frame?.args.findIndex((values) => values.some(({ type }) => type === 'incoming')) ?? -1;
  const list = fn.getChild('ParamList');
  let at = 0;
  for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.name === ',') {
      at += 1;
    } else if (child.name === 'Spread' || (at === index && child.name === 'ObjectPattern')) {
      return index !== -1;
    }
  }
  return false;
}

function isConsole(list: SyntaxNode | null | undefined, scope: Scope): boolean {
  const callee = list?.name === 'ArgList' ? list.parent?.firstChild : null;
  return callee !== null && callee !== undefined && /^console\s*\./.test(scope.file.text.slice(callee.from, callee.to));
}

function nameOf(program: Program, node: SyntaxNode | null, scope: Scope, text: string): string {
  const object = node?.name === 'MemberExpression' ? node.firstChild : null;
  const type = evaluate(program, object, scope).find((value) => value.type === 'value-type');
  return type?.type === 'value-type' ? type.name : text.slice(text.lastIndexOf('/') + 1);
}
