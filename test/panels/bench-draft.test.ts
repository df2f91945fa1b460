import { describe, expect, test } from 'vitest';
import { filePath, typename, virtualTime } from '../../src/base/ids.ts';
import type { FunctionFact } from '../../src/model/code-facts.ts';
import { draftOfInput, emptyDraft, inputOfDraft, withDeclaredStates, withStatesOf } from '../../src/panels/bench/bench-draft.ts';
import { readDrafts, storedDrafts } from '../../src/panels/bench/bench-memory.ts';
import { parseClock } from '../../src/panels/bench/clock-text.ts';
import { freeScenarioName, scenarioNameProblem } from '../../src/panels/bench/scenario-name.ts';
import { formatClock } from '../../src/panels/run/virtual-clock.ts';
import type { TrialInput } from '../../src/worker/trial-contract.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const type = typename('a/f');

const fact = (...states: readonly (readonly [name: string, type: string | null])[]): FunctionFact => ({
  typename: type,
  path: filePath('functions/f.ts'),
  range: { from: 0, to: 1 },
  bodyEnd: null,
  states: states.map(([name, of]) => ({ name, type: of, expiration: null })),
  sends: [],
  accepts: { types: [], others: 'unknown' },
  callerUses: [],
  fetches: [],
});

const recorded: TrialInput = {
  typename: type,
  id: 'x',
  messages: [
    { caller: null, value: { typename: 'a/m', hasValue: true, bytes: utf8('{"n": 1}') } },
    { caller: { typename: typename('a/g'), id: 'y' }, value: { typename: 'a/raw', hasValue: true, bytes: Uint8Array.from([0, 255]) } },
  ],
  states: [
    { name: 'count', value: { typename: 'io.statefun.types/int', hasValue: true, bytes: Uint8Array.from([0x0d, 2, 0, 0, 0]) } },
    { name: 'seen', value: null },
  ],
  at: virtualTime(5000),
  seed: 77,
};

describe('what is kept of drafts', () => {
  test('makes the same input again, with the very bytes of a recording', () => {
    const [draft, ...more] = readDrafts(storedDrafts([draftOfInput(recorded, 12, null)]));
    expect(more).toEqual([]);
    const input = draft === undefined ? null : inputOfDraft(draft);
    expect(input?.ok === true && input.value).toEqual({ ...recorded, states: recorded.states.filter(({ value }) => value !== null) });
    // The run may be another one by now.
    expect(draft).toMatchObject({ seq: null, statesOf: null });
  });

  test('keeps what is wrong as it was written', () => {
    const draft = emptyDraft(type, fact(['count', 'int']), 'a/m', { type: 'ingress', ingress: 'a/in' }, 0);
    const wrong = { ...draft, messages: draft.messages.map((message) => ({ ...message, value: { ...message.value, text: '{"n":' } })) };
    const [back] = readDrafts(storedDrafts([wrong]));
    expect(back?.messages.map(({ caller, value }) => [caller, value])).toEqual([
      [
        { type: 'ingress', ingress: 'a/in' },
        { typename: 'a/m', form: 'json', text: '{"n":' },
      ],
    ]);
  });

  test('is bounded: of too much the first ones stay, and what is too long alone is left out', () => {
    const long = (id: string, length: number) => ({
      ...emptyDraft(type, null, 'a/m', { type: 'ingress', ingress: null }, 0),
      id: id.repeat(length),
    });
    const drafts = [long('a', 90_000), long('b', 300_000), long('c', 90_000), long('d', 90_000)];
    expect(readDrafts(storedDrafts(drafts)).map(({ id }) => id.slice(0, 1))).toEqual(['a', 'c']);
    expect(storedDrafts([long('b', 300_000)])).toBeNull();
  });

  test('what is no draft is left out', () => {
    const text = storedDrafts([draftOfInput(recorded, null, null)]) ?? '';
    const [draft] = JSON.parse(text) as [Record<string, unknown>];
    const without = Object.keys(draft).map((key) => Object.fromEntries(Object.entries(draft).filter(([name]) => name !== key)));
    const odd = [
      ...without,
      { ...draft, messages: [] },
      { ...draft, messages: [{ caller: null, value: null }] },
      { ...draft, states: [7] },
      null,
      7,
    ];
    expect(readDrafts(JSON.stringify([...odd, draft])).length).toBe(1);
    expect([null, '', 'no json', '7', '{}'].flatMap((other) => readDrafts(other))).toEqual([]);
  });
});

describe('a draft of the bench', () => {
  test('a recorded call that is not changed is the same call, byte for byte', () => {
    const draft = draftOfInput(recorded, 12, fact(['count', 'int'], ['seen', 'boolean']));
    const input = inputOfDraft(draft);
    expect(input.ok && input.value).toEqual(recorded);
    expect(draft).toMatchObject({ seq: 12, statesOf: 5000 });
  });

  test('the states follow the code: new ones are absent, values of those that went stay', () => {
    const draft = draftOfInput(recorded, null, fact(['count', 'int']));
    const changed = withDeclaredStates(draft, fact(['total', 'float']));
    expect(changed.states.map(({ name, present, value }) => [name, present, value.typename])).toEqual([
      ['total', false, 'io.statefun.types/float'],
      ['count', true, 'io.statefun.types/int'],
    ]);
    expect(withDeclaredStates(changed, fact(['total', 'float']))).toBe(changed);
  });

  test('an absent state that the code declares with another type takes that type', () => {
    const draft = emptyDraft(type, fact(['count', 'int']), 'a/m', { type: 'ingress', ingress: null }, 0);
    expect(withDeclaredStates(draft, fact(['count', 'string'])).states[0]?.value.typename).toBe('io.statefun.types/string');
  });

  test('the state of the run takes the place of what was written', () => {
    const draft = draftOfInput(recorded, null, fact(['count', 'int']));
    const address = {
      address: { typename: type, id: 'x' },
      subtask: 0,
      states: [
        {
          name: 'count',
          typename: 'io.statefun.types/int',
          bytes: Uint8Array.from([0x0d, 9, 0, 0, 0]),
          touchedAt: virtualTime(1),
          expiresAt: null,
        },
      ],
      waiting: 0,
      inFlight: false,
    };
    const taken = withStatesOf(draft, address, 9000, fact(['count', 'int']));
    expect(taken.states).toMatchObject([{ name: 'count', present: true, value: { text: '9' } }]);
    expect(taken.statesOf).toBe(9000);
    expect(withStatesOf(draft, null, 9000, fact(['count', 'int'])).states).toMatchObject([{ name: 'count', present: false }]);
  });

  test('each field that cannot be read is named, and all of them at once', () => {
    const draft = draftOfInput(recorded, null, fact(['count', 'int']));
    const [first, second] = draft.messages;
    if (first === undefined || second === undefined) {
      throw new Error('two messages were given');
    }
    const wrong = inputOfDraft({
      ...draft,
      seed: 1.5,
      messages: [
        { ...first, value: { ...first.value, text: '{' } },
        { ...second, caller: { type: 'function', typename: 'nowhere', id: '' } },
      ],
      states: draft.states.map((state) => ({ ...state, value: { ...state.value, text: 'two' } })),
    });
    expect(wrong.ok ? [] : [...wrong.error.keys()]).toEqual(['seed', 'message 0', 'caller 1', 'state count']);
  });
});

describe('virtual time as it is typed', () => {
  const DAY = 24 * 60 * 60 * 1000;
  test.each([
    ['Day 3 04:12:09.250', 2 * DAY + (4 * 3600 + 12 * 60 + 9) * 1000 + 250],
    ['3 04:12', 2 * DAY + (4 * 3600 + 12 * 60) * 1000],
    ['04:12:09.5', (4 * 3600 + 12 * 60 + 9) * 1000 + 500],
  ])('%s', (text, millis) => expect(parseClock(text, 1000)).toBe(1000 + millis));

  test.each(['', 'Day 0 00:00', '24:00', '1:60', 'tomorrow'])('“%s” is no time', (text) => expect(parseClock(text, 0)).toBeNull());

  test('is read as it is shown', () => {
    for (const at of [0, 1, 999, 86_399_999, 86_400_000, 31 * DAY + 12_345_678]) {
      expect(parseClock(formatClock(at, 0), 0)).toBe(at);
    }
  });
});

describe('names of scenarios', () => {
  const files = new Map([[filePath('scenarios/greet-visit.yaml'), '']]);

  test('a free one is made from what was tried', () => {
    expect(freeScenarioName('greet-Visit', new Map())).toBe('greet-visit');
    expect(freeScenarioName('greet-Visit', files)).toBe('greet-visit-2');
    expect(freeScenarioName('fraud-count-ConfirmFraud +2', new Map())).toBe('fraud-count-confirm-fraud-2');
  });

  test('what is taken or no file name is refused', () => {
    expect(scenarioNameProblem('Greet-Visit', files)).toContain('exists');
    expect(scenarioNameProblem('../x', files)).not.toBeNull();
    expect(scenarioNameProblem(' ', files)).not.toBeNull();
    expect(scenarioNameProblem('other', files)).toBeNull();
  });
});
