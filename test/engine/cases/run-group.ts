/** Runs groups of cases on the engine as tests: each case against the simulator; writes recordings when asked to. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { serveFunctions } from '../../support/programs/function-server.ts';
import type { FunctionServer } from '../../support/programs/function-server.ts';
import { LiveJob } from '../driver/live-job.ts';
import { connectPartner } from '../driver/partner-client.ts';
import type { PartnerClient } from '../driver/partner-client.ts';
import type { Recording } from '../recording.ts';
import { expectAgreement } from './agreement.ts';
import type { CaseGroup } from './case.ts';
import { playLive } from './play-live.ts';

const golden = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'golden', 'engine');
const recordsGolden = process.env['RECORD_ENGINE'] === '1';

export function testGroup(group: CaseGroup): void {
  describe(group.name, () => {
    let partner: PartnerClient;
    let server: FunctionServer;
    let job: LiveJob;
    let lost: string | null = null;

    beforeAll(async () => {
      partner = await connectPartner(inject('partner'));
      server = await serveFunctions(() => null);
      const { name, module, config, topics, egressTopics } = group;
      const plan = { name, module, config, topics, egressTopics, ownTopics: true, functions: server.port };
      job = group.startFails === true ? await LiveJob.submit(partner, plan) : await LiveJob.start(partner, plan);
    });

    afterAll(async () => {
      await job?.stop();
      await server?.close();
      partner?.close();
    });

    for (const one of group.cases) {
      it(one.title, async () => {
        if (lost !== null) {
          throw new Error(`The job is in an unknown state since “${lost}”.`);
        }
        const recording = await playLive(job, server, group, one).catch((problem: unknown) => {
          lost = one.name;
          throw problem;
        });
        if (recordsGolden) {
          writeGolden(group.name, recording);
        }
        expect(one.checkEngine?.(recording) ?? null).toBeNull();
        expectAgreement(group, one, recording);
      });
    }
  });
}

/** One line an entry: small enough to commit, and a change shows as changed lines. */
export function writeGolden(groupName: string, recording: Recording): void {
  const lines = (list: readonly unknown[]): string =>
    list.length === 0 ? '[]' : `[\n${list.map((one) => JSON.stringify(one)).join(',\n')}\n]`;
  const { case: name, versions, exchanges, schedule, egress, job } = recording;
  const text = `{"case":${JSON.stringify(name)},"versions":${JSON.stringify(versions)},
"exchanges":${lines(exchanges)},
"schedule":${lines(schedule)},
"egress":${lines(egress)},
"job":${lines(job)}}
`;
  mkdirSync(join(golden, groupName), { recursive: true });
  writeFileSync(join(golden, groupName, `${name}.json`), text);
}
