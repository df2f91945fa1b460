/** The command line: finds the command, reads its arguments, runs it. Each command's code is loaded when it is asked for. */
import { version } from '../../package.json' with { type: 'json' };
import { checkOperands, parseArguments } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { COMMANDS } from './command-spec.ts';
import type { CommandName } from './command-spec.ts';
import { EXIT } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { PROGRAM, commandHelp, programHelp } from './help.ts';
import { nearest } from '../base/nearest.ts';
import { print } from './terminal.ts';
import type { Terminal } from './terminal.ts';

type Command = (args: Arguments, terminal: Terminal) => Promise<ExitCode>;

const LOADERS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  check: async () => (await import('./commands/check.ts')).check,
  simulate: async () => (await import('./commands/simulate.ts')).simulate,
  test: async () => (await import('./commands/test.ts')).test,
  compare: async () => (await import('./commands/compare.ts')).compare,
  export: async () => (await import('./commands/export.ts')).exportTo,
};

/** @param args what stands behind the program's name */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, ...rest] = args;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    return help(first === undefined ? [] : rest, first === undefined, terminal);
  }
  if (first === '--version' || first === '-V') {
    print(terminal.stdout, version);
    return EXIT.ok;
  }
  const spec = COMMANDS.find(({ name }) => name === first);
  if (spec === undefined) {
    return usage(terminal, unknownCommand(first), '');
  }
  const parsed = parseArguments(
    spec,
    rest.map((argument) => (argument === '-h' ? '--help' : argument)),
  );
  if (!parsed.ok) {
    return usage(terminal, parsed.error, spec.name);
  }
  if (parsed.value.switches.has('help')) {
    print(terminal.stdout, commandHelp(spec));
    return EXIT.ok;
  }
  const wrong = checkOperands(spec, parsed.value);
  if (wrong !== null) {
    return usage(terminal, wrong, spec.name);
  }
  const command = await LOADERS[spec.name]();
  return command(parsed.value, terminal);
}

function help(rest: readonly string[], missing: boolean, terminal: Terminal): ExitCode {
  const spec = COMMANDS.find(({ name }) => name === rest[0]);
  if (rest[0] !== undefined && spec === undefined) {
    return usage(terminal, unknownCommand(rest[0]), '');
  }
  print(missing ? terminal.stderr : terminal.stdout, spec === undefined ? programHelp() : commandHelp(spec));
  return missing ? EXIT.usage : EXIT.ok;
}

function unknownCommand(written: string): string {
  const meant = nearest(
    written,
    COMMANDS.map(({ name }) => name),
  );
  const kind = written.startsWith('-') ? 'option' : 'command';
  return `There is no ${kind} ${written}.${meant === null ? '' : ` Did you mean ${meant}?`}`;
}

function usage(terminal: Terminal, message: string, command: string): ExitCode {
  print(terminal.stderr, `${PROGRAM}: ${message} (${[PROGRAM, command, '--help'].filter((word) => word !== '').join(' ')})`);
  return EXIT.usage;
}
