import { describe, expect, test } from 'vitest';
import { addComponent } from '../../src/commands/add-component.ts';
import { addNote } from '../../src/commands/add-note.ts';
import { connect } from '../../src/commands/connect.ts';
import { addSpecItem } from '../../src/commands/add-spec-item.ts';
import { convertDraft } from '../../src/commands/convert-draft.ts';
import { deleteItems, disconnect } from '../../src/commands/delete-items.ts';
import { duplicateItems } from '../../src/commands/duplicate-items.ts';
import { moveNodes } from '../../src/commands/move-nodes.ts';
import { removeSpecItem } from '../../src/commands/remove-spec-item.ts';
import { renameItem } from '../../src/commands/rename-item.ts';
import { replaceSpec } from '../../src/commands/replace-spec.ts';
import { setFeeds } from '../../src/commands/set-feeds.ts';
import { setSettings } from '../../src/commands/set-settings.ts';
import { setSpecField } from '../../src/commands/set-spec-field.ts';
import { edgeId, nodeId } from '../../src/base/ids.ts';
import { MODULE_YAML } from '../../src/model/project.ts';
import { FRAUD_FILES } from '../support/fraud-code.ts';
import { FRAUD_MODULE, StudioDriver } from '../support/studio-driver.ts';

const n = nodeId;

function fraud(more: Readonly<Record<string, string>> = {}): StudioDriver {
  return new StudioDriver({ 'module.yaml': FRAUD_MODULE, ...FRAUD_FILES, ...more });
}

describe('deleting', () => {
  test('a function takes its file, its routes and its place along in one step', () => {
    const studio = fraud({ 'studio.json': '{"positions": {"function:fraud/transaction-manager": {"x": 1, "y": 2}}}' });
    const before = studio.files;
    expect(studio.run((context) => deleteItems(context, { nodes: [n('function:fraud/transaction-manager')] }))).toEqual([]);
    expect(studio.text('functions/transaction-manager.ts')).toBeNull();
    expect(studio.nodes).not.toContain('function:fraud/transaction-manager');
    expect(studio.context.studio.positions).toEqual({});
    expect(studio.history.past).toHaveLength(1);
    studio.undo();
    expect(studio.files).toEqual(before);
  });

  test('a function whose file holds another, or is imported, is refused', () => {
    const studio = new StudioDriver({
      'functions/two.ts': "export const A = { typename: 'a/a', fn() {} };\nexport const B = { typename: 'a/b', fn() {} };",
      'functions/lib.ts': "export const C = { typename: 'a/c', fn() {} };",
      'functions/user.ts': "import { C } from './lib';\nexport const D = { typename: 'a/d', fn() {} };",
    });
    expect(studio.run((context) => deleteItems(context, { nodes: [n('function:a/a')] }))).toEqual([
      'functions/two.ts holds a/b too: delete the code of a/a there.',
    ]);
    expect(studio.run((context) => deleteItems(context, { nodes: [n('function:a/c')] }))).toEqual([
      'functions/user.ts imports from functions/lib.ts: take that import away first.',
    ]);
    expect(
      studio.run((context) =>
        deleteItems(context, { nodes: [n('function:a/a'), n('function:a/b'), n('function:a/c'), n('function:a/d')] }),
      ),
    ).toEqual([]);
    expect(studio.files).toEqual({});
  });

  test('everything that is selected goes in one step, with the edges that hang on it', () => {
    const studio = fraud({ 'functions/fraud-count.ts': '', 'functions/merchant-scorer.ts': '', 'functions/transaction-manager.ts': '' });
    expect(
      studio.run((context) =>
        deleteItems(context, { nodes: context.graph.nodes.map((node) => node.id), edges: context.graph.edges.map((edge) => edge.id) }),
      ),
    ).toEqual([]);
    expect(studio.nodes).toEqual([]);
  });

  test('a target, and the edge between ingress and router', () => {
    const studio = fraud();
    studio.run((context) => disconnect(context, [edgeId('router:fraud/transactions#transactions>function:fraud/transaction-manager')]));
    expect(studio.edges.filter((edge) => edge.startsWith('router:'))).toEqual([]);
    studio.run((context) => disconnect(context, [edgeId('ingress:fraud/transactions>router:fraud/transactions#transactions')]));
    expect(studio.context.studio.drafts).toEqual([
      { type: 'router', id: 'router-1', topic: 'transactions', valueType: 'fraud/transaction', targets: [] },
    ]);
  });

  test('an edge that the code makes is refused with its place', () => {
    const studio = fraud();
    const result = disconnect(studio.context, [edgeId('function:fraud/transaction-manager>egress:fraud/alerts')]);
    expect(
      result.ok
        ? []
        : result.error.map(({ code, path, range }) => [code, path, studio.text(path ?? '')?.slice(range?.from, (range?.from ?? 0) + 32)]),
    ).toEqual([['edge-from-code', 'functions/transaction-manager.ts', 'context.send(kafkaEgressMessage(']]);
  });

  test('a route to a function without code leaves the function as a draft', () => {
    const studio = new StudioDriver({ 'module.yaml': FRAUD_MODULE });
    studio.run((context) => disconnect(context, [edgeId('router:fraud/transactions#transactions>function:fraud/transaction-manager')]));
    expect(studio.context.studio.drafts).toEqual([{ type: 'function', typename: 'fraud/transaction-manager' }]);
    studio.run((context) => deleteItems(context, { nodes: [n('function:fraud/transaction-manager')] }));
    expect([studio.context.studio.drafts, studio.nodes.filter((id) => id.startsWith('function:'))]).toEqual([[], []]);
  });

  test('a component before custom ones leaves those where they lie', () => {
    const custom = 'kind: com.acme/x\nspec:\n  id: a/x\n';
    const studio = new StudioDriver({
      'module.yaml': `${FRAUD_MODULE}---\n${custom}`,
      'studio.json': '{"positions": {"custom:com.acme/x#4": {"x": 7, "y": 8}}}',
    });
    studio.run((context) => deleteItems(context, { nodes: [n('egress:fraud/alerts')] }));
    expect(studio.context.studio.positions).toEqual({ 'custom:com.acme/x#3': { x: 7, y: 8 } });
  });
});

describe('renaming', () => {
  test('a function changes module, code, drafts, stand-ins and its place', () => {
    const studio = fraud({
      'studio.json':
        '{"positions": {"function:fraud/fraud-count": {"x": 1, "y": 2}}, "standIns": [{"typename": "fraud/model", "forwardTo": {"type": "function", "typename": "fraud/fraud-count"}}]}',
    });
    studio.run((context) => connect(context, { from: n('ingress:fraud/confirmations'), to: n('function:fraud/fraud-count') }));
    expect(studio.run((context) => renameItem(context, { node: n('function:fraud/fraud-count'), to: 'fraud/counter' }))).toEqual([]);
    expect(Object.values(studio.files).some((content) => String(content).includes('fraud/fraud-count'))).toBe(false);
    expect(studio.text('functions/types.ts')).toBe(FRAUD_FILES['functions/types.ts']?.replace('fraud/fraud-count', 'fraud/counter'));
    expect(studio.context.studio.positions).toEqual({ 'function:fraud/counter': { x: 1, y: 2 } });
    expect(studio.context.studio.standIns[0]?.forwardTo).toEqual({ type: 'function', typename: 'fraud/counter' });
  });

  test('an endpoint that serves exactly the function goes on to serve it, where it lay', () => {
    const studio = new StudioDriver({
      'module.yaml': 'kind: io.statefun.endpoints.v2/http\nspec:\n  functions: a/f\n  urlPathTemplate: http://h:1/\n',
      'functions/f.js': "export const F = { typename: 'a/f', fn() {} };",
      'studio.json': '{"positions": {"endpoint:a/f": {"x": 1, "y": 2}}}',
    });
    expect(studio.run((context) => renameItem(context, { node: n('function:a/f'), to: 'a/g' }))).toEqual([]);
    expect(studio.nodes).toEqual(['endpoint:a/g', 'function:a/g']);
    expect(studio.context.studio.positions).toEqual({ 'endpoint:a/g': { x: 1, y: 2 } });
  });

  test('a value type of the same text stays', () => {
    const studio = new StudioDriver({
      'functions/f.ts':
        "import { StateFun } from 'apache-flink-statefun';\nconst T = StateFun.jsonType('a/f');\nexport const F = { typename: 'a/f', fn() {} };",
    });
    studio.run((context) => renameItem(context, { node: n('function:a/f'), to: 'a/g' }));
    expect(studio.text('functions/f.ts')).toBe(
      "import { StateFun } from 'apache-flink-statefun';\nconst T = StateFun.jsonType('a/f');\nexport const F = { typename: 'a/g', fn() {} };",
    );
  });

  test('a name that the code puts together is refused', () => {
    const studio = new StudioDriver({ 'functions/f.ts': "const NS = 'a';\nexport const F = { typename: `${NS}/f`, fn() {} };" });
    expect(studio.run((context) => renameItem(context, { node: n('function:a/f'), to: 'a/g' }))).toEqual([
      'The code puts the name a/f together from parts: rename it there by hand.',
    ]);
  });

  test('an ingress keeps the places of its routers, a topic those of its feeds', () => {
    const feed = {
      type: 'generator',
      id: 'f',
      topic: 'transactions',
      enabled: true,
      arrival: { type: 'backlog' },
      startAfterMillis: 0,
      count: 1,
      key: 'k',
      value: 'v',
      headers: [],
    };
    const positions = { 'ingress:fraud/transactions': { x: 1, y: 1 }, 'router:fraud/transactions#transactions': { x: 2, y: 2 } };
    const studio = fraud({ 'studio.json': JSON.stringify({ positions, feeds: [feed] }) });
    studio.run((context) => renameItem(context, { node: n('ingress:fraud/transactions'), to: 'fraud/payments' }));
    studio.run((context) => renameItem(context, { node: n('router:fraud/payments#transactions'), to: 'payments' }));
    expect(studio.context.studio.positions).toEqual({
      'ingress:fraud/payments': { x: 1, y: 1 },
      'router:fraud/payments#payments': { x: 2, y: 2 },
    });
    expect(studio.context.studio.feeds[0]?.topic).toBe('payments');
  });

  test('to a name that is taken is refused, and to its own name does nothing', () => {
    const studio = fraud();
    expect(studio.run((context) => renameItem(context, { node: n('function:fraud/fraud-count'), to: 'fraud/model' }))).toEqual([
      'fraud/model is taken: choose another name.',
    ]);
    studio.run((context) => renameItem(context, { node: n('egress:fraud/alerts'), to: 'fraud/alerts' }));
    expect(studio.history.past).toEqual([]);
  });
});

describe('duplicating', () => {
  test('gives free names and lies a little beside', () => {
    const studio = fraud({ 'studio.json': '{"positions": {"egress:fraud/alerts": {"x": 10, "y": 10}}}' });
    const nodes = [
      'egress:fraud/alerts',
      'endpoint:fraud/*',
      'router:fraud/transactions#transactions',
      'function:fraud/transaction-manager',
      'function:fraud/model',
    ].map(n);
    expect(studio.run((context) => duplicateItems(context, { nodes }))).toEqual([]);
    expect(studio.nodes).toEqual(
      expect.arrayContaining([
        'egress:fraud/alerts-2',
        'endpoint:fraud-2/*',
        'router:fraud/transactions#transactions-2',
        'function:fraud/transaction-manager-2',
        'function:fraud/model-2',
      ]),
    );
    expect(studio.context.studio.positions[n('egress:fraud/alerts-2')]).toEqual({ x: 34, y: 34 });
    expect(studio.text('functions/transaction-manager-2.ts')).toBe(
      FRAUD_FILES['functions/transaction-manager.ts']?.replace("'fraud/transaction-manager'", "'fraud/transaction-manager-2'"),
    );
  });
});

describe('settings, feeds, places and fields', () => {
  test('are written where they belong', () => {
    const studio = fraud();
    studio.run((context) => setSettings(context, { change: { seed: 'other', checkpointIntervalMillis: 1000 } }));
    expect([studio.context.studio.settings.seed, studio.context.studio.settings.checkpointIntervalMillis]).toEqual(['other', 1000]);
    studio.run((context) => moveNodes(context, { moves: [{ node: n('egress:fraud/alerts'), x: 3.6, y: -1 }] }));
    expect(studio.context.studio.positions).toEqual({ 'egress:fraud/alerts': { x: 4, y: -1 } });
    studio.run((context) =>
      setSpecField(context, { node: n('router:fraud/transactions#transactions'), path: ['valueType'], value: 'fraud/other' }),
    );
    expect(studio.context.graph.nodes.find((node) => node.type === 'router')).toMatchObject({ valueType: 'fraud/other' });
  });

  test('items of lists in a spec come and go, and a list that is missing is made', () => {
    const studio = fraud();
    const alerts = n('egress:fraud/alerts');
    const spec = () => studio.context.module.components.find((component) => component.node === alerts)?.spec;
    studio.run((context) => addSpecItem(context, { node: alerts, path: ['properties'], value: { 'linger.ms': '5' } }));
    studio.run((context) => addSpecItem(context, { node: alerts, path: ['properties'], index: 0, value: { acks: 'all' } }));
    expect(spec()).toMatchObject({ properties: [{ acks: 'all' }, { 'linger.ms': '5' }] });
    studio.run((context) => removeSpecItem(context, { node: alerts, path: ['properties', 1] }));
    expect(spec()).toMatchObject({ properties: [{ acks: 'all' }] });
  });

  test('a field of a router is that of its topic entry, and a new topic keeps its place', () => {
    const studio = fraud({ 'studio.json': '{"positions": {"router:fraud/transactions#transactions": {"x": 1, "y": 2}}}' });
    const router = n('router:fraud/transactions#transactions');
    studio.run((context) => addSpecItem(context, { node: router, path: ['targets'], value: 'fraud/model' }));
    studio.run((context) => setSpecField(context, { node: router, path: ['topic'], value: 'tx' }));
    expect(studio.edges).toContain('router:fraud/transactions#tx>function:fraud/model');
    expect(studio.context.studio.positions).toEqual({ 'router:fraud/transactions#tx': { x: 1, y: 2 } });
  });

  test('the YAML of a custom component is replaced as a whole', () => {
    const studio = new StudioDriver({ 'module.yaml': 'kind: com.acme/x\nspec:\n  id: a/x\n' });
    expect(studio.run((context) => replaceSpec(context, { node: n('custom:com.acme/x#0'), yaml: 'id: a/y\nurl: http://h/\n' }))).toEqual(
      [],
    );
    expect(studio.context.module.components[0]?.spec).toEqual({ id: 'a/y', url: 'http://h/' });
    expect(studio.run((context) => replaceSpec(context, { node: n('custom:com.acme/y#0'), yaml: 'a: 1' }))).toEqual([
      'This item is no longer in module.yaml.',
    ]);
  });

  test('a feed that stays keeps its text, beside one that is not understood', () => {
    const feed = (id: string) => ({
      type: 'file' as const,
      id,
      topic: 't',
      enabled: true,
      path: 'a.csv',
      format: 'csv' as const,
      arrival: { type: 'backlog' as const },
      startAfterMillis: 0,
      keyField: null,
      valueField: null,
    });
    const studio = new StudioDriver({
      'studio.json': `{"feeds": [{"id": "odd"},\n${JSON.stringify(feed('a'))},\n${JSON.stringify(feed('b'))}]}`,
    });
    const [a, b] = studio.context.studio.feeds;
    if (a === undefined || b === undefined) {
      throw new Error('two feeds expected');
    }
    studio.run((context) => setFeeds(context, { feeds: [a, { ...b, topic: 'u' }] }));
    expect(studio.text('studio.json')?.startsWith(`{"feeds": [{"id": "odd"},\n${JSON.stringify(feed('a'))},\n`)).toBe(true);
    studio.run((context) => setFeeds(context, { feeds: [a] }));
    expect(studio.text('studio.json')).toBe(`{"feeds": [{"id": "odd"},\n${JSON.stringify(feed('a'))}]}`);
  });

  test('a draft of a function becomes its file', () => {
    const studio = new StudioDriver({ 'studio.json': '{"drafts": [{"type": "function", "typename": "a/f"}]}' });
    studio.run((context) => convertDraft(context, { node: n('function:a/f') }));
    expect(studio.context.studio.drafts).toEqual([]);
    expect(studio.context.facts.functions.map((fact) => fact.typename)).toEqual(['a/f']);
  });
});

describe('text that cannot be read', () => {
  const broken = FRAUD_MODULE.replace('  id: fraud/alerts', '  id: "fraud/alerts');

  test('keeps the last view of the module and takes no commands, naming the line', () => {
    const studio = fraud();
    const nodes = studio.nodes;
    const at = FRAUD_MODULE.indexOf('fraud/alerts');
    studio.run(() => ({ ok: true, value: [{ type: 'text', path: MODULE_YAML, from: at, to: at, insert: '"' }] }));
    expect(studio.text('module.yaml')).toBe(broken);
    expect([studio.context.moduleCurrent, studio.nodes]).toEqual([false, nodes]);
    const [message] = studio.run((context) => addComponent(context, { component: 'kafka-egress' }));
    expect(message).toMatch(/^module\.yaml takes no changes from here while line \d+ cannot be read; mend its text first\.$/);
    expect(studio.run((context) => moveNodes(context, { moves: [{ node: n('egress:fraud/alerts'), x: 1, y: 1 }] }))).toEqual([]);
  });

  test('of studio.json is never written over', () => {
    const studio = fraud({ 'studio.json': '{"positions": ' });
    expect(studio.run((context) => addNote(context, { at: { x: 1, y: 1 } }))).toEqual([
      'studio.json cannot be read; mend its text first, so that nothing in it is lost.',
    ]);
  });
});
