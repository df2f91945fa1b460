/**
 * A project that was never in the Studio: one file binds its functions and serves them, in CommonJS. Its own server answers the real StateFun, and
 * the one that an export adds to it; the simulator runs the same files and does not start any.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import { textFile } from '../../../src/model/project.ts';
import { startExportedServer, startOwnServer } from '../../support/exported-server.ts';
import { loadFolder } from '../../support/load-example.ts';
import { connectPartner } from '../driver/partner-client.ts';
import { playBothWays } from './both-ways.ts';

const project = fileURLToPath(new URL('hand-written', import.meta.url));

it.each([
  ['its own server', 'hand-written', () => startOwnServer(project)],
  ['the server of its export', 'hand-written-exported', () => startExportedServer(loadFolder(project), 'installed')],
])(
  'a hand-written project gives on StateFun, with %s, the states, messages and egress records of the simulator',
  async (_server, name, start) => {
    const files = loadFolder(project);
    const partner = await connectPartner(inject('partner'));
    const server = await start();
    try {
      const { engine, simulated } = await playBothWays(partner, {
        name,
        files,
        scenario: textFile({ files }, filePath('scenarios/parcels.yaml')) ?? '',
        module: readFileSync(join(server.folder, 'module.yaml'), 'utf8'),
        functions: server.port,
      });
      expect(Object.values(engine.committed).flat()).toHaveLength(4);
      expect(engine).toEqual(simulated);
    } finally {
      await server.stop();
      partner.close();
    }
  },
);
