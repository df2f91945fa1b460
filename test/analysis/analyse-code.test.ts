import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseCode, type AnalysisCache } from '../../src/analysis/analyse-code.ts';
import { filePath } from '../../src/base/ids.ts';
import type { CodeFacts } from '../../src/model/code-facts.ts';
import { FRAUD_FILES } from '../support/fraud-code.ts';

function analyse(files: Readonly<Record<string, string>>, cache?: AnalysisCache): CodeFacts {
  return analyseCode(new Map(Object.entries(files).map(([path, text]) => [filePath(path), text])), cache);
}

/** One function whose fn has this body. */
function inFn(body: string, before = ''): CodeFacts {
  return analyse({
    'functions/f.ts': `import { StateFun, messageBuilder, kafkaEgressMessage } from 'apache-flink-statefun';
${before}
export const F = { typename: 'a/f', specs: [], fn(context, message) { ${body} } };`,
  });
}

function sendsOf(facts: CodeFacts): readonly string[] {
  return facts.functions.flatMap((fact) =>
    fact.sends.map((send) => `${fact.typename} → ${send.target} ${send.to}${send.delayed ? ` after ${send.delayMillis}` : ''}`),
  );
}

function problemsOf(facts: CodeFacts, text?: string): readonly string[] {
  return facts.problems.map(({ code, range }) =>
    text === undefined || range === undefined ? code : `${code}: ${text.slice(range.from, range.to)}`,
  );
}

describe('the fraud application', () => {
  const facts = analyse(FRAUD_FILES);

  test('its functions are found with their states', () => {
    expect(facts.functions.map(({ typename, path, states }) => ({ typename, path, states }))).toEqual([
      { typename: 'fraud/fraud-count', path: 'functions/fraud-count.ts', states: [{ name: 'count', type: 'int', expiration: null }] },
      { typename: 'fraud/merchant-scorer', path: 'functions/merchant-scorer.ts', states: [] },
      {
        typename: 'fraud/transaction-manager',
        path: 'functions/transaction-manager.ts',
        states: [
          { name: 'transaction', type: 'fraud/transaction', expiration: { mode: 'after-write', millis: 60_000 } },
          { name: 'score', type: 'float', expiration: { mode: 'after-call', millis: 60_000 } },
        ],
      },
    ]);
    expect(facts.problems).toEqual([]);
  });

  test('its messages are found through constants, helpers, other files and replies', () => {
    expect(sendsOf(facts)).toEqual([
      `fraud/fraud-count → function fraud/fraud-count after ${30 * 24 * 60 * 60 * 1000}`,
      'fraud/fraud-count → function fraud/transaction-manager',
      'fraud/merchant-scorer → function fraud/transaction-manager',
      'fraud/transaction-manager → function fraud/fraud-count',
      'fraud/transaction-manager → function fraud/merchant-scorer',
      'fraud/transaction-manager → function fraud/model',
      'fraud/transaction-manager → egress fraud/alerts',
    ]);
  });

  test('a call of a service is found with the literal beginning of its address', () => {
    expect(facts.functions.flatMap((fact) => fact.fetches.map((call) => call.url))).toEqual(['https://merchants.example/score/']);
  });

  test('a send in a shared module lies, for its function, where the function calls it', () => {
    const manager = facts.functions[2];
    const send = manager?.sends.find(({ to }) => to === 'fraud/fraud-count');
    expect(FRAUD_FILES['functions/transaction-manager.ts']?.slice(send?.range.from, send?.range.to)).toBe(
      "ask(context, FRAUD_COUNT, 'query')",
    );
  });

  test('the end of each body is its closing brace', () => {
    for (const { path, bodyEnd } of facts.functions) {
      expect(FRAUD_FILES[path]?.slice(bodyEnd ?? 0).replaceAll(/\s/g, '')).toMatch(/^\}[,}]/);
    }
  });
});

describe('specs', () => {
  const spec = (name: string) => `{ typename: '${name}', fn() {} }`;
  const found = (text: string) => analyse({ 'functions/x.ts': text }).functions.map((fact) => fact.typename);

  test('are found in exported objects, lists, classes, instances, factories, default exports and bind', () => {
    expect(found(`export const A = ${spec('a/const')};`)).toEqual(['a/const']);
    expect(found(`const a = ${spec('a/group')}; export { a as b };`)).toEqual(['a/group']);
    expect(found(`export default ${spec('a/default')};`)).toEqual(['a/default']);
    expect(found(`export const all = [${spec('a/1')}, ${spec('a/2')}];`)).toEqual(['a/1', 'a/2']);
    expect(found(`export class A { static typename = 'a/static'; static specs = []; static fn() {} }`)).toEqual(['a/static']);
    expect(found(`class A { typename = 'a/instance'; fn = async () => {}; } export const a = new A();`)).toEqual(['a/instance']);
    expect(
      found(`const make = (name: string) => ({ typename: 'a/' + name, fn() {} }); export const a = make('one'), b = make('two');`),
    ).toEqual(['a/one', 'a/two']);
    expect(
      found(`import { StateFun } from 'apache-flink-statefun'; const statefun = new StateFun(); statefun.bind(${spec('a/bound')});`),
    ).toEqual(['a/bound']);
    expect(found(`module.exports = { a: ${spec('a/common')} };`)).toEqual(['a/common']);
    expect(found(`export const a = ${spec('a/typed')} as const satisfies FunctionOpts;`)).toEqual(['a/typed']);
  });

  test('that are not exported define nothing', () => {
    expect(found(`const a = ${spec('a/hidden')};`)).toEqual([]);
  });

  test('that are exported twice are one function', () => {
    expect(analyse({ 'functions/a.ts': `export const A = ${spec('a/a')};`, 'functions/b.ts': "export * from './a';" })).toMatchObject({
      functions: [{ typename: 'a/a', path: 'functions/a.ts' }],
      problems: [],
    });
  });

  test('with states from a shared list and a spread have all of them', () => {
    const facts = analyse({
      'functions/s.ts':
        "import { StateFun } from 'apache-flink-statefun'; export const common = [{ name: 'seen', type: StateFun.booleanType() }];",
      'functions/f.ts':
        "import * as shared from './s.ts'; import * as sf from 'apache-flink-statefun'; export const F = { typename: 'a/f', specs: [...shared.common, { name: 'own', type: sf.StateFun.stringType() }], fn(c) { c.storage.seen = true; } };",
    });
    expect(facts.functions[0]?.states).toEqual([
      { name: 'seen', type: 'boolean', expiration: null },
      { name: 'own', type: 'string', expiration: null },
    ]);
    expect(facts.problems).toEqual([]);
  });
});

describe('sends', () => {
  test('to a choice of targets go to each of them', () => {
    expect(sendsOf(inFn("context.send(messageBuilder({ typename: message.isInt() ? 'a/one' : 'a/two', id: 'x', value: 1 }));"))).toEqual([
      'a/f → function a/one',
      'a/f → function a/two',
    ]);
  });

  test('in callbacks, methods and arrow functions belong to the function', () => {
    const before = `const helpers = { tell(context, to) { context.send(messageBuilder({ typename: to, id: 'x', value: 1 })); } };
const toThree = (context) => context.send(messageBuilder({ typename: 'a/three', id: 'x', value: 1 }));`;
    expect(
      sendsOf(inFn("['a/one', 'a/two'].forEach((to) => helpers.tell(context, to)); [1].forEach(() => toThree(context));", before)),
    ).toEqual(['a/f → function a/one', 'a/f → function a/two', 'a/f → function a/three']);
  });

  test('of a message that a helper makes, or that has shorthand options, are found', () => {
    const before = `const TYPENAME = 'a/two';
function message1(id: string) { return messageBuilder({ typename: 'a/one', id, value: 1 }); }`;
    expect(
      sendsOf(
        inFn(
          "context.send(message1('x')); const typename = TYPENAME; const options = { typename, id: 'x', value: 1 }; context.send(messageBuilder(options));",
          before,
        ),
      ),
    ).toEqual(['a/f → function a/one', 'a/f → function a/two']);
  });

  test('to enum members, frozen maps, computed members and another spec are found', () => {
    const before = `enum Names { One = 'a/one' }
const MAP = Object.freeze({ 'the-two': 'a/two' });
const Other = { typename: 'a/three', fn() {} };`;
    const body = ['Names.One', "MAP['the-two']", 'Other.typename', '`${"a"}/four`']
      .map((name) => `context.send(messageBuilder({ typename: ${name}, id: 'x', value: 1 }));`)
      .join(' ');
    expect(sendsOf(inFn(body, before))).toEqual([
      'a/f → function a/one',
      'a/f → function a/two',
      'a/f → function a/three',
      'a/f → function a/four',
    ]);
  });

  test('with a delay that is not constant are delayed by an unknown time', () => {
    expect(
      sendsOf(inFn("context.sendAfter(context.storage.wait, messageBuilder({ typename: 'a/b', id: 'x', value: 1 }), 'token');")),
    ).toEqual(['a/f → function a/b after null']);
  });

  test('to an unknown target are left out, and so are messages that are never sent', () => {
    expect(
      sendsOf(
        inFn(
          "context.send(messageBuilder({ typename: message.asString(), id: 'x', value: 1 })); messageBuilder({ typename: 'a/b', id: 'x', value: 1 });",
        ),
      ),
    ).toEqual([]);
  });

  test('to the caller come back to every function that sends, over several hops, and to nobody when nobody does', () => {
    const file = (name: string, body: string) =>
      `import { messageBuilder } from 'apache-flink-statefun'; export const F = { typename: 'a/${name}', fn(context) { ${body} } };`;
    const reply = 'const { caller } = context; context.send(messageBuilder({ typename: caller.typename, id: caller.id, value: 1 }));';
    const facts = analyse({
      'functions/one.ts': file('one', "context.send(messageBuilder({ typename: 'a/two', id: 'x', value: 1 }));"),
      'functions/two.ts': file('two', reply),
      'functions/three.ts': file('three', reply),
    });
    expect(sendsOf(facts)).toEqual(['a/one → function a/two', 'a/two → function a/one']);
  });

  test('of recursive helpers end', () => {
    const before =
      "function loop(context, n) { context.send(messageBuilder({ typename: 'a/b', id: 'x', value: 1 })); loop(context, n + 1); other(context); }\nfunction other(context) { loop(context, 0); }";
    expect(sendsOf(inFn('loop(context, 0);', before))).toEqual(['a/f → function a/b']);
  });
});

describe('what the SDK refuses is reported at its place', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['a typename without a slash', "export const F = { typename: 'nope', fn() {} };", ["bad-typename: typename: 'nope'"]],
    [
      'a typename that only a run would know',
      'export const F = { typename: globalThis.name, fn() {} };',
      ['typename-unknown: typename: globalThis.name'],
    ],
    ['a spec without fn', "export const F = { typename: 'a/f', specs: [] };", ["no-fn: { typename: 'a/f', specs: [] }"]],
    [
      'a bad state name',
      "import { StateFun } from 'apache-flink-statefun'; export const F = { typename: 'a/f', specs: [{ name: 'lastSeen', type: StateFun.intType() }], fn() {} };",
      ["bad-state-name: 'lastSeen'"],
    ],
    [
      'a state without a type, and one declared twice',
      "import { StateFun } from 'apache-flink-statefun'; export const F = { typename: 'a/f', specs: [{ name: 'n' }, { name: 'n', type: StateFun.intType() }], fn() {} };",
      ["no-state-type: { name: 'n' }", "duplicate-state: { name: 'n', type: StateFun.intType() }"],
    ],
    [
      'an expiration of half a millisecond',
      "import { StateFun } from 'apache-flink-statefun'; export const F = { typename: 'a/f', specs: [{ name: 'n', type: StateFun.intType(), expireAfterCall: 0.5 }], fn() {} };",
      ['bad-expiration: 0.5'],
    ],
    [
      'a write to a state that is not declared',
      "export const F = { typename: 'a/f', specs: [], fn(context) { context.storage.count = 1; } };",
      ['undeclared-state: count'],
    ],
    [
      'delay and message in the wrong order',
      "import { messageBuilder } from 'apache-flink-statefun'; export const F = { typename: 'a/f', fn(context) { context.sendAfter(messageBuilder({ typename: 'a/b', id: 'x', value: 1 }), 5); } };",
      ["send-after-arguments: context.sendAfter(messageBuilder({ typename: 'a/b', id: 'x', value: 1 }), 5)"],
    ],
    [
      'a message without id, value or type',
      "import { messageBuilder } from 'apache-flink-statefun'; export const F = { typename: 'a/f', fn(c) { c.send(messageBuilder({ typename: 'a/b', value: {} })); c.send(messageBuilder({ typename: 'a/b', id: 'x' })); } };",
      [
        "message-without-id: messageBuilder({ typename: 'a/b', value: {} })",
        "message-without-type: messageBuilder({ typename: 'a/b', value: {} })",
        "message-without-value: messageBuilder({ typename: 'a/b', id: 'x' })",
      ],
    ],
    // What the SDK 3.3.0 does with each was tried: it throws, but for the number in a text, of which it writes an empty text.
    [
      'a value that its type does not hold',
      `import { StateFun, messageBuilder } from 'apache-flink-statefun'; const HALF = 5.5;
export const F = { typename: 'a/f', fn(c) {
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: 5.5, valueType: StateFun.intType() }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: HALF, valueType: StateFun.intType() }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: 2147483648, valueType: StateFun.intType() }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: -2147483649 }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: 1 / 2 }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: 1e39, valueType: StateFun.floatType() }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: 'yes', valueType: StateFun.booleanType() }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: c.self.id === 'x' ? 1 : 7, valueType: StateFun.stringType() })); } };`,
      [
        'value-does-not-fit: 5.5',
        'value-does-not-fit: HALF',
        'value-does-not-fit: 2147483648',
        'value-does-not-fit: -2147483649',
        'message-without-type: 1 / 2',
        'value-does-not-fit: 1e39',
        "value-does-not-fit: 'yes'",
        "value-does-not-fit: c.self.id === 'x' ? 1 : 7",
      ],
    ],
    [
      'nothing about a value that its type does hold',
      `import { StateFun, messageBuilder } from 'apache-flink-statefun';
export const F = { typename: 'a/f', fn(c, m) {
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: -2147483648, valueType: StateFun.intType() }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: 2147483647 }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: 5.5, valueType: StateFun.floatType() }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: m.asInt(), valueType: StateFun.intType() }));
  c.send(messageBuilder({ typename: 'a/b', id: 'x', value: 5.5, valueType: StateFun.jsonType('a/t') })); } };`,
      [],
    ],
    [
      'a target without a slash, and a record without a topic',
      "import { messageBuilder, kafkaEgressMessage } from 'apache-flink-statefun'; export const F = { typename: 'a/f', fn(c) { c.send(messageBuilder({ typename: 'b', id: 'x', value: 1 })); c.send(kafkaEgressMessage({ typename: 'a/out', value: 'x' })); } };",
      [
        "bad-target: messageBuilder({ typename: 'b', id: 'x', value: 1 })",
        "record-without-topic: kafkaEgressMessage({ typename: 'a/out', value: 'x' })",
      ],
    ],
  ];
  test.each(cases)('%s', (_, text, expected) => {
    expect(problemsOf(analyse({ 'functions/f.ts': text }), text)).toEqual(expected);
  });

  test('a typename that two files define, in the second of them', () => {
    const text = "export const F = { typename: 'a/f', fn() {} };";
    const facts = analyse({ 'functions/a.ts': text, 'functions/b.ts': text });
    expect(facts.functions.map(({ path }) => path)).toEqual(['functions/a.ts']);
    expect(facts.problems.map(({ code, path }) => [code, path])).toEqual([['duplicate-typename', 'functions/b.ts']]);
  });
});

describe('code that is being written', () => {
  const whole = FRAUD_FILES['functions/transaction-manager.ts'] ?? '';

  test('is read at every cut without failing', () => {
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(whole.length), (from, to) => {
        const text = whole.slice(0, from) + whole.slice(to);
        const facts = analyse({ ...FRAUD_FILES, 'functions/transaction-manager.ts': text });
        for (const fact of facts.functions) {
          expect(fact.bodyEnd ?? 0).toBeLessThanOrEqual(fact.path === 'functions/transaction-manager.ts' ? text.length : Infinity);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('gives the same facts with a cache as without', () => {
    const cache: AnalysisCache = new Map();
    analyse(FRAUD_FILES, cache);
    const changed = {
      ...FRAUD_FILES,
      'functions/types.ts': (FRAUD_FILES['functions/types.ts'] ?? '').replace('fraud/fraud-count', 'fraud/counter'),
    };
    expect(analyse(changed, cache)).toEqual(analyse(changed));
    expect([...cache.keys()].toSorted()).toEqual(Object.keys(changed).toSorted());
  });

  test('gives the same facts with a cache as without, through any row of changes', () => {
    const paths = Object.keys(FRAUD_FILES);
    const change = fc.record({ path: fc.constantFrom(...paths), at: fc.nat(900), length: fc.nat(40), gone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const cache: AnalysisCache = new Map();
        let files: Readonly<Record<string, string>> = FRAUD_FILES;
        for (const { path, at, length, gone } of changes) {
          const text = files[path] ?? FRAUD_FILES[path] ?? '';
          const { [path]: _, ...others } = files;
          files = gone ? others : { ...others, [path]: text.slice(0, at) + text.slice(at + length) };
          expect(analyse(files, cache)).toEqual(analyse(files));
        }
      }),
      { numRuns: 40 },
    );
  });
});
