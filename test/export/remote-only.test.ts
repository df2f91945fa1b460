/** Projects whose functions servers of the user's answer, all of them or some. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DEFAULT_EXPORT } from '../../src/export/export-options.ts';
import { exportProject } from '../../src/export/export-project.ts';
import { projectOf } from '../../src/model/project.ts';
import { schemaFaults } from '../support/json-schema.ts';
import { FUNCTION, composeOf, exportOf, textOf } from './deployment.ts';

const COMPOSE = JSON.parse(readFileSync(fileURLToPath(new URL('../support/schemas/compose-spec.json', import.meta.url)), 'utf8')) as Record<
  string,
  never
>;

const endpoint = (functions: string, url: string) =>
  `kind: io.statefun.endpoints.v2/http\nspec:\n  functions: ${functions}\n  urlPathTemplate: ${url} # theirs\n`;
const INGRESS =
  'kind: io.statefun.kafka.v1/ingress\nspec:\n  id: shop/orders\n  address: kafka:9092\n  consumerGroupId: shop\n  topics: [{topic: orders, valueType: a/b, targets: [shop/one]}]\n';
const remotes = (...list: readonly { functions: string; url?: string }[]) => JSON.stringify({ version: 1, remotes: list });
const KUBERNETES = { functionsImage: '', checkpoints: { type: 'claim', name: 'c' } } as const;

const noCode = { 'module.yaml': [endpoint('shop/*', 'http://localhost:8000/statefun'), INGRESS].join('---\n') };
const allRemote = {
  'module.yaml': [endpoint('shop/*', 'https://functions.example.com/statefun'), INGRESS].join('---\n'),
  'functions/one.ts': FUNCTION,
  'studio.json': remotes({ functions: 'shop/*', url: 'http://127.0.0.1:9000/{function.name}' }),
};

describe.each([
  ['that has no code', noCode],
  ['whose endpoints are all remote', allRemote],
])('a project %s', (_, files) => {
  const exported = exportOf(files, { kubernetes: KUBERNETES });

  it('is exported without a server of functions, and without what one would need', () => {
    const paths = [...exported.files.keys()];
    expect(paths.filter((path) => /^(?:server\/|package|Dockerfile|\.dockerignore|k8s\/functions)/.test(path))).toEqual([]);
    expect(exported.ports).toEqual([]);
    expect(exported.commands).toBeNull();
    for (const [path, text] of Object.entries(files)) {
      expect(textOf(exported, path)).toBe(text);
    }
  });

  it('runs StateFun and Kafka with its topics, and waits for no server of functions', () => {
    const compose = composeOf(exported);
    expect(schemaFaults(COMPOSE, compose as never)).toEqual([]);
    expect(Object.keys(compose.services)).toEqual(['kafka', 'kafka-topics', 'statefun-manager', 'statefun-worker']);
    const { depends_on: waits } = compose.services['statefun-manager'] as unknown as Record<string, unknown>;
    expect(waits).toEqual({ 'kafka-topics': { condition: 'service_completed_successfully' } });
    expect(parse(textOf(exported, 'kustomization.yaml'))).toMatchObject({ resources: ['k8s/statefun.yaml'] });
  });

  it('has a README that says where the functions are, and has nothing built', () => {
    const readme = textOf(exported, 'README.md');
    expect(readme).toContain('None is served here: StateFun calls servers of yours');
    expect(readme).toMatch(/\| `shop\/\*` \| `https?:\/\/[a-z.]+(?::8000)?\/statefun` \|/);
    expect(readme).not.toMatch(/npm |--build|docker build|deployment\/shop-functions/);
    expect(exported.notes.filter(({ code }) => code === 'outside').map(({ message }) => message)[0]).toContain('shop/* at http');
  });

  it('gives the same bytes when it is exported again', () => {
    const again = exportOf(Object.fromEntries(exported.files), { kubernetes: KUBERNETES });
    expect(Object.fromEntries(again.files)).toEqual(Object.fromEntries(exported.files));
  });
});

describe('servers on this machine', () => {
  it.each([
    ['where module.yaml names them', noCode, 'http://host.docker.internal:8000/statefun'],
    ['where studio.json names them', allRemote, 'http://host.docker.internal:9000/{function.name}'],
  ])('are reached from containers by a name of theirs, %s', (_, files, url) => {
    const exported = exportOf(files, { servers: 'local' });
    expect(textOf(exported, 'module.compose.yaml')).toContain(`urlPathTemplate: ${url} # theirs`);
    expect(textOf(exported, 'module.yaml')).toBe(files['module.yaml']);
    const worker = composeOf(exported).services['statefun-worker'] as unknown as Record<string, unknown>;
    expect(worker['extra_hosts']).toEqual(['host.docker.internal:host-gateway']);
    expect(worker['volumes']).toContain('./module.compose.yaml:/opt/statefun/modules/shop/module.yaml:ro');
    expect(schemaFaults(COMPOSE, composeOf(exported) as never)).toEqual([]);
    // What is bound to 127.0.0.1 is not reached by the address that Docker gives that name on Linux.
    expect(textOf(exported, 'README.md')).toContain('only where it listens on all addresses (`0.0.0.0`)');
    expect(textOf(exportOf(files), 'README.md')).not.toContain('0.0.0.0');
  });

  it('cannot be reached from a cluster under the name of this machine, which is told', () => {
    const { notes } = exportOf(noCode, { compose: false, kubernetes: KUBERNETES });
    expect(notes.map(({ message }) => message).join()).toContain('cannot be reached from a cluster');
  });
});

it('an export whose endpoints were all switched to servers elsewhere loses the server that it had, and nothing else', () => {
  const { 'studio.json': studio, ...local } = allRemote;
  const once = exportOf({ ...local, 'server.txt': 'mine' }, { kubernetes: { ...KUBERNETES, functionsImage: 'a:1' } });
  const again = exportOf({ ...Object.fromEntries(once.files), 'studio.json': studio }, { kubernetes: KUBERNETES });
  const gone = [...once.files.keys()].filter((path) => !again.files.has(path));
  expect(gone.filter((path) => !path.startsWith('server/'))).toEqual([
    '.dockerignore',
    'Dockerfile',
    'k8s/functions.yaml',
    'package-lock.json',
    'package.json',
  ]);
  expect([...again.files.keys()].filter((path) => path.startsWith('server/'))).toEqual([]);
  expect(textOf(again, 'functions/one.ts')).toBe(FUNCTION);
});

describe('a project with functions here and elsewhere', () => {
  const files = {
    'module.yaml': [endpoint('shop/*', 'http://functions:8000/statefun'), endpoint('model/*', 'http://scorer.example.com/x'), INGRESS].join(
      '---\n',
    ),
    'functions/one.ts': FUNCTION,
    'studio.json': remotes({ functions: 'model/*' }),
  };

  it('has a server for the ones and leaves the others where they are', () => {
    const exported = exportOf(files);
    expect(Object.keys(composeOf(exported).services)).toContain('functions');
    expect(exported.ports).toEqual([8000]);
    expect(textOf(exported, 'server/project.js')).not.toContain('/x');
    expect(textOf(exported, 'README.md')).toContain('| `model/*` | `http://scorer.example.com/x` |');
    expect(textOf(exported, 'README.md')).toContain('model/* at http://scorer.example.com/x (its functions are served elsewhere)');
  });

  it.each([
    [
      'which a server answers in the Studio',
      remotes({ functions: 'shop/one', url: 'http://localhost:9000/x' }),
      /Only in the Studio http:\/\/localhost:9000\/x/,
    ],
    ['which nobody answers', remotes(), /Write it, or give it an endpoint of its own in module\.yaml \(functions: shop\/one\)/],
  ])('warns of a function without code under an endpoint of its server, %s', (_, studio, told) => {
    const other = FUNCTION.replace('shop/one', 'shop/other');
    const missing = { ...files, 'functions/one.ts': other, 'studio.json': studio };
    const notes = exportOf(missing).notes.filter(({ code }) => code === 'not-served');
    expect(notes).toEqual([{ code: 'not-served', severity: 'warning', message: expect.stringMatching(told) }]);
    const own = [files['module.yaml'], endpoint('shop/one', 'http://scorer.example.com/one')].join('---\n');
    const served = { ...missing, 'module.yaml': own, 'studio.json': remotes({ functions: 'shop/one' }) };
    expect(exportOf(served).notes.map(({ code }) => code)).not.toContain('not-served');
    expect(exportOf(files).notes.map(({ code }) => code)).not.toContain('not-served');
  });

  it('needs an image of its server in a cluster, unlike one that has none', () => {
    const project = projectOf(files);
    const result = exportProject(project, 'shop', { ...DEFAULT_EXPORT, kubernetes: KUBERNETES });
    expect(result.ok ? [] : result.error.map(({ code }) => code)).toEqual(['no-functions-image']);
  });
});

it('a project without code and without endpoints has nothing to run', () => {
  const result = exportProject(projectOf({ 'module.yaml': INGRESS }), 'shop');
  expect(result.ok ? [] : result.error.map(({ code }) => code)).toEqual(['no-functions']);
});
