/**
 * Reads expressions without running them: constants across files, object literals, calls of local functions whose
 * arguments are known. Anything else is unknown (an empty list). A choice (`a ? b : c`, `a ?? b`) has several values.
 * Work is bounded by a number of steps, so that no code can make it slow.
 */
import type { SyntaxNode } from '@lezer/common';
import { findDeclaration, resolveFile, type FileLookup, type FoundParameter } from './declaration-lookup.ts';
import { binaryValues, templateValues, unaryValues } from './literal-value.ts';
import { requireSpecifier, type SourceFile } from './source-file.ts';
import { choice, wireTypename, type Codec } from './static-value.ts';
import type { ClassValue, EnumValue, Frame, FunctionValue, ObjectValue, Scope, StaticValue } from './static-value.ts';
import { argumentsOf, childrenOf, expressionsOf, initializerOf, propertyName, propertyValue, returnsOf, stringValue } from './syntax.ts';

type Values = readonly StaticValue[];

export interface Program {
  readonly files: FileLookup;
  /** How much reading is left. */
  steps: number;
}

export const STEP_LIMIT = 50_000;
const DEPTH_LIMIT = 60;
const SDK = 'apache-flink-statefun';
const MESSAGE_BUILDERS = new Set(['messageBuilder', 'kafkaEgressMessage', 'kinesisEgressMessage', 'egressMessageBuilder']);
const PLAIN_TYPES: Readonly<Record<string, string>> = { intType: 'int', stringType: 'string', booleanType: 'boolean', floatType: 'float' };
const NAMED_TYPES: Readonly<Record<string, Codec>> = { jsonType: 'json', protoType: 'proto', customType: 'custom' };

export function evaluate(program: Program, node: SyntaxNode | null, scope: Scope, depth = 0): Values {
  program.steps -= 1;
  if (node === null || program.steps < 0 || depth > DEPTH_LIMIT) {
    return [];
  }
  const next = depth + 1;
  const inner = (child: SyntaxNode | null | undefined) => evaluate(program, child ?? null, scope, next);
  const { text } = scope.file;
  switch (node.name) {
    case 'String': {
      const value = stringValue(text.slice(node.from, node.to));
      return value === null ? [] : [{ type: 'string', text: value }];
    }
    case 'TemplateString':
      return templateValues(node, text, inner);
    case 'Number': {
      const value = Number(text.slice(node.from, node.to).replaceAll('_', ''));
      return Number.isNaN(value) ? [] : [{ type: 'number', value }];
    }
    case 'VariableName':
      return lookUp(program, text.slice(node.from, node.to), node, scope, next);
    case 'this':
      return scope.self === null ? [] : [scope.self];
    case 'MemberExpression': {
      const key = memberKey(node, text, inner);
      const [object] = expressionsOrThis(node);
      return key === null ? [] : memberOf(program, inner(object), key, next);
    }
    case 'CallExpression':
      return callValues(program, node, scope, next);
    case 'NewExpression':
      return newValues(node, text, inner);
    case 'ObjectExpression':
      return [{ type: 'object', node, scope }];
    case 'ArrayExpression':
      return [{ type: 'array', node, scope }];
    case 'ClassExpression':
    case 'ClassDeclaration':
      return [{ type: 'class', node, scope }];
    case 'ArrowFunction':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return [{ type: 'function', node, scope }];
    case 'BinaryExpression':
      return binaryValues(node, text, inner);
    case 'ConditionalExpression':
      return choice(expressionsOf(node).slice(1).map(inner));
    case 'UnaryExpression':
      return unaryValues(node, text, inner);
    case 'ParenthesizedExpression':
    case 'PostfixExpression':
    case 'AwaitExpression':
    case 'InstantiationExpression':
      return inner(expressionsOrThis(node)[0]);
    case 'PrefixCast':
      return inner(expressionsOf(node).at(-1));
    default:
      return [];
  }
}

/** The member `key` of values: a property, method, static field, enum member, or export. */
export function memberOf(program: Program, values: Values, key: string, depth = 0): Values {
  if (values.length === 0) {
    // Whatever has a caller is a context: its type says so, and nothing else in a function file does.
    return key === 'caller' || key === 'self'
      ? [{ type: 'address', of: key }]
      : key === 'targetAddress'
        ? [{ type: 'address', of: 'self' }]
        : [];
  }
  const members = values.map((value): Values => {
    switch (value.type) {
      case 'object':
        return objectMember(program, value, key, depth);
      case 'class':
        return classMember(program, value, key, true, depth);
      case 'instance':
        return classMember(program, value, key, false, depth);
      case 'enum':
        return enumMember(program, value, key, depth);
      case 'module':
        return exported(program, value.file, key, depth);
      case 'sdk':
        return [{ type: 'sdk', name: value.name === '' ? key : `${value.name}.${key}` }];
      case 'address':
        return key === 'typename' ? [{ type: 'address-typename', of: value.of }] : [];
      case 'value-type':
        return key === 'typename' ? [{ type: 'string', text: wireTypename(value.text) }] : [];
      case 'context':
        return contextMember(key);
      case 'incoming':
        return key === 'targetAddress' ? [{ type: 'address', of: 'self' }] : [];
      case 'storage':
        return [{ type: 'state', name: key }];
      case 'unknown':
        return [value];
      default:
        return [];
    }
  });
  return members.length === 1 ? (members[0] ?? []) : choice(members);
}

function contextMember(key: string): Values {
  switch (key) {
    case 'self':
    case 'caller':
      return [{ type: 'address', of: key }];
    case 'storage':
      return [{ type: 'storage' }];
    default:
      return [];
  }
}

/** The elements of array values, spread lists included. */
export function elementsOf(program: Program, values: Values, depth = 0): readonly { readonly node: SyntaxNode; readonly scope: Scope }[] {
  return values.flatMap((value) => {
    if (value.type !== 'array') {
      return [];
    }
    return expressionsOf(value.node).flatMap((node) =>
      node.prevSibling?.name === 'Spread' && depth < DEPTH_LIMIT
        ? elementsOf(program, evaluate(program, node, value.scope, depth + 1), depth + 1)
        : [{ node, scope: value.scope }],
    );
  });
}

/** What a file exports under a name, through re-exports. */
export function exported(program: Program, file: SourceFile, name: string, depth = 0): Values {
  if (depth > DEPTH_LIMIT) {
    return [];
  }
  const binding = file.exports.get(name);
  const scope: Scope = { file, frame: null, self: null };
  switch (binding?.type) {
    case 'local':
      return lookUp(program, binding.name, file.tree.topNode, scope, depth + 1);
    case 'expression':
      return evaluate(program, binding.node, scope, depth + 1);
    case 'from':
      return imported(program, file, binding.specifier, binding.name, depth + 1);
    default:
      return file.reexports.flatMap((specifier) => {
        const other = resolveFile(program.files, file.path, specifier);
        return other === null ? [] : exported(program, other, name, depth + 1);
      });
  }
}

/** The scope of a function's body when it is called with these arguments. */
export function calledScope(program: Program, fn: FunctionValue, args: readonly SyntaxNode[], caller: Scope, depth = 0): Scope {
  const values = args.map((argument) => evaluate(program, argument, caller, depth + 1));
  const frame: Frame = { fn: fn.node, file: fn.scope.file, args: values, parent: fn.scope.frame };
  return { ...fn.scope, frame };
}

function imported(program: Program, file: SourceFile, specifier: string, name: string | null, depth: number): Values {
  if (specifier === SDK) {
    return [{ type: 'sdk', name: name === null || name === 'default' ? '' : name }];
  }
  const other = resolveFile(program.files, file.path, specifier);
  if (other === null) {
    return [];
  }
  return name === null ? [{ type: 'module', file: other }] : exported(program, other, name, depth);
}

function lookUp(program: Program, name: string, at: SyntaxNode, scope: Scope, depth: number): Values {
  const found = findDeclaration(scope.file, name, at);
  if (found === null) {
    const binding = scope.file.imports.get(name);
    if (binding !== undefined) {
      return imported(program, scope.file, binding.specifier, binding.name, depth);
    }
    return MESSAGE_BUILDERS.has(name) || name === 'StateFun' ? [{ type: 'sdk', name }] : [];
  }
  switch (found.type) {
    case 'value': {
      const values = keyed(program, evaluate(program, found.node, scope, depth + 1), found.keys, depth);
      return found.fixed || values.length === 0 ? values : choice([values, []]);
    }
    case 'element':
      return elementsOf(program, evaluate(program, found.node, scope, depth + 1)).flatMap((item) =>
        evaluate(program, item.node, item.scope, depth + 1),
      );
    case 'function':
    case 'class':
    case 'enum':
      return [{ type: found.type, node: found.node, scope: { ...scope, self: null } }];
    case 'parameter':
      return keyed(program, argumentValues(program, found, scope, depth), found.keys, depth);
    case 'unknown':
      return [];
  }
}

function keyed(program: Program, values: Values, keys: readonly string[], depth: number): Values {
  return keys.reduce<Values>((current, key) => memberOf(program, current, key, depth + 1), values);
}

function argumentValues(program: Program, parameter: FoundParameter, scope: Scope, depth: number): Values {
  for (let frame = scope.frame; frame !== null; frame = frame.parent) {
    if (frame.fn.from === parameter.fn.from && frame.file === scope.file) {
      return frame.args[parameter.index] ?? evaluate(program, parameter.fallback, scope, depth + 1);
    }
  }
  // The callback of a list's method takes its elements one by one.
  const call = parameter.fn.parent?.name === 'ArgList' ? parameter.fn.parent.parent : null;
  const callee = call?.firstChild ?? null;
  if (
    parameter.index === 0 &&
    callee?.name === 'MemberExpression' &&
    /\.(forEach|map|flatMap|filter)$/.test(scope.file.text.slice(callee.from, callee.to))
  ) {
    const list = evaluate(program, callee.firstChild, scope, depth + 1);
    return elementsOf(program, list).flatMap((item) => evaluate(program, item.node, item.scope, depth + 1));
  }
  return evaluate(program, parameter.fallback, scope, depth + 1);
}

function callValues(program: Program, call: SyntaxNode, scope: Scope, depth: number): Values {
  const specifier = requireSpecifier(call, scope.file.text);
  if (specifier !== null) {
    return imported(program, scope.file, specifier, null, depth);
  }
  const callee = call.firstChild;
  if (callee !== null && /^Object\s*\.\s*freeze$/.test(scope.file.text.slice(callee.from, callee.to))) {
    return evaluate(program, argumentsOf(call)[0] ?? null, scope, depth);
  }
  const results = evaluate(program, callee, scope, depth).map((value): Values => {
    if (value.type === 'sdk') {
      return sdkCall(program, value.name, call, scope, depth);
    }
    if (value.type !== 'function') {
      return [];
    }
    const inside = calledScope(program, value, argumentsOf(call), scope, depth);
    return choice(returnsOf(value.node).map((node) => evaluate(program, node, inside, depth + 1)));
  });
  return choice(results);
}

function sdkCall(program: Program, name: string, call: SyntaxNode, scope: Scope, depth: number): Values {
  if (MESSAGE_BUILDERS.has(name)) {
    return [{ type: 'message', builder: name, call, scope }];
  }
  const type = name.replace(/^StateFun\./, '');
  const plain = PLAIN_TYPES[type];
  if (plain !== undefined) {
    return [{ type: 'value-type', text: plain, name: plain, codec: 'built-in' }];
  }
  const codec = NAMED_TYPES[type];
  if (codec === undefined) {
    return [];
  }
  const named = evaluate(program, argumentsOf(call)[0] ?? null, scope, depth + 1);
  return choice(
    named.map((value): Values =>
      value.type === 'string' ? [{ type: 'value-type', text: value.text, name: typeName(call, value.text, scope.file), codec }] : [],
    ),
  );
}

/** What the code calls a value type: the constant that holds it, or the last part of its typename. */
function typeName(call: SyntaxNode, text: string, file: SourceFile): string {
  const holder = call.parent;
  const name = holder?.name === 'VariableDeclaration' ? holder.getChild('VariableDefinition') : null;
  return name === null || holder?.getChildren('VariableDefinition').length !== 1
    ? text.slice(text.lastIndexOf('/') + 1)
    : file.text.slice(name.from, name.to);
}

function newValues(node: SyntaxNode, text: string, inner: (child: SyntaxNode | null | undefined) => Values): Values {
  const [callee] = expressionsOf(node);
  if (callee !== undefined && text.slice(callee.from, callee.to) === 'URL') {
    return inner(argumentsOf(node)[0]);
  }
  return inner(callee).flatMap((value): Values => (value.type === 'class' ? [{ ...value, type: 'instance' }] : []));
}

function memberKey(node: SyntaxNode, text: string, inner: (child: SyntaxNode | null) => Values): string | null {
  const name = node.lastChild;
  if (name?.name === 'PropertyName') {
    return text.slice(name.from, name.to);
  }
  const index = node.getChild('[')?.nextSibling ?? null;
  const value = inner(index)[0];
  return value?.type === 'string' ? value.text : null;
}

function expressionsOrThis(node: SyntaxNode): readonly SyntaxNode[] {
  return node.firstChild?.name === 'this' ? [node.firstChild] : expressionsOf(node);
}

function objectMember(program: Program, value: ObjectValue, key: string, depth: number): Values {
  const { scope, node } = value;
  for (const property of node.getChildren('Property').toReversed()) {
    const spread = property.getChild('Spread');
    if (spread !== null) {
      const found = memberOfKnown(program, evaluate(program, spread.nextSibling, scope, depth + 1), key, depth + 1);
      if (found.length > 0) {
        return found;
      }
    } else if (propertyName(property, scope.file.text) === key) {
      if (property.getChild('ParamList') !== null) {
        return [{ type: 'function', node: property, scope: { ...scope, self: value } }];
      }
      const expression = propertyValue(property);
      return expression === null
        ? lookUp(program, key, node, scope, depth + 1)
        : evaluate(program, expression, { ...scope, self: value }, depth + 1);
    }
  }
  return [];
}

function memberOfKnown(program: Program, values: Values, key: string, depth: number): Values {
  return values.length === 0 ? [] : memberOf(program, values, key, depth);
}

function classMember(program: Program, value: ClassValue, key: string, isStatic: boolean, depth: number): Values {
  const body = value.node.getChild('ClassBody');
  const { file } = value.scope;
  const member = (body === null ? [] : childrenOf(body)).find(
    (child) => propertyName(child, file.text) === key && (child.getChild('static') !== null) === isStatic,
  );
  const scope = { ...value.scope, self: value };
  if (member?.name === 'MethodDeclaration') {
    return [{ type: 'function', node: member, scope }];
  }
  return member?.name === 'PropertyDeclaration' ? evaluate(program, initializerOf(member), scope, depth + 1) : [];
}

function enumMember(program: Program, value: EnumValue, key: string, depth: number): Values {
  const body = value.node.getChild('EnumBody');
  const { text } = value.scope.file;
  const name = body?.getChildren('PropertyName').find((child) => text.slice(child.from, child.to) === key);
  const equals = name?.nextSibling?.name === 'Equals' ? name.nextSibling : null;
  return evaluate(program, equals?.nextSibling ?? null, value.scope, depth + 1);
}
