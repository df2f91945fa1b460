import { describe, expect, test } from 'vitest';
import { addComponent } from '../../src/commands/add-component.ts';
import { addFunction } from '../../src/commands/add-function.ts';
import { addNote } from '../../src/commands/add-note.ts';
import { addRouter } from '../../src/commands/add-router.ts';
import { connect } from '../../src/commands/connect.ts';
import { collectProblems } from '../../src/commands/derive.ts';
import { editNote } from '../../src/commands/edit-note.ts';
import { setStandIn } from '../../src/commands/set-stand-in.ts';
import { writeFunction } from '../../src/commands/write-function.ts';
import { nodeId, typename } from '../../src/base/ids.ts';
import { FRAUD_FILES } from '../support/fraud-code.ts';
import { FRAUD_MODULE, StudioDriver } from '../support/studio-driver.ts';

const n = nodeId;

function fraud(more: Readonly<Record<string, string>> = {}): StudioDriver {
  return new StudioDriver({ 'module.yaml': FRAUD_MODULE, ...FRAUD_FILES, ...more });
}

describe('adding', () => {
  test('to an empty canvas makes a module with free names', () => {
    const studio = new StudioDriver({});
    expect(studio.run((context) => addComponent(context, { component: 'kafka-ingress', at: { x: 10.4, y: 20 } }))).toEqual([]);
    studio.run((context) => addComponent(context, { component: 'kafka-ingress' }));
    studio.run((context) => addComponent(context, { component: 'kafka-egress' }));
    studio.run((context) => addComponent(context, { component: 'endpoint' }));
    studio.run((context) => addRouter(context, { ingress: n('ingress:my-app/events') }));
    studio.run((context) => addFunction(context, {}));
    expect(studio.nodes.toSorted()).toEqual([
      'egress:my-app/results',
      'endpoint:my-app/*',
      'function:my-app/function',
      'ingress:my-app/events',
      'ingress:my-app/events-2',
      'router:my-app/events#events',
    ]);
    expect(studio.context.studio.positions).toEqual({ 'ingress:my-app/events': { x: 10, y: 20 } });
  });

  test('under a name that is taken or wrong is refused', () => {
    const studio = fraud();
    expect(studio.run((context) => addComponent(context, { component: 'kafka-egress', id: 'fraud/alerts' }))).toEqual([
      'fraud/alerts exists already: choose another name.',
    ]);
    expect(studio.run((context) => addFunction(context, { typename: 'model' }))).toEqual([
      'A typename has the form namespace/name: “model” has no slash.',
    ]);
    expect(studio.run((context) => addFunction(context, { typename: 'fraud/model' }))).toEqual([
      'fraud/model is on the canvas already: choose another name.',
    ]);
  });

  test('a function gives code that defines it, and says when no endpoint serves it', () => {
    const studio = new StudioDriver({});
    studio.run((context) => addFunction(context, { typename: 'shop/stock-keeper' }));
    expect(studio.text('functions/stock-keeper.ts')).toBe(`import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';

export const StockKeeper: FunctionOpts = {
  typename: 'shop/stock-keeper',
  specs: [],
  fn(context: Context, message: Message) {
    console.log(context.self.id, message.valueTypeName);
  },
};
`);
    expect(collectProblems(studio.context).map(({ code, severity }) => [code, severity])).toContainEqual(['unserved-function', 'warning']);
  });

  test('a note and editing it', () => {
    const studio = new StudioDriver({});
    studio.run((context) => addNote(context, { at: { x: 1, y: 2 }, title: 'A' }));
    studio.run((context) => editNote(context, { id: 'note-1', change: { text: 'why', width: 300 } }));
    expect(studio.context.studio.notes).toEqual([{ id: 'note-1', title: 'A', text: 'why', x: 1, y: 2, width: 300 }]);
  });
});

describe('writing code for a function without', () => {
  test('knows the types of its routes, and drops its stand-in and draft', () => {
    const studio = new StudioDriver({
      'module.yaml': FRAUD_MODULE.replace(
        'topics: []',
        'topics: [{topic: c, valueType: io.statefun.types/string, targets: [fraud/transaction-manager]}]',
      ),
      'studio.json':
        '{"standIns": [{"typename": "fraud/transaction-manager", "forwardTo": null}], "drafts": [{"type": "function", "typename": "fraud/transaction-manager"}]}',
    });
    expect(studio.run((context) => writeFunction(context, { typename: typename('fraud/transaction-manager') }))).toEqual([]);
    expect(studio.text('functions/transaction-manager.ts')).toBe(`import { StateFun } from 'apache-flink-statefun';
import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';

const Transaction = StateFun.jsonType<Record<string, unknown>>('fraud/transaction');

export const TransactionManager: FunctionOpts = {
  typename: 'fraud/transaction-manager',
  specs: [],
  fn(context: Context, message: Message) {
    if (message.is(Transaction)) {
      console.log(context.self.id, message.as(Transaction));
    } else if (message.isString()) {
      console.log(context.self.id, message.asString());
    }
  },
};
`);
    expect(studio.text('studio.json')).toBe('{"standIns": [], "drafts": []}');
    expect(studio.run((context) => writeFunction(context, { typename: typename('fraud/transaction-manager') }))).toEqual([
      'fraud/transaction-manager has code already, in functions/transaction-manager.ts.',
    ]);
  });
});

describe('connecting', () => {
  test('an ingress without routers to a function makes a router', () => {
    const studio = fraud();
    studio.run((context) => connect(context, { from: n('ingress:fraud/confirmations'), to: n('function:fraud/fraud-count') }));
    expect(studio.edges).toContain('router:fraud/confirmations#confirmations>function:fraud/fraud-count');
  });

  test('an ingress with one router adds a target, and with several asks for the router', () => {
    const studio = fraud();
    studio.run((context) => connect(context, { from: n('ingress:fraud/transactions'), to: n('function:fraud/model') }));
    expect(studio.edges).toContain('router:fraud/transactions#transactions>function:fraud/model');
    studio.run((context) => addRouter(context, { ingress: n('ingress:fraud/transactions'), topic: 'other' }));
    expect(
      studio.run((context) => connect(context, { from: n('ingress:fraud/transactions'), to: n('function:fraud/fraud-count') })),
    ).toEqual(['fraud/transactions has 2 routers: connect from the one whose records are meant.']);
  });

  test('two functions writes a line that sends, with what it needs imported', () => {
    const studio = fraud({
      'functions/model.ts': `import { Context, Message } from 'apache-flink-statefun';

export const Model = {
  typename: 'fraud/model',
  fn: async (ctx: Context, message: Message) => {
    console.log(message);
  },
};
`,
    });
    expect(
      studio.run((context) => connect(context, { from: n('function:fraud/model'), to: n('function:fraud/transaction-manager') })),
    ).toEqual([]);
    studio.run((context) => connect(context, { from: n('function:fraud/model'), to: n('egress:fraud/alerts') }));
    expect(studio.text('functions/model.ts'))
      .toBe(`import { Context, Message, messageBuilder, kafkaEgressMessage } from 'apache-flink-statefun';

export const Model = {
  typename: 'fraud/model',
  fn: async (ctx: Context, message: Message) => {
    console.log(message);
    ctx.send(messageBuilder({ typename: 'fraud/transaction-manager', id: ctx.self.id, value: ctx.self.id }));
    ctx.send(kafkaEgressMessage({ typename: 'fraud/alerts', topic: 'alerts', key: ctx.self.id, value: ctx.self.id }));
  },
};
`);
    expect(studio.edges).toEqual(
      expect.arrayContaining(['function:fraud/model>function:fraud/transaction-manager', 'function:fraud/model>egress:fraud/alerts']),
    );
  });

  test('a function to itself sends later, so that it does not go round in one instant', () => {
    const studio = new StudioDriver({ 'functions/f.js': "exports.F = { typename: 'a/f', fn(context) {} };\n" });
    studio.run((context) => connect(context, { from: n('function:a/f'), to: n('function:a/f') }));
    expect(studio.text('functions/f.js')).toBe(`import { messageBuilder } from 'apache-flink-statefun';
exports.F = { typename: 'a/f', fn(context) {
  context.sendAfter(60 * 1000, messageBuilder({ typename: 'a/f', id: context.self.id, value: context.self.id }));
} };
`);
    expect(studio.edges).toEqual(['function:a/f>function:a/f~delayed']);
  });

  test('names and line ends of any kind are written so that the code still reads', () => {
    const studio = new StudioDriver({
      'module.yaml': "kind: io.statefun.kinesis.v1/egress\nspec:\n  id: a/it's\n",
      'functions/f.ts':
        "import type { Message } from 'apache-flink-statefun';\r\nexport const F = {\r\n\ttypename: 'a/f',\r\n\tfn(context) {\r\n\t},\r\n};\r\n",
    });
    studio.run((context) => connect(context, { from: n('function:a/f'), to: n("egress:a/it's") }));
    expect(studio.text('functions/f.ts')).toBe(
      "import { kinesisEgressMessage } from 'apache-flink-statefun';\r\nimport type { Message } from 'apache-flink-statefun';\r\nexport const F = {\r\n\ttypename: 'a/f',\r\n\tfn(context) {\r\n\t\tcontext.send(kinesisEgressMessage({ typename: 'a/it\\'s', stream: 'it\\'s', partitionKey: context.self.id, value: context.self.id }));\r\n\t},\r\n};\r\n",
    );
    expect(studio.edges).toEqual(["function:a/f>egress:a/it's"]);
  });

  test('a function without code makes its stand-in forward', () => {
    const studio = fraud();
    studio.run((context) => connect(context, { from: n('function:fraud/model'), to: n('egress:fraud/alerts') }));
    expect(studio.context.studio.standIns).toEqual([
      { typename: 'fraud/model', forwardTo: { type: 'egress', id: 'fraud/alerts', topic: 'alerts' } },
    ]);
    studio.run((context) => connect(context, { from: n('function:fraud/model'), to: n('function:fraud/fraud-count') }));
    expect(studio.context.studio.standIns).toEqual([
      { typename: 'fraud/model', forwardTo: { type: 'function', typename: 'fraud/fraud-count' } },
    ]);
    studio.run((context) => setStandIn(context, { typename: typename('fraud/model'), standIn: null }));
    expect(studio.context.studio.standIns).toEqual([]);
  });

  test('an ingress to a draft router makes it real, where it lay', () => {
    const studio = fraud();
    studio.run((context) => addRouter(context, { ingress: null, topic: 'reports', at: { x: 5, y: 6 } }));
    studio.run((context) => connect(context, { from: n('router:#router-1'), to: n('function:fraud/model') }));
    expect(studio.edges).toContain('router:#router-1>function:fraud/model');
    studio.run((context) => connect(context, { from: n('ingress:fraud/confirmations'), to: n('router:#router-1') }));
    expect(studio.nodes).not.toContain('router:#router-1');
    expect(studio.edges).toContain('router:fraud/confirmations#reports>function:fraud/model');
    expect(studio.context.studio.positions).toEqual({ 'router:fraud/confirmations#reports': { x: 5, y: 6 } });
    expect(studio.context.studio.drafts).toEqual([]);
  });

  test('what cannot be connected is refused with the reason', () => {
    expect(fraud().run((context) => connect(context, { from: n('ingress:fraud/transactions'), to: n('egress:fraud/alerts') }))).toEqual([
      'An ingress routes to functions only.',
    ]);
  });
});
