import { describe, expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { collectProblems, deriveContext } from '../../src/commands/derive.ts';
import type { CommandContext } from '../../src/model/command.ts';
import { applyEdits } from '../../src/model/edit.ts';
import { MODULE_YAML, projectOf, STUDIO_JSON } from '../../src/model/project.ts';
import { FRAUD_FILES } from '../support/fraud-code.ts';
import { FRAUD_MODULE } from '../support/studio-driver.ts';

const CODES = new Set([
  'target-not-served',
  'unserved-function',
  'function-without-code',
  'unbound-egress',
  'feed-without-ingress',
  'feed-file-missing',
  'stand-in-target-missing',
  'short-expiration',
  'state-gone-at-timer',
  'unused-endpoint',
]);

/** What the checks over several files say, as `code: place`. */
function checks(files: Readonly<Record<string, string>>): readonly string[] {
  return collectProblems(deriveContext(projectOf(files), null))
    .filter(({ code }) => CODES.has(code))
    .map(({ code, severity, node, path, range }) => {
      const text = path === undefined || range === undefined ? '' : ` “${files[path]?.slice(range.from, range.from + 30)}”`;
      return `${severity} ${code} ${node ?? path ?? ''}${text}`;
    });
}

describe('the checks of a project as a whole', () => {
  test('say nothing about the fraud module but that the model has no code', () => {
    expect(checks({ 'module.yaml': FRAUD_MODULE, ...FRAUD_FILES })).toEqual(['info function-without-code function:fraud/model']);
  });

  test('show a function without code at the route that names it, and offer the nearest that has some', () => {
    const module = FRAUD_MODULE.replace('fraud/transaction-manager', 'fraud/transaction-manger');
    const problems = collectProblems(deriveContext(projectOf({ 'module.yaml': module, ...FRAUD_FILES }), null));
    const problem = problems.find(({ code, node }) => code === 'function-without-code' && node === 'function:fraud/transaction-manger');
    expect(problem?.message).toBe('fraud/transaction-manger has no code here: did you mean fraud/transaction-manager?');
    expect(module.slice(problem?.range?.from, problem?.range?.to)).toBe('fraud/transaction-manger');
    const mended = applyEdits(projectOf({ 'module.yaml': module }), problem?.fix?.edits ?? []);
    expect(mended.files.get(MODULE_YAML)).toBe(FRAUD_MODULE);
  });

  test('are silent about a function that a stand-in plays', () => {
    const studio = '{"standIns": [{"typename": "fraud/model", "forwardTo": null}]}';
    expect(checks({ 'module.yaml': FRAUD_MODULE, ...FRAUD_FILES, 'studio.json': studio })).toEqual([]);
  });

  test('name functions that no endpoint serves, and egresses that the module does not have, at the place that writes', () => {
    const module = FRAUD_MODULE.replace('fraud/*', 'other/*').replace('fraud/alerts', 'fraud/warnings');
    expect(checks({ 'module.yaml': module, ...FRAUD_FILES })).toEqual([
      // What records go to is told where module.yaml names it, and not once more.
      'warning target-not-served function:fraud/transaction-manager “fraud/transaction-manager\n---\n”',
      'warning unserved-function function:fraud/fraud-count',
      'warning unserved-function function:fraud/merchant-scorer',
      'warning unserved-function function:fraud/model',
      'info function-without-code function:fraud/model',
      'warning unbound-egress function:fraud/transaction-manager “context.send(kafkaEgressMessag”',
      'info unused-endpoint endpoint:other/* “kind: io.statefun.endpoints.v2”',
    ]);
  });

  test('take a custom component with the id for the egress', () => {
    const module = FRAUD_MODULE.replace(/kind: io\.statefun\.kafka\.v1\/egress/, 'kind: com.acme/egress');
    expect(checks({ 'module.yaml': module, ...FRAUD_FILES })).toEqual(['info function-without-code function:fraud/model']);
  });

  test('name feeds for topics that nothing reads or from files that are not there, unless they are off', () => {
    const feed = (id: string, topic: string, enabled: boolean) => ({
      type: 'file',
      id,
      topic,
      enabled,
      path: 'data/records.csv',
      format: 'csv',
      arrival: { type: 'backlog' },
      startAfterMillis: 0,
      keyField: null,
      valueField: null,
    });
    const studio = JSON.stringify({ feeds: [feed('a', 'transactions', true), feed('b', 'nothing', true), feed('c', 'nothing', false)] });
    expect(
      checks({ 'module.yaml': FRAUD_MODULE, 'studio.json': studio, 'data/records.csv': 'a' }).filter((line) => line.includes('feed')),
    ).toEqual(['warning feed-without-ingress studio.json']);
    expect(checks({ 'module.yaml': FRAUD_MODULE, 'studio.json': studio }).filter((line) => line.includes('file'))).toEqual([
      'error feed-file-missing studio.json',
      'error feed-file-missing studio.json',
    ]);
  });

  test('name a stand-in that forwards to an egress that is not there', () => {
    const studio = '{"standIns": [{"typename": "a/b", "forwardTo": {"type": "egress", "id": "a/out", "topic": "t"}}]}';
    expect(checks({ 'studio.json': studio })).toContain('error stand-in-target-missing function:a/b');
  });
});

describe('the checks of what will hurt', () => {
  const counting = (spec: string) => ({
    ...FRAUD_FILES,
    'functions/fraud-count.ts': (FRAUD_FILES['functions/fraud-count.ts'] ?? '').replace(
      "{ name: 'count', type: StateFun.intType() }",
      `{ name: 'count', type: StateFun.intType(), ${spec} }`,
    ),
  });

  test('S52: name a state that is gone when the timer comes: touch time and time to live are not after now', () => {
    const at = 'warning state-gone-at-timer function:fraud/fraud-count “context.sendAfter(days(30), me”';
    const told = (spec: string) => checks({ 'module.yaml': FRAUD_MODULE, ...counting(spec) }).filter((line) => line.includes('timer'));
    expect(told('expireAfterWrite: days(7)')).toEqual([at]);
    expect(told('expireAfterCall: days(30)')).toEqual([at]);
    expect(told('expireAfterCall: days(30) + 1')).toEqual([]);
  });

  test('name a state that expires within a second: its time is in milliseconds', () => {
    const told = (spec: string) => checks({ 'module.yaml': FRAUD_MODULE, ...counting(spec) }).filter((line) => line.includes('short'));
    expect(told('expireAfterWrite: 60')).toHaveLength(1);
    expect(told('expireAfterWrite: 1000')).toEqual([]);
  });

  test('name an endpoint that serves nothing', () => {
    const module = `${FRAUD_MODULE}---\nkind: io.statefun.endpoints.v2/http\nspec:\n  functions: old/*\n  urlPathTemplate: http://old/\n`;
    const place = 'unused-endpoint endpoint:old/* “kind: io.statefun.endpoints.v2”';
    // The model has no code, so what it sends to is not known.
    expect(checks({ 'module.yaml': module, ...FRAUD_FILES })).toContain(`info ${place}`);
    const studio = '{"standIns": [{"typename": "fraud/model", "forwardTo": null}]}';
    expect(checks({ 'module.yaml': module, ...FRAUD_FILES, 'studio.json': studio })).toEqual([`warning ${place}`]);
  });
});

describe('deriving the views', () => {
  test('an edit of one file keeps the views of the others as they are', () => {
    const project = projectOf({ 'module.yaml': FRAUD_MODULE, ...FRAUD_FILES, 'studio.json': '{}', 'notes.txt': 'x' });
    const before = deriveContext(project, null);
    const studioEdit = deriveContext(applyEdits(project, [{ type: 'text', path: STUDIO_JSON, from: 1, to: 1, insert: '"a": 1' }]), before);
    expect([studioEdit.module === before.module, studioEdit.facts === before.facts]).toEqual([true, true]);
    const noteEdit = deriveContext(
      applyEdits(project, [{ type: 'text', path: filePath('notes.txt'), from: 0, to: 1, insert: 'y' }]),
      before,
    );
    expect(noteEdit.graph).toBe(before.graph);
  });

  test('an edit of a stub shows in the edges to outside services', () => {
    const stub = filePath('stubs/merchants.yaml');
    const project = projectOf({ ...FRAUD_FILES, [stub]: '- url: https://elsewhere.example/*', 'stubs/other.yaml': '[]' });
    const outside = (context: CommandContext) => context.graph.edges.filter((edge) => edge.origin === 'external').map((edge) => edge.id);
    const before = deriveContext(project, null);
    expect(outside(before)).toEqual([]);
    const after = deriveContext(applyEdits(project, [{ type: 'text', path: stub, from: 15, to: 24, insert: 'merchants' }]), before);
    expect(outside(after)).toEqual(['function:fraud/merchant-scorer>external:merchants']);
  });

  test('a project without files has an empty graph and nothing to be repaired in studio.json or code', () => {
    const context = deriveContext(projectOf({}), null);
    expect([context.graph, context.moduleCurrent]).toEqual([{ nodes: [], edges: [] }, true]);
    expect(collectProblems(context)).toEqual([]);
  });

  test('problems of all files come together', () => {
    const files = { 'functions/f.ts': "export const F = { typename: 'nope', fn() {} };", 'studio.json': '{"notes": 1}' };
    expect(collectProblems(deriveContext(projectOf(files), null)).map(({ code, path }) => [code, path])).toEqual([
      ['bad-typename', 'functions/f.ts'],
      ['studio-bad-part', 'studio.json'],
    ]);
  });
});
