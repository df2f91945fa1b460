/**
 * package.json and package-lock.json of an exported project: exact versions, the whole tree locked, the same bytes each time.
 * The lock names no registry, so that `npm ci` asks the one that is configured.
 */
import lockedPackages from './locked-packages.json' with { type: 'json' };

export const DEPENDENCIES = { 'apache-flink-statefun': '3.3.0' };
/** Builds functions and server; not needed where they run. */
export const DEV_DEPENDENCIES = { rolldown: '1.2.19' };
const ENGINES = { node: '>=20.19' };
const VERSION = '1.0.0';

/** @param names what the two scripts are called where the project has others of those names */
export function scriptsFor(server: string, names: { readonly build: string; readonly start: string }): Readonly<Record<string, string>> {
  return {
    [names.build]: `node ${server}/build.mjs`,
    [`pre${names.start}`]: `npm run ${names.build}`,
    [names.start]: 'node dist/server.cjs',
  };
}

export function packageJson(name: string, server: string): string {
  return json({
    name,
    version: VERSION,
    private: true,
    scripts: scriptsFor(server, { build: 'build', start: 'start' }),
    dependencies: DEPENDENCIES,
    devDependencies: DEV_DEPENDENCIES,
    engines: ENGINES,
  });
}

export function packageLock(name: string): string {
  const root = { name, version: VERSION, dependencies: DEPENDENCIES, devDependencies: DEV_DEPENDENCIES, engines: ENGINES };
  return json({ name, version: VERSION, lockfileVersion: 3, requires: true, packages: { '': root, ...lockedPackages } });
}

/** The closest name that npm takes: small letters, digits and dashes. */
export function packageName(projectName: string): string {
  const name = projectName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 100);
  return name === '' || name === 'node-modules' ? 'statefun-functions' : name;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
