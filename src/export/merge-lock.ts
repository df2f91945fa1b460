/**
 * package-lock.json where the project has one of its own: it gains what the server needs, so that `npm ci` takes it. All that it locks stays
 * locked as it is. Where a package of the server's is there in another version, only npm can put both together.
 */
import type { JsonValue } from '../base/json.ts';
import lockedPackages from './locked-packages.json' with { type: 'json' };
import { DEPENDENCIES, DEV_DEPENDENCIES } from './package-files.ts';
import { isObject } from './surroundings.ts';

type JsonObject = { readonly [key: string]: JsonValue };

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

/** npm ci refuses a lock whose root does not ask for what package.json asks for. */
export function lockFits(lock: JsonObject, manifest: JsonObject): boolean {
  const root = objectOf(objectOf(lock['packages'])['']);
  return isObject(lock['packages']) && KINDS.every((key) => sameEntries(objectOf(root[key]), objectOf(manifest[key])));
}

/**
 * The lock with what was added to the manifest, or null where it cannot be known.
 * @param before the manifest that the lock was made for
 */
export function mergedLock(lock: JsonObject, before: JsonObject, after: JsonObject): JsonObject | null {
  if (!lockFits(lock, before)) {
    return null;
  }
  const packages = objectOf(lock['packages']);
  const adds = (key: (typeof KINDS)[number], name: string): boolean =>
    objectOf(after[key])[name] !== undefined && objectOf(before[key])[name] === undefined;
  const runs = Object.keys(DEPENDENCIES).some((name) => adds('dependencies', name));
  const builds = Object.keys(DEV_DEPENDENCIES).some((name) => adds('devDependencies', name));
  const merged: Record<string, JsonValue> = { ...packages };
  for (const [path, ours] of Object.entries<JsonObject>(lockedPackages)) {
    if (ours['dev'] === true ? !builds : !runs) {
      continue;
    }
    const theirs = packages[path];
    if (theirs === undefined) {
      merged[path] = ours;
    } else if (isObject(theirs) && theirs['version'] === ours['version']) {
      merged[path] = ours['dev'] === true ? theirs : withoutFlags(theirs);
    } else {
      return null;
    }
  }
  const root = {
    ...objectOf(packages['']),
    ...Object.fromEntries(KINDS.flatMap((key) => (after[key] === undefined ? [] : [[key, after[key]]]))),
  };
  const paths = Object.keys(merged).filter((path) => path !== '');
  const sorted = paths.sort((a, b) => (a < b ? -1 : 1)).map((path) => [path, merged[path] ?? null] as const);
  return { ...lock, packages: Object.fromEntries([['', root], ...sorted]) };
}

/** What the server runs with is needed where only some build or option needed it. */
function withoutFlags(entry: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(entry).filter(([key]) => !['dev', 'optional', 'devOptional', 'peer', 'extraneous'].includes(key)),
  );
}

export function sameEntries(left: JsonObject, right: JsonObject): boolean {
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
