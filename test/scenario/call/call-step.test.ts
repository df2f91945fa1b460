import { describe, expect, it } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import { loadExample } from '../../support/load-example.ts';
import { playText } from '../../support/play-text.ts';

const CODE = filePath('functions/lab.ts');
const files = new Map([
  ...loadExample('greeter'),
  [
    CODE,
    `import { StateFun, messageBuilder, type Context, type Message } from 'apache-flink-statefun';
const Json = StateFun.jsonType('lab/json');
export const lab = { typename: 'greeter/lab', specs: [{ name: 'n', type: StateFun.intType() }, { name: 'gone', type: StateFun.stringType() }],
  fn(context: Context, message: Message) {
    if (message.isInt()) throw new RangeError('no number ' + message.asInt());
    context.storage.n = (context.storage.n ?? 0) + 1;
    if (context.storage.gone !== null) context.storage.gone = null;
    context.send(messageBuilder({ typename: 'greeter/greet', id: 'x', value: { now: Date.now(), random: Math.random(), from: context.caller?.id ?? null }, valueType: Json }));
    context.sendAfter(90_000, messageBuilder({ typename: 'greeter/greet', id: 'y', value: 'later' }), 'token');
    context.cancelDelayedMessage('other');
  } };
`,
  ],
]);

const call = (rest: string) => `steps:
  - call:
      function: greeter/lab
      id: a
      time: 2026-02-03T04:05:06.007Z
      states: [{ state: n, type: io.statefun.types/int, json: 4 }, { state: gone, type: io.statefun.types/string, json: here }]
${rest.replace(/^/gm, '      ')}
`;

const TEXT = 'messages: { type: io.statefun.types/string, json: hello, caller: { function: greeter/greet, id: Bob } }\n';

async function failures(rest: string): Promise<readonly string[]> {
  return (await playText(files, call(rest))).failures;
}

describe('a call step', () => {
  it('gives states, caller and time to the function, and finds every effect of it', async () => {
    expect(
      await failures(`${TEXT}reply:
  states: [{ state: gone, absent: true }, { state: n, json: 5 }]
  sends: [{ function: greeter/greet, id: x, type: lab/json, jsonContains: { now: ${Date.UTC(2026, 1, 3, 4, 5, 6, 7)}, from: Bob } }]
  delayed: [{ after: 90 s, token: token, function: greeter/greet, id: y, type: io.statefun.types/string, json: later }]
  cancels: [other]
  egress: []`),
    ).toEqual([]);
  });

  it('says what is missing and what is there, kind by kind', async () => {
    const [failure, more] = await failures(`${TEXT}reply:
  states: [{ state: n, json: 6 }]
  sends: []
  delayed: [{ after: 91 s, token: token, function: greeter/greet, id: y }]
  cancels: []
  egress: []`);
    expect(more).toBeUndefined();
    expect(failure?.replace(/"random":0\.\d+/, '"random":N'))
      .toBe(`scenarios/test.yaml:3:7: at 0 s: Call of greeter/lab / a: its reply has other states, sends, delayed, cancels.
      states:
    - n: 6
    + gone: deleted
    + n: 5
      sends:
    + greeter/greet / x: lab/json {"from":"Bob","now":1770091506007,"random":N}
      delayed:
    - after 91 s, token token to greeter/greet / y: anything
    + after 90 s, token token to greeter/greet / y: io.statefun.types/string "later"
      cancels:
    + other`);
  });

  it('expects an error where it says so, and reports one where it does not', async () => {
    const number = 'messages: { type: io.statefun.types/int, json: 7 }\n';
    expect(await failures(`${number}throws: 'RangeError: no number 7'`)).toEqual([]);
    expect(await failures(`${number}throws: no text`)).toEqual([expect.stringContaining('it threw another error')]);
    expect(await failures(number)).toEqual([expect.stringContaining('it threw.')]);
    expect(await failures(`${TEXT}throws: RangeError`)).toEqual([expect.stringContaining('it did not throw')]);
    expect(await failures(TEXT)).toEqual([]);
  });

  it('leaves no mark on the run', async () => {
    const send = '  - send: { topic: visits, key: Ada, json: { name: Ada, door: north } }\n';
    const plain = await playText(files, `steps:\n${send}`);
    const called = await playText(files, `${call(TEXT)}${send}`);
    expect(called.hash).toBe(plain.hash);
  });

  it('calls the code that is in effect', async () => {
    const replaced = `steps:
  - code: { file: functions/lab.ts, from: functions/other.txt }
  - call: { function: greeter/lab, id: a, messages: { type: lab/json, json: 1 }, reply: { states: [{ state: n, json: 100 }] } }
`;
    const other = files.get(CODE)?.replace('+ 1;', '+ 100;') ?? '';
    const { failures: found } = await playText(new Map([...files, [filePath('functions/other.txt'), other]]), replaced);
    expect(found).toEqual([]);
  });

  it('is refused where a value does not fit its type', () => {
    const parsed = parseScenario(call('messages: { type: io.statefun.types/int, json: seven }\n'), filePath('scenarios/a.yaml'));
    expect(parsed).toMatchObject({ ok: false, error: [{ code: 'scenario-bad-value', message: 'io.statefun.types/int takes a number.' }] });
  });
});
