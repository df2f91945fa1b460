/** `export`: the runnable project, written to a folder or a ZIP. */
import { realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { exportProject } from '../../export/export-project.ts';
import type { ExportedProject } from '../../export/export-project.ts';
import { WAYS_OUT } from '../../export/secrets/secret-kinds.ts';
import { zipFiles } from '../../export/zip-files.ts';
import type { Arguments } from '../arguments.ts';
import { badKind, checkProject, isRefused } from '../check-project.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exportArguments } from '../export-arguments.ts';
import type { ExportArguments } from '../export-arguments.ts';
import { findingLines } from '../findings.ts';
import { PROGRAM } from '../help.ts';
import { readProjectFolder } from '../project-folder.ts';
import { systemMessage } from '../system-message.ts';
import { print, printJson } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { plural } from '../../model/text-forms.ts';
import { writeFolder } from '../write-folder.ts';

export async function exportTo(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [folder = '.'] = args.operands;
  const say = (message: string): void => print(terminal.stderr, `${PROGRAM}: ${message}`);
  const read = exportArguments(args);
  const allowKinds = args.values.get('allow-kind') ?? [];
  const wrong = read.ok ? badKind(allowKinds) : read.error;
  if (!read.ok || wrong !== null) {
    say(wrong ?? '');
    return EXIT.usage;
  }
  const asked = read.value;
  const project = await readProjectFolder(folder);
  if (!project.ok) {
    say(project.error);
    return EXIT.input;
  }
  if (await liesIn(asked.place.path, folder)) {
    say(`${asked.place.type === 'zip' ? '--zip' : '--out'} ${asked.place.path} lies in the project's own folder: name one outside of it.`);
    return EXIT.usage;
  }
  const refused = (await checkProject(folder, project.value, { allowKinds })).filter(
    (verdict) => isServed(relative(folder, verdict.file)) && isRefused(verdict),
  );
  for (const { file, text, problems } of refused) {
    const errors = problems.filter(({ severity, moment }) => severity === 'error' && (moment ?? 'load') === 'load');
    errors.forEach((problem) => print(terminal.stderr, findingLines(file, text, problem).join('\n')));
  }
  if (refused.length > 0 && !asked.force) {
    say(`${folder} was not exported: mend what stands above, or export it as it is with --force.`);
    return EXIT.no;
  }
  const exported = exportProject(project.value, basename(resolve(folder)), asked.options);
  if (!exported.ok) {
    if (exported.error.some(({ code }) => code === 'no-functions-image')) {
      say('--kubernetes needs --functions-image NAME: it cannot be guessed.');
      return EXIT.usage;
    }
    exported.error.forEach(({ message }) => say(`${folder}: ${message}`));
    return EXIT.input;
  }
  const unwritten = await write(asked, exported.value);
  if (unwritten !== null) {
    say(unwritten);
    return EXIT.input;
  }
  tell(asked, exported.value, args.switches.has('json'), terminal);
  return EXIT.ok;
}

/** Why nothing could be written, or null. */
async function write({ place, force }: ExportArguments, { files }: ExportedProject): Promise<string | null> {
  if (place.type === 'folder') {
    const written = await writeFolder(place.path, files, force);
    return written.ok ? null : written.error.message;
  }
  try {
    if (!force && (await exists(place.path))) {
      return `${place.path} is there already. Name another file, or write over it with --force.`;
    }
    await writeFile(place.path, zipFiles(files));
    return null;
  } catch (error) {
    return systemMessage(error, place.path);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

function tell({ place, options }: ExportArguments, exported: ExportedProject, asJson: boolean, terminal: Terminal): void {
  const { files, commands: npm, generated, replaced, aside, ports, secrets, leftOut, notes } = exported;
  for (const { severity, message } of notes) {
    print(terminal.stderr, `${severity === 'info' ? 'note' : severity}: ${message}`);
  }
  for (const { path, line, what, kind } of secrets) {
    print(terminal.stderr, `${path}${line === null ? '' : `:${line}`}: is this a secret? ${what}. ${WAYS_OUT[kind]}`);
  }
  if (secrets.length > 0) {
    print(terminal.stderr, 'note: --without-secrets leaves them out, with a name in the place of each.');
  }
  for (const { path, line, what, instead } of leftOut) {
    print(terminal.stderr, `${path}${line === null ? '' : `:${line}`}: ${what}: ${instead}`);
  }
  if (asJson) {
    const out = place.path;
    printJson(terminal.stdout, { out, files: [...files.keys()], replaced, ports, generated, aside, notes, secrets, leftOut });
    return;
  }
  const up = npm === null ? 'docker compose up' : 'docker compose up --build';
  const commands = options.compose ? [up] : npm === null ? [] : [npm.install, npm.start];
  const folder = place.type === 'zip' ? [`unzip ${place.path} -d FOLDER`, 'cd FOLDER'] : [`cd ${place.path}`];
  if (commands.length === 0) {
    print(
      terminal.stdout,
      `Wrote ${plural(files.size, 'file')} to ${place.path}. Its functions are served elsewhere: module.yaml is what StateFun loads.`,
    );
    return;
  }
  const why = options.compose ? 'To run it with StateFun and Kafka' : `To serve the functions on port ${ports.join(', ')}`;
  print(
    terminal.stdout,
    `Wrote ${plural(files.size, 'file')} to ${place.path}. ${why}:\n${[...folder, ...commands].map((command) => `  ${command}`).join('\n')}`,
  );
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
