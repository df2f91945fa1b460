/**
 * Random applications run in the simulator, and are judged by the reference model: every request, what is left in states and timers, what
 * egresses hold. The same run's course then drives the engine from outside, which must do the same again.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import type { Engine } from '../../src/runtime/engine-api.ts';
import type { TraceEvent } from '../../src/runtime/trace-event.ts';
import { modelSettingsOf, renamed } from '../support/programs/application.ts';
import type { Application } from '../support/programs/application.ts';
import { applications, STEADY } from '../support/programs/generate.ts';
import type { Ingredients } from '../support/programs/generate.ts';
import { keyOf } from '../support/programs/course.ts';
import { playFree } from '../support/programs/play-free.ts';
import { simulatedEnd } from '../support/programs/judge.ts';
import { playScheduled, statesOf } from '../support/programs/play-scheduled.ts';
import { followCourse } from '../support/programs/reference-model.ts';
import type { ModelResult } from '../support/programs/reference-model.ts';

/** These tests take seconds; a machine that does much else takes long over them. */
const PATIENCE_MILLIS = 300_000;

/** PROGRAMS multiplies the number of programs. */
const scale = Number(process.env['PROGRAMS'] ?? 1);

function compare(bare: Application): void {
  const app = renamed(bare, 'p');
  const free = playFree(app);
  const model = followCourse(free.course, modelSettingsOf(app, 0));
  expect(model.problems).toEqual([]);
  expect(free.complete).toBe(true);
  compareEnds(app, free.engine, model);
  expect(exactlyOnce(free.trace)).toEqual(model.egress.filter((line) => line.startsWith('shared/exact')).length);
  expect(free.engine.audit().violations).toEqual([]);
  const driven = playScheduled(app, free.course, 0);
  expect(driven.problems).toEqual([]);
  compareEnds(app, driven.engine, model);
}

function compareEnds(app: Application, engine: Engine, model: ModelResult): void {
  const types = app.types.map(({ name }) => typename(`${app.name}/${name}`));
  const actual = statesOf(engine, types);
  for (const [key, states] of model.states) {
    // The engine's view hides what has expired and was not read since.
    const shown = [...states].filter(([name]) => !expires(app, key, name));
    const here = Object.entries(actual.get(key) ?? {}).filter(([name]) => !expires(app, key, name));
    expect([key, Object.fromEntries(here)]).toEqual([key, Object.fromEntries(shown)]);
  }
  const timers = engine
    .timers(0, 10_000)
    .rows.map(({ from, to, due, token }) => ({ from: keyOf(from), to: keyOf(to), due: Number(due), token }));
  const order = (left: { readonly due: number }, right: { readonly due: number }): number => left.due - right.due;
  expect([...timers].sort(order)).toEqual([...model.timers].sort(order));
}

function expires(app: Application, key: string, name: string): boolean {
  const type = key.split('/')[1] ?? '';
  return app.versions.some((specs) => (specs[type] ?? []).some((spec) => spec.name === name && spec.expiration !== null));
}

/** Records of the exactly-once egress that no failure took back. */
function exactlyOnce(trace: readonly TraceEvent[]): number {
  let written = 0;
  let covered = 0;
  for (const event of trace) {
    if (event.type === 'egress-written' && event.egress === 'shared/exact') {
      written += 1;
    } else if (event.type === 'checkpoint-completed') {
      covered = written;
    } else if (event.type === 'job-restarted') {
      written = covered;
    }
  }
  return written;
}

function property(name: string, wanted: Ingredients, count: number): void {
  test(
    `${name}: ${count} programs`,
    () => {
      fc.assert(fc.property(applications(wanted), compare), { numRuns: Math.ceil(count * scale) });
    },
    PATIENCE_MILLIS,
  );
}

property('on one subtask, requests are those of the rules', STEADY, 1000);
property('on two subtasks, requests are those of the rules', { ...STEADY, parallelism: 2 }, 800);
property('while functions get and lose states', { ...STEADY, upgrades: true }, 400);

const CRASHING: Ingredients = { ...STEADY, checkpointMillis: 60, maxCrashes: 3 };
property('S71 to S76: over crashes, with checkpoints', CRASHING, 500);
property('S71 to S76: over crashes on two subtasks', { ...CRASHING, parallelism: 2 }, 300);
property('S20, S36, S47, S50, S59, S60, S68: over answers that fail the job', { ...CRASHING, maxCrashes: 1, jobFailures: true }, 300);

test('programs whose end does not depend on order end alike under any latency, seed and parallelism: 150 programs', () => {
  fc.assert(
    fc.property(applications({ ...STEADY, commuting: true }), (bare) => {
      const app = renamed(bare, 'p');
      const end = simulatedEnd(app);
      expect(simulatedEnd({ ...app, parallelism: 2 }, { seed: 'another', callLatency: { minMillis: 1, meanMillis: 90 } })).toEqual(end);
      expect(simulatedEnd({ ...app, asyncMaxPerTask: 1 }, { callLatency: { minMillis: 3, meanMillis: 3 } })).toEqual(end);
    }),
    { numRuns: Math.ceil(150 * scale) },
  );
});
