/** Run by runner.test.ts as a test of its own: says what runs, and then does what RUNNER_FIXTURE asks for. */
import { writeFileSync } from 'node:fs';
import { inject, it } from 'vitest';
import { connectPartner } from '../driver/partner-client.ts';

it('says what runs', async () => {
  const place = inject('partner');
  const partner = await connectPartner(place);
  // Written whole, so that who waits for the file finds all of it.
  writeFileSync(process.env['RUNNER_PLACE'] ?? '', JSON.stringify(place));
  const victim = process.env['RUNNER_FIXTURE'];
  if (victim === 'engine' || victim === 'broker') {
    process.kill(place[victim].pid, 'SIGKILL');
  }
  await partner.gone;
});
