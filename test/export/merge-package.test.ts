import { describe, expect, it } from 'vitest';
import { exampleFiles, exportOf, textOf } from './deployment.ts';

const OWN = `{
    "name": "my-shop",
    "type": "module",
    "scripts": { "start": "node index.js" },
    "dependencies": { "left-pad": "^1.3.0" }
}
`;

function json(text: string): Record<string, Record<string, string>> {
  return JSON.parse(text) as Record<string, Record<string, string>>;
}

describe("a project's own package.json", () => {
  const exported = exportOf({ ...exampleFiles('greeter'), 'package.json': OWN });
  const merged = json(textOf(exported, 'package.json'));

  it('keeps what it has and gains what the server needs, under names that are free', () => {
    expect(merged).toMatchObject({
      name: 'my-shop',
      type: 'module',
      scripts: { start: 'node index.js', 'statefun:build': 'node server/build.mjs', 'statefun:start': 'node dist/server.cjs' },
      dependencies: { 'left-pad': '^1.3.0', 'apache-flink-statefun': '3.3.0' },
    });
    expect(merged['devDependencies']).toHaveProperty('rolldown');
    expect(textOf(exported, 'package.json')).toContain('    "name": "my-shop",\n    "type": "module",\n');
    expect(exported.replaced).toEqual(['package.json']);
    expect(exported.addedToPackage).toContain('dependencies.apache-flink-statefun');
  });

  it('gets no lock that would forget its packages: README and Dockerfile install', () => {
    expect([...exported.files.keys()]).not.toContain('package-lock.json');
    expect(textOf(exported, 'Dockerfile')).toContain('RUN npm install ');
    expect(textOf(exported, 'Dockerfile')).toContain('npm run statefun:build');
    expect(textOf(exported, 'RUNNING.md')).toContain('npm install\nnpm run statefun:start');
  });

  it('keeps a lock that already holds everything', () => {
    const root = { dependencies: merged['dependencies'], devDependencies: merged['devDependencies'] };
    const lock = JSON.stringify({ lockfileVersion: 3, packages: { '': root } });
    const again = exportOf({ ...exampleFiles('greeter'), 'package.json': textOf(exported, 'package.json'), 'package-lock.json': lock });
    expect(textOf(again, 'package-lock.json')).toBe(lock);
    expect(textOf(again, 'Dockerfile')).toContain('RUN npm ci ');
    expect(again.addedToPackage).toEqual([]);
  });

  const small = (more: object = {}, root: object = { 'left-pad': '^1.3.0' }) =>
    JSON.stringify({
      name: 'my-shop',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'my-shop', dependencies: root },
        'node_modules/left-pad': { version: '1.3.0', integrity: 'sha512-x' },
        ...more,
      },
    });
  const withLock = (lock: string) => exportOf({ ...exampleFiles('greeter'), 'package.json': OWN, 'package-lock.json': lock });

  it('has its lock gain what the server needs, and all that it locks stays', () => {
    const result = withLock(small());
    const lock = JSON.parse(textOf(result, 'package-lock.json')) as { packages: Record<string, Record<string, unknown>> };
    expect(lock.packages['']).toMatchObject({
      name: 'my-shop',
      dependencies: { 'left-pad': '^1.3.0', 'apache-flink-statefun': '3.3.0' },
      devDependencies: { rolldown: expect.any(String) as string },
    });
    expect(lock.packages['node_modules/left-pad']).toEqual({ version: '1.3.0', integrity: 'sha512-x' });
    expect(lock.packages['node_modules/apache-flink-statefun']).toMatchObject({ version: '3.3.0' });
    expect(lock.packages['node_modules/rolldown']).toMatchObject({ dev: true });
    expect(textOf(result, 'Dockerfile')).toContain('RUN npm ci ');
    expect(textOf(result, 'RUNNING.md')).toContain('npm ci\nnpm run statefun:start');
    expect(result.replaced).toEqual(['package-lock.json', 'package.json']);
    expect(result.notes.map(({ code }) => code)).not.toContain('lock-behind');
    const again = exportOf(Object.fromEntries(result.files));
    expect(textOf(again, 'package-lock.json')).toBe(textOf(result, 'package-lock.json'));
  });

  it('takes what only a build needed for what the server runs with', () => {
    const result = withLock(small({ 'node_modules/google-protobuf': { version: '3.21.4', dev: true, license: 'x' } }));
    const { packages } = JSON.parse(textOf(result, 'package-lock.json')) as { packages: Record<string, unknown> };
    const known = JSON.parse(textOf(exportOf(exampleFiles('greeter')), 'package-lock.json')) as {
      packages: Record<string, { version: string }>;
    };
    expect(known.packages['node_modules/google-protobuf']?.version).toBe('3.21.4');
    expect(packages['node_modules/google-protobuf']).toEqual({ version: '3.21.4', license: 'x' });
  });

  it.each([
    ['has a package of the server in another version', small({ 'node_modules/rolldown': { version: '0.9.0' } })],
    ['was made for another package.json', small({}, { 'left-pad': '^1.2.0' })],
    ['is of an npm before 7', JSON.stringify({ lockfileVersion: 1, dependencies: {} })],
    ['is no JSON', '{'],
  ])('keeps its lock as it is where only npm can bring it up to date: it %s', (_, lock) => {
    const result = withLock(lock);
    expect(textOf(result, 'package-lock.json')).toBe(lock);
    expect(textOf(result, 'Dockerfile')).toContain('RUN npm install ');
    expect(textOf(result, 'RUNNING.md')).not.toMatch(/^npm ci$/m);
    expect(result.notes.map(({ code }) => code)).toContain('lock-behind');
  });

  it('is told that the lock of another package manager is not used', () => {
    const { notes } = exportOf({ ...exampleFiles('greeter'), 'package.json': OWN, 'yarn.lock': '# yarn lockfile v1\n' });
    expect(notes.filter(({ code }) => code === 'other-lock').map(({ message }) => message)).toEqual([
      'yarn.lock is not used: what README and Dockerfile run is npm.',
    ]);
  });

  it.each([
    ['a folder of its own as a package', { dependencies: { lib: 'file:./lib' } }, []],
    ['a script that runs on installing', { scripts: { postinstall: 'node make.js' } }, []],
    ['a registry of its own', {}, ['.npmrc']],
  ])('is installed in the image with all that npm reads then: %s', (_, manifest, more) => {
    const own = {
      ...exampleFiles('greeter'),
      'package.json': JSON.stringify(manifest),
      ...Object.fromEntries(more.map((path) => [path, ''])),
    };
    const docker = textOf(exportOf(own), 'Dockerfile');
    const before = docker.slice(0, docker.indexOf('RUN npm'));
    expect(before).toContain(more.length === 0 ? 'COPY . .' : 'COPY package.json package-lock.json* .npmrc ./');
  });

  it('keeps versions that it chose itself', () => {
    const own = '{"dependencies":{"apache-flink-statefun":"3.2.0"},"devDependencies":{"rolldown":"1.0.0"}}';
    const { dependencies, devDependencies } = json(textOf(exportOf({ ...exampleFiles('greeter'), 'package.json': own }), 'package.json'));
    expect([dependencies, devDependencies]).toEqual([{ 'apache-flink-statefun': '3.2.0' }, { rolldown: '1.0.0' }]);
  });

  it('is mended first when it is no JSON', () => {
    expect(() => exportOf({ ...exampleFiles('greeter'), 'package.json': '{ oops' })).toThrow('bad-package');
  });
});

describe("files of the user's", () => {
  it('stay, and generated ones of the same names stand beside them', () => {
    const own = {
      Dockerfile: 'FROM scratch\n',
      'docker-compose.yml': 'services: {}\n',
      'flink-conf.yaml': 'a: b\n',
      '.gitignore': 'x\n',
      'server/main.js': '// mine\n',
      'README.md': '# mine\n',
    };
    const exported = exportOf({ ...exampleFiles('greeter'), ...own });
    for (const [path, text] of Object.entries(own)) {
      expect(textOf(exported, path)).toBe(text);
    }
    expect(exported.aside.map(({ path }) => path).sort()).toEqual(['Dockerfile.statefun', 'flink-conf.statefun.yaml']);
    expect(textOf(exported, 'statefun-server/main.js')).toContain('Serves the project');
    const compose = textOf(exported, 'compose.statefun.yaml');
    expect(compose).toContain('dockerfile: Dockerfile.statefun');
    expect(compose).toContain('./flink-conf.statefun.yaml:/opt/flink/conf/flink-conf.yaml:ro');
    expect(textOf(exported, 'RUNNING.md')).toContain('docker compose -f compose.statefun.yaml up');
    expect(exported.replaced).toEqual([]);
  });

  it.each([
    ['with everything', {}],
    ['with manifests', { kubernetes: { functionsImage: 'a:1', checkpoints: { type: 'claim', name: 'c' } } }],
  ] as const)('are what they were when an export is exported again, %s', (_, options) => {
    const { 'README.md': _readme, ...files } = exampleFiles('greeter');
    const once = exportOf(files, options);
    const again = exportOf(Object.fromEntries(once.files), options, 'another name');
    expect(Object.fromEntries(again.files)).toEqual(Object.fromEntries(once.files));
    expect([again.replaced, again.aside]).toEqual([[], []]);
  });
});
