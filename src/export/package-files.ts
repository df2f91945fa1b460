/**
 * package.json and package-lock.json of an exported project: exact versions, the whole tree locked, the same bytes each time.
 * The lock names no registry, so that `npm ci` asks the one that is configured.
 */
import lockedPackages from './locked-packages.json' with { type: 'json' };

const DEPENDENCIES = { 'apache-flink-statefun': '3.3.0' };
/** Builds functions and server; not needed where they run. */
const DEV_DEPENDENCIES = { rolldown: '1.2.19' };
const ENGINES = { node: '>=20.19' };
const VERSION = '1.0.0';

export function packageJson(name: string): string {
  return json({
    name,
    version: VERSION,
    private: true,
    scripts: { build: 'node server/build.mjs', prestart: 'npm run build', start: 'node dist/server.cjs' },
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
