/** The text of a new function file: compiles, passes the type check, runs and says what arrives. */
import type { Typename } from '../base/ids.ts';
import { quoteText } from './quote-text.ts';

/** A type of values that reach the function. */
export interface ArrivingType {
  /** As on the wire. */
  readonly typename: string;
  /** Where the project's code exports it already: then it is imported, not declared anew. */
  readonly exported: { readonly name: string; readonly specifier: string } | null;
  /** Its fields as far as they are known, as TypeScript; null where nothing is. */
  readonly shape: string | null;
}

interface Handled {
  readonly condition: string;
  readonly value: string;
  readonly declaration: string | null;
  readonly imported: { readonly specifier: string; readonly clause: string } | null;
}

const PLAIN: Readonly<Record<string, readonly [test: string, read: string]>> = {
  'io.statefun.types/string': ['isString', 'asString'],
  'io.statefun.types/int': ['isInt', 'asInt'],
  'io.statefun.types/float': ['isFloat', 'asFloat'],
  'io.statefun.types/bool': ['isBoolean', 'asBoolean'],
};

/** Types of StateFun that this SDK has no class for: only their bytes can be had. */
const BYTES_ONLY = new Set(['io.statefun.types/long', 'io.statefun.types/double']);

/** Names that the skeleton imports or uses itself. */
const USED = ['StateFun', 'Context', 'FunctionOpts', 'Message', 'Record'];

/** Each type that arrives gets a branch of its own. */
export function functionSkeleton(type: Typename, arriving: readonly ArrivingType[]): string {
  const names = new Set([...USED, ...arriving.flatMap(({ exported }) => (exported === null ? [] : [exported.name]))]);
  const name = freePascal(type.slice(type.lastIndexOf('/') + 1), 'Function', names);
  const imported = new Set<string>();
  const handled = arriving.map((each) => handle(each, names, imported));
  const declarations = handled.flatMap(({ declaration }) => (declaration === null ? [] : [declaration]));
  return [
    ...(declarations.length === 0 ? [] : ["import { StateFun } from 'apache-flink-statefun';"]),
    "import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';",
    ...importLines(handled),
    '',
    ...declarations.flatMap((declaration) => [declaration, '']),
    `export const ${name}: FunctionOpts = {`,
    `  typename: ${quoteText(type)},`,
    '  specs: [],',
    '  fn(context: Context, message: Message) {',
    ...bodyLines(handled),
    '  },',
    '};',
    '',
  ].join('\n');
}

function importLines(handled: readonly Handled[]): readonly string[] {
  const clauses = new Map<string, string[]>();
  for (const { imported } of handled) {
    if (imported !== null) {
      clauses.set(imported.specifier, [...(clauses.get(imported.specifier) ?? []), imported.clause]);
    }
  }
  return [...clauses].map(([specifier, names]) => `import { ${names.toSorted().join(', ')} } from ${quoteText(specifier)};`);
}

function bodyLines(handled: readonly Handled[]): readonly string[] {
  if (handled.length === 0) {
    return ['    console.log(context.self.id, message.valueTypeName);'];
  }
  const lines = handled.flatMap(({ condition, value }, index) => [
    `${index === 0 ? '    if' : '    } else if'} (${condition}) {`,
    `      console.log(context.self.id, ${value});`,
  ]);
  return [...lines, '    }'];
}

function handle({ typename, exported, shape }: ArrivingType, names: Set<string>, imported: Set<string>): Handled {
  const plain = PLAIN[typename];
  if (plain !== undefined) {
    return { condition: `message.${plain[0]}()`, value: `message.${plain[1]}()`, declaration: null, imported: null };
  }
  if (BYTES_ONLY.has(typename)) {
    return {
      condition: `message.valueTypeName === ${quoteText(typename)}`,
      value: 'message.rawValueBytes',
      declaration: null,
      imported: null,
    };
  }
  if (exported !== null) {
    // Two files may export one name.
    const isFirst = !imported.has(exported.name);
    const local = isFirst ? exported.name : freePascal(exported.name, 'Type', names);
    imported.add(exported.name);
    const clause = isFirst ? local : `${exported.name} as ${local}`;
    return {
      condition: `message.is(${local})`,
      value: `message.as(${local})`,
      declaration: null,
      imported: { specifier: exported.specifier, clause },
    };
  }
  const name = freePascal(typename.slice(typename.lastIndexOf('/') + 1), 'Type', names);
  const declared = shape?.startsWith('{') === true ? `interface ${name} ${shape}\n` : '';
  return {
    condition: `message.is(${name})`,
    value: `message.as(${name})`,
    declaration: `${declared}const ${name} = StateFun.jsonType<${declared === '' ? 'Record<string, unknown>' : name}>(${quoteText(typename)});`,
    imported: null,
  };
}

function freePascal(text: string, suffix: string, names: Set<string>): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const pascal = words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join('');
  let name = /^[A-Z]/.test(pascal) ? pascal : `${suffix}${pascal}`;
  while (names.has(name)) {
    name = `${name}${suffix}`;
  }
  names.add(name);
  return name;
}
