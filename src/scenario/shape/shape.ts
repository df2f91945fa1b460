/**
 * The one definition of a scenario file is a tree of shapes. A shape reads a YAML node into plain data, reporting
 * everything that is wrong with its place, and says the same as JSON Schema. What JSON Schema cannot say, a shape's
 * `make` checks beyond it; a file that the schema refuses is refused by the shape too.
 */
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node } from 'yaml';
import type { FilePath } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import type { TextRange } from '../../model/problem.ts';
import { scenarioProblem } from '../problem-codes.ts';
import type { ScenarioProblem, ScenarioProblemCode } from '../problem-codes.ts';
import type { SourcePlace } from '../scenario.ts';

export type JsonSchema = { readonly [keyword: string]: JsonValue };
/** Named parts of a schema that are used in several places. */
export type Definitions = Map<string, JsonSchema>;

/** Returned by a shape that has reported why it cannot give a value. */
export const BAD = Symbol('bad');
export type Bad = typeof BAD;

export interface Shape<T> {
  /** @param name What the value is called in messages, e.g. `rate.perSecond`. */
  read(value: ValueNode, name: string, reading: Reading): T | Bad;
  schema(definitions: Definitions): JsonSchema;
}

/** A YAML node with its place; a node of null stands where nothing is written. */
export interface ValueNode {
  readonly node: Node | null;
  readonly range: TextRange;
}

/** YAML may nest without end through an alias of its own. */
const MAX_DEPTH = 60;

/** One file being read: where problems go. */
export class Reading {
  readonly problems: ScenarioProblem[] = [];
  readonly #document: Document;
  readonly #path: FilePath;
  readonly #placeOf: (offset: number) => SourcePlace;
  /** A text has no more values than characters, unless its aliases multiply them. */
  readonly #most: number;
  #values = 0;
  #depth = 0;

  constructor(document: Document, path: FilePath, placeOf: (offset: number) => SourcePlace, length: number) {
    this.#document = document;
    this.#most = 10_000 + 4 * length;
    this.#path = path;
    this.#placeOf = placeOf;
  }

  report(code: ScenarioProblemCode, message: string, range: TextRange): Bad {
    // What is no YAML is not judged any further.
    const isKnown = this.problems.some((known) => known.code === 'scenario-syntax' && known.range?.from === range.from);
    if (!isKnown) {
      this.problems.push(scenarioProblem(code, message, this.#path, range));
    }
    return BAD;
  }

  place(range: TextRange): SourcePlace {
    return this.#placeOf(range.from);
  }

  /** The node that an alias stands for, at the alias's place. */
  value(node: unknown, fallback: TextRange): ValueNode {
    const found = isAlias(node) || isScalar(node) || isMap(node) || isSeq(node) ? node : null;
    const range = found?.range ? { from: found.range[0], to: Math.max(found.range[1], found.range[0]) } : fallback;
    this.#values += 1;
    if (this.#values > this.#most) {
      if (this.#values === this.#most + 1) {
        this.report('scenario-syntax', 'Aliases of aliases make this larger than anybody can read.', range);
      }
      return { node: null, range };
    }
    if (isAlias(found)) {
      const target = found.resolve(this.#document) ?? null;
      if (target === null) {
        this.report('scenario-syntax', `*${found.source} names nothing: there is no &${found.source} before it.`, range);
      }
      return { node: target, range };
    }
    return { node: found, range: range.from === range.to ? fallback : range };
  }

  /** Reads what is inside a value; refuses to go deeper than any real file does. */
  within<T>(range: TextRange, read: () => T | Bad): T | Bad {
    if (this.#depth >= MAX_DEPTH) {
      return this.report('scenario-bad-value', `This is nested more than ${MAX_DEPTH} levels deep.`, range);
    }
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }
}

/** How a value that is something else looks to the user. */
export function kindOf({ node }: ValueNode): string {
  if (node === null) {
    return 'empty';
  }
  if (isMap(node)) {
    return 'a mapping';
  }
  if (isSeq(node)) {
    return 'a list';
  }
  const value: unknown = isScalar(node) ? node.value : undefined;
  switch (typeof value) {
    case 'string':
      return `the text “${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`;
    case 'number':
    case 'bigint':
      return `the number ${isScalar(node) ? (node.source ?? String(value)) : ''}`;
    case 'boolean':
      return String(value);
    default:
      return value === null ? 'empty' : 'something else';
  }
}
