/** Templates and operators over constants. */
import type { SyntaxNode } from '@lezer/common';
import { choice, type StaticValue } from './static-value.ts';
import { expressionsOf } from './syntax.ts';

type Values = readonly StaticValue[];

/** `inner` reads the parts: a template, an operation on constants, a sign. */
export function templateValues(node: SyntaxNode, text: string, inner: (child: SyntaxNode | null) => Values): Values {
  let sofar = '';
  let at = node.from + 1;
  for (const hole of node.getChildren('Interpolation')) {
    sofar += text.slice(at, hole.from);
    const [value] = inner(hole.firstChild?.nextSibling ?? null);
    if (value?.type !== 'string' && value?.type !== 'number') {
      return sofar === '' && value?.type !== 'prefix'
        ? []
        : [{ type: 'prefix', text: sofar + (value?.type === 'prefix' ? value.text : '') }];
    }
    sofar += value.type === 'string' ? value.text : String(value.value);
    at = hole.to;
  }
  const whole = sofar + text.slice(at, node.to - 1);
  return whole.includes('\\') ? [] : [{ type: 'string', text: whole }];
}

export function binaryValues(node: SyntaxNode, text: string, inner: (child: SyntaxNode | null | undefined) => Values): Values {
  const left = node.firstChild;
  const operator = left?.nextSibling ?? null;
  const right = operator?.nextSibling;
  if (operator === null || operator.name === 'as' || operator.name === 'satisfies') {
    return inner(left);
  }
  const symbol = text.slice(operator.from, operator.to);
  if (operator.name === 'LogicOp') {
    return symbol === '&&' ? inner(right) : choice([inner(left), inner(right)]);
  }
  const [a] = inner(left);
  const [b] = inner(right);
  if (a?.type === 'number' && b?.type === 'number') {
    const value = arithmetic(symbol, a.value, b.value);
    return value === null ? [] : [{ type: 'number', value }];
  }
  if (symbol !== '+' || (a?.type !== 'string' && a?.type !== 'prefix')) {
    return [];
  }
  return a.type === 'string' && b?.type === 'string' ? [{ type: 'string', text: a.text + b.text }] : [{ type: 'prefix', text: a.text }];
}

function arithmetic(symbol: string, a: number, b: number): number | null {
  switch (symbol) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
    default:
      return null;
  }
}

export function unaryValues(node: SyntaxNode, text: string, inner: (child: SyntaxNode | null | undefined) => Values): Values {
  const [value] = inner(expressionsOf(node)[0]);
  const sign = text[node.from];
  return value?.type === 'number' && (sign === '-' || sign === '+')
    ? [{ type: 'number', value: sign === '-' ? -value.value : value.value }]
    : [];
}
