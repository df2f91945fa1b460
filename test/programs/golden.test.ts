/** Recordings of random applications on the real engine, replayed without it. `test/engine/programs` wrote them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Recording } from '../engine/recording.ts';
import type { Application } from '../support/programs/application.ts';
import { disagreements } from '../support/programs/judge.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'golden', 'programs');

interface Golden {
  readonly app: Application;
  readonly recording: Recording;
}

for (const file of readdirSync(folder)) {
  // The files are written whole by the engine's test.
  const kept = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString('utf8')) as readonly Golden[];
  describe(`recorded on the real engine: ${file}`, () => {
    test.each(kept.map(({ app, recording }) => [app.name, app, recording] as const))(
      'the rules and the driven simulator make the requests of program %s, byte for byte',
      (_name, app, recording) => {
        expect(disagreements(app, recording)).toEqual([]);
      },
    );
  });
}
