/** What a recorded run of an application must agree with: the rules, the driven simulator, and where order is free its own run. */
import { typename } from '../../../src/base/ids.ts';
import type { SimulationSettings } from '../../../src/model/simulation-settings.ts';
import type { Recording } from '../../engine/recording.ts';
import { modelSettingsOf } from './application.ts';
import type { Application } from './application.ts';
import { keyOf } from './course.ts';
import { playFree } from './play-free.ts';
import { playScheduled, statesOf } from './play-scheduled.ts';
import { courseOf } from './recorded-course.ts';
import { followCourse } from './reference-model.ts';

/**
 * Exactness of recorded times: a thread is seen when it enters the engine's code, and on a machine under load it writes a state or sets a
 * timer that much later. What lies within it is not judged.
 */
export const TOLERANCE_MILLIS = 400;

/** Problems, in words; none when the recording agrees. */
export function disagreements(app: Application, recording: Recording): string[] {
  const course = courseOf(recording);
  const model = followCourse(course, modelSettingsOf(app, TOLERANCE_MILLIS));
  const driven = playScheduled(app, course, TOLERANCE_MILLIS);
  return [
    ...model.problems.map((problem) => `by the rules: ${problem}`),
    ...driven.problems.map((problem) => `driven: ${problem}`),
    ...(driven.requests === 0 && app.records.length > 0 ? ['nothing was compared'] : []),
  ];
}

/** What is left at the end, as texts in a fixed order. */
export interface End {
  readonly states: readonly string[];
  readonly timers: readonly string[];
  readonly egress: readonly string[];
}

export function recordedEnd(app: Application, recording: Recording): End {
  const model = followCourse(courseOf(recording), modelSettingsOf(app, TOLERANCE_MILLIS));
  return {
    states: stateLines(new Map([...model.states].map(([key, values]) => [key, Object.fromEntries(values)]))),
    timers: model.timers.map(({ from, to, token }) => `${from} ${to} ${token}`).toSorted(),
    egress: recording.egress.map(({ key, value }) => `${key} ${value}`).toSorted(),
  };
}

/** The end of the simulator's own run, in whatever order its clock brings. */
export function simulatedEnd(app: Application, settings: Partial<SimulationSettings> = {}): End {
  const { engine } = playFree(app, settings);
  const types = app.types.map(({ name }) => typename(`${app.name}/${name}`));
  return {
    states: stateLines(statesOf(engine, types)),
    timers: engine
      .timers(0, 10_000)
      .rows.map(({ from, to, token }) => `${keyOf(from)} ${keyOf(to)} ${token}`)
      .toSorted(),
    egress: engine
      .records(`${app.name}-out`, 0, 100_000)
      .rows.map(({ key, value }) => `${key} ${value === null ? null : Buffer.from(value).toString('base64')}`)
      .toSorted(),
  };
}

function stateLines(states: ReadonlyMap<string, Readonly<Record<string, string>>>): string[] {
  return [...states].flatMap(([key, values]) => Object.entries(values).map(([name, bytes]) => `${key} ${name}=${bytes}`)).toSorted();
}
