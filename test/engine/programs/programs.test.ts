/**
 * Random applications on the real engine, many in one job, judged by the rules and by the simulator that their recorded schedule drives.
 * PROGRAMS_SEED tries others; RECORD_ENGINE=1 writes some of them to the golden files.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { renamed } from '../../support/programs/application.ts';
import type { Application } from '../../support/programs/application.ts';
import { applications, STEADY } from '../../support/programs/generate.ts';
import type { Ingredients } from '../../support/programs/generate.ts';
import { disagreements, recordedEnd, simulatedEnd } from '../../support/programs/judge.ts';
import { connectPartner } from '../driver/partner-client.ts';
import type { PartnerClient } from '../driver/partner-client.ts';
import type { Recording } from '../recording.ts';
import { runBatch } from './run-batch.ts';

const SEED = Number(process.env['PROGRAMS_SEED'] ?? 20_260_101);
const SHARE = Number(process.env['PROGRAMS_SHARE'] ?? 1);
const golden = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'golden', 'programs');

interface Kind {
  readonly wanted: Ingredients;
  readonly count: number;
}

/** Programs beside each other in a job: back-pressure of one stalls all (S27), so that more of them take much longer than in turn. */
const SIDE_BY_SIDE = 14;

/** Recordings of each configuration in the golden files. */
const KEPT = 4;

interface Sample {
  readonly app: Application;
  readonly commuting: boolean;
}

/** Jobs of one configuration, each with some applications side by side. */
function batch(name: string, kinds: readonly Kind[], config: Readonly<Record<string, string>>, crashes: readonly number[] = []): void {
  const samples = kinds.flatMap(({ wanted, count }, kind) =>
    fc
      .sample(applications(wanted), { seed: SEED, numRuns: Math.ceil(count * SHARE) })
      .map((app, index): Sample => ({ app: renamed(app, `${name}${'abc'[kind] ?? 'x'}${index}`), commuting: wanted.commuting })),
  );
  const jobs = Math.ceil(samples.length / SIDE_BY_SIDE);
  for (let job = 0; job < jobs; job += 1) {
    jobOf(
      job === 0 ? name : `${name}-${job}`,
      samples.filter((_sample, index) => index % jobs === job),
      config,
      crashes,
    );
  }
}

function jobOf(name: string, apps: readonly Sample[], config: Readonly<Record<string, string>>, crashes: readonly number[]): void {
  describe(`programs ${name}`, () => {
    let partner: PartnerClient;
    let recordings: readonly Recording[] = [];

    beforeAll(async () => {
      partner = await connectPartner(inject('partner'));
      recordings = await runBatch(partner, {
        name,
        applications: apps.map(({ app }) => app),
        crashes,
        config,
        quietMillis: crashes.length > 0 ? 1500 : 300,
      });
      if (process.env['RECORD_ENGINE'] === '1' && !name.includes('-')) {
        writeGolden(
          name,
          apps.map(({ app }) => app),
          recordings,
          KEPT,
        );
      }
    });
    afterAll(() => partner?.close());

    for (const [index, { app, commuting }] of apps.entries()) {
      it(`program ${app.name} of seed ${SEED} does the same in the simulator that its schedule drives`, () => {
        const recording = recordings[index];
        expect(recording).toBeDefined();
        if (recording === undefined) {
          return;
        }
        expect(disagreements(app, recording), JSON.stringify(app)).toEqual([]);
        if (commuting) {
          expect(simulatedEnd(app), JSON.stringify(app)).toEqual(recordedEnd(app, recording));
        }
      });
    }
  });
}

function writeGolden(name: string, apps: readonly Application[], recordings: readonly Recording[], keep: number): void {
  const longest = recordings
    .map((recording, index) => ({ recording, app: apps[index] }))
    .toSorted((left, right) => right.recording.schedule.length - left.recording.schedule.length)
    .slice(0, keep);
  mkdirSync(golden, { recursive: true });
  writeFileSync(join(golden, `${name}.json.gz`), gzipSync(JSON.stringify(longest), { level: 9 }));
}

const LIVE: Ingredients = { ...STEADY, asyncMaxPerTask: [32768], spanMillis: 1200, momentMillis: [] };
const COMMUTING: Ingredients = { ...LIVE, commuting: true };
const LONG_BREATH = {
  'restart-strategy': 'fixed-delay',
  'restart-strategy.fixed-delay.delay': '100ms',
  'restart-strategy.fixed-delay.attempts': '1000',
};

const ONE = { 'parallelism.default': '1' };
const TWO = { 'parallelism.default': '2' };
batch('one', [{ wanted: LIVE, count: 50 }], ONE);
batch(
  'other',
  [
    { wanted: COMMUTING, count: 30 },
    { wanted: { ...LIVE, upgrades: true }, count: 20 },
  ],
  ONE,
);
batch('two', [{ wanted: { ...LIVE, parallelism: 2 }, count: 40 }], TWO);
batch('pair', [{ wanted: { ...COMMUTING, parallelism: 2 }, count: 30 }], TWO);
batch('few', [{ wanted: { ...LIVE, asyncMaxPerTask: [4] }, count: 20 }], { ...ONE, 'statefun.async.max-per-task': '4' });

const CHECKPOINTS = { ...LIVE, checkpointMillis: 400 };
const RESTARTING = { 'execution.checkpointing.interval': '400ms', ...LONG_BREATH };
batch('crash', [{ wanted: CHECKPOINTS, count: 16 }], { ...ONE, ...RESTARTING }, [700, 4000]);
batch('fatal', [{ wanted: { ...CHECKPOINTS, jobFailures: true, maxRecords: 4 }, count: 8 }], { ...ONE, ...RESTARTING }, [3000]);
batch('crush', [{ wanted: { ...CHECKPOINTS, parallelism: 2 }, count: 16 }], { ...TWO, ...RESTARTING }, [600, 3500]);
