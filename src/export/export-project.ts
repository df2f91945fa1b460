/**
 * A project as a folder that runs by itself: its own files byte for byte, and beside them a server that serves its functions
 * with the official SDK, with what is needed to build it. From files to files; nothing is read or written here.
 */
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Problem } from '../model/problem.ts';
import type { Project } from '../model/project.ts';
import { MODULE_YAML, isFunctionFile, textFile } from '../model/project.ts';
import { decodeModule } from '../module-yaml/decode.ts';
import { moduleDefinition } from '../module-yaml/definition.ts';
import { packageJson, packageLock, packageName } from './package-files.ts';
import { projectModule } from './project-module.ts';
import { runReadme } from './run-readme.ts';
import bindsText from './run-files/server/binds.js?raw';
import buildText from './run-files/server/build.mjs?raw';
import mainText from './run-files/server/main.js?raw';
import noServerText from './run-files/server/no-server.js?raw';
import { servingPorts } from './serving-ports.ts';

export interface ExportedProject {
  readonly files: ReadonlyMap<FilePath, string | Uint8Array>;
  /** The project's files that a generated one took the place of. */
  readonly replaced: readonly FilePath[];
  /** Where the server listens unless told otherwise. */
  readonly ports: readonly number[];
}

export type ExportProblemCode = 'no-module' | 'unreadable-module' | 'no-functions';

const README = filePath('README.md');
/** Where the project has a README of its own. */
const RUNNING = filePath('RUNNING.md');
const GITIGNORE = filePath('.gitignore');

/** @param name names the package; any text */
export function exportProject(project: Project, name: string): Result<ExportedProject, readonly Problem<ExportProblemCode>[]> {
  const moduleText = textFile(project, MODULE_YAML);
  if (moduleText === null) {
    return refuse('no-module', 'There is no module.yaml: nothing says what StateFun should run.');
  }
  const decoded = decodeModule(moduleText);
  if (!decoded.parsed) {
    return refuse('unreadable-module', 'module.yaml cannot be read as YAML; mend it first.');
  }
  const functionFiles = [...project.files.keys()].filter((path) => isFunctionFile(path) && textFile(project, path) !== null).sort();
  if (functionFiles.length === 0) {
    return refuse('no-functions', 'There is no code in functions/: the server would have nothing to serve.');
  }
  const ports = servingPorts(moduleDefinition(decoded).endpoints);
  const packaged = packageName(name);
  const generated = new Map<FilePath, string>([
    [filePath('package.json'), packageJson(packaged)],
    [filePath('package-lock.json'), packageLock(packaged)],
    [filePath('server/main.js'), mainText],
    [filePath('server/binds.js'), bindsText],
    [filePath('server/no-server.js'), noServerText],
    [filePath('server/build.mjs'), buildText],
    [filePath('server/project.js'), projectModule(functionFiles, ports)],
    [project.files.has(README) ? RUNNING : README, runReadme(name, ports)],
  ]);
  if (!project.files.has(GITIGNORE)) {
    generated.set(GITIGNORE, 'node_modules/\ndist/\n');
  }
  const replaced = [...generated].filter(([path, text]) => (project.files.get(path) ?? text) !== text).map(([path]) => path);
  return ok({ files: new Map([...project.files, ...generated]), replaced, ports });
}

function refuse(code: ExportProblemCode, message: string): Result<never, readonly Problem<ExportProblemCode>[]> {
  return err([{ code, severity: 'error', message, path: MODULE_YAML }]);
}
