/** Short words for what cases are made of. */
import type { StateSpec } from '../../../src/protocol/messages.ts';
import type { Program } from '../../support/programs/command.ts';
import type { CaseRecord, EngineCase, Step } from './case.ts';
import type { Seen } from './observation.ts';

export const TEXT = 'io.statefun.types/string';

export const settle: Step = { do: 'settle' };

export function text(name: string, expiration: StateSpec['expiration'] = null): StateSpec {
  return { name, typename: TEXT, expiration };
}

export function record(topic: string, key: string, n: string, value: Program = []): CaseRecord {
  return { topic, key, n, value };
}

export function produce(...records: readonly CaseRecord[]): Step {
  return { do: 'produce', records };
}

export function pass(millis: number): Step {
  return { do: 'pass', millis };
}

export function hold(target: string): Step {
  return { do: 'hold', target };
}

export function release(target: string): Step {
  return { do: 'release', target };
}

/** Each type's first call is over, which holds everything up (S14). */
export function warm(...topics: readonly string[]): readonly Step[] {
  return [produce(...topics.map((topic) => record(topic, 'warm', 'warm'))), settle];
}

/** When the request with this message was made. */
export function timeOf(seen: Seen, n: string): number {
  return seen.requests.find(({ messages }) => messages.some((message) => message === n || message.endsWith(`> ${n}`)))?.at ?? Number.NaN;
}

/** Every topic that records of the cases go to. */
export function topicsOf(cases: readonly EngineCase[]): string[] {
  const topics = cases.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.do === 'produce' ? step.records.map(({ topic }) => topic) : [])),
  );
  return [...new Set(topics)];
}

/** Every namespace that functions of the cases have. */
export function namespacesOf(cases: readonly EngineCase[]): string[] {
  return [...new Set(cases.flatMap(({ types }) => Object.keys(types).map((type) => type.slice(0, type.indexOf('/')))))];
}
