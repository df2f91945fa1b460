/** Compares what the engine did in a case with what the simulator does. */
import { expect } from 'vitest';
import type { Recording } from '../recording.ts';
import type { CaseGroup, EngineCase } from './case.ts';
import { compared, seenInRecording } from './observation.ts';
import { playSimulated } from './play-simulated.ts';

/** What a library says of its own, below the cause that gives StateFun's reason. */
const DETAIL = 'com.google.protobuf.InvalidProtocolBufferException: ';

export function expectAgreement(group: CaseGroup, played: EngineCase, recording: Recording): void {
  const engine = seenInRecording(recording);
  const simulator = playSimulated(group, played);
  const rules = played.compare ?? {};
  expect(compared(simulator, rules), 'the simulator, compared with the engine').toEqual(compared(engine, rules));
  engine.failures.forEach(({ text }, index) => {
    expect(withoutOwn(simulator.failures[index]?.text ?? ''), text).toContain(reason(text));
  });
  expect({ engine: played.check?.(engine) ?? null, simulator: played.check?.(simulator) ?? null }).toEqual({
    engine: null,
    simulator: null,
  });
}

/** The text of the deepest cause, and its class where it has no text. */
export function reason(causes: string): string {
  const deepest = chain(causes).findLast((cause) => !cause.startsWith(DETAIL)) ?? '';
  return withoutOwn(/^[\w.$]+: (.*)$/s.exec(deepest)?.[1] ?? deepest.slice(deepest.lastIndexOf('.') + 1));
}

/** A cause's text may have lines of its own; a new cause begins with a class in its package. */
function chain(causes: string): string[] {
  return causes.split(/\n(?=(?:\w+\.){2,}[\w$]+(?:: |$|\n))/);
}

/** Without what is a run's own: times, the addresses in module.yaml, a serializer's identity, and which of Kafka's requests was refused. */
function withoutOwn(text: string): string {
  return text
    .replaceAll(/\d{6,}/g, '#')
    .replaceAll(/ at index \d+: http:\/\/[\w.:]+/g, ' at index #: ')
    .replaceAll(/ serializer \(org\.apache\.flink\.[\w.$]+@\w+\)/g, ' serializer')
    .replace(/^Unexpected error in \w+; /, '');
}
