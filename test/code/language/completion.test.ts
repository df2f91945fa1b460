import { describe, expect, test } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import { codeCompletions } from '../../../src/code/language/code-completion.ts';
import { yamlCompletions, yamlDocs } from '../../../src/code/language/yaml-completion.ts';
import { deriveContext } from '../../../src/commands/derive.ts';
import { projectOf } from '../../../src/model/project.ts';
import { FRAUD_MODULE } from '../../support/studio-driver.ts';

const COUNT = `import { StateFun, messageBuilder, kafkaEgressMessage as record } from 'apache-flink-statefun';
export const Count = {
  typename: 'fraud/fraud-count',
  specs: [{ name: 'count', type: StateFun.intType(), expireAfterWrite: 86400000 }],
  fn(context, message) {
    context.storage.count = 1;
  },
};
`;

/** Completions where \`|\` stands in the text that is put in place of a line of the file. */
function inCode(line: string) {
  const marked = COUNT.replace('    context.storage.count = 1;', line);
  const path = filePath('functions/count.ts');
  const context = deriveContext(projectOf({ 'module.yaml': FRAUD_MODULE, 'functions/count.ts': marked.replace('|', '') }), null);
  const found = codeCompletions(context, path, marked.indexOf('|'));
  const text = marked.replace('|', '');
  return found === null
    ? null
    : { replaces: text.slice(found.range.from, found.range.to), items: found.items.map(({ label, detail }) => [label, detail]) };
}

describe('in the texts of code', () => {
  test('the target of a message is one of the functions, whatever has been typed of it', () => {
    expect(inCode("context.send(messageBuilder({ typename: 'fraud/|x', id: '1' }));")).toEqual({
      replaces: 'fraud/x',
      items: [
        ['fraud/fraud-count', 'functions/count.ts'],
        ['fraud/transaction-manager', 'no code here'],
      ],
    });
  });

  test('an egress is named by its id, also through an import under another name', () => {
    expect(inCode("context.send(record({ typename: '|', topic: 't' }));")).toEqual({
      replaces: '',
      items: [['fraud/alerts', 'Kafka egress']],
    });
  });

  test('topics are those that the module reads and the code writes', () => {
    expect(inCode("context.send(record({ typename: 'fraud/alerts', topic: 'ale|' })); const other = { topic: 'alerts' };")?.items).toEqual([
      ['ale', 'written in functions/count.ts'],
      ['alerts', 'written in functions/count.ts'],
      ['transactions', 'read by fraud/transactions'],
    ]);
  });

  test('a definition offers what has no code yet', () => {
    expect(inCode("}, }; export const Other = { typename: '|', specs: [], fn() {")?.items).toEqual([
      ['fraud/transaction-manager', 'no code here'],
    ]);
  });

  test('behind storage stand the states of the function, with their types', () => {
    expect(inCode('const n = context.storage.|;')).toEqual({ replaces: '', items: [['count', 'int, gone 1 d after write']] });
    expect(inCode('const n = context.storage.co|unt + 1;')?.replaces).toBe('count');
  });

  test('an import or any other text is no place for them', () => {
    expect(inCode("const text = 'fraud/|';")).toBeNull();
    expect(inCode('const number = 12|;')).toBeNull();
  });
});

/** Completions at \`|\` in module.yaml. */
function inModule(marked: string) {
  const files = { 'module.yaml': marked.replace('|', ''), 'functions/count.ts': COUNT };
  return yamlCompletions(deriveContext(projectOf(files), null), marked.indexOf('|'));
}

const labels = (marked: string) => inModule(marked)?.items.map(({ label }) => label) ?? null;

describe('in module.yaml', () => {
  test('a kind is one of those that StateFun brings', () => {
    expect(labels('kind: io.|')).toContain('io.statefun.kafka.v1/ingress');
  });

  test('a spec offers the fields of its kind that are not there yet', () => {
    expect(labels(FRAUD_MODULE.replace('  consumerGroupId: fraud\n  topics:', '  |\n  topics:'))).toEqual([
      'consumerGroupId',
      'autoOffsetResetPosition',
      'startupPosition',
      'properties',
    ]);
  });

  test('an entry of topics has fields of its own', () => {
    expect(labels(FRAUD_MODULE.replace('topics: []', 'topics:\n    - |'))).toEqual(['topic', 'valueType', 'targets']);
  });

  test('a choice offers its values, a target the functions, a pattern their namespaces', () => {
    expect(labels(FRAUD_MODULE.replace('  topics: []', '  autoOffsetResetPosition: |'))).toEqual(['latest', 'earliest']);
    expect(labels(FRAUD_MODULE.replace('- fraud/transaction-manager', '- fraud/|'))).toEqual(['fraud/fraud-count']);
    expect(labels(FRAUD_MODULE.replace('functions: fraud/*', 'functions: |'))).toEqual([
      'fraud/*',
      'fraud/fraud-count',
      'fraud/transaction-manager',
    ]);
  });

  test('hovering a field tells what the kind says of it', () => {
    const docs = yamlDocs(FRAUD_MODULE, FRAUD_MODULE.indexOf('consumerGroupId') + 3)?.docs;
    expect(docs).toContain('The group under which offsets are committed.');
  });
});
