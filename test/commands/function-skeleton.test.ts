import { expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { shapeOfTemplate } from '../../src/commands/value-shape.ts';
import { writeFunction } from '../../src/commands/write-function.ts';
import { FRAUD_MODULE, StudioDriver } from '../support/studio-driver.ts';

const TYPES = `import { StateFun } from 'apache-flink-statefun';
export interface Transaction { id: string }
export const Transaction = StateFun.jsonType<Transaction>('fraud/transaction');
const Hidden = StateFun.jsonType<unknown>('fraud/hidden');
export { Hidden as Shown };
`;

function written(files: Readonly<Record<string, string>>, type = 'fraud/transaction-manager'): string | null {
  const studio = new StudioDriver({ 'module.yaml': FRAUD_MODULE, ...files });
  expect(studio.run((context) => writeFunction(context, { typename: typename(type) }))).toEqual([]);
  return studio.text(`functions/${type.slice(type.indexOf('/') + 1)}.ts`);
}

test('a type that the code exports is imported, in the way that the project writes its imports', () => {
  const text = written({ 'functions/types.ts': TYPES });
  expect(text).toContain("import { Transaction } from './types.ts';");
  expect(text).toContain('if (message.is(Transaction)) {');
  expect(text).not.toContain('jsonType');
  const bare = written({ 'functions/types.ts': TYPES, 'functions/other.ts': "import { Transaction } from './types';\n" });
  expect(bare).toContain("import { Transaction } from './types';");
});

test('what other functions send to it has a branch too', () => {
  const sender = `import { StateFun, messageBuilder } from 'apache-flink-statefun';
export const Sender = {
  typename: 'fraud/sender',
  specs: [],
  fn(context) {
    context.send(messageBuilder({ typename: 'fraud/transaction-manager', id: 'a', value: 1, valueType: StateFun.intType() }));
  },
};
`;
  expect(written({ 'functions/sender.ts': sender })).toContain('} else if (message.isInt()) {');
});

test('a type that nobody declares gets the fields of the records that are made for it', () => {
  const studio = JSON.stringify({
    version: 1,
    feeds: [
      {
        id: 'f',
        type: 'generator',
        enabled: true,
        topic: 'transactions',
        arrival: { type: 'backlog' },
        startAfterMillis: 0,
        count: 1,
        key: 'k',
        value: '{"id":"{{uuid}}","amount":{{int 1 5}},"tags":["a"],"at":{"door-no":{{n}}}}',
        headers: [],
      },
    ],
  });
  expect(written({ 'studio.json': studio })).toContain(`interface Transaction {
  id: string;
  amount: number;
  tags: string[];
  at: {
    "door-no": number;
  };
}
const Transaction = StateFun.jsonType<Transaction>('fraud/transaction');`);
});

test('of types that the SDK has no class for, the bytes are shown', () => {
  const module = FRAUD_MODULE.replace('valueType: fraud/transaction', 'valueType: io.statefun.types/long');
  expect(written({ 'module.yaml': module })).toContain(`if (message.valueTypeName === 'io.statefun.types/long') {
      console.log(context.self.id, message.rawValueBytes);`);
});

test('a template that is no JSON object has no fields', () => {
  expect(shapeOfTemplate('{{n}}')).toBeNull();
  expect(shapeOfTemplate('not { json')).toBeNull();
  expect(shapeOfTemplate('{}')).toBe('Record<string, unknown>');
});
