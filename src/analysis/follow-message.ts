/**
 * Follows a function's body for one kind of message, without running it: which statements are reached, whether anything
 * comes of it, and where a caller that is not there would be read. What cannot be decided is taken both ways.
 *
 * F1 `acts` is false only if nothing that is reached can have an effect.
 * F2 `throws` only if the call is sure to throw; then whatever it did before has no effect either (S70).
 * F3 a caller's place is given only if no check that was understood keeps the message from it.
 */
import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../model/problem.ts';
import { bare } from './bare-expression.ts';
import { hasEffect, isPureClass, unreadCall } from './effect-of-code.ts';
import { calledScope, evaluate, type Program } from './evaluate.ts';
import { invokedScope } from './invoked-scope.ts';
import { judge, isCaller, type Kind } from './judge-expression.ts';
import { builtInAsked } from './message-uses.ts';
import { frameSignature, wireTypename, type FunctionValue, type Scope } from './static-value.ts';
import { argumentsOf, bodyOf, childrenOf, isFunctionNode } from './syntax.ts';

export interface Followed {
  readonly acts: boolean;
  readonly throws: boolean;
  readonly callerReads: readonly { readonly range: TextRange; readonly node: SyntaxNode; readonly scope: Scope }[];
}

/** How a statement ends: goes on, leaves the function, leaves a loop or switch, throws. */
type Flow = 'on' | 'out' | 'break' | 'throws';

const CALL_DEPTH = 8;
export function followMessage(program: Program, fn: FunctionValue, kind: Kind): Followed {
  const walk = new Walk(program, kind, fn);
  const flow = walk.body(fn.node, invokedScope(fn));
  return { acts: walk.acts || program.steps < 0, throws: flow === 'throws', callerReads: [...walk.callerReads.values()] };
}

class Walk {
  acts = false;
  readonly callerReads = new Map<number, Followed['callerReads'][number]>();
  readonly #program: Program;
  readonly #kind: Kind;
  readonly #home: FunctionValue;
  readonly #running: string[] = [];
  /** Where the call stands that led out of the function's own file. */
  #via: TextRange | null = null;
  /** Inside `try`, where reading a caller that is not there is caught. */
  #caught = 0;
  /** Something that was not read has seen the caller, and may have checked it. */
  #checked = false;

  constructor(program: Program, kind: Kind, home: FunctionValue) {
    this.#program = program;
    this.#kind = kind;
    this.#home = home;
  }

  body(fn: SyntaxNode, scope: Scope): Flow {
    const body = bodyOf(fn);
    if (body === null) {
      return 'on';
    }
    return body.name === 'Block' ? this.#statements(childrenOf(body), scope) : this.#scan(body, scope) ? 'throws' : 'out';
  }

  #statements(nodes: readonly SyntaxNode[], scope: Scope): Flow {
    for (const node of nodes) {
      const flow = this.#statement(node, scope);
      if (flow !== 'on') {
        return flow;
      }
    }
    return 'on';
  }

  #statement(node: SyntaxNode, scope: Scope): Flow {
    switch (node.name) {
      case 'Block':
        return this.#statements(childrenOf(node), scope);
      case 'IfStatement':
        return this.#if(node, scope);
      case 'SwitchStatement':
        return this.#switch(node, scope);
      case 'TryStatement':
        return this.#try(node, scope);
      case 'ReturnStatement':
        return this.#scan(node, scope) ? 'throws' : 'out';
      case 'ThrowStatement':
        this.#scan(node, scope);
        return 'throws';
      case 'BreakStatement':
      case 'ContinueStatement':
        return 'break';
      case 'ForStatement':
      case 'WhileStatement':
      case 'DoStatement':
        this.#loop(node, scope);
        return 'on';
      case 'LabeledStatement': {
        const flow = this.#statements(childrenOf(node), scope);
        return flow === 'break' ? 'on' : flow;
      }
      case 'VariableDeclaration':
        this.#destructured(node, scope);
        return this.#scan(node, scope) ? 'throws' : 'on';
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        return 'on';
      default:
        return this.#scan(node, scope) ? 'throws' : 'on';
    }
  }

  #if(node: SyntaxNode, scope: Scope): Flow {
    const condition = node.getChild('ParenthesizedExpression');
    const branches = childrenOf(node).filter(
      ({ name }) => /^[A-Z]/.test(name) && name !== 'ParenthesizedExpression' && !name.endsWith('Comment'),
    );
    const [then, otherwise] = branches;
    if (condition !== null && this.#scan(condition, scope)) {
      return 'throws';
    }
    const run = (branch: SyntaxNode | undefined): Flow => (branch === undefined ? 'on' : this.#statement(branch, scope));
    switch (this.#judge(condition, scope)) {
      case 'truthy':
        return run(then);
      case 'unknown': {
        const checked = this.#checked;
        const first = run(then);
        const afterThen = this.#checked;
        this.#checked = checked;
        const flow = either(first, run(otherwise));
        this.#checked ||= afterThen;
        return flow;
      }
      default:
        return run(otherwise);
    }
  }

  /** From each label that may match to its break; from the default when no label is sure to match. */
  #switch(node: SyntaxNode, scope: Scope): Flow {
    const subject = node.getChild('ParenthesizedExpression');
    const parts = childrenOf(node.getChild('SwitchBody') ?? node);
    const starts: { readonly at: number; readonly match: 'sure' | 'maybe' }[] = [];
    let fallback: number | null = null;
    parts.forEach((part, at) => {
      if (part.name === 'DefaultLabel') {
        fallback = at;
      } else if (part.name === 'CaseLabel') {
        const match = this.#matches(subject, part.firstChild?.nextSibling ?? null, scope);
        if (match !== 'never') {
          starts.push({ at, match });
        }
      }
    });
    const sure = starts.find(({ match }) => match === 'sure');
    const entries = starts.map(({ at }) => at);
    if (sure === undefined && fallback !== null) {
      entries.push(fallback);
    }
    const flows = entries.map((at): Flow => {
      const flow = this.#statements(
        parts.slice(at).filter(({ name }) => /^[A-Z]/.test(name) && !name.endsWith('Label')),
        scope,
      );
      return flow === 'break' ? 'on' : flow;
    });
    const mayPass = sure === undefined && fallback === null;
    return (
      (mayPass ? [...flows, 'on' as const] : flows).reduce<Flow | null>((all, flow) => (all === null ? flow : either(all, flow)), null) ??
      'on'
    );
  }

  #matches(subject: SyntaxNode | null, label: SyntaxNode | null, scope: Scope): 'sure' | 'maybe' | 'never' {
    const value = subject === null ? null : bare(subject);
    if (value === null || label === null) {
      return 'maybe';
    }
    if (value.name === 'BooleanLiteral' && scope.file.text.slice(value.from, value.to) === 'true') {
      const judged = this.#judge(label, scope);
      return judged === 'truthy' ? 'sure' : judged === 'unknown' ? 'maybe' : 'never';
    }
    const judged = this.#kind.compare(this.#program, value, label, scope);
    return judged === null ? 'maybe' : judged ? 'sure' : 'never';
  }

  #try(node: SyntaxNode, scope: Scope): Flow {
    const block = node.getChild('Block');
    const handler = node.getChild('CatchClause')?.getChild('Block') ?? null;
    const last = node.getChild('FinallyClause')?.getChild('Block') ?? null;
    this.#caught += handler === null ? 0 : 1;
    const tried = block === null ? 'on' : this.#statement(block, scope);
    this.#caught -= handler === null ? 0 : 1;
    let flow = tried;
    if (handler !== null) {
      const handled = this.#statement(handler, scope);
      flow = tried === 'throws' ? handled : either(tried, handled);
    }
    const ended = last === null ? 'on' : this.#statement(last, scope);
    return ended === 'on' ? flow : ended;
  }

  /** May run or not. */
  #loop(node: SyntaxNode, scope: Scope): void {
    for (const part of childrenOf(node)) {
      if (part.name === 'ForSpec' || part.name === 'ForOfSpec' || part.name === 'ForInSpec' || part.name === 'ParenthesizedExpression') {
        this.#scan(part, scope);
      } else if (/^[A-Z]/.test(part.name)) {
        this.#statement(part, scope);
      }
    }
  }

  #judge(node: SyntaxNode | null, scope: Scope): ReturnType<typeof judge> {
    return node === null ? 'unknown' : judge(this.#program, this.#kind, node, scope);
  }

  /** Goes through an expression as far as it is evaluated; true if that is sure to throw. */
  #scan(node: SyntaxNode, scope: Scope): boolean {
    if (isFunctionNode(node) || node.name === 'ClassExpression' || /Type|Comment/.test(node.name)) {
      return false;
    }
    switch (node.name) {
      case 'BinaryExpression':
        return this.#logic(node, scope);
      case 'ConditionalExpression':
        return this.#conditional(node, scope);
      case 'CallExpression':
        return this.#call(node, scope);
      case 'NewExpression':
        this.acts ||= !isPureClass(node, scope);
        break;
      case 'AssignmentExpression': {
        const throws = childrenOf(node).some((child) => this.#scan(child, scope));
        this.acts ||= hasEffect(this.#program, node.firstChild, scope);
        return throws;
      }
      case 'UnaryExpression':
      case 'PostfixExpression':
        if (node.getChild('ArithOp') !== null || node.getChild('delete') !== null) {
          const operand = node.firstChild?.name === 'ArithOp' || node.firstChild?.name === 'delete' ? node.lastChild : node.firstChild;
          this.acts ||= hasEffect(this.#program, operand, scope);
        }
        break;
      case 'MemberExpression':
        this.#member(node, scope);
        break;
      case 'TaggedTemplateExpression':
      case 'YieldExpression':
      case 'DynamicImport':
        this.acts = true;
        break;
      default:
    }
    return childrenOf(node).some((child) => this.#scan(child, scope));
  }

  #logic(node: SyntaxNode, scope: Scope): boolean {
    const left = node.firstChild;
    const operator = left?.nextSibling ?? null;
    const right = node.lastChild;
    if (left === null || right === null || operator?.name !== 'LogicOp') {
      return childrenOf(node).some((child) => this.#scan(child, scope));
    }
    if (this.#scan(left, scope)) {
      return true;
    }
    const symbol = scope.file.text.slice(operator.from, operator.to);
    const judged = this.#judge(left, scope);
    const isNull = judged === 'null' || judged === 'undefined';
    const runs = judged === 'unknown' || (symbol === '&&' ? judged === 'truthy' : symbol === '||' ? judged !== 'truthy' : isNull);
    return runs && this.#scan(right, scope) && judged !== 'unknown';
  }

  #conditional(node: SyntaxNode, scope: Scope): boolean {
    const [condition, then, otherwise] = childrenOf(node).filter(({ name }) => name !== 'LogicOp' && !name.endsWith('Comment'));
    if (condition === undefined || this.#scan(condition, scope)) {
      return condition !== undefined;
    }
    const judged = this.#judge(condition, scope);
    const first = judged === 'truthy' || judged === 'unknown' ? then !== undefined && this.#scan(then, scope) : true;
    const second = judged !== 'truthy' ? otherwise !== undefined && this.#scan(otherwise, scope) : true;
    return first && second;
  }

  #call(node: SyntaxNode, scope: Scope): boolean {
    const callee = node.firstChild;
    const args = argumentsOf(node);
    if (callee === null) {
      return false;
    }
    const asked = this.#asked(callee, args, scope);
    if (asked !== null) {
      return asked;
    }
    if (callee.name === 'MemberExpression' && this.#scan(callee, scope)) {
      return true;
    }
    for (const argument of args) {
      if (isFunctionNode(argument)) {
        // A callback: it may be called, with what is not known.
        this.body(argument, scope);
      } else if (this.#scan(argument, scope)) {
        return true;
      }
    }
    const values = evaluate(this.#program, callee, scope);
    if (values.length === 1 && values[0]?.type === 'function') {
      return this.#enter(values[0], args, node, scope);
    }
    if (values.length === 0 || values.some(({ type }) => type !== 'sdk')) {
      this.#unread(callee, args, scope);
    }
    return false;
  }

  /** `message.is(T)` and its like do nothing, `message.as(T)` throws for another type; null for other calls. */
  #asked(callee: SyntaxNode, args: readonly SyntaxNode[], scope: Scope): boolean | null {
    const object = callee.name === 'MemberExpression' ? callee.firstChild : null;
    const property = callee.lastChild;
    if (
      object === null ||
      property?.name !== 'PropertyName' ||
      !evaluate(this.#program, object, scope).some(({ type }) => type === 'incoming')
    ) {
      return null;
    }
    const method = scope.file.text.slice(property.from, property.to);
    if (!method.startsWith('as')) {
      return method.startsWith('is') ? false : null;
    }
    const builtIn = builtInAsked(method);
    const is = builtIn === null ? this.#kind.is(this.#program, args[0] ?? null, scope) : this.#kind.isType(wireTypename(builtIn));
    return is === false;
  }

  #enter(fn: FunctionValue, args: readonly SyntaxNode[], call: SyntaxNode, scope: Scope): boolean {
    const inside = calledScope(this.#program, fn, args, scope);
    const key = `${fn.scope.file.path}:${fn.node.from}:${frameSignature(inside.frame)}`;
    if (this.#running.includes(key) || this.#running.length >= CALL_DEPTH) {
      this.acts ||= this.#running.length >= CALL_DEPTH;
      return false;
    }
    const via = this.#via;
    this.#via ??= fn.scope.file === this.#home.scope.file ? null : { from: call.from, to: call.to };
    this.#running.push(key);
    const flow = this.body(fn.node, inside);
    this.#running.pop();
    this.#via = via;
    return flow === 'throws';
  }

  #unread(callee: SyntaxNode, args: readonly SyntaxNode[], scope: Scope): void {
    const { acts, sees } = unreadCall(this.#program, callee, args, scope);
    this.acts ||= acts;
    this.#checked ||= sees;
  }

  #member(node: SyntaxNode, scope: Scope): void {
    const object = node.firstChild;
    if (object !== null && node.getChild('?.') === null && isCaller(this.#program, object, scope)) {
      this.#read(object, scope);
    }
  }

  #destructured(node: SyntaxNode, scope: Scope): void {
    const value = node.getChild('ObjectPattern') === null ? null : (node.getChild('Equals')?.nextSibling ?? null);
    if (value !== null && isCaller(this.#program, value, scope)) {
      this.#read(value, scope);
    }
  }

  #read(node: SyntaxNode, scope: Scope): void {
    if (this.#caught > 0 || this.#checked || !this.#kind.callerIsNull) {
      return;
    }
    const range = this.#via ?? { from: node.from, to: node.to };
    this.callerReads.set(range.from, { range, node, scope });
  }
}

function either(a: Flow, b: Flow): Flow {
  if (a === b) {
    return a;
  }
  return a === 'on' || b === 'on' ? 'on' : a === 'break' || b === 'break' ? 'break' : 'out';
}
