/** `export`: the runnable project, written to a folder. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { exportProject } from '../../export/export-project.ts';
import type { Arguments } from '../arguments.ts';
import { badKind, checkProject, isRefused } from '../check-project.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findingLines } from '../findings.ts';
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
  const allowKinds = args.values.get('allow-kind') ?? [];
  const wrong = badKind(allowKinds);
  if (wrong !== null) {
    say(wrong);
    return EXIT.usage;
  }
  const project = await readProjectFolder(folder);
  if (!project.ok) {
    say(project.error);
    return EXIT.input;
  }
  if (await liesIn(out, folder)) {
    say(`--out ${out} lies in the project's own folder: name one outside of it.`);
    return EXIT.usage;
  }
  const force = args.switches.has('force');
  const refused = (await checkProject(folder, project.value, { allowKinds })).filter(
    (verdict) => isServed(relative(folder, verdict.file)) && isRefused(verdict),
  );
  for (const { file, text, problems } of refused) {
    const errors = problems.filter(({ severity, moment }) => severity === 'error' && (moment ?? 'load') === 'load');
    errors.forEach((problem) => print(terminal.stderr, findingLines(file, text, problem).join('\n')));
  }
  if (refused.length > 0 && !force) {
    say(`${folder} was not exported: mend what stands above, or export it as it is with --force.`);
    return EXIT.no;
  }
  const exported = exportProject(project.value, basename(resolve(folder)));
  if (!exported.ok) {
    exported.error.forEach(({ message }) => say(`${folder}: ${message}`));
    return EXIT.input;
  }
  const { files, replaced, ports } = exported.value;
  const written = await writeFolder(out, files, force);
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

/** Part of what is deployed, unlike scenarios and stubs. `path` is below the project's folder. */
function isServed(path: string): boolean {
  return !/^(?:scenarios|stubs)[/\\]/.test(path);
}

/** Whether a folder that need not be there yet is another, or lies in it. */
async function liesIn(inner: string, outer: string): Promise<boolean> {
  const path = relative(await realpath(outer), await realPathOf(resolve(inner)));
  return path !== '..' && !path.startsWith(`..${sep}`);
}

async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPathOf(parent), basename(path));
  }
}
