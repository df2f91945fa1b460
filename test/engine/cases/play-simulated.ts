/** Plays a case in the simulator: each step at its virtual time. */
import { decodeUtf8, encodeUtf8 } from '../../../src/base/text-encoding.ts';
import { virtualTime } from '../../../src/base/ids.ts';
import { decodeModule } from '../../../src/module-yaml/decode.ts';
import { moduleDefinition } from '../../../src/module-yaml/definition.ts';
import type { CallRequest } from '../../../src/protocol/call.ts';
import { EngineDriver, START } from '../../support/engine-driver.ts';
import { programBytes } from '../../support/programs/command.ts';
import { ProgramMemory } from '../../support/programs/interpret.ts';
import { simulatedAnswer } from '../../support/programs/simulated-answer.ts';
import type { AddressText } from '../recording.ts';
import type { CaseGroup, CaseRecord, EngineCase, FunctionTypes, Step } from './case.ts';
import { settingsFor } from './flink-settings.ts';
import { messageText, seenRequest } from './observation.ts';
import type { Seen, SeenRequest } from './observation.ts';

/** What the engine dies of when a test asks it to. */
const INJECTED_CRASH = 'crash asked for by the test';
const SETTLED_AFTER_MILLIS = 500;
const LATENCY_MILLIS = 10;

export function playSimulated(group: CaseGroup, played: EngineCase): Seen {
  const driver = new EngineDriver({
    module: moduleDefinition(decodeModule(group.module)),
    settings: settingsFor(group.config),
    feeds: [],
    feedFiles: {},
    standIns: [],
  });
  let types: FunctionTypes = played.types;
  let now = 0;
  const memory = new ProgramMemory();
  const held = holdTimes(played.steps);
  driver.answer = (request) => {
    const reply = simulatedAnswer((type) => types[type] ?? null, request, memory);
    return { ...reply, extraMillis: reply.extraMillis + heldFor(held, request) };
  };
  for (const step of played.steps) {
    switch (step.do) {
      case 'produce':
        for (const record of step.records) {
          driver.apply({
            type: 'produce',
            at: virtualTime(START + now),
            record: { topic: record.topic, partition: record.partition ?? null, key: record.key, value: recordBytes(record), headers: [] },
          });
        }
        break;
      case 'deploy':
        types = { ...types, ...step.types };
        break;
      case 'fault':
        driver.apply({ type: 'fault', at: virtualTime(START + now), fault: step.fault });
        break;
      case 'checkpoint':
      case 'begin-checkpoint':
        driver.input('checkpoint', now);
        break;
      case 'crash':
      case 'process-crash':
        driver.apply({ type: step.do, at: virtualTime(START + now) });
        break;
      default:
        break;
    }
    now += duration(step);
    driver.run(now);
  }
  const topics = new Set(played.egressTopics ?? []);
  return {
    requests: requestsOf(driver).filter(({ target }) => isOwn(played, target)),
    subtasks: Object.fromEntries(
      driver
        .events('call-started')
        .map(({ address }) => [`${address.typename}/${address.id}`, driver.engine.address(address)?.subtask ?? -1]),
    ),
    egress: driver.engine
      .topics()
      .filter(({ topic }) => topics.has(topic))
      .flatMap(({ topic }) =>
        driver.engine.records(topic, 0, 1_000_000).rows.map(({ key, value, done }) => ({
          topic,
          key,
          text: value === null ? null : decodeUtf8(value),
          committed: done,
        })),
      ),
    // To the engine a new process is a new job.
    failures: driver
      .events('job-failed')
      .filter(({ code }) => code !== 'process-crash')
      .map(({ at, code, message }) => ({ at: at - START, text: code === 'injected-crash' ? INJECTED_CRASH : message })),
    checkpoints: driver.events('checkpoint-completed').map(({ at }) => at - START),
  };
}

/** Every attempt, also of those that a fault kept from the function: of these only the messages are known. */
function requestsOf(driver: EngineDriver): SeenRequest[] {
  const bytes = new Map(driver.requests.map(({ request }) => [request.call, request.request]));
  const texts = new Map(
    driver
      .events('message-sent')
      .map(({ message, from, value }) => [
        message,
        messageText(from.type === 'function' ? from.address : null, { ...value, hasValue: true }),
      ]),
  );
  const seen: SeenRequest[] = [];
  let attempt = 0;
  for (const event of driver.trace) {
    if (event.type === 'job-failed') {
      attempt += 1;
    } else if (event.type === 'call-started') {
      const { call, address, messages } = event;
      const at = event.at - START;
      const known = bytes.get(call);
      seen.push(
        known === undefined
          ? {
              at,
              attempt,
              target: `${address.typename}/${address.id}`,
              states: '',
              messages: messages.map((message) => texts.get(message) ?? ''),
              bytes: '',
            }
          : seenRequest(at, attempt, known),
      );
    }
  }
  return seen;
}

export function recordBytes({ value, n }: CaseRecord): Uint8Array | null {
  return value === null ? null : typeof value === 'string' ? encodeUtf8(value) : programBytes(value, n);
}

export function isOwn(played: EngineCase, target: AddressText): boolean {
  return Object.keys(played.types).some((type) => target.startsWith(`${type}/`));
}

/** Virtual milliseconds that a step takes. */
function duration(step: Step): number {
  switch (step.do) {
    case 'settle':
      return SETTLED_AFTER_MILLIS;
    case 'pass':
      return step.millis;
    case 'until':
      return step.simulated;
    case 'checkpoint':
    case 'begin-checkpoint':
    case 'crash':
    case 'process-crash':
      return LATENCY_MILLIS;
    default:
      return 0;
  }
}

interface HoldTime {
  readonly target: AddressText;
  readonly from: number;
  readonly to: number;
}

function holdTimes(steps: readonly Step[]): HoldTime[] {
  const times: HoldTime[] = [];
  const since = new Map<AddressText, number>();
  let now = 0;
  for (const step of steps) {
    if (step.do === 'hold') {
      since.set(step.target, now);
    } else if (step.do === 'release') {
      times.push({ target: step.target, from: since.get(step.target) ?? 0, to: now });
    }
    now += duration(step);
  }
  return times;
}

/** A held answer comes when its address is released. */
function heldFor(times: readonly HoldTime[], request: CallRequest): number {
  const at = request.at - START;
  const hold = times.find(({ target, from, to }) => target === `${request.typename}/${request.id}` && at >= from && at < to);
  return hold === undefined ? 0 : Math.max(0, hold.to - at - LATENCY_MILLIS);
}
