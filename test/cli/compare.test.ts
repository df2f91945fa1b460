import { afterEach, describe, expect, it } from 'vitest';
import { Greet } from '../../src/examples/greeter/project/functions/greet.ts';
import { folderWith, runCommand } from '../support/command-line.ts';
import { loadExample } from '../support/load-example.ts';
import { MISCOUNTING_GREET } from '../support/miscounting-greeter.ts';
import { freePort, startSdkServer } from '../support/remote-servers.ts';
import type { RemoteServer } from '../support/remote-servers.ts';

const servers: RemoteServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function remote(greet: typeof Greet): Promise<string> {
  const server = await startSdkServer([greet]);
  servers.push(server);
  return `greeter/*=${server.origin}/statefun`;
}

describe('compare', () => {
  it('says that every scenario is the same where the server does what the code does', async () => {
    const folder = await folderWith(loadExample('greeter'));
    const { code, out } = await runCommand('compare', folder, '--remote', await remote(Greet));
    expect(out).toMatch(/^same {2}regulars {2}\(\d+ calls\)$/m);
    expect(out).toMatch(/^same {2}restart {2}\(\d+ calls\)$/m);
    expect(out).toContain('2 comparisons: 2 the same, 0 different.');
    expect(code).toBe(0);
  });

  it('shows the first call that is answered otherwise with both answers, then what differs in the end', async () => {
    const folder = await folderWith(loadExample('greeter'));
    const { code, out } = await runCommand('compare', folder, 'regulars', '--remote', await remote(MISCOUNTING_GREET));
    expect(code).toBe(1);
    expect(out).toMatch(/^DIFF {2}regulars/m);
    expect(out).toMatch(/first difference: greeter\/greet \/ Ada, its request 3 \(call \d+\), state visits/);
    expect(out).toMatch(/in the Studio io\.statefun\.types\/int 2 {2}\[0d 02 00 00 00\]/);
    expect(out).toMatch(/remote {8}io\.statefun\.types\/int 12 {2}\[0d 0c 00 00 00\]/);
    expect(out).toContain('target greeter/greet / Ada');
    expect(out).toContain('greeter/greet / Ada, state visits: io.statefun.types/int 3 in the Studio, io.statefun.types/int 13 remote');
    expect(out).toMatch(/topic greetings, key Ada, record 3: .*Third time.* in the Studio/);
  });

  it('gives the same as JSON, from the feeds where no scenario is meant', async () => {
    const folder = await folderWith(loadExample('greeter'));
    const { code, out } = await runCommand('compare', folder, '--until', '20s', '--json', '--remote', await remote(MISCOUNTING_GREET));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      same: 0,
      different: 1,
      scenarios: [
        {
          scenario: null,
          same: false,
          difference: {
            typename: 'greeter/greet',
            part: 'state visits',
            left: { text: 'io.statefun.types/int 2', base64: 'DQIAAAA=' },
            right: { text: 'io.statefun.types/int 12', base64: 'DQwAAAA=' },
          },
        },
      ],
    });
  });

  it('tells of a server that is down as what it answers', async () => {
    const folder = await folderWith(loadExample('greeter'));
    const { code, out } = await runCommand('compare', folder, 'regulars', '--remote', `greeter/*=http://127.0.0.1:${await freePort()}/`);
    expect(code).toBe(1);
    expect(out).toMatch(/remote {8}Nothing listens at 127\.0\.0\.1/);
  });

  it('needs functions that are remote, and code to compare them with', async () => {
    const folder = await folderWith(loadExample('greeter'));
    const none = await runCommand('compare', folder);
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('--remote PATTERN=URL') });
    const bare = await folderWith(new Map([...loadExample('greeter')].filter(([path]) => !path.startsWith('functions/'))));
    const without = await runCommand('compare', bare, '--remote', 'greeter/*=http://127.0.0.1:1/');
    expect(without).toMatchObject({ code: 1, err: expect.stringContaining('nothing in the Studio to compare the server with') });
  });
});
