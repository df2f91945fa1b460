/** `expect:`, what has to hold at a moment. */
import type {
  CountRange,
  EgressExpectation,
  Expectation,
  FailureExpectation,
  RecordMatch,
  StateExpectation,
  TimerExpectation,
  ValueMatch,
} from '../scenario.ts';
import { FAILURE_KINDS } from '../failure-kinds.ts';
import { anyJson, byKey, list, mapped, named, oneOrMany, shortOrObject } from './composites.ts';
import { object, optional, required } from './object.ts';
import { base64Text, componentId, flag, functionName, text, whole, word, wordsOfLevel } from './scalars.ts';
import type { Bad, Shape } from './shape.ts';

const MOST = 1_000_000_000;

const count = shortOrObject(
  mapped(whole(0, MOST), (exactly): CountRange => ({ atLeast: exactly, atMost: exactly })),
  object({
    what: 'a count',
    fields: {
      atLeast: optional(whole(0, MOST), 'So many or more.'),
      atMost: optional(whole(0, MOST), 'So many or fewer.'),
    },
    rules: [{ type: 'at-least-one', keys: ['atLeast', 'atMost'] }],
    make({ atLeast = 0, atMost }, made): CountRange | Bad {
      return atMost !== undefined && atMost < atLeast
        ? made.report('scenario-bad-value', 'atMost is less than atLeast: no count is both.', 'atMost')
        : { atLeast, atMost: atMost ?? null };
    },
  }),
);

/** The keys that say what a value has to be. */
export const matchFields = {
  json: optional(
    mapped(anyJson(), (value): ValueMatch => ({ type: 'json', value })),
    'The value is this JSON; the order of members does not matter.',
  ),
  jsonContains: optional(
    mapped(anyJson(), (value): ValueMatch => ({ type: 'json-contains', value })),
    'The value is JSON with at least these members; lists have to be there as a whole.',
  ),
  text: optional(
    mapped(text(), (written): ValueMatch => ({ type: 'text', text: written })),
    'The value is this text.',
  ),
  textContains: optional(
    mapped(text({ empty: false }), (written): ValueMatch => ({ type: 'text-contains', text: written })),
    'The value is text that holds this.',
  ),
  base64: optional(
    mapped(base64Text(), (written): ValueMatch => ({ type: 'base64', base64: written })),
    'The value is these bytes.',
  ),
};
export const MATCH_KEYS = Object.keys(matchFields);

interface MatchValues {
  readonly json: ValueMatch | undefined;
  readonly jsonContains: ValueMatch | undefined;
  readonly text: ValueMatch | undefined;
  readonly textContains: ValueMatch | undefined;
  readonly base64: ValueMatch | undefined;
}

export function matchOf(values: MatchValues): ValueMatch | null {
  return values.json ?? values.jsonContains ?? values.text ?? values.textContains ?? values.base64 ?? null;
}

const recordMatch = named(
  'recordMatch',
  object({
    what: 'an expected record',
    fields: {
      key: optional(text(), "The record's key."),
      noKey: optional(flag(), 'true: the record has no key.'),
      ...matchFields,
    },
    rules: [
      { type: 'at-least-one', keys: ['key', 'noKey', ...MATCH_KEYS] },
      { type: 'at-most-one', keys: ['key', 'noKey'] },
      { type: 'at-most-one', keys: MATCH_KEYS },
    ],
    make: (values): RecordMatch => ({
      ...(values.noKey === true ? { key: null } : values.key === undefined ? {} : { key: values.key }),
      value: matchOf(values),
    }),
  }),
);

const egress = object({
  what: 'an expectation about egress records',
  fields: {
    egress: required(componentId(), 'The id of an egress of module.yaml.'),
    topic: optional(text({ empty: false }), 'Only records of this topic.'),
    key: optional(text(), 'Only records with this key.'),
    read: optional(
      word('committed', 'uncommitted'),
      'What a consumer sees with isolation.level=read_committed or read_uncommitted; committed when absent.',
    ),
    records: optional(list(recordMatch, 0, 'a list of expected records'), 'All the records there are.'),
    order: optional(
      word('in-order', 'per-key', 'any'),
      'How records compares: in-order as they stand; per-key: those with one key in order, keys in any; any. in-order when absent.',
    ),
    include: optional(list(recordMatch, 1, 'a list of expected records'), 'Each of these is there at least once.'),
    count: optional(count, 'How many records there are.'),
  },
  rules: [
    { type: 'at-least-one', keys: ['records', 'include', 'count'] },
    { type: 'needs', key: 'order', other: 'records' },
  ],
  make(values, made): EgressExpectation | Bad {
    if (values.order === 'per-key' && values.records?.some(({ key }) => key === undefined) === true) {
      return made.report('scenario-bad-value', 'order: per-key compares key by key: give each record a key, or noKey: true.', 'records');
    }
    return {
      type: 'egress',
      place: made.place,
      egress: values.egress,
      topic: values.topic ?? null,
      key: values.key ?? null,
      read: values.read ?? 'committed',
      records: values.records === undefined ? null : { list: values.records, order: values.order ?? 'in-order' },
      include: values.include ?? [],
      count: values.count ?? null,
    };
  },
});

const state = object({
  what: 'an expectation about a state',
  fields: {
    state: required(text({ empty: false }), 'The name of the state.'),
    function: required(functionName(), 'The typename of its function.'),
    id: required(text(), 'The id of the address.'),
    absent: optional(flag(), 'true: there is no value, or it has expired.'),
    ...matchFields,
  },
  rules: [{ type: 'exactly-one', keys: ['absent', ...MATCH_KEYS] }],
  make: (values, { place }): StateExpectation => ({
    type: 'state',
    place,
    function: values.function,
    id: values.id,
    state: values.state,
    value: matchOf(values),
  }),
});

const failures = object({
  what: 'an expectation about failures',
  fields: {
    failures: required(
      word('none', 'job', 'call'),
      'none: neither the job nor a call failed. job: failures that stop the job. call: attempts of calls that fail.',
    ),
    kind: optional(wordsOfLevel(FAILURE_KINDS), 'Only failures of this kind.'),
    function: optional(functionName(), 'Only failures of this function.'),
    id: optional(text(), 'Only failures of this address.'),
    message: optional(text({ empty: false }), 'Only failures whose message holds this text.'),
    count: optional(count, 'How many there are; one or more when absent.'),
  },
  make(values, made): FailureExpectation | Bad {
    const { failures: level, kind = null } = values;
    const beside = (['kind', 'function', 'id', 'message', 'count'] as const).find((key) => values[key] !== undefined);
    if (level === 'none' && beside !== undefined) {
      return made.report(
        'scenario-key-conflict',
        `“failures: none” leaves nothing for ${beside} to say: write failures: job or call.`,
        beside,
      );
    }
    if (level !== 'none' && kind !== null && !FAILURE_KINDS[level].includes(kind)) {
      return made.report(
        'scenario-bad-value',
        `${kind} is no failure of a ${level}: the kinds are ${FAILURE_KINDS[level].join(', ')}.`,
        'kind',
      );
    }
    return {
      type: 'failures',
      place: made.place,
      level,
      kind,
      function: values.function ?? null,
      id: values.id ?? null,
      message: values.message ?? null,
      count: values.count ?? (level === 'none' ? { atLeast: 0, atMost: 0 } : { atLeast: 1, atMost: null }),
    };
  },
});

const timers = object({
  what: 'an expectation about delayed messages',
  fields: {
    timers: required(count, 'How many delayed messages wait to be delivered.'),
    function: optional(functionName(), 'Only those to this function.'),
    id: optional(text(), 'Only those to this address.'),
    token: optional(text({ empty: false }), 'Only those with this cancellation token.'),
  },
  make: (values, { place }): TimerExpectation => ({
    type: 'timers',
    place,
    count: values.timers,
    function: values.function ?? null,
    id: values.id ?? null,
    token: values.token ?? null,
  }),
});

const expectation: Shape<Expectation> = named('expectation', byKey<Expectation>('an expectation', { egress, state, failures, timers }));

export const expectations: Shape<readonly Expectation[]> = oneOrMany(expectation, 'an expectation, or a list of them');
