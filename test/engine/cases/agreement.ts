/** Compares what the engine did in a case with what the simulator does. */
import { expect } from 'vitest';
import type { Recording } from '../recording.ts';
import type { CaseGroup, EngineCase } from './case.ts';
import { compared, seenInRecording } from './observation.ts';
import { playSimulated } from './play-simulated.ts';

export function expectAgreement(group: CaseGroup, played: EngineCase, recording: Recording): void {
  const engine = seenInRecording(recording);
  const simulator = playSimulated(group, played);
  const rules = played.compare ?? {};
  expect(compared(simulator, rules), 'the simulator, compared with the engine').toEqual(compared(engine, rules));
  if (rules.failureText === true) {
    engine.failures.forEach((causes, index) =>
      expect(withoutNumbers(simulator.failures[index] ?? ''), causes).toContain(innermost(causes)),
    );
  }
  expect({ engine: played.check?.(engine) ?? null, simulator: played.check?.(simulator) ?? null }).toEqual({
    engine: null,
    simulator: null,
  });
}

/** The text of the innermost cause, or its class where it has none; times are a run's own. */
function innermost(causes: string): string {
  const last = causes.split('\n').at(-1) ?? '';
  const text = /^[\w.$]+: (.*)$/s.exec(last)?.[1];
  return withoutNumbers(text ?? last.slice(last.lastIndexOf('.') + 1));
}

function withoutNumbers(text: string): string {
  return text.replaceAll(/\d{6,}/g, '#');
}
