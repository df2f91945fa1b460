/**
 * package.json where the project has one of its own: its text stays as it is, and what the server needs is added. Nothing of the user's
 * is replaced; where a script of the same name is there, the export's gets a name of its own.
 */
import type { JsonValue } from '../base/json.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { editJson } from '../model/json-edit.ts';
import { jsonValueOf, scanJson } from '../model/json-text.ts';
import { lockFits, mergedLock, sameEntries } from './merge-lock.ts';
import { isObject } from './surroundings.ts';
import { DEPENDENCIES, DEV_DEPENDENCIES, packageLock, packageJson, scriptsFor } from './package-files.ts';

export interface PackageFiles {
  readonly name: string;
  readonly manifest: string;
  /** Null where the project's own lock stays, or where only npm can write one. */
  readonly lock: string | null;
  /** Whether `npm ci` takes manifest and lock as they are. */
  readonly locked: boolean;
  readonly scripts: { readonly build: string; readonly start: string };
  /** What `npm ci` reads besides package.json and the lock. */
  readonly install: 'manifest' | 'everything';
  /** What was added to the project's own, e.g. `dependencies.rolldown`. */
  readonly added: readonly string[];
}

type JsonObject = { readonly [key: string]: JsonValue };

const OWN_SCRIPTS = { build: 'build', start: 'start' };

/** @param server the folder of the server */
export function newPackage(name: string, server: string): PackageFiles {
  return {
    name,
    manifest: packageJson(name, server),
    lock: packageLock(name),
    locked: true,
    scripts: OWN_SCRIPTS,
    added: [],
    install: 'manifest',
  };
}

/** Whether the two are what an export without packages of the project's own has, to the byte: JSON holds no mark. */
export function isMadeByExport(manifest: string | null, lock: string | null, server: string): boolean {
  const name = readObject(manifest ?? '')?.['name'];
  const made = typeof name === 'string' ? newPackage(name, server) : null;
  return made !== null && manifest === made.manifest && lock === made.lock;
}

export function npmCommands({ locked, scripts }: PackageFiles): { readonly install: string; readonly start: string } {
  return { install: locked ? 'npm ci' : 'npm install', start: scripts.start === 'start' ? 'npm start' : `npm run ${scripts.start}` };
}

/** An error is a sentence. @param lock the project's own lock file */
export function mergePackage(text: string, lock: string | null, name: string, server: string): Result<PackageFiles, string> {
  const written = readObject(text);
  if (written === null) {
    return err('package.json is not JSON: mend it, or take it out of the project, and export again.');
  }
  const scripts = objectOf(written['scripts']);
  const clash = Object.entries(scriptsFor(server, OWN_SCRIPTS)).some(([key, value]) => key in scripts && scripts[key] !== value);
  const names = clash ? { build: 'statefun:build', start: 'statefun:start' } : OWN_SCRIPTS;
  const everywhere = { ...objectOf(written['devDependencies']), ...objectOf(written['dependencies']) };
  const wanted: readonly (readonly [readonly string[], JsonValue])[] = [
    ...(written['name'] === undefined ? [[['name'], name] as const] : []),
    ...Object.entries(scriptsFor(server, names))
      .filter(([key]) => scripts[key] === undefined)
      .map(([key, value]) => [['scripts', key], value] as const),
    ...missing(DEPENDENCIES, objectOf(written['dependencies'])).map(([key, value]) => [['dependencies', key], value] as const),
    ...missing(DEV_DEPENDENCIES, everywhere).map(([key, value]) => [['devDependencies', key], value] as const),
  ];
  let manifest = text;
  for (const [path, value] of wanted) {
    manifest = withValue(manifest, path, value);
  }
  const merged = readObject(manifest) ?? {};
  const finalName = typeof merged['name'] === 'string' ? merged['name'] : name;
  const own = lock === null ? null : readObject(lock);
  const fits = own !== null && lockFits(own, merged);
  // The lock of an export holds what an export needs, and nothing else.
  const isOurs =
    lock === null &&
    sameEntries(objectOf(merged['dependencies']), DEPENDENCIES) &&
    sameEntries(objectOf(merged['devDependencies']), DEV_DEPENDENCIES);
  const gained = own === null || fits ? null : mergedLock(own, written, merged);
  const newLock = isOurs ? packageLock(finalName) : gained === null ? null : `${JSON.stringify(gained, null, 2)}\n`;
  return ok({
    name: finalName,
    manifest,
    lock: newLock,
    locked: fits || newLock !== null,
    scripts: names,
    added: [...wanted.map(([path]) => path.join('.')), ...(gained === null ? [] : ['what these need to package-lock.json'])],
    install: installFiles(merged),
  });
}

/** What npm reads when it installs: with packages in folders of the project, or scripts that run then, that may be anything. */
function installFiles(manifest: JsonObject): PackageFiles['install'] {
  const specs = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) => Object.values(objectOf(manifest[key])));
  const isLocal = specs.some((spec) => typeof spec === 'string' && /^(?:file:|link:|\.{0,2}\/|workspace:)/.test(spec));
  const scripts = objectOf(manifest['scripts']);
  const runs = ['preinstall', 'install', 'postinstall', 'prepare'].some((name) => scripts[name] !== undefined);
  return isLocal || runs || manifest['workspaces'] !== undefined ? 'everything' : 'manifest';
}

function missing(needed: Readonly<Record<string, string>>, present: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(needed).filter(([key]) => present[key] === undefined);
}

function withValue(text: string, path: readonly string[], value: JsonValue): string {
  const scan = scanJson(text);
  const change = scan.ok ? editJson(text, scan.root, path, value) : null;
  return change === null ? text : text.slice(0, change.from) + change.insert + text.slice(change.to);
}

function readObject(text: string): JsonObject | null {
  const scan = scanJson(text);
  return scan.ok && scan.root.type === 'object' ? objectOf(jsonValueOf(scan.root)) : null;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
