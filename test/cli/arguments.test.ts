import { describe, expect, it } from 'vitest';
import { parseArguments, checkOperands } from '../../src/cli/arguments.ts';
import { COMMANDS } from '../../src/cli/command-spec.ts';
import type { CommandName } from '../../src/cli/command-spec.ts';
import { err } from '../../src/base/result.ts';

function specOf(name: CommandName) {
  const spec = COMMANDS.find((each) => each.name === name);
  if (spec === undefined) {
    throw new Error(name);
  }
  return spec;
}

function parse(name: CommandName, ...args: readonly string[]) {
  return parseArguments(specOf(name), args);
}

describe('arguments', () => {
  it('are operands, switches and values, in any order and with = or without', () => {
    expect(parse('simulate', '--seed=7', 'shop', '--json', '--until', '31d')).toEqual({
      ok: true,
      value: {
        operands: ['shop'],
        switches: new Set(['json']),
        values: new Map([
          ['seed', ['7']],
          ['until', ['31d']],
        ]),
      },
    });
  });

  it('keep the order of an option that may be repeated', () => {
    const parsed = parse('check', 'a', '--allow-kind', 'x/y', '--allow-kind=z/w');
    expect(parsed.ok && parsed.value.values.get('allow-kind')).toEqual(['x/y', 'z/w']);
  });

  it('take - for standard output, and after -- anything for an operand', () => {
    const parsed = parse('simulate', '--trace', '-', '--', '--odd-folder');
    expect(parsed.ok && [parsed.value.values.get('trace'), parsed.value.operands]).toEqual([['-'], ['--odd-folder']]);
  });

  it.each([
    [['--jsn'], 'simulate has no option --jsn. Did you mean --json?'],
    [['--scenarios', 'a'], 'simulate has no option --scenarios. Did you mean --scenario?'],
    [['--frobnicate'], 'simulate has no option --frobnicate.'],
    [['-x'], 'simulate has no option -x.'],
    [['--until'], '--until needs a value: --until DURATION.'],
    [['--until', '--json'], '--until needs a value: --until DURATION.'],
    [['--json=yes'], '--json takes no value.'],
    [['--seed', '1', '--seed', '2'], '--seed is given twice.'],
  ])('refuse %j in one line', (args, message) => {
    expect(parse('simulate', ...args)).toEqual(err(message));
  });

  it('say how many operands a command takes', () => {
    const check = (...args: string[]) => {
      const parsed = parse('export', ...args);
      return parsed.ok ? checkOperands(specOf('export'), parsed.value) : parsed.error;
    };
    expect(check()).toBe('export needs DIR: export DIR --out DIR2 | --zip FILE [OPTION]...');
    expect(check('a', 'b')).toBe('export takes one DIR; "b" is one too many.');
    expect(check('a')).toBeNull();
  });
});
