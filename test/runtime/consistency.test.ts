import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import type { Command } from '../support/fake-functions.ts';
import { PLAIN, play, scenarios } from '../support/random-programs.ts';
import type { Scenario } from '../support/random-programs.ts';

const RUNS = Number(process.env['RUNS'] ?? 150);

/** What a straight walk over the programs says: how often each address is reached, and what is emitted. */
function expectations({ records, fed }: Scenario) {
  const counts = new Map<string, number>();
  const emitted = new Map<string, string[]>();
  const walk = (address: string, program: readonly Command[]): void => {
    for (const command of program) {
      switch (command.do) {
        case 'count':
          counts.set(address, (counts.get(address) ?? 0) + 1);
          break;
        case 'send':
        case 'send-after':
          walk(`${command.type}|${command.id}`, command.program);
          break;
        case 'send-self':
          walk(address, command.program);
          break;
        case 'emit':
          emitted.set(command.egress, [...(emitted.get(command.egress) ?? []), command.text]);
          break;
        default:
          break;
      }
    }
  };
  for (const { topic, key, program } of [...records, ...fed]) {
    const targets = topic === 'in' ? ['t/f'] : topic === 'in-g' ? ['t/g'] : ['t/g', 't/f'];
    targets.forEach((target) => walk(`${target}|${key ?? ''}`, program));
  }
  return { counts, emitted };
}

const recovering = { checkpointIntervalMillis: 60, pauseOnFailure: false } as const;
const WITH_CRASHES = scenarios({ tokens: false, failures: 'first-attempts' }, ['crash', 'checkpoint', 'lossless-fault'], recovering);

test('R5, S72: with crashes at any time, state is as if every message had been handled exactly once', () => {
  fc.assert(
    fc.property(WITH_CRASHES, (scenario) => {
      const driver = play(scenario, PLAIN, null, 20_000);
      const { counts } = expectations(scenario);
      for (const [address, count] of counts) {
        const [type = '', id = ''] = address.split('|');
        expect([address, driver.state(type, id, 'n')]).toEqual([address, String(count)]);
      }
      expect(driver.engine.audit()).toMatchObject({ ok: true, unread: 0 });
    }),
    { numRuns: RUNS },
  );
});

test('S78: a read_committed reader sees each record of an exactly-once egress once, of an at-least-once egress at least once', () => {
  fc.assert(
    fc.property(WITH_CRASHES, (scenario) => {
      const driver = play(scenario, PLAIN, null, 20_000);
      driver.input('checkpoint', 10_000_000);
      driver.run();
      const { emitted } = expectations(scenario);
      const committed = driver.engine
        .topics()
        .filter(({ role }) => role === 'egress')
        .flatMap(({ topic }) => driver.engine.records(topic, 0, 100_000).rows.map((row) => ({ ...row, topic })));
      const byEgress = new Map<string, number>();
      for (const event of driver.events('egress-written')) {
        const row = committed.find(
          ({ topic, partition, offset }) => topic === event.topic && partition === event.partition && offset === event.offset,
        );
        if (row?.done === true) {
          byEgress.set(event.egress, (byEgress.get(event.egress) ?? 0) + 1);
        }
      }
      expect(byEgress.get('t/tx') ?? 0).toBe(emitted.get('t/tx')?.length ?? 0);
      expect(byEgress.get('t/out') ?? 0).toBeGreaterThanOrEqual(emitted.get('t/out')?.length ?? 0);
    }),
    { numRuns: RUNS },
  );
});

test('R2: an address has at most one request in flight', () => {
  fc.assert(
    fc.property(scenarios({ tokens: true, failures: 'any' }, ['crash', 'checkpoint', 'process-crash', 'fault']), (scenario) => {
      const inFlight = new Map<string, number>();
      for (const event of play(scenario, PLAIN, null, 1500).trace) {
        switch (event.type) {
          case 'call-started': {
            const address = `${event.address.typename}|${event.address.id}`;
            expect(inFlight.get(address) ?? event.call).toBe(event.call);
            inFlight.set(address, event.call);
            break;
          }
          case 'call-completed':
          case 'state-registered':
            inFlight.delete(`${event.address.typename}|${event.address.id}`);
            break;
          case 'dropped-by-user':
            inFlight.delete(`${event.address?.typename}|${event.address?.id}`);
            break;
          case 'job-restarted':
            inFlight.clear();
            break;
          default:
            break;
        }
      }
    }),
    { numRuns: RUNS },
  );
});

test('R4, S38: between two addresses messages are handled in the order sent, at any parallelism', () => {
  fc.assert(
    fc.property(
      scenarios({ tokens: false, failures: 'first-attempts' }, ['checkpoint', 'fault'], { pauseOnFailure: false }),
      (scenario) => {
        const { trace } = play(scenario, PLAIN, null, 20_000);
        const pair = new Map<number, string>();
        const last = new Map<string, number>();
        const batches = new Map<number, readonly number[]>();
        for (const event of trace) {
          if (event.type === 'message-sent') {
            const from =
              event.from.type === 'function'
                ? `${event.from.address.typename}|${event.from.address.id}`
                : `${event.from.topic}/${event.from.partition}`;
            pair.set(event.message, `${from} > ${event.to.typename}|${event.to.id}`);
          }
          if (event.type === 'call-started') {
            batches.set(event.call, event.messages);
          }
          // A batch that only brought the handshake goes out again: what counts is the call that it completes.
          if (event.type === 'call-completed') {
            for (const message of batches.get(event.call) ?? []) {
              const key = pair.get(message) ?? '';
              expect(last.get(key) ?? 0).toBeLessThanOrEqual(message);
              last.set(key, message);
            }
          }
          if (event.type === 'job-restarted') {
            last.clear(); // Replayed messages are older than those handled before.
          }
        }
      },
    ),
    { numRuns: RUNS },
  );
});

test('R3: while a run is paused at a failure, nothing of the failing batch has taken effect', () => {
  fc.assert(
    fc.property(scenarios({ tokens: true, failures: 'any' }, [], { pauseOnFailure: true, checkpointIntervalMillis: null }), (scenario) => {
      let paused = 0;
      play(
        scenario,
        PLAIN,
        (driver) => {
          const failure = driver.engine.paused();
          if (failure === null || failure.address === null || failure.call === null) {
            return;
          }
          paused += 1;
          const { call, address } = failure;
          expect(driver.trace.filter((event) => 'call' in event && event.call === call).map(({ type }) => type)).not.toContain(
            'state-changed',
          );
          expect(driver.trace.some((event) => event.type === 'message-sent' && event.cause === call)).toBe(false);
          expect(driver.engine.address({ typename: typename(address.typename), id: address.id })?.inFlight).toBe(true);
        },
        1500,
      );
      fc.pre(paused > 0);
    }),
    { numRuns: Math.min(RUNS, 60) },
  );
});
