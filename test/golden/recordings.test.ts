/** The simulator against what the real engine was recorded doing (`npm run test:engine -- --record`), on a machine without Java. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expectAgreement } from '../engine/cases/agreement.ts';
import { ENGINE_GROUPS, SLOW_GROUPS } from '../engine/cases/groups.ts';
import type { Recording } from '../engine/recording.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'engine');

const groups = [...ENGINE_GROUPS, ...SLOW_GROUPS];

it('each recording is of a case, and each case has one', () => {
  const recorded = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`));
  const known = groups.flatMap(({ name, cases }) => cases.map((one) => `${name}/${one.name}.json`));
  expect(recorded.toSorted()).toEqual(known.toSorted());
});

for (const group of groups) {
  describe(`as recorded, ${group.name}`, () => {
    it.each(group.cases.map((one) => [one.title, one] as const))('%s', (_title, one) => {
      // The recorder of this project wrote the file.
      const recording = JSON.parse(readFileSync(join(folder, group.name, `${one.name}.json`), 'utf8')) as Recording;
      expectAgreement(group, one, recording);
    });
  });
}
