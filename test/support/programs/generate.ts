/** Random applications. What they may hold follows from how their run is judged. */
import * as fc from 'fast-check';
import type { StateSpec } from '../../../src/protocol/messages.ts';
import { EGRESSES } from './application.ts';
import type { Application } from './application.ts';
import type { Command, HttpFault, Program } from './command.ts';

export interface Ingredients {
  readonly parallelism: number;
  readonly asyncMaxPerTask: readonly number[];
  readonly checkpointMillis: number | null;
  /** Everything that happens gives the same end in any order: counts only, one effect a message, no tokens shared. */
  readonly commuting: boolean;
  /** Attempts may fail and be tried again. */
  readonly retries: boolean;
  /** Answers may fail the job, once each; checkpoints must be on. */
  readonly jobFailures: boolean;
  readonly upgrades: boolean;
  readonly maxCrashes: number;
  /** Within how many ms records come; delays and times-to-live are of that size. */
  readonly spanMillis: number;
  readonly maxRecords: number;
  /** Times-to-live, where messages are to arrive at the very moment at which a state runs out; empty for any times. */
  readonly momentMillis: readonly number[];
}

export const STEADY: Ingredients = {
  parallelism: 1,
  asyncMaxPerTask: [0, 2, 3, 32768],
  checkpointMillis: null,
  commuting: false,
  retries: true,
  jobFailures: false,
  upgrades: false,
  maxCrashes: 0,
  spanMillis: 300,
  maxRecords: 10,
  momentMillis: [40, 90, 200],
};

const TYPES = ['f', 'g', 'h'] as const;
const IDS = ['a', 'b', 'c'] as const;
/** One id has more than its share: batches form where messages meet. */
const id = fc.oneof({ arbitrary: fc.constant('a' as const), weight: 2 }, { arbitrary: fc.constantFrom(...IDS), weight: 3 });
const type = fc.constantFrom(...TYPES);
const token = fc.constantFrom('t1', 't2');

/** Some states are in every type, the others in some. */
function specs(ttl: fc.Arbitrary<number>): fc.Arbitrary<readonly StateSpec[]> {
  const always = fc.tuple(ttl, ttl).map(([short, live]): readonly StateSpec[] => [
    { name: 'n', typename: 'io.statefun.types/int', expiration: null },
    { name: 'log', typename: 'io.statefun.types/string', expiration: null },
    { name: 'short', typename: 'test/text', expiration: { mode: 'after-write', millis: short } },
    { name: 'live', typename: 'test/text', expiration: { mode: 'after-invoke', millis: live } },
  ]);
  const sometimes: readonly StateSpec[] = [
    { name: 'flag', typename: 'io.statefun.types/bool', expiration: null },
    { name: 'ratio', typename: 'io.statefun.types/double', expiration: null },
    { name: 'big_one', typename: 'io.statefun.types/long', expiration: null },
  ];
  return fc.tuple(always, fc.subarray([...sometimes])).chain(([some, more]) => {
    const all = [...some, ...more];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });
}

/** A state change that every receiver can make. */
function change(): fc.Arbitrary<Command> {
  return fc.oneof(
    fc.constant<Command>({ do: 'count', state: 'n' }),
    fc.record({ do: fc.constant('append' as const), state: fc.constant('log'), text: fc.constantFrom('x', 'y', 'z') }),
    fc.record({ do: fc.constant('set' as const), state: fc.constant('n'), to: fc.constantFrom('0', '7', '-1') }),
    fc.record({ do: fc.constant('set' as const), state: fc.constant('log'), to: fc.constantFrom('', 'ß') }),
    fc.record({ do: fc.constant('delete' as const), state: fc.constantFrom('n', 'log') }),
    fc.constantFrom<Command>(
      { do: 'set', state: 'flag', to: 'true', optional: true },
      { do: 'set', state: 'flag', to: 'false', optional: true },
      { do: 'set', state: 'ratio', to: '1.5', optional: true },
      { do: 'set', state: 'big_one', to: '-9007199254740993', optional: true },
    ),
    fc.constantFrom<Command>(
      { do: 'set', state: 'short', to: 's', optional: true },
      { do: 'append', state: 'short', text: 't', optional: true },
      { do: 'set', state: 'live', to: '', optional: true },
      { do: 'append', state: 'live', text: 'l', optional: true },
      { do: 'delete', state: 'live', optional: true },
    ),
    // S35: whatever has_value says, the bytes given are stored; of several changes the last wins.
    fc.record({
      do: fc.constant('mutate' as const),
      state: fc.constantFrom('n', 'log'),
      kind: fc.constantFrom('modify' as const, 'modify' as const, 'delete' as const),
      value: fc.record({ hasValue: fc.boolean(), text: fc.constantFrom('1', '22') }),
    }),
  );
}

function egress(commuting: boolean): fc.Arbitrary<Command> {
  return fc.record({
    do: fc.constant('emit' as const),
    egress: fc.constantFrom(...EGRESSES),
    topic: fc.constant('out'),
    key: commuting ? fc.constant('k') : fc.constantFrom('', 'k', 'm'),
    text: fc.constantFrom('', '1', 'two'),
  });
}

const ASYNC_FAULTS: readonly HttpFault[] = [
  { type: 'status', status: 500 },
  { type: 'status', status: 503 },
  { type: 'status', status: 404 },
  { type: 'status', status: 302 },
  { type: 'dropped' },
  { type: 'malformed' },
  { type: 'content-type', contentType: 'application/json' },
];

/** A failing attempt that is tried again by either transport, or only by async. */
function fault(): fc.Arbitrary<Command> {
  return fc.oneof(
    fc.integer({ min: 1, max: 2 }).map((attempts): Command => ({ do: 'fail', message: 'no', attempts })),
    fc
      .tuple(fc.constantFrom(...ASYNC_FAULTS), fc.integer({ min: 1, max: 2 }))
      .map(([answer, times]): Command => ({ do: 'first', times, label: '', program: [{ do: 'answer', with: answer }] })),
  );
}

/** What fails the job, done once. */
function fatal(): fc.Arbitrary<Command> {
  const commands = fc.constantFrom<Program>(
    [{ do: 'cancel' }],
    [{ do: 'send-after', type: 'f', id: 'a', millis: -1, program: [] }],
    [
      { do: 'send-after', type: 'f', id: 'a', millis: 50, token: 'twice', program: [] },
      { do: 'send-after', type: 'f', id: 'a', millis: 60, token: 'twice', program: [] },
    ],
    [{ do: 'emit-raw', egress: 'shared/none', typename: 'x', text: '' }],
    [{ do: 'emit-raw', egress: 'shared/plain', typename: 'x/y', text: '' }],
    [{ do: 'mutate', state: 'nosuch', kind: 'modify', value: { typename: 'a/b', hasValue: true, text: '' } }],
    [{ do: 'mutate', state: 'n', kind: 'modify', value: { typename: 'a/b', hasValue: true, text: '1' } }],
    [{ do: 'mutate', state: 'n', kind: 'modify', value: null }],
  );
  return commands.map((program): Command => ({ do: 'first', times: 1, label: '', program }));
}

function program(depth: number, wanted: Ingredients): fc.Arbitrary<Program> {
  const nested = depth === 0 ? fc.constant<Program>([{ do: 'count', state: 'n' }]) : program(depth - 1, wanted);
  const choices: fc.Arbitrary<Command | readonly Command[]>[] = [
    wanted.commuting ? fc.constant<Command>({ do: 'count', state: 'n' }) : change(),
    egress(wanted.commuting),
    fc.integer({ min: 1, max: 60 }).map((millis): Command => ({ do: 'sleep', millis })),
  ];
  if (!wanted.commuting && depth > 0) {
    choices.push(
      fc.tuple(fc.constantFrom('short', 'live'), delays(wanted), nested).map(([state, millis, program]): readonly Command[] => [
        { do: 'set', state, to: 'x', optional: true },
        { do: 'send-self', millis, program },
      ]),
    );
  }
  if (depth > 0) {
    const target = fc.record({ type, id, program: nested });
    choices.push(
      fc
        .tuple(target, fc.option(fc.record({ hasValue: fc.boolean() }), { nil: undefined }))
        .map(([parts, as]): Command => ({ do: 'send', ...parts, ...(as === undefined ? {} : { as }) })),
      target.map((parts): Command => ({ do: 'send', ...parts })),
      nested.map((program): Command => ({ do: 'send-self', program })),
      fc.tuple(target, delays(wanted), fc.option(token, { nil: undefined })).map(([parts, millis, name]): Command => ({
        do: 'send-after',
        ...parts,
        // Far away where the end must not depend on who comes first.
        millis: wanted.commuting && name !== undefined ? 3_600_000 + millis : millis,
        ...(name === undefined || wanted.commuting ? {} : { token: name }),
      })),
    );
  }
  if (!wanted.commuting) {
    choices.push(
      token.map((name): Command => ({ do: 'cancel', token: name })),
      fc.constant<Command>({ do: 'first', times: 1, label: '', program: [{ do: 'incomplete' }] }),
    );
  }
  if (wanted.retries) {
    choices.push(fault());
  }
  if (wanted.jobFailures) {
    choices.push(fatal());
  }
  return fc
    .array(fc.oneof(...choices), { maxLength: 4 })
    .map((commands) => withFreshTokens([{ do: 'count', state: 'n' }, ...commands.flat()]));
}

/** A timer fires a millisecond after it is due (S42): what an answer sets runs out just when its delayed message comes (S52). */
function delays({ spanMillis, momentMillis }: Ingredients): fc.Arbitrary<number> {
  const any = fc.integer({ min: 0, max: spanMillis });
  return momentMillis.length > 0
    ? fc.oneof(
        any,
        fc.constantFrom(...momentMillis).map((millis) => millis - 1),
      )
    : any;
}

/** A token that may be pending is cancelled before it is used again: else the job fails for ever (S46, S47). */
function withFreshTokens(commands: Program): Program {
  return commands.flatMap((command): Program => {
    if (command.do === 'send-after' && command.token !== undefined) {
      return [{ do: 'cancel', token: command.token }, command];
    }
    return [command];
  });
}

export function applications(wanted: Ingredients): fc.Arbitrary<Application> {
  const { spanMillis, commuting } = wanted;
  const { momentMillis } = wanted;
  const ttl = momentMillis.length > 0 ? fc.constantFrom(...momentMillis) : fc.integer({ min: Math.ceil(spanMillis / 8), max: spanMillis });
  const version = fc.record({ f: specs(ttl), g: specs(ttl), h: specs(ttl) });
  return fc
    .record({
      parallelism: fc.constant(wanted.parallelism),
      asyncMaxPerTask: fc.constantFrom(...wanted.asyncMaxPerTask),
      checkpointMillis: fc.constant(wanted.checkpointMillis),
      types: fc.tuple(...TYPES.map((name) => endpointOf(name, wanted))),
      version,
      more: fc.array(fc.record({ at: fc.nat(spanMillis), change: fc.constantFrom('add' as const, 'drop' as const) }), {
        maxLength: wanted.upgrades ? 2 : 0,
      }),
      topics: fc.tuple(fc.shuffledSubarray([...TYPES], { minLength: 1, maxLength: 3 }), type).map(([targets, single]) => [
        { name: 'in', targets },
        { name: 'one', targets: [single] },
      ]),
      records: fc.array(
        fc.record({
          at: fc.nat(spanMillis),
          topic: fc.constantFrom('in', 'one'),
          key: id,
          n: fc.constant(''),
          program: program(2, wanted),
        }),
        { minLength: 1, maxLength: wanted.maxRecords },
      ),
      crashes: fc.array(fc.nat(2 * spanMillis), { maxLength: wanted.maxCrashes }),
    })
    .map(({ version: first, more, records, ...rest }) => ({
      ...rest,
      name: 'p',
      versions: [stateless(first, commuting), ...more.map(({ change: what }, index) => upgraded(first, what, index))],
      deployments: more.map(({ at }, index) => ({ at, version: index + 1 })),
      records,
    }));
}

function endpointOf(name: string, { retries }: Ingredients) {
  return fc.record({
    name: fc.constant(name),
    // OkHttp ends the job over some of the faults that async tries again (S61).
    transport: retries ? fc.constant('async' as const) : fc.constantFrom('async' as const, 'okhttp' as const),
    maxBatch: fc.constantFrom(1, 2, 3, 1000, 1000),
  });
}

type Specs = Readonly<Record<string, readonly StateSpec[]>>;

/** Times-to-live depend on when things happen. */
function stateless(specs: Specs, commuting: boolean): Specs {
  return commuting
    ? Object.fromEntries(Object.entries(specs).map(([name, list]) => [name, list.filter(({ expiration }) => expiration === null)]))
    : specs;
}

function upgraded(specs: Specs, what: 'add' | 'drop', index: number): Specs {
  return Object.fromEntries(
    Object.entries(specs).map(([name, list]) => [
      name,
      what === 'add'
        ? [...list, { name: `late_${'ab'[index] ?? 'c'}`, typename: 'test/text', expiration: null }]
        : list.filter((spec) => spec.name === 'n' || spec.name === 'log'),
    ]),
  );
}
