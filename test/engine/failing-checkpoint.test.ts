/**
 * A task of StateFun 3.3.0 that fails between a checkpoint's snapshot and the return of its feedback barrier waits for itself forever: closing the
 * checkpoint waits for the lease of the feedback log, which only the operator's own close, later on the same thread, gives back.
 */
import { expect, inject, it } from 'vitest';
import { serveFunctions } from '../support/programs/function-server.ts';
import { moduleText } from './cases/module-text.ts';
import { LiveJob } from './driver/live-job.ts';
import { connectPartner } from './driver/partner-client.ts';

const BODY = new TextEncoder().encode('[]');
const FAILURES = 12;

it('a job whose tasks fail in the midst of checkpoints restarts each time, and goes on', async () => {
  const partner = await connectPartner(inject('partner'));
  const server = await serveFunctions(() => []);
  const job = await LiveJob.start(partner, {
    name: 'failing-checkpoint',
    module: moduleText([{ functions: 'f/*' }], [{ id: 't/in', topics: { leased: ['f/f'] } }]),
    config: {
      'execution.checkpointing.interval': '1h',
      'restart-strategy': 'fixed-delay',
      'restart-strategy.fixed-delay.delay': '1ms',
      'restart-strategy.fixed-delay.attempts': '1000',
    },
    topics: [{ topic: 'leased' }],
    egressTopics: [],
    functions: server.port,
  });
  try {
    for (let failure = 1; failure <= FAILURES; failure += 1) {
      const snapshots = (): number => job.schedule.filter(({ kind }) => kind === 'snapshot').length;
      const before = snapshots();
      job.beginCheckpoint();
      await job.until('the operator to take its snapshot', () => snapshots() > before);
      await job.crash();
      await job.until(`restart ${failure}`, () => job.count('restarted') === failure);
    }
    await job.produce([{ topic: 'leased', key: 'k', value: BODY }]);
    await job.until('a call', () => job.proxy.exchanges.some(({ status }) => status === 200));
    expect(job.count('failed')).toBe(FAILURES);
  } finally {
    await job.stop();
    await server.close();
    partner.close();
  }
});
