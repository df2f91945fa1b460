/** Reads a command's arguments by its spec. What cannot be read is one clear line, with what was probably meant. */
import { parseArgs } from 'node:util';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { CommandSpec } from './command-spec.ts';
import { nearest } from '../base/nearest.ts';

export interface Arguments {
  readonly operands: readonly string[];
  readonly switches: ReadonlySet<string>;
  /** By option, in the order given. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

export function parseArguments(spec: CommandSpec, args: readonly string[]): Result<Arguments, string> {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      spec.options.map(({ name, value }) => [name, { type: value === null ? 'boolean' : 'string', multiple: true }] as const),
    ),
  });
  const operands: string[] = [];
  const switches = new Set<string>();
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') {
      operands.push(token.value);
    } else if (token.kind === 'option') {
      const option = spec.options.find(({ name }) => name === token.name);
      if (option === undefined) {
        return err(unknownOption(spec, token.rawName));
      }
      if (option.value === null) {
        if (token.value !== undefined) {
          return err(`--${option.name} takes no value.`);
        }
        switches.add(option.name);
        continue;
      }
      const value = token.value;
      if (value === undefined || (token.inlineValue === false && value.startsWith('--'))) {
        return err(`--${option.name} needs a value: --${option.name} ${option.value}.`);
      }
      const earlier = values.get(option.name) ?? [];
      if (earlier.length > 0 && option.repeatable !== true) {
        return err(`--${option.name} is given twice.`);
      }
      values.set(option.name, [...earlier, value]);
    }
  }
  return ok({ operands, switches, values });
}

/** The operands, when there are as many as the command takes. */
export function checkOperands(spec: CommandSpec, { operands }: Arguments): string | null {
  const { name, repeatable } = spec.operand;
  if (operands.length === 0) {
    return `${spec.name} needs ${name}: ${spec.usage}`;
  }
  return operands.length > 1 && !repeatable ? `${spec.name} takes one ${name}; ${JSON.stringify(operands[1])} is one too many.` : null;
}

function unknownOption(spec: CommandSpec, written: string): string {
  const meant = nearest(
    written.replace(/^-+/, ''),
    spec.options.map(({ name }) => name),
  );
  return `${spec.name} has no option ${written}.${meant === null ? '' : ` Did you mean --${meant}?`}`;
}
