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
    engine.failures.forEach((causes, index) => {
      const said = withoutNumbers(simulator.failures[index] ?? '');
      expect(
        innermost(causes).filter((text) => said.includes(text) || (said !== '' && text.includes(said))),
        `“${said}” of ${causes}`,
      ).not.toEqual([]);
    });
  }
  expect({ engine: played.check?.(engine) ?? null, simulator: played.check?.(simulator) ?? null }).toEqual({
    engine: null,
    simulator: null,
  });
}

/** The text of the innermost cause and, as it may be a library's, of the one around it; the class where one has no text. */
function innermost(causes: string): string[] {
  return causes
    .split('\n')
    .slice(-2)
    .map((cause) => withoutNumbers(/^[\w.$]+: (.*)$/s.exec(cause)?.[1] ?? cause.slice(cause.lastIndexOf('.') + 1)));
}

/** Times are a run's own, and so are the addresses in module.yaml. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\d{6,}/g, '#').replaceAll(/ at index \d+: http:\/\/[\w.:]+/g, ' at index #: ');
}
