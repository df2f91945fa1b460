/**
 * What a function may do when it is invoked: the messages it may send and the services it may call, through the local
 * functions and shared modules that it calls. Ranges lie in the function's own file: for what happens in another file,
 * that of the call that leads there.
 */
import type { SyntaxNode } from '@lezer/common';
import type { ValueTypeFact } from '../model/code-facts.ts';
import type { TextRange } from '../model/problem.ts';
import { isDeclared } from './declaration-lookup.ts';
import { calledScope, evaluate, memberOf, type Program } from './evaluate.ts';
import { invokedScope } from './invoked-scope.ts';
import { messageOptions } from './message-options.ts';
import { sentTypes } from './sent-types.ts';
import { frameSignature, type FunctionValue, type MessageValue, type Scope, type StaticValue } from './static-value.ts';
import { argumentsOf, isFunctionNode, propertyNamed, propertyValue } from './syntax.ts';

export interface FoundSend {
  readonly target: 'function' | 'egress';
  /** A typename, or who it is sent to where the message goes back to its caller or to the function itself. */
  readonly to: { readonly type: 'typename'; readonly text: string } | { readonly type: 'self' | 'caller' };
  readonly delayed: boolean;
  readonly delayMillis: number | null;
  readonly range: TextRange;
  readonly message: MessageValue;
  readonly valueTypes: readonly ValueTypeFact[] | null;
  /** Of a record for an egress: the topics or streams it may go to, as far as they are known. */
  readonly topics: readonly string[];
}

export interface FunctionWalk {
  readonly sends: readonly FoundSend[];
  readonly fetches: readonly { readonly url: string | null; readonly range: TextRange }[];
  /** Message builders whose call is in a function that was walked, sent or not. */
  readonly swapped: readonly TextRange[];
}

const CALL_DEPTH = 8;

export function walkFunction(program: Program, fn: FunctionValue): FunctionWalk {
  const walk = {
    sends: new Map<string, FoundSend>(),
    fetches: new Map<number, FunctionWalk['fetches'][number]>(),
    swapped: new Map<number, TextRange>(),
  };
  const seen = new Set<string>();
  const home = fn.scope.file;

  const visit = (current: FunctionValue, scope: Scope, via: TextRange | null, depth: number): void => {
    const key = `${scope.file.path}:${current.node.from}:${frameSignature(scope.frame)}`;
    if (seen.has(key) || depth > CALL_DEPTH) {
      return;
    }
    seen.add(key);
    current.node.cursor().iterate((ref) => {
      if (ref.name === 'CallExpression') {
        visitCall(ref.node, scope, via ?? (scope.file === home ? null : { from: ref.from, to: ref.to }), depth);
      }
    });
  };

  const visitCall = (call: SyntaxNode, scope: Scope, via: TextRange | null, depth: number): void => {
    const here = via ?? { from: call.from, to: call.to };
    const callee = call.firstChild;
    const args = argumentsOf(call);
    const method = methodName(callee, scope.file.text);
    if (method === 'send' || method === 'sendAfter') {
      const delayed = method === 'sendAfter';
      const messages = messagesIn(evaluate(program, args[delayed ? 1 : 0] ?? null, scope));
      messages.forEach((message) => addSends(message, delayed, delayed ? (args[0] ?? null) : null, scope, here));
      if (delayed && messages.length === 0 && messagesIn(evaluate(program, args[0] ?? null, scope)).length > 0) {
        walk.swapped.set(here.from, here);
      }
      if (messages.length > 0) {
        return;
      }
    }
    if (isFetch(callee, scope)) {
      walk.fetches.set(here.from, { url: literalUrl(evaluate(program, args[0] ?? null, scope)), range: here });
      return;
    }
    const follow = (value: StaticValue, inside: (fn: FunctionValue) => Scope) => {
      if (value.type === 'function') {
        visit(value, inside(value), value.scope.file === home && via === null ? null : here, depth + 1);
      }
    };
    evaluate(program, callee, scope).forEach((value) => follow(value, (called) => calledScope(program, called, args, scope)));
    for (const argument of args) {
      if (!isFunctionNode(argument) && (argument.name === 'VariableName' || argument.name === 'MemberExpression')) {
        evaluate(program, argument, scope).forEach((value) => follow(value, (called) => called.scope));
      }
    }
  };

  const addSends = (message: MessageValue, delayed: boolean, delay: SyntaxNode | null, scope: Scope, range: TextRange): void => {
    const [value] = evaluate(program, delay, scope);
    const delayMillis = value?.type === 'number' ? value.value : null;
    const target = message.builder === 'messageBuilder' ? 'function' : 'egress';
    const valueTypes = sentTypes(program, message);
    const topics = target === 'egress' ? topicsOf(program, message) : [];
    for (const to of typenamesOf(program, message)) {
      const send: FoundSend = { target, to, delayed, delayMillis, range, message, valueTypes, topics };
      const text = to.type === 'typename' ? to.text : `(${to.type})`;
      walk.sends.set(`${target}:${text}:${delayed}:${delayMillis}:${range.from}`, send);
    }
  };

  visit(fn, invokedScope(fn), null, 0);
  return { sends: [...walk.sends.values()], fetches: [...walk.fetches.values()], swapped: [...walk.swapped.values()] };
}

function typenamesOf(program: Program, message: MessageValue): readonly FoundSend['to'][] {
  return optionOf(program, message, 'typename').flatMap((value): readonly FoundSend['to'][] => {
    if (value.type === 'string') {
      return [{ type: 'typename', text: value.text }];
    }
    return value.type === 'address-typename' ? [{ type: value.of }] : [];
  });
}

/** Kinesis streams are topics here, as everywhere in the Studio. */
function topicsOf(program: Program, message: MessageValue): readonly string[] {
  const values = optionOf(program, message, message.builder === 'kinesisEgressMessage' ? 'stream' : 'topic');
  return [...new Set(values.flatMap((value) => (value.type === 'string' ? [value.text] : [])))];
}

/** What one of a message builder's options may be. */
function optionOf(program: Program, message: MessageValue, name: string): readonly StaticValue[] {
  const { call, scope } = message;
  const literal = messageOptions(message);
  const property = literal === null ? null : propertyNamed(literal, name, scope.file.text);
  const node = property === null ? null : propertyValue(property);
  return node !== null ? evaluate(program, node, scope) : evaluateMember(program, argumentsOf(call)[0] ?? null, name, scope);
}

/** One of options that are not written out in the call: a variable, a spread, a shorthand. */
function evaluateMember(program: Program, options: SyntaxNode | null, name: string, scope: Scope): readonly StaticValue[] {
  return evaluate(program, options, scope).flatMap((value) => (value.type === 'object' ? memberOf(program, [value], name) : []));
}

function messagesIn(values: readonly StaticValue[]): readonly MessageValue[] {
  return values.filter((value) => value.type === 'message');
}

function methodName(callee: SyntaxNode | null, text: string): string | null {
  const name = callee?.name === 'MemberExpression' ? callee.lastChild : null;
  return name?.name === 'PropertyName' ? text.slice(name.from, name.to) : null;
}

function isFetch(callee: SyntaxNode | null, scope: Scope): boolean {
  if (callee === null) {
    return false;
  }
  const name = scope.file.text.slice(callee.from, callee.to);
  return name === 'globalThis.fetch' || (name === 'fetch' && !isDeclared(scope.file, 'fetch', callee));
}

function literalUrl(values: readonly StaticValue[]): string | null {
  const [value] = values;
  return value?.type === 'string' || value?.type === 'prefix' ? value.text : null;
}
