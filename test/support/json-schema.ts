/** As much of JSON Schema (draft 7) as the schemas here use: the scenario's, Compose's, Kubernetes'; any other keyword is an error. */
import type { JsonValue } from '../../src/base/json.ts';

type Schema = { readonly [keyword: string]: JsonValue };

const ANNOTATIONS = new Set(['$schema', 'title', 'description', 'definitions', 'format']);

/** Where and why a value is refused; empty when the schema takes it. */
export function schemaFaults(root: Schema, value: unknown): readonly string[] {
  return faults(root, root, value, '');
}

function faults(root: Schema, schema: Schema, value: unknown, at: string): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, argument]) =>
    ANNOTATIONS.has(keyword) ? [] : keywordFaults(root, schema, keyword, argument, value, at),
  );
}

function keywordFaults(root: Schema, schema: Schema, keyword: string, argument: JsonValue, value: unknown, at: string): readonly string[] {
  const fails = (good: boolean): readonly string[] => (good ? [] : [`${at || '/'}: ${keyword} ${JSON.stringify(argument)}`]);
  const branches = (): readonly boolean[] =>
    (argument as unknown as Schema[]).map((branch) => faults(root, branch, value, at).length === 0);
  switch (keyword) {
    case '$ref':
      return faults(root, definition(root, argument as string), value, at);
    case 'type':
      return fails([argument].flat().some((name) => isOfType(value, name as string)));
    case 'const':
      return fails(value === argument);
    case 'enum':
      return fails((argument as unknown[]).includes(value));
    case 'pattern':
      return fails(typeof value !== 'string' || new RegExp(argument as string).test(value));
    case 'minLength':
      return fails(typeof value !== 'string' || value.length >= (argument as number));
    case 'minimum':
      return fails(typeof value !== 'number' || value >= (argument as number));
    case 'exclusiveMinimum':
      return fails(typeof value !== 'number' || value > (argument as number));
    case 'maximum':
      return fails(typeof value !== 'number' || value <= (argument as number));
    case 'minItems':
      return fails(!Array.isArray(value) || value.length >= (argument as number));
    case 'items':
      return Array.isArray(value) ? value.flatMap((item, index) => faults(root, argument as Schema, item, `${at}/${index}`)) : [];
    case 'required':
      return fails(!isObject(value) || (argument as string[]).every((key) => Object.hasOwn(value, key)));
    case 'properties': {
      const properties = argument as unknown as Record<string, Schema>;
      return isObject(value)
        ? Object.entries(value).flatMap(([key, member]) => {
            const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
            return property === undefined ? [] : faults(root, property, member, `${at}/${key}`);
          })
        : [];
    }
    case 'patternProperties':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, member]) =>
            Object.entries(argument as unknown as Record<string, Schema>).flatMap(([pattern, inner]) =>
              new RegExp(pattern).test(key) ? faults(root, inner, member, `${at}/${key}`) : [],
            ),
          )
        : [];
    case 'additionalProperties': {
      const known = Object.keys((schema['properties'] ?? {}) as object);
      const patterns = Object.keys((schema['patternProperties'] ?? {}) as object).map((pattern) => new RegExp(pattern));
      const others = isObject(value)
        ? Object.entries(value).filter(([key]) => !known.includes(key) && !patterns.some((pattern) => pattern.test(key)))
        : [];
      return typeof argument === 'object'
        ? others.flatMap(([key, member]) => faults(root, argument as Schema, member, `${at}/${key}`))
        : argument === false
          ? others.map(([key]) => `${at}/${key}: no such property`)
          : [];
    }
    case 'uniqueItems':
      return fails(!Array.isArray(value) || new Set(value.map((item) => JSON.stringify(item))).size === value.length);
    case 'maxItems':
      return fails(!Array.isArray(value) || value.length <= (argument as number));
    case 'allOf':
      return fails(branches().every(Boolean));
    case 'anyOf':
      return fails(branches().some(Boolean));
    case 'oneOf':
      return fails(branches().filter(Boolean).length === 1);
    case 'not':
      return fails(faults(root, argument as Schema, value, at).length > 0);
    default:
      throw new Error(`no such keyword here: ${keyword}`);
  }
}

function definition(root: Schema, reference: string): Schema {
  const found = (root['definitions'] as unknown as Record<string, Schema>)[reference.replace('#/definitions/', '')];
  if (found === undefined) {
    throw new Error(`the schema has no ${reference}`);
  }
  return found;
}

function isOfType(value: unknown, name: string): boolean {
  switch (name) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === name;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
