/** What the engine's requests look like in HTTP, by transport. */
import { expect, inject, it } from 'vitest';
import { COMMANDS_TYPE } from '../support/programs/command.ts';
import { serveFunctions } from '../support/programs/function-server.ts';
import { moduleText } from './cases/module-text.ts';
import { LiveJob } from './driver/live-job.ts';
import { connectPartner } from './driver/partner-client.ts';

const BODY = new TextEncoder().encode('[]');

it('S5, S6, S96: requests are POSTs with a length; without a transport, or one without a type, async makes them', async () => {
  const partner = await connectPartner(inject('partner'));
  const server = await serveFunctions(() => []);
  const job = await LiveJob.start(partner, {
    name: 'http',
    module: moduleText(
      [
        { functions: 'ha/*' },
        { functions: 'hb/*', more: '  transport:\n    timeouts:\n      call: 1min\n' },
        { functions: 'hc/*', more: '  transport:\n    type: io.statefun.transports.v1/okhttp\n' },
      ],
      [{ id: 't/in', topics: { http: ['ha/f', 'hb/f', 'hc/f'], [`http-again as ${COMMANDS_TYPE}`]: ['ha/f'] } }],
    ),
    config: {},
    topics: [{ topic: 'http' }, { topic: 'http-again' }],
    egressTopics: [],
    functions: server.port,
  });
  try {
    await job.produce([{ topic: 'http', key: 'k', value: BODY }]);
    await job.until('three requests', () => job.proxy.exchanges.length === 3 && job.proxy.exchanges.every(({ status }) => status === 200));
    const headers = Object.fromEntries(
      job.proxy.exchanges.map(({ target, method, headers: all, bytes }) => [
        target,
        {
          method,
          type: all['content-type'],
          agent: all['user-agent'],
          accept: all.accept,
          encoding: all['accept-encoding'],
          length: all['content-length'] === String(bytes.length),
        },
      ]),
    );
    const async = {
      method: 'POST',
      type: 'application/octet-stream',
      agent: 'statefun',
      accept: 'application/octet-stream',
      encoding: 'gzip,deflate',
      length: true,
    };
    expect(headers).toEqual({
      'ha/f/k': async,
      'hb/f/k': async,
      'hc/f/k': { ...async, agent: 'okhttp/3.14.6', accept: undefined, encoding: 'gzip' },
    });
  } finally {
    await job.stop();
    await server.close();
    partner.close();
  }
});
