import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { exportProject } from '../../src/export/export-project.ts';
import { servingPorts } from '../../src/export/serving.ts';
import type { EndpointDefinition } from '../../src/model/module.ts';
import { projectOf } from '../../src/model/project.ts';
import { loadExample } from '../support/load-example.ts';
import { exampleFiles, exportOf } from './deployment.ts';

function exported(files: ReadonlyMap<string, string | Uint8Array>, name = 'My Project!') {
  const result = exportProject(projectOf(Object.fromEntries(files)), name);
  if (!result.ok) {
    throw new Error(JSON.stringify(result.error));
  }
  return result.value;
}

function json(files: ReadonlyMap<string, string | Uint8Array>, path: string): Record<string, unknown> {
  return JSON.parse(String(files.get(path))) as Record<string, unknown>;
}

function endpoints(...urls: readonly string[]): EndpointDefinition[] {
  return urls.map((urlPathTemplate) => ({
    type: 'endpoint',
    kind: 'io.statefun.endpoints.v2/http',
    pattern: { namespace: 'a', name: '*' },
    urlPathTemplate,
    maxNumBatchRequests: 1000,
    transport: 'async',
    timeouts: { call: 60_000, connect: 10_000, read: 10_000, write: 10_000 },
  }));
}

it('tells of files that an earlier export made and this one does not, which stay as they are', () => {
  const kubernetes = { functionsImage: 'a:1', checkpoints: { type: 'claim', name: 'c' } } as const;
  const once = exportOf(exampleFiles('greeter'), { kubernetes });
  const again = exportOf(Object.fromEntries(once.files));
  expect(again.notes.map(({ code, message }) => [code, message])).toEqual([
    [
      'left-over',
      expect.stringContaining('made k8s/flink-conf.yaml, k8s/functions.yaml, k8s/statefun.yaml, kustomization.yaml, this one does not'),
    ],
  ]);
  expect([...again.files.keys()]).toEqual([...once.files.keys()]);
  expect(exportOf(Object.fromEntries(once.files), { kubernetes }).notes).toEqual([]);
});

describe('the exported folder', () => {
  it.each(['greeter', 'shopping-cart', 'fraud-detection'])('holds every file of %s byte for byte', (example) => {
    const files = loadExample(example);
    const result = exported(files);
    for (const [path, text] of files) {
      expect(result.files.get(path)).toBe(text);
    }
    expect(result.replaced).toEqual([]);
  });

  it('keeps files that are no text, and a README of the project beside its own', () => {
    const image = new Uint8Array([0, 255, 128]);
    const files = new Map<string, string | Uint8Array>([...loadExample('greeter'), ['pictures/a.png', image], ['README.md', '# mine\n']]);
    const result = exported(files);
    expect(result.files.get(filePath('pictures/a.png'))).toBe(image);
    expect(result.files.get(filePath('README.md'))).toBe('# mine\n');
    expect(String(result.files.get(filePath('RUNNING.md')))).toContain('npm start');
  });

  it('is the same each time, and exporting the export changes nothing', () => {
    const files = loadExample('fraud-detection');
    const once = exported(files);
    expect([...exported(files).files]).toEqual([...once.files]);
    const again = exported(once.files);
    expect(Object.fromEntries(again.files)).toEqual(Object.fromEntries(once.files));
    expect(again.replaced).toEqual([]);
  });

  it('asks for exact versions, and its lock holds them without naming a registry', () => {
    const { files } = exported(loadExample('greeter'));
    const manifest = json(files, 'package.json');
    const lock = json(files, 'package-lock.json') as {
      readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity?: string }>>;
    };
    const wanted = { ...(manifest['dependencies'] as object), ...(manifest['devDependencies'] as object) };
    expect(Object.keys(wanted)).toEqual(['apache-flink-statefun', 'rolldown']);
    for (const [name, version] of Object.entries(wanted)) {
      expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
    }
    const { '': root, ...packages } = lock.packages;
    expect(root).toMatchObject({ name: 'my-project', version: '1.0.0', dependencies: manifest['dependencies'] });
    expect(Object.values(packages).every(({ integrity }) => integrity?.startsWith('sha512-') === true)).toBe(true);
    expect(String(files.get(filePath('package-lock.json')))).not.toMatch(/"resolved"|registry/);
  });

  it('builds with the packages that the Studio itself is tested with', () => {
    const versions = json(exported(loadExample('greeter')).files, 'package.json');
    for (const [name, version] of Object.entries({
      ...(versions['dependencies'] as Record<string, string>),
      ...(versions['devDependencies'] as Record<string, string>),
    })) {
      const manifest = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url));
      expect((JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version).toBe(version);
    }
  });

  it.each([
    ['no-module', { 'functions/a.ts': '' }],
    ['unreadable-module', { 'module.yaml': 'a: [', 'functions/a.ts': '' }],
    ['no-functions', { 'module.yaml': 'kind: io.statefun.endpoints.v2/http\n', 'functions/a.d.ts': '' }],
  ])('refuses a project with %s', (code, files) => {
    const result = exportProject(projectOf(files), 'x');
    expect(result).toMatchObject({ ok: false, error: [{ code, severity: 'error' }] });
  });
});

describe('the ports to serve on', () => {
  it.each([
    [['http://functions:8000/statefun'], [8000]],
    [
      ['http://a:8001/x', 'http://b:8002/{function.name}', 'http://c:8001/'],
      [8001, 8002],
    ],
    [['http://functions/statefun'], [80]],
    [['https://functions:8443/statefun'], [8000]],
    [['http+unix:///run/functions.sock/statefun'], [8000]],
    [['http://[::1]:9000/{function.name}'], [9000]],
    [[], [8000]],
  ])('of %j are %j', (urls, ports) => {
    expect(servingPorts(endpoints(...urls))).toEqual(ports);
  });
});
