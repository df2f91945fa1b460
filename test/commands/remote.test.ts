import { describe, expect, test } from 'vitest';
import { collectProblems } from '../../src/commands/derive.ts';
import { renameItem } from '../../src/commands/rename-item.ts';
import { setRemote } from '../../src/commands/set-remote.ts';
import { setSpecField } from '../../src/commands/set-spec-field.ts';
import { nodeId } from '../../src/base/ids.ts';
import { remoteTarget } from '../../src/model/remote-target.ts';
import { moduleDefinition } from '../../src/module-yaml/definition.ts';
import { typename } from '../../src/base/ids.ts';
import { FRAUD_FILES } from '../support/fraud-code.ts';
import { FRAUD_MODULE, StudioDriver } from '../support/studio-driver.ts';

function fraud(more: Readonly<Record<string, string>> = {}): StudioDriver {
  return new StudioDriver({ 'module.yaml': FRAUD_MODULE, ...FRAUD_FILES, ...more });
}

function codes(studio: StudioDriver): readonly string[] {
  return collectProblems(studio.context).map(({ code }) => code);
}

function nodeOf(studio: StudioDriver, id: string) {
  return studio.context.graph.nodes.find((node) => node.id === nodeId(id));
}

describe('an endpoint’s functions', () => {
  test('are made remote, at another URL, and local again, each in one step that leaves module.yaml alone', () => {
    const studio = fraud();
    const before = studio.text('module.yaml');
    expect(studio.run((context) => setRemote(context, { functions: 'fraud/*', remote: {} }))).toEqual([]);
    expect(studio.context.studio.remotes).toEqual([{ functions: 'fraud/*', url: null, timeoutMillis: 30_000 }]);
    expect(nodeOf(studio, 'endpoint:fraud/*')).toMatchObject({ remote: { functions: 'fraud/*' } });
    expect(nodeOf(studio, 'function:fraud/model')).toMatchObject({ remote: { functions: 'fraud/*' } });
    studio.run((context) => setRemote(context, { functions: 'fraud/*', remote: { url: 'http://localhost:9/{function.name}' } }));
    studio.run((context) => setRemote(context, { functions: 'fraud/*', remote: { timeoutMillis: 5 } }));
    const { remotes } = studio.context.studio;
    expect(remotes).toEqual([{ functions: 'fraud/*', url: 'http://localhost:9/{function.name}', timeoutMillis: 5 }]);
    expect(remoteTarget(moduleDefinition(studio.context.module), remotes, typename('fraud/model'))).toMatchObject({
      template: 'http://localhost:9/{function.name}',
      url: 'http://localhost:9/model',
      timeoutMillis: 5,
    });
    studio.run((context) => setRemote(context, { functions: 'fraud/*', remote: null }));
    expect(studio.context.studio.remotes).toEqual([]);
    expect(studio.text('module.yaml')).toBe(before);
  });

  test('of which one has a setting of its own go where that says', () => {
    const studio = fraud();
    studio.run((context) => setRemote(context, { functions: 'fraud/*', remote: { url: 'http://a/' } }));
    studio.run((context) => setRemote(context, { functions: 'fraud/model', remote: { url: 'http://b/' } }));
    const module = moduleDefinition(studio.context.module);
    const urlOf = (type: string) => remoteTarget(module, studio.context.studio.remotes, typename(type))?.url ?? null;
    expect([urlOf('fraud/model'), urlOf('fraud/count'), urlOf('other/model')]).toEqual(['http://b/', 'http://a/', null]);
  });

  test('cannot be at a URL that nothing can be sent to', () => {
    const studio = fraud();
    const [problem] = studio.run((context) => setRemote(context, { functions: 'fraud/*', remote: { url: 'localhost:8000' } }));
    expect(problem).toMatch(/must begin with http:\/\/ or https:\/\//);
    expect(studio.context.studio.remotes).toEqual([]);
  });

  test('keep their setting when the function or the pattern is renamed', () => {
    const studio = fraud();
    studio.run((context) => setRemote(context, { functions: 'fraud/model', remote: { url: 'http://b/' } }));
    studio.run((context) => setRemote(context, { functions: 'fraud/*', remote: { url: 'http://a/' } }));
    expect(studio.run((context) => renameItem(context, { node: nodeId('function:fraud/model'), to: 'fraud/brain' }))).toEqual([]);
    expect(studio.context.studio.remotes.map(({ functions }) => functions)).toEqual(['fraud/brain', 'fraud/*']);
    studio.run((context) => setSpecField(context, { node: nodeId('endpoint:fraud/*'), path: ['functions'], value: 'scam/*' }));
    expect(studio.context.studio.remotes.map(({ functions }) => functions)).toContain('scam/*');
  });
});

describe('what is told of remote functions', () => {
  test('nothing of missing code', () => {
    const studio = new StudioDriver({ 'module.yaml': FRAUD_MODULE });
    expect(codes(studio)).toContain('function-without-code');
    studio.run((context) => setRemote(context, { functions: 'fraud/*', remote: { url: 'http://localhost:1/' } }));
    expect(codes(studio)).not.toContain('function-without-code');
  });

  test('a setting that no endpoint serves, and a URL that no call can go to', () => {
    const studio = fraud({
      'studio.json': JSON.stringify({ version: 1, remotes: [{ functions: 'frud/*' }, { functions: 'fraud/*' }, { functions: 'bad' }] }),
    });
    const told = collectProblems(studio.context).filter(({ path }) => path === 'studio.json');
    expect(told.map(({ code }) => code)).toEqual(expect.arrayContaining(['remote-not-served', 'studio-bad-part']));
    expect(told.find(({ code }) => code === 'remote-not-served')?.message).toContain('did you mean fraud/*?');
    expect(studio.context.studio.remotes).toMatchObject([
      { functions: 'frud/*' },
      { functions: 'fraud/*', url: null, timeoutMillis: 30_000 },
    ]);
  });
});
