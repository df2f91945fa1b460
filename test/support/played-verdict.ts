import type { ScenarioVerdict } from '../../src/worker/scenario-contract.ts';

export type PlayedVerdict = Extract<ScenarioVerdict, { type: 'played' }>;

/** Of a scenario that passed, and of which there is nothing else to say. */
export function passedVerdict(expectations: number, millis: number): PlayedVerdict {
  return {
    type: 'played',
    passed: true,
    end: { type: 'done' },
    failures: [],
    expectations,
    millis,
    traceHash: '',
    callFailures: [],
    callFailuresLeftOut: 0,
    failedCalls: [],
    jobFailures: [],
    leftBehind: [],
    warnings: { project: [], scenario: [] },
    realMillis: 20,
  };
}
