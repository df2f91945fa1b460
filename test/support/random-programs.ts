/** Random modules, settings, records and faults for property tests, and runs of them under different hosts. */
import * as fc from 'fast-check';
import type { SimulationSettings } from '../../src/model/simulation-settings.ts';
import type { EndpointFault, FailureDecision, FaultEffect, RunConfig } from '../../src/runtime/engine-api.ts';
import { filePath, virtualTime } from '../../src/base/ids.ts';
import { randomStream } from '../../src/base/random.ts';
import type { CallRequest } from '../../src/protocol/call.ts';
import { ASYNC_ENDPOINT, configOf, EngineDriver, kafkaIngress, moduleOf, settingsOf, START } from './engine-driver.ts';
import { answerCall, textState } from './fake-functions.ts';
import type { Command } from './fake-functions.ts';

export interface Scenario {
  readonly config: RunConfig;
  readonly records: readonly {
    readonly topic: string;
    readonly key: string | null;
    readonly at: number;
    readonly program: readonly Command[];
  }[];
  /** What the scenario's feed brings, beside the records. */
  readonly fed: Scenario['records'];
  readonly inputs: readonly { readonly type: 'checkpoint' | 'crash' | 'skip-to-timer' | 'process-crash'; readonly at: number }[];
  /** Faults of endpoints, all of which end. */
  readonly faults: readonly { readonly at: number; readonly fault: EndpointFault }[];
  /** What the user does at the n-th pause. */
  readonly decisions: readonly FailureDecision[];
}

export const FUNCTIONS = {
  states: {
    't/f': [textState('n'), textState('log')],
    't/g': [textState('n'), textState('log'), textState('short', { mode: 'after-write', millis: 150 })],
  },
};

const ids = fc.constantFrom('a', 'b', 'c', 'd');

/** Counts itself where the receiver has states, so that every message leaves exactly one mark. */
const marks: readonly Command[] = [{ do: 'count', state: 'n' }];

export interface ProgramOptions {
  readonly tokens: boolean;
  readonly failures: 'none' | 'first-attempts' | 'any';
}

function programFor(depth: number, options: ProgramOptions): fc.Arbitrary<readonly Command[]> {
  const nested = depth === 0 ? fc.constant(marks) : programFor(depth - 1, options);
  const withMarks = nested.map((program) => (program[0]?.do === 'count' ? program : [...marks, ...program]));
  const choices: fc.Arbitrary<Command>[] = [
    fc.record({ do: fc.constant('append' as const), state: fc.constant('log'), text: fc.constantFrom('x', 'y', 'z') }),
    fc.record({ do: fc.constant('set' as const), state: fc.constant('log'), to: fc.constantFrom('', 's', 'tt') }),
    fc.record({ do: fc.constant('delete' as const), state: fc.constant('log') }),
    fc.record({
      do: fc.constant('emit' as const),
      egress: fc.constantFrom('t/out', 't/tx'),
      topic: fc.constantFrom('out', 'tx'),
      key: ids,
      text: fc.constantFrom('1', '2', '3'),
    }),
  ];
  if (depth > 0) {
    const target = fc.record({ type: fc.constantFrom('t/f', 't/g'), id: ids, program: withMarks });
    choices.push(
      target.map((parts): Command => ({ do: 'send', ...parts })),
      withMarks.map((program): Command => ({ do: 'send-self', program })),
      fc
        .tuple(target, fc.integer({ min: 0, max: 400 }), fc.option(fc.constantFrom('tok-1', 'tok-2'), { nil: undefined }))
        .map(([parts, millis, token]): Command => ({
          do: 'send-after',
          ...parts,
          millis,
          ...(options.tokens && token !== undefined ? { token } : {}),
        })),
    );
  }
  if (options.tokens) {
    choices.push(fc.constantFrom('tok-1', 'tok-2').map((token): Command => ({ do: 'cancel', token })));
  }
  if (options.failures !== 'none') {
    choices.push(
      fc
        .integer({ min: 1, max: 3 })
        .map((attempts): Command => ({ do: 'fail', message: 'no', ...(options.failures === 'any' && attempts === 3 ? {} : { attempts }) })),
    );
  }
  return fc.array(fc.oneof(...choices), { maxLength: 4 }).map((commands) => [...marks, ...commands]);
}

/** An empty answer takes a batch without doing anything of it: `lossless` faults leave that out. */
const effects = (lossless: boolean): fc.Arbitrary<FaultEffect> =>
  fc.oneof(
    fc.constantFrom<FaultEffect>({ type: 'refused' }, { type: 'dropped' }, { type: 'no-answer' }, { type: 'malformed' }),
    fc.constantFrom(...(lossless ? [] : [204]), 404, 408, 500).map((status): FaultEffect => ({ type: 'status', status })),
    fc.constant<FaultEffect>({ type: 'content-type', contentType: 'text/plain' }),
    fc.nat(600).map((millis): FaultEffect => ({ type: 'slow', millis })),
  );

const faultsOf = (lossless: boolean) =>
  fc.array(
    fc.record({
      at: fc.nat(500),
      fault: fc.record({
        target: fc.record({ namespace: fc.constant('t'), name: fc.constantFrom('f', 'g', '*') }),
        effect: effects(lossless),
        forMillis: fc.option(fc.nat(200), { nil: null }),
        calls: fc.integer({ min: 1, max: 4 }),
      }),
    }),
    { maxLength: 3 },
  );

const settings: fc.Arbitrary<Partial<SimulationSettings>> = fc.record({
  seed: fc.constantFrom('s1', 's2', 's3'),
  parallelism: fc.integer({ min: 1, max: 3 }),
  partitions: fc.integer({ min: 1, max: 2 }),
  checkpointIntervalMillis: fc.constantFrom(null, 40, 100, 300),
  callLatency: fc.constantFrom({ minMillis: 10, meanMillis: 10 }, { minMillis: 5, meanMillis: 25 }),
  asyncMaxPerTask: fc.constantFrom(0, 1, 2, 32768),
  pauseOnFailure: fc.boolean(),
});

export function scenarios(
  options: ProgramOptions,
  acts: readonly (Scenario['inputs'][number]['type'] | 'fault' | 'lossless-fault')[],
  fixed: Partial<SimulationSettings> = {},
): fc.Arbitrary<Scenario> {
  const types = acts.filter((type) => type !== 'fault' && type !== 'lossless-fault');
  const inputs =
    types.length === 0 ? fc.constant([]) : fc.array(fc.record({ type: fc.constantFrom(...types), at: fc.nat(600) }), { maxLength: 4 });
  return fc
    .record({
      settings,
      batchLimit: fc.constantFrom(1, 2, 1000),
      transport: fc.constantFrom('async' as const, 'okhttp' as const),
      faults: acts.includes('fault') ? faultsOf(false) : acts.includes('lossless-fault') ? faultsOf(true) : fc.constant([]),
      records: fc.array(
        fc.record({ topic: fc.constantFrom('in', 'in-g', 'both'), key: ids, at: fc.nat(300), program: programFor(2, options) }),
        { minLength: 1, maxLength: 12 },
      ),
      inputs,
      decisions: fc.array(fc.constantFrom<FailureDecision>('retry', 'as-engine', 'drop'), { minLength: 1, maxLength: 6 }),
      fed: fc.array(fc.tuple(ids, programFor(1, options)), { maxLength: 5 }),
    })
    .map(({ settings: some, batchLimit, transport, faults, records, inputs, decisions, fed }) => ({
      config: configOf({
        module: moduleOf({
          endpoints: [
            { ...ASYNC_ENDPOINT, maxNumBatchRequests: batchLimit, transport, timeouts: { call: 400, connect: 400, read: 200, write: 400 } },
          ],
          ingresses: [
            kafkaIngress('t/in', 'in', ['t/f']),
            kafkaIngress('t/in-g', 'in-g', ['t/g']),
            kafkaIngress('t/both', 'both', ['t/g', 't/f']),
          ],
        }),
        settings: settingsOf({ ...some, ...fixed }),
        feeds: [
          {
            type: 'file',
            id: 'fed',
            enabled: true,
            topic: 'in',
            path: filePath('fed.jsonl'),
            format: 'jsonl',
            arrival: { type: 'rate', perSecond: 20, jitter: 'poisson' },
            startAfterMillis: 30,
            keyField: 'key',
            valueField: 'program',
          },
        ],
        feedFiles: { 'fed.jsonl': fed.map(([key, program]) => JSON.stringify({ key, program })).join('\n') },
      }),
      records,
      fed: fed.map(([key, program]) => ({ topic: 'in', key, at: 0, program })),
      inputs,
      faults,
      decisions,
    }));
}

/** How a host happens to work: none of it may leave a mark (R1). */
export interface HostHabits {
  readonly slice: number | null;
  readonly take: number;
  /** Seeds the order and the lateness of replies. */
  readonly shuffle: number | null;
  /** Chance of storing and restoring between two slices. */
  readonly restore: number;
}

export const PLAIN: HostHabits = { slice: null, take: Infinity, shuffle: null, restore: 0 };

export const habits: fc.Arbitrary<HostHabits> = fc.record({
  slice: fc.option(fc.integer({ min: 1, max: 7 }), { nil: null }),
  take: fc.constantFrom(1, 2, 3, 1000),
  shuffle: fc.option(fc.nat(), { nil: null }),
  restore: fc.constantFrom(0, 0.1, 0.5),
});

/** Runs a scenario for at most `maxEvents` events (a failing job may restart for ever), and gives the driver. */
export function play(
  scenario: Scenario,
  host: HostHabits = PLAIN,
  check: ((driver: EngineDriver) => void) | null = null,
  maxEvents = 3000,
): EngineDriver {
  const driver = new EngineDriver(scenario.config, FUNCTIONS);
  const random = randomStream(host.shuffle ?? 1);
  for (const { topic, key, at, program } of scenario.records) {
    driver.produce(topic, key, program, at);
  }
  for (const { type, at } of scenario.inputs) {
    driver.input(type, at);
  }
  for (const { at, fault } of scenario.faults) {
    driver.apply({ type: 'fault', at: virtualTime(START + at), fault });
  }
  let held: CallRequest[] = [];
  let pauses = 0;
  for (;;) {
    const left = maxEvents - driver.engine.metrics().events;
    const stop = driver.engine.advance({ until: null, events: host.slice === null ? left : Math.min(left, host.slice) });
    driver.trace.push(...driver.engine.takeTrace());
    check?.(driver);
    if (stop === 'idle' || stop === 'ended' || (left <= 0 && stop === 'events')) {
      return driver;
    }
    if (stop === 'paused') {
      driver.apply({ type: 'decide', decision: scenario.decisions[pauses % scenario.decisions.length] ?? 'drop' });
      driver.trace.push(...driver.engine.takeTrace());
      check?.(driver);
      pauses += 1;
    }
    held.push(...driver.engine.takeCalls(host.take));
    if (stop === 'needs-replies' && held.length === 0) {
      throw new Error('the engine waits for a reply to a call that it did not hand out');
    }
    const answerable = host.shuffle === null ? held : held.filter(() => random.next() < 0.6);
    if (host.shuffle !== null) {
      answerable.sort(() => (random.next() < 0.5 ? -1 : 1));
    }
    for (const request of answerable) {
      driver.apply({ type: 'reply', reply: answerCall(FUNCTIONS, request) });
    }
    held = held.filter((request) => !answerable.includes(request));
    if (host.restore > 0 && random.next() < host.restore) {
      driver.saveAndRestore();
      held = [];
      check?.(driver);
    }
  }
}
