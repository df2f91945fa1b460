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
  expect({ engine: played.check?.(engine) ?? null, simulator: played.check?.(simulator) ?? null }).toEqual({
    engine: null,
    simulator: null,
  });
}
