/** The real StateFun with functions in Python, Java and Go: what comes of a scenario is what the simulator makes of it with the same servers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import type { FilePath } from '../../../src/base/ids.ts';
import { STUDIO_JSON, textFile } from '../../../src/model/project.ts';
import { loadExample } from '../../support/load-example.ts';
import { connectPartner } from '../driver/partner-client.ts';
import type { PartnerClient } from '../driver/partner-client.ts';
import type { ReadyProcess } from '../driver/ready-process.ts';
import { playBothWays } from '../scenarios/both-ways.ts';
import { startLanguage, wantedLanguages } from './language-server.ts';

const moduleOfSink = readFileSync(join(fileURLToPath(new URL('sink-project', import.meta.url)), 'module.yaml'), 'utf8');

/** Those orders whose outcome real time decides within a few seconds. */
const ORDERS = `
settings: { checkpointInterval: 2 s, restartStrategy: { type: fixed-delay, delay: 1 s } }
steps:
  - send:
      - { topic: orders, key: one, json: { do: keep, text: 'kept – gehalten' } }
      - { topic: ints, key: one, base64: DQIBAAA= }
      - { topic: ints, key: two, text: '' }
      - { topic: orders, key: one, json: { do: later, millis: 60000, token: bell, text: never heard } }
      - { topic: orders, key: one, json: { do: later, millis: 1000, token: null, text: heard } }
      - { topic: orders, key: one, json: { do: cancel, token: bell } }
  # The checkpoint of 4 s holds what came of all that, also on a machine that is slow.
  - wait: 4500 ms
  - crash: task
  - send:
      - { topic: orders, key: one, json: { do: forget, state: note } }
      - { topic: orders, key: one, json: { do: tell, typename: languages/sink, id: three, text: hello } }
      - { topic: orders, key: one, json: { do: record, topic: out, key: a key, text: with a key } }
      - { topic: orders, key: one, json: { do: record, topic: out, key: null, text: without one } }
  - wait: 3 s
expect:
  - { function: languages/sink, id: one, state: string_value, json: heard }
  - { function: languages/sink, id: three, state: string_value, json: hello }
`;

/** As files of a project whose functions a server answers. */
function remoteProject(files: ReadonlyMap<FilePath, string>, functions: string, port: number): ReadonlyMap<FilePath, string> {
  const remotes = [{ functions, url: `http://127.0.0.1:${port}/statefun` }];
  const code = [...files.keys()].filter((path) => path.startsWith('functions/'));
  const kept = new Map([...files, [STUDIO_JSON, JSON.stringify({ version: 1, remotes })]]);
  code.forEach((path) => kept.delete(path));
  return kept;
}

describe.each(wantedLanguages())('StateFun with functions on the %s SDK', (language) => {
  let partner: PartnerClient;
  let server: ReadyProcess;

  beforeAll(async () => {
    partner = await connectPartner(inject('partner'));
    server = await startLanguage(language);
  });

  afterAll(async () => {
    await server?.end();
    partner?.close();
  });

  it('greets the regulars as the simulator does', async () => {
    const greeter = loadExample('greeter');
    const { engine, simulated } = await playBothWays(partner, {
      name: `${language}-regulars`,
      files: remoteProject(greeter, 'greeter/*', server.port),
      scenario: textFile({ files: greeter }, filePath('scenarios/regulars.yaml')) ?? '',
      module: textFile({ files: greeter }, filePath('module.yaml')) ?? '',
      functions: server.port,
    });
    expect(Object.values(engine.committed).flat()).toHaveLength(5);
    expect(engine).toEqual(simulated);
  });

  it('carries out orders as the simulator does: states, deletion, delayed messages, a restart, records', async () => {
    const module = moduleOfSink.slice(0, moduleOfSink.indexOf('---\nkind: io.statefun.kinesis'));
    const { engine, simulated } = await playBothWays(partner, {
      name: `${language}-orders`,
      files: remoteProject(new Map([[filePath('module.yaml'), module]]), 'languages/*', server.port),
      scenario: ORDERS,
      module,
      functions: server.port,
    });
    expect(Object.values(engine.committed).flat()).toHaveLength(2);
    expect(engine).toEqual(simulated);
  });
});
