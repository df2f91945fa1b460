import { expect, test } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import { definitionsOf, mentionsOf } from '../../../src/code/language/item-places.ts';
import { namedItemAt } from '../../../src/code/language/named-item.ts';
import { deriveContext } from '../../../src/commands/derive.ts';
import { projectOf, textFile } from '../../../src/model/project.ts';
import { FRAUD_MODULE } from '../../support/studio-driver.ts';

const MANAGER = `export const Manager = {
  typename: 'fraud/transaction-manager',
  specs: [],
  fn(context) {
    context.send(messageBuilder({ typename: 'fraud/fraud-count', id: '1', value: 1 }));
    context.send(kafkaEgressMessage({ typename: 'fraud/alerts', topic: 'a', value: 1 }));
  },
};
`;
const files = {
  'module.yaml': FRAUD_MODULE.replace('functions: fraud/*', 'functions: fraud/* # not fraud/alerts'),
  'functions/manager.ts': MANAGER,
  'functions/count.ts': "export const Count = { typename: 'fraud/fraud-count', specs: [], fn() {} };\n",
  'scenarios/one.yaml': 'expect:\n  - egress: fraud/alerts\n  - { function: fraud/fraud-count, id: a, state: b, json: 1 }\n',
};
const context = deriveContext(projectOf(files), null);

/** The item named where the first occurrence of a text begins in a file. */
function named(path: keyof typeof files, text: string) {
  return namedItemAt(context, filePath(path), files[path].indexOf(text) + 2)?.node ?? null;
}

const shown = (places: readonly { path: string; range: { from: number; to: number } }[]) =>
  places.map(({ path, range }) => `${path}: ${textFile(context.project, filePath(path))?.slice(range.from, range.to)}`);

test('a text names an item by the place where it stands', () => {
  expect(named('functions/manager.ts', 'fraud/fraud-count')).toBe('function:fraud/fraud-count');
  expect(named('functions/manager.ts', 'fraud/alerts')).toBe('egress:fraud/alerts');
  expect(named('module.yaml', 'fraud/transaction-manager')).toBe('function:fraud/transaction-manager');
  expect(named('module.yaml', 'fraud/transactions')).toBe('ingress:fraud/transactions');
  expect(named('module.yaml', 'fraud/*')).toBe('endpoint:fraud/*');
  expect(named('scenarios/one.yaml', 'fraud/alerts')).toBe('egress:fraud/alerts');
  expect(named('scenarios/one.yaml', 'fraud/fraud-count')).toBe('function:fraud/fraud-count');
  expect(named('module.yaml', 'kafka:9092')).toBeNull();
});

test('a function is defined in its code, an egress in module.yaml, an endpoint by the functions it serves', () => {
  const at = (path: keyof typeof files, text: string) => {
    const item = namedItemAt(context, filePath(path), files[path].indexOf(text) + 2);
    return item === null ? null : shown(definitionsOf(context, item.node));
  };
  expect(at('module.yaml', 'fraud/transaction-manager')).toEqual(['functions/manager.ts: fraud/transaction-manager']);
  expect(at('functions/manager.ts', 'fraud/alerts')).toEqual(['module.yaml: fraud/alerts']);
  expect(at('module.yaml', 'fraud/*')).toEqual([
    'functions/count.ts: fraud/fraud-count',
    'functions/manager.ts: fraud/transaction-manager',
  ]);
});

test('references are in code, module.yaml and scenarios, and not in comments', () => {
  const alerts = namedItemAt(context, filePath('functions/manager.ts'), MANAGER.indexOf('fraud/alerts') + 1);
  expect(shown(alerts === null ? [] : mentionsOf(context, alerts.node))).toEqual([
    'module.yaml: fraud/alerts',
    'functions/manager.ts: fraud/alerts',
    'scenarios/one.yaml: fraud/alerts',
  ]);
});
