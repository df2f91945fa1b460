/** `export`: the runnable project, written to a folder. */
import { basename, resolve } from 'node:path';
import { exportProject } from '../../export/export-project.ts';
import type { Arguments } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { PROGRAM } from '../help.ts';
import { readProjectFolder } from '../project-folder.ts';
import { print, printJson } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { writeFolder } from '../write-folder.ts';

export async function exportTo(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [folder = '.'] = args.operands;
  const say = (message: string): void => print(terminal.stderr, `${PROGRAM}: ${message}`);
  const [out] = args.values.get('out') ?? [];
  if (out === undefined || out === '') {
    say('export needs --out DIR2, the folder to write.');
    return EXIT.usage;
  }
  const project = await readProjectFolder(folder);
  if (!project.ok) {
    say(project.error);
    return EXIT.input;
  }
  const exported = exportProject(project.value, basename(resolve(folder)));
  if (!exported.ok) {
    exported.error.forEach(({ message }) => say(`${folder}: ${message}`));
    return EXIT.input;
  }
  const { files, replaced, ports } = exported.value;
  const written = await writeFolder(out, files, args.switches.has('force'));
  if (!written.ok) {
    say(written.error.message);
    return EXIT.input;
  }
  if (args.switches.has('json')) {
    printJson(terminal.stdout, { out, files: [...files.keys()].sort(), replaced, ports });
    return EXIT.ok;
  }
  for (const path of replaced) {
    print(terminal.stderr, `${path} of the project was replaced by the one that runs it.`);
  }
  print(
    terminal.stdout,
    `Wrote ${files.size} files to ${out}. To serve the functions on port ${ports.join(', ')}:\n  cd ${out}\n  npm ci\n  npm start`,
  );
  return EXIT.ok;
}
