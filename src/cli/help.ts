/** Help texts, made of the commands' specs. The same texts stand in docs/cli.md. */
import { COMMANDS } from './command-spec.ts';
import type { CommandSpec } from './command-spec.ts';

const WIDTH = 100;
export const PROGRAM = 'statefun-studio';

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ['0', 'all is well, in so far as the command looks (see check --fail-on)'],
  ['1', 'the loader rejects, code or a scenario cannot be used, an expectation or the run failed'],
  ['2', 'the command was not written as it must be'],
  ['3', 'a file or folder cannot be read or written, or does not hold what is needed'],
  ['130', 'ended by Ctrl+C; what was done so far is printed'],
];

export function programHelp(): string {
  return [
    `Usage: ${PROGRAM} COMMAND [ARGUMENT...]`,
    '',
    'Checks, simulates, tests, compares and exports Apache Flink Stateful Functions projects.',
    '',
    'Commands:',
    ...table(COMMANDS.map(({ name, summary }) => [name, summary])),
    '',
    'Options:',
    ...table([
      ['--help', `Print this help; after a command, that command's.`],
      ['--version', 'Print the version.'],
    ]),
    '',
    'Exit codes:',
    ...table(EXIT_CODES),
    '',
  ].join('\n');
}

export function commandHelp(spec: CommandSpec): string {
  return [
    `Usage: ${PROGRAM} ${spec.usage}`,
    '',
    spec.summary,
    ...spec.about.flatMap((paragraph) => ['', ...wrap(paragraph, WIDTH)]),
    '',
    'Options:',
    ...table(spec.options.map(({ name, value, help }) => [`--${name}${value === null ? '' : ` ${value}`}`, help])),
    '',
    'Examples:',
    ...spec.examples.map((example) => `  ${PROGRAM} ${example}`),
    '',
  ].join('\n');
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows.flatMap(([name, text]) =>
    wrap(text, WIDTH - width).map((line, index) => `${(index === 0 ? `  ${name}` : '').padEnd(width)}${line}`),
  );
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
