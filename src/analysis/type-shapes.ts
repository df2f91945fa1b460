/**
 * The shapes of the project's JSON types, read from `jsonType<T>('namespace/name')`: T may be written in place, be an interface or an alias,
 * here or in a file that is imported. Where a type is beyond what is read here, anything may stand in its place.
 */
import type { SyntaxNode } from '@lezer/common';
import type { FilePath } from '../base/ids.ts';
import { ANY } from '../model/value-shape.ts';
import type { FieldShape, ValueShape } from '../model/value-shape.ts';
import { resolveFile } from './declaration-lookup.ts';
import { evaluate, STEP_LIMIT } from './evaluate.ts';
import type { Program } from './evaluate.ts';
import { parseSource } from './source-file.ts';
import type { SourceFile } from './source-file.ts';
import { argumentsOf, childrenOf, stringValue } from './syntax.ts';

/** Types may name themselves: a tree is followed so far. */
const MAX_DEPTH = 8;

/** By typename. */
export function readTypeShapes(files: ReadonlyMap<FilePath, string>): ReadonlyMap<string, ValueShape> {
  const sources = new Map([...files].map(([path, text]) => [path, parseSource(path, text)]));
  const shapes = new Map<string, ValueShape>();
  for (const file of sources.values()) {
    if (!file.text.includes('jsonType')) {
      continue;
    }
    file.tree.iterate({
      enter: ({ name, node }) => {
        const call = name === 'CallExpression' ? jsonTypeCall(file, node) : null;
        const typename = call === null ? null : nameOf(sources, file, node);
        if (call !== null && typename !== null) {
          shapes.set(typename, shapeOf({ files: sources, file, depth: 0, given: new Map() }, call));
        }
      },
    });
  }
  return shapes;
}

/** The type argument of a call of `jsonType`. */
function jsonTypeCall(file: SourceFile, call: SyntaxNode): SyntaxNode | null {
  const instantiation = call.getChild('InstantiationExpression');
  const callee = instantiation?.firstChild ?? null;
  const name = callee?.name === 'MemberExpression' ? callee.lastChild : callee;
  return name !== null && textOf(name, file.text) === 'jsonType' ? (typeArguments(instantiation)[0] ?? null) : null;
}

function nameOf(files: ReadonlyMap<FilePath, SourceFile>, file: SourceFile, call: SyntaxNode): string | null {
  const [argument] = argumentsOf(call);
  if (argument === undefined) {
    return null;
  }
  const program: Program = { files, steps: STEP_LIMIT };
  const [value] = evaluate(program, argument, { file, frame: null, self: null });
  return value?.type === 'string' ? value.text : null;
}

interface Reading {
  readonly files: ReadonlyMap<FilePath, SourceFile>;
  readonly file: SourceFile;
  readonly depth: number;
  /** Type parameters and what they stand for. */
  readonly given: ReadonlyMap<string, ValueShape>;
}

function shapeOf(reading: Reading, node: SyntaxNode): ValueShape {
  if (reading.depth > MAX_DEPTH) {
    return ANY;
  }
  const { text } = reading.file;
  const inner = { ...reading, depth: reading.depth + 1 };
  switch (node.name) {
    case 'TypeName':
      return namedShape(inner, textOf(node, text), []);
    case 'ParameterizedType': {
      const name = node.firstChild === null ? '' : textOf(node.firstChild, text);
      return namedShape(inner, name, typeArguments(node));
    }
    case 'NullType':
      return { type: 'null' };
    case 'LiteralType':
      return literalShape(textOf(node, text));
    case 'TemplateType':
      return { type: 'string', seen: [] };
    case 'ParenthesizedType':
    case 'ReadonlyType': {
      const [only] = typesIn(node);
      return only === undefined ? ANY : shapeOf(reading, only);
    }
    case 'ArrayType': {
      const [item] = typesIn(node);
      return item === undefined ? ANY : { type: 'list', item: shapeOf(inner, item) };
    }
    case 'TupleType':
      return { type: 'tuple', items: typesIn(node).map((item) => shapeOf(inner, item)) };
    case 'ObjectType':
      return objectShape(inner, node);
    case 'UnionType':
      return unionOf(typesIn(node).map((each) => shapeOf(inner, each)));
    case 'IntersectionType':
      return typesIn(node)
        .map((each) => shapeOf(inner, each))
        .reduce(both);
    default:
      return ANY;
  }
}

function namedShape(reading: Reading, name: string, args: readonly SyntaxNode[]): ValueShape {
  const argument = (index: number): ValueShape => (args[index] === undefined ? ANY : shapeOf(reading, args[index]));
  const known = reading.given.get(name);
  if (known !== undefined) {
    return known;
  }
  switch (name) {
    case 'string':
    case 'Date':
      // A Date is written as text.
      return { type: 'string', seen: name === 'Date' ? ['2026-01-01T00:00:00.000Z'] : [] };
    case 'number':
      return { type: 'number', integer: false, seen: [] };
    case 'boolean':
      return { type: 'boolean' };
    case 'null':
    case 'undefined':
      return { type: 'null' };
    case 'Array':
    case 'ReadonlyArray':
    case 'Set':
      return { type: 'list', item: argument(0) };
    case 'Record':
    case 'Map':
      return recordShape(argument(0), argument(1));
    case 'Readonly':
    case 'Required':
    case 'NonNullable':
    case 'Partial': {
      const shape = argument(0);
      const partial = name === 'Partial';
      return shape.type === 'object' && name !== 'Readonly'
        ? { ...shape, fields: shape.fields.map((field) => ({ ...field, optional: partial })) }
        : shape;
    }
    default:
      return declaredShape(reading, name, args);
  }
}

/** Keys that are written out are members that must be there. */
function recordShape(key: ValueShape, value: ValueShape): ValueShape {
  const names = (key.type === 'union' ? key.of : [key]).flatMap((each) => (each.type === 'literal' ? [String(each.value)] : []));
  return names.length > 0
    ? { type: 'object', fields: names.map((name) => ({ name, shape: value, optional: false })), rest: null }
    : { type: 'object', fields: [], rest: value };
}

function declaredShape(reading: Reading, name: string, args: readonly SyntaxNode[]): ValueShape {
  const found = findType(reading.files, reading.file, name, 0);
  if (found === null) {
    return ANY;
  }
  const { file, node } = found;
  const parameters = node.getChild('TypeParamList')?.getChildren('TypeDefinition') ?? [];
  const given = new Map(
    parameters.map(
      (parameter, index) => [textOf(parameter, file.text), args[index] === undefined ? ANY : shapeOf(reading, args[index])] as const,
    ),
  );
  const inside: Reading = { ...reading, file, given };
  switch (node.name) {
    case 'InterfaceDeclaration': {
      const body = node.getChild('ObjectType');
      const own = body === null ? ANY : objectShape(inside, body);
      const bases = childrenOf(node).filter((child) => child.name === 'TypeName' || child.name === 'ParameterizedType');
      return bases.map((base) => shapeOf(inside, base)).reduceRight((shape, base) => both(base, shape), own);
    }
    case 'TypeAliasDeclaration': {
      const type = node.getChild('Equals')?.nextSibling ?? null;
      return type === null ? ANY : shapeOf(inside, type);
    }
    case 'EnumDeclaration':
      return enumShape(file, node);
    default:
      return ANY;
  }
}

function findType(
  files: ReadonlyMap<FilePath, SourceFile>,
  file: SourceFile,
  name: string,
  hops: number,
): { readonly file: SourceFile; readonly node: SyntaxNode } | null {
  for (const statement of childrenOf(file.tree.topNode)) {
    for (const node of statement.name === 'ExportDeclaration' ? childrenOf(statement) : [statement]) {
      const declares = node.name === 'InterfaceDeclaration' || node.name === 'TypeAliasDeclaration' || node.name === 'EnumDeclaration';
      const own = declares ? node.getChild('TypeDefinition') : null;
      if (own !== null && textOf(own, file.text) === name) {
        return { file, node };
      }
    }
  }
  if (hops > 8) {
    return null;
  }
  const binding = file.imports.get(name);
  const exported = file.exports.get(name);
  const from = binding ?? (exported?.type === 'from' ? exported : undefined);
  if (from !== undefined) {
    const other = resolveFile(files, file.path, from.specifier);
    return other === null || from.name === null ? null : findType(files, other, from.name, hops + 1);
  }
  for (const specifier of file.reexports) {
    const other = resolveFile(files, file.path, specifier);
    const found = other === null ? null : findType(files, other, name, hops + 1);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

function objectShape(reading: Reading, node: SyntaxNode): ValueShape {
  const { text } = reading.file;
  const fields: FieldShape[] = [];
  let rest: ValueShape | null = null;
  for (const member of childrenOf(node)) {
    const annotation = member.getChildren('TypeAnnotation').at(-1)?.lastChild ?? null;
    const types = annotation === null ? [] : definedTypes(annotation, text);
    const shape = unionOf(types.map((type) => shapeOf(reading, type)));
    if (member.name === 'IndexSignature') {
      rest = shape;
    } else if (member.name === 'PropertyType') {
      const key = member.getChild('PropertyDefinition') ?? member.getChild('String') ?? member.getChild('Number');
      if (key !== null) {
        const name = key.name === 'String' ? (stringValue(textOf(key, text)) ?? '') : textOf(key, text);
        const mayLack = annotation !== null && annotation.name === 'UnionType' && types.length < typesIn(annotation).length;
        fields.push({ name, shape, optional: mayLack || member.getChild('Optional') !== null });
      }
    }
  }
  return { type: 'object', fields, rest };
}

/** The parts of a member's type but `undefined`, which JSON leaves out. */
function definedTypes(annotation: SyntaxNode, text: string): readonly SyntaxNode[] {
  const parts = annotation.name === 'UnionType' ? typesIn(annotation) : [annotation];
  return parts.filter((part) => textOf(part, text) !== 'undefined');
}

function enumShape(file: SourceFile, node: SyntaxNode): ValueShape {
  const members = childrenOf(node.getChild('EnumBody') ?? node).filter((child) => child.name === 'PropertyName');
  let next = 0;
  return unionOf(
    members.map((member): ValueShape => {
      const value = member.nextSibling?.name === 'Equals' ? member.nextSibling.nextSibling : null;
      const literal =
        value === null ? null : value.name === 'String' ? stringValue(textOf(value, file.text)) : Number(textOf(value, file.text));
      if (typeof literal === 'string') {
        return { type: 'literal', value: literal };
      }
      const number = literal === null || Number.isNaN(literal) ? next : literal;
      next = number + 1;
      return { type: 'literal', value: number };
    }),
  );
}

function literalShape(text: string): ValueShape {
  const quoted = /^['"]/.test(text) ? stringValue(text) : null;
  if (quoted !== null) {
    return { type: 'literal', value: quoted };
  }
  if (text === 'true' || text === 'false') {
    return { type: 'literal', value: text === 'true' };
  }
  const number = Number(text.replace(/\s+/g, ''));
  return Number.isNaN(number) ? ANY : { type: 'literal', value: number };
}

function unionOf(shapes: readonly ValueShape[]): ValueShape {
  const [only] = shapes;
  return shapes.length === 1 && only !== undefined ? only : shapes.length === 0 ? ANY : { type: 'union', of: shapes };
}

/** Of two types that must hold together: objects have the members of both. */
function both(first: ValueShape, second: ValueShape): ValueShape {
  if (first.type !== 'object' || second.type !== 'object') {
    return first.type === 'any' ? second : first;
  }
  const named = new Set(second.fields.map(({ name }) => name));
  return {
    type: 'object',
    fields: [...first.fields.filter(({ name }) => !named.has(name)), ...second.fields],
    rest: second.rest ?? first.rest,
  };
}

function typesIn(node: SyntaxNode): readonly SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => /Type$|^TypeName$/.test(name));
}

function typeArguments(node: SyntaxNode | null | undefined): readonly SyntaxNode[] {
  const list = node?.getChild('TypeArgList') ?? null;
  return list === null ? [] : typesIn(list);
}

function textOf(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}
