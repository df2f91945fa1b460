/** The text of a new function file: compiles, runs and says what arrives. */
import type { Typename } from '../base/ids.ts';
import { quoteText } from './quote-text.ts';

interface Handled {
  readonly condition: string;
  readonly value: string;
  readonly declaration: string | null;
}

const PLAIN: Readonly<Record<string, readonly [test: string, read: string]>> = {
  'io.statefun.types/string': ['isString', 'asString'],
  'io.statefun.types/int': ['isInt', 'asInt'],
  'io.statefun.types/float': ['isFloat', 'asFloat'],
  'io.statefun.types/bool': ['isBoolean', 'asBoolean'],
};

/** Names that the skeleton imports or uses itself. */
const USED = new Set(['StateFun', 'Context', 'Message']);

/** `valueTypes`: what the routes to the function declare; each gets a branch of its own. */
export function functionSkeleton(type: Typename, valueTypes: readonly string[]): string {
  const names = new Set(USED);
  const name = freePascal(type.slice(type.lastIndexOf('/') + 1), 'Function', names);
  const handled = [...new Set(valueTypes)].map((valueType) => handle(valueType, names));
  const declarations = handled.flatMap(({ declaration }) => (declaration === null ? [] : [declaration]));
  const imports = declarations.length === 0 ? 'Context, Message' : 'Context, Message, StateFun';
  return [
    `import { ${imports} } from 'apache-flink-statefun';`,
    '',
    ...(declarations.length === 0 ? [] : [...declarations, '']),
    `export const ${name} = {`,
    `  typename: ${quoteText(type)},`,
    '  specs: [],',
    '  fn(context: Context, message: Message) {',
    ...bodyLines(handled),
    '  },',
    '};',
    '',
  ].join('\n');
}

function bodyLines(handled: readonly Handled[]): readonly string[] {
  if (handled.length === 0) {
    return ['    console.log(context.self.id, message.valueTypeName);'];
  }
  const lines = handled.flatMap(({ condition, value }, index) => [
    `${index === 0 ? '    if' : '    } else if'} (message.${condition}) {`,
    `      console.log(context.self.id, message.${value});`,
  ]);
  return [...lines, '    }'];
}

function handle(valueType: string, names: Set<string>): Handled {
  const plain = PLAIN[valueType];
  if (plain !== undefined) {
    return { condition: `${plain[0]}()`, value: `${plain[1]}()`, declaration: null };
  }
  const name = freePascal(valueType.slice(valueType.lastIndexOf('/') + 1), 'Type', names);
  return {
    condition: `is(${name})`,
    value: `as(${name})`,
    declaration: `const ${name} = StateFun.jsonType<Record<string, unknown>>(${quoteText(valueType)});`,
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
