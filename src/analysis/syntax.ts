/** Small questions to the syntax tree. Offsets are those of the file's text. */
import type { SyntaxNode } from '@lezer/common';

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    list.push(child);
  }
  return list;
}

const NOT_EXPRESSIONS = new Set([
  'ArithOp',
  'LogicOp',
  'CompareOp',
  'BitOp',
  'Equals',
  'UpdateOp',
  'Arrow',
  'TypeAnnotation',
  'TypeArgList',
  'TypeParamList',
  'Spread',
  'Star',
  'LineComment',
  'BlockComment',
  'PropertyName',
  'PropertyDefinition',
  'VariableDefinition',
  'ObjectPattern',
  'ArrayPattern',
  'ParamList',
  'Privacy',
]);

/** The children that are expressions, in order: no punctuation (lower-case names), types, names or comments. */
export function expressionsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return childrenOf(node).filter((child) => /^[A-Z]/.test(child.name) && !NOT_EXPRESSIONS.has(child.name) && !child.type.isError);
}

/** The first child after the equals sign. */
export function initializerOf(node: SyntaxNode): SyntaxNode | null {
  const equals = node.getChild('Equals');
  return equals === null ? null : equals.nextSibling;
}

export function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  const list = call.getChild('ArgList');
  return list === null ? [] : expressionsOf(list);
}

export function isFunctionNode(node: SyntaxNode): boolean {
  switch (node.name) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunction':
    case 'MethodDeclaration':
      return true;
    case 'Property':
      return node.getChild('ParamList') !== null;
    default:
      return false;
  }
}

/** Body of a function: a block, or the expression of an arrow function. */
export function bodyOf(fn: SyntaxNode): SyntaxNode | null {
  const block = fn.getChild('Block');
  if (block !== null || fn.name !== 'ArrowFunction') {
    return block;
  }
  return fn.getChild('Arrow')?.nextSibling ?? null;
}

export interface Parameter {
  readonly name: string;
  readonly index: number;
  /** Keys that lead from the argument to the name, for a destructured parameter. */
  readonly keys: readonly string[];
  readonly fallback: SyntaxNode | null;
}

export function parametersOf(fn: SyntaxNode, text: string): readonly Parameter[] {
  const list = fn.getChild('ParamList');
  const parameters: Parameter[] = [];
  let index = 0;
  for (const child of list === null ? [] : childrenOf(list)) {
    if (child.name === ',') {
      index += 1;
    } else if (child.name === 'VariableDefinition') {
      parameters.push({ name: text.slice(child.from, child.to), index, keys: [], fallback: null });
    } else if (child.name === 'ObjectPattern') {
      for (const { name, keys } of patternNames(child, text)) {
        parameters.push({ name, index, keys, fallback: null });
      }
    } else if (child.name === 'Equals') {
      const last = parameters.at(-1);
      if (last !== undefined && last.keys.length === 0) {
        parameters[parameters.length - 1] = { ...last, fallback: child.nextSibling };
      }
    }
  }
  return parameters;
}

/** The names an object pattern binds, each with the keys that lead to it. */
export function patternNames(pattern: SyntaxNode, text: string): readonly { readonly name: string; readonly keys: readonly string[] }[] {
  return pattern.getChildren('PatternProperty').flatMap((property) => {
    const definition = property.getChild('VariableDefinition');
    const key = property.getChild('PropertyName');
    const nested = property.getChild('ObjectPattern');
    if (definition !== null && property.getChild('Spread') === null) {
      const name = text.slice(definition.from, definition.to);
      return [{ name, keys: [key === null ? name : text.slice(key.from, key.to)] }];
    }
    if (nested !== null && key !== null) {
      const outer = text.slice(key.from, key.to);
      return patternNames(nested, text).map((inner) => ({ name: inner.name, keys: [outer, ...inner.keys] }));
    }
    return [];
  });
}

/** The value of a string literal's source, or null where it has an escape that is not read here. */
export function stringValue(source: string): string | null {
  const inner = source.slice(1, -1);
  if (!inner.includes('\\')) {
    return inner;
  }
  return /\\[ux0\r\n]/.test(inner) ? null : inner.replaceAll(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' };

/** Name of a property, method or field; null for a computed one. */
export function propertyName(node: SyntaxNode, text: string): string | null {
  const name = node.getChild('PropertyDefinition') ?? node.getChild('PropertyName');
  if (name !== null) {
    return text.slice(name.from, name.to);
  }
  const first = node.firstChild;
  return first?.name === 'String' ? stringValue(text.slice(first.from, first.to)) : null;
}

/** The value behind a property's colon. */
/** The key of `a.key` and of `a['key']`: its name, and where that stands. */
export function memberName(member: SyntaxNode, text: string): { readonly name: string; readonly node: SyntaxNode } | null {
  const last = member.lastChild;
  if (member.name !== 'MemberExpression' || last === null) {
    return null;
  }
  if (last.name === 'PropertyName') {
    return { name: text.slice(last.from, last.to), node: last };
  }
  const index = member.getChild('[')?.nextSibling ?? null;
  const name = index?.name === 'String' ? stringValue(text.slice(index.from, index.to)) : null;
  return index === null || name === null ? null : { name, node: index };
}

export function propertyValue(property: SyntaxNode): SyntaxNode | null {
  return property.getChild(':')?.nextSibling ?? null;
}

/** The property of an object literal with this name; the last one wins. Spreads are not looked into. */
export function propertyNamed(object: SyntaxNode, name: string, text: string): SyntaxNode | null {
  return object.getChildren('Property').findLast((property) => propertyName(property, text) === name) ?? null;
}

/** The expressions that a function may return, those of functions inside it left out. */
export function returnsOf(fn: SyntaxNode): readonly SyntaxNode[] {
  const body = bodyOf(fn);
  if (body === null) {
    return [];
  }
  if (body.name !== 'Block') {
    return [body];
  }
  const found: SyntaxNode[] = [];
  const visit = (node: SyntaxNode): void => {
    for (const child of childrenOf(node)) {
      if (child.name === 'ReturnStatement') {
        found.push(...expressionsOf(child).slice(0, 1));
      } else if (!isFunctionNode(child) && child.name !== 'ClassDeclaration') {
        visit(child);
      }
    }
  };
  visit(body);
  return found;
}
