/**
 * A project as a folder that runs by itself: its own files byte for byte, and beside them a server that serves its functions with the
 * official SDK, and what runs it and StateFun in containers. From files to files; nothing is read or written here.
 *
 * X1 the same project, name and options give the same bytes.
 * X2 no file of the user's is replaced: package.json gains what the server needs, and where another file has the name of a generated
 *    one, the generated one gets another name.
 * X3 an exported project, exported again with the same options, gives the same bytes.
 */
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { analyseCode } from '../analysis/analyse-code.ts';
import { GENERATED_MARK, isGeneratedFile } from '../model/generated-files.ts';
import type { Problem } from '../model/problem.ts';
import type { Project } from '../model/project.ts';
import { MODULE_YAML, STUDIO_JSON, textFile } from '../model/project.ts';
import { decodeStudioFile } from '../model/studio-file-codec.ts';
import { decodeModule } from '../module-yaml/decode.ts';
import { moduleDefinition } from '../module-yaml/definition.ts';
import type { ComposePlan } from './deploy/local-module.ts';
import { composePlan } from './deploy/local-module.ts';
import { writeDeployment } from './deploy/write-deployment.ts';
import type { ExportOptions } from './export-options.ts';
import { DEFAULT_EXPORT, optionProblems } from './export-options.ts';
import { exportNotes } from './export-notes.ts';
import type { ExportNote } from './export-notes.ts';
import { ExportWriter } from './export-writer.ts';
import type { PutAside } from './export-writer.ts';
import { findSecrets } from './find-secrets.ts';
import { leaveSecretsOut } from './secrets/leave-out.ts';
import type { LeftOut } from './secrets/left-out.ts';
import type { FoundSecret } from './secrets/secret-kinds.ts';
import { isMadeByExport, mergePackage, newPackage, npmCommands } from './merge-package.ts';
import type { PackageFiles } from './merge-package.ts';
import { packageName } from './package-files.ts';
import { projectModule } from './project-module.ts';
import { runReadme } from './readme/run-readme.ts';
import { sampleRecords } from './sample-record.ts';
import bindsText from './run-files/server/binds.js?raw';
import buildText from './run-files/server/build.mjs?raw';
import findText from './run-files/server/find-functions.js?raw';
import mainText from './run-files/server/main.js?raw';
import pathsText from './run-files/server/paths.js?raw';
import requestText from './run-files/server/request.js?raw';
import { servedFunctions, unservedFunctions } from './served-functions.ts';
import { servingPaths, servingPorts } from './serving.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';

export interface ExportedProject {
  /** In the order of their paths. */
  readonly files: ReadonlyMap<FilePath, string | Uint8Array>;
  /** What the export wrote, in that order. */
  readonly generated: readonly FilePath[];
  /** The project's files whose text is another now: package.json, and what an earlier export had generated. */
  readonly replaced: readonly FilePath[];
  /** What installs the packages, and what starts the server then; null where no function is served here. */
  readonly commands: { readonly install: string; readonly start: string } | null;
  /** What was added to the project's own package.json. */
  readonly addedToPackage: readonly string[];
  /** Generated files that got another name, since the project has a file of theirs. */
  readonly aside: readonly PutAside[];
  /** Where the server listens unless told otherwise. */
  readonly ports: readonly number[];
  /** Those that go along. */
  readonly secrets: readonly FoundSecret[];
  /** Those that were taken out, where that was asked. */
  readonly leftOut: readonly LeftOut[];
  readonly surroundings: Surroundings;
  readonly plan: ComposePlan | null;
  readonly notes: readonly ExportNote[];
}

export type ExportProblemCode = 'no-module' | 'unreadable-module' | 'no-functions' | 'bad-package';

const PACKAGE = filePath('package.json');
const LOCK = filePath('package-lock.json');

/** Where a function server and what runs it are generated. */
const SERVING = /^(?:(?:statefun-(?:studio-)?)?server\/|Dockerfile|\.dockerignore$|k8s\/functions\.yaml$)/;

/** @param name names the package; any text */
export function exportProject(
  whole: Project,
  name: string,
  options: ExportOptions = DEFAULT_EXPORT,
): Result<ExportedProject, readonly Problem[]> {
  const without = options.withoutSecrets ? leaveSecretsOut(whole) : null;
  if (without !== null && without.problems.length > 0) {
    return err(without.problems);
  }
  const project = without?.project ?? whole;
  const moduleText = textFile(project, MODULE_YAML);
  if (moduleText === null) {
    return refuse('no-module', 'There is no module.yaml: nothing says what StateFun should run.');
  }
  const decoded = decodeModule(moduleText);
  if (!decoded.parsed) {
    return refuse('unreadable-module', 'module.yaml cannot be read as YAML; mend it first.');
  }
  const { studio } = decodeStudioFile(textFile(project, STUDIO_JSON));
  const definition = moduleDefinition(decoded);
  const functions = servedFunctions(project, definition, studio);
  const { code, endpoints: served, isRemote, serves } = functions;
  if (!serves && definition.endpoints.length === 0) {
    return refuse('no-functions', 'No file defines a function, and no endpoint says where one is served: there is nothing to run.');
  }
  const wrong = optionProblems(options, serves);
  if (wrong.length > 0) {
    return err(wrong);
  }
  const server = serverFolder(project);
  const packaged = serves ? packageFiles(project, packageName(name), server) : ok(null);
  if (!packaged.ok) {
    return err([{ code: 'bad-package', severity: 'error', message: packaged.error, path: PACKAGE }]);
  }
  const pack = packaged.value;
  const facts = analyseCode(code);
  const surroundings = surroundingsOf(decoded, facts, studio, isRemote);
  const secrets = findSecrets(project, decoded);
  const plan = options.compose ? composePlan(moduleText, decoded.components, surroundings, options) : null;
  const ports = serves ? [...new Set([...servingPorts(served), ...(plan?.endpoints ?? []).map(({ place }) => place.port)])] : [];
  const paths = servingPaths(served);
  const packName = pack?.name ?? packageName(name);
  const label = packageName(packName).slice(0, 40).replace(/-+$/, '');

  const writer = new ExportWriter(project);
  if (pack !== null) {
    writeServer(writer, pack, server, projectModule([...code.keys()], ports, paths));
  }
  writer.writeUnlessThere('.gitignore', `# ${GENERATED_MARK}.\nnode_modules/\ndist/\n.env\n`);
  const deployment = writeDeployment(
    {
      project,
      options,
      label,
      moduleText,
      components: decoded.components,
      code: serves ? [...code.values()] : [],
      plan,
      surroundings,
      settings: studio.settings,
      ports,
      pack,
      secret: secrets.some(({ path }) => path === MODULE_YAML),
    },
    writer,
  );
  writer.write(
    writer.isOwn('README.md') ? 'RUNNING.md' : 'README.md',
    runReadme({
      name: packName,
      label,
      options,
      ports,
      paths,
      pack,
      server,
      plan,
      deployment,
      surroundings,
      studio,
      samples: sampleRecords(studio.feeds),
      secrets,
      fed: new Set(definition.ingresses.flatMap(({ routes }) => routes.map(({ topic }) => topic))),
    }),
  );
  const { written, aside } = writer;
  // What an earlier export made for a server that is no more.
  const isOurPackage = !serves && isMadeByExport(textFile(project, PACKAGE), textFile(project, LOCK), server);
  const isStale = (path: FilePath): boolean =>
    (!serves && SERVING.test(path) && isGeneratedFile(project, path)) || (isOurPackage && (path === PACKAGE || path === LOCK));
  const kept = [...project.files].filter(([path]) => !isStale(path));
  const files = new Map([...kept, ...written].sort(([a], [b]) => (a < b ? -1 : 1)));
  const replaced = [...written]
    .filter(([path, text]) => (project.files.get(path) ?? text) !== text)
    .map(([path]) => path)
    .sort();
  const exported = {
    files,
    generated: [...written.keys()].sort(),
    replaced,
    commands: pack === null ? null : npmCommands(pack),
    addedToPackage: pack?.added ?? [],
    aside,
    ports,
    secrets,
    leftOut: without?.leftOut ?? [],
    surroundings,
    plan,
  };
  return ok({
    ...exported,
    notes: exportNotes({
      ...exported,
      options,
      settings: studio.settings,
      locked: pack?.locked ?? true,
      deployment,
      serves,
      leftOver: kept.map(([path]) => path).filter((path) => !written.has(path) && isGeneratedFile(project, path)),
      unserved: unservedFunctions(definition, facts, studio, functions),
      otherLocks: [...project.files.keys()].filter((path) => /^(?:yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/.test(path)).sort(),
    }),
  });
}

function packageFiles(project: Project, wanted: string, server: string): Result<PackageFiles, string> {
  const own = textFile(project, PACKAGE);
  return own === null ? ok(newPackage(wanted, server)) : mergePackage(own, textFile(project, LOCK), wanted, server);
}

function writeServer(writer: ExportWriter, pack: PackageFiles, server: string, project: string): void {
  writer.set(PACKAGE, pack.manifest);
  if (pack.lock !== null) {
    writer.set(LOCK, pack.lock);
  }
  const texts = {
    'main.js': mainText,
    'find-functions.js': findText,
    'binds.js': bindsText,
    'paths.js': pathsText,
    'request.js': requestText,
    'build.mjs': buildText,
    'project.js': project,
  };
  for (const [file, text] of Object.entries(texts)) {
    writer.set(`${server}/${file}`, text);
  }
}

/** `server`, unless the project keeps files of its own there. */
function serverFolder(project: Project): string {
  const isOwn = (folder: string): boolean =>
    [...project.files.keys()].some((path) => path.startsWith(`${folder}/`) && !isGeneratedFile(project, path));
  return ['server', 'statefun-server', 'statefun-studio-server'].find((folder) => !isOwn(folder)) ?? 'server';
}

function refuse(code: ExportProblemCode, message: string): Result<never, readonly Problem<ExportProblemCode>[]> {
  return err([{ code, severity: 'error', message, path: MODULE_YAML }]);
}
