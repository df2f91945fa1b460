/**
 * Each example as its user takes it home: exported, its packages from the registry by `npm ci`, built and started by its own scripts, its module.yaml
 * run by the real StateFun with the configuration that the export brings. A scenario gives the same course there and in the simulator, alerts included.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { filePath, typename } from '../../../src/base/ids.ts';
import { encodeUtf8 } from '../../../src/base/text-encoding.ts';
import { textFile } from '../../../src/model/project.ts';
import { startExportedServer } from '../../support/exported-server.ts';
import type { ExportedServer } from '../../support/exported-server.ts';
import { loadExample } from '../../support/load-example.ts';
import { connectPartner } from '../driver/partner-client.ts';
import type { PartnerClient } from '../driver/partner-client.ts';
import { callFunction } from '../languages/call-function.ts';
import { playBothWays } from './both-ways.ts';

/**
 * The example's own scenario up to where it waits for thirty days, and the merchant service down for a while. The two transactions of one account
 * come one after the other: two merchants asked at once answer in an order that the machine decides.
 */
const ALERTS = `
steps:
  - send:
      - { topic: fraud-confirmations, key: acct-1, json: { account: acct-1, transaction: old-1 } }
      - { topic: fraud-confirmations, key: acct-1, json: { account: acct-1, transaction: old-2 } }
  - wait: 3 s
  - fault: { functions: fraud/merchant-scorer, type: status, status: 503, calls: 4 }
  - send:
      - { topic: transactions, key: acct-1, json: { id: tx-1, account: acct-1, merchant: crypto-atm, amount: 10000 } }
      - { topic: transactions, key: acct-2, json: { id: tx-3, account: acct-2, merchant: crypto-atm, amount: 10000 } }
  - wait: 3 s
  - send: { topic: transactions, key: acct-1, json: { id: tx-2, account: acct-1, merchant: grocery, amount: 50000 } }
  - wait: 3 s
`;

/** By example: a function with the states that it misses at first, and scenarios with what they write to Kafka. */
const EXAMPLES: readonly (readonly [
  example: string,
  asked: { readonly type: string; readonly states: readonly string[] },
  scenarios: readonly (readonly [name: string, text: string | null, committed: number])[],
])[] = [
  [
    'greeter',
    { type: 'greeter/greet', states: ['visits'] },
    [
      ['regulars', null, 5],
      ['restart', null, 3],
    ],
  ],
  [
    'fraud-detection',
    { type: 'fraud/fraud-count', states: ['fraud_count'] },
    [
      ['confirmations', null, 0],
      ['alerts', ALERTS, 1],
    ],
  ],
  ['shopping-cart', { type: 'shop/stock', states: ['available'] }, [['receipts', null, 2]]],
];

/** What the export's flink-conf.yaml says of the job: where things lie and how much memory there is are the machine's. */
function jobConfiguration(folder: string): Readonly<Record<string, string>> {
  const all: unknown = parse(readFileSync(join(folder, 'flink-conf.yaml'), 'utf8'));
  const keys = /^(?!state\.(checkpoints|savepoints)\.dir$)(statefun|pipeline|parallelism|execution|restart-strategy|state)\b/;
  return Object.fromEntries(Object.entries(all ?? {}).flatMap(([key, value]) => (keys.test(key) ? [[key, String(value)]] : [])));
}

describe.each(EXAMPLES)('the exported %s', (example, asked, scenarios) => {
  const files = loadExample(example);
  let partner: PartnerClient;
  let server: ExportedServer;

  beforeAll(async () => {
    partner = await connectPartner(inject('partner'));
    const stubs: unknown = parse(textFile({ files }, filePath('stubs/merchant-api.yaml')) ?? '[]');
    server = await startExportedServer(files, 'installed', {
      NODE_OPTIONS: `--import=${new URL('stubbed-fetch.mjs', import.meta.url).href}`,
      STUBS: JSON.stringify(stubs),
    });
  });

  afterAll(async () => {
    await server?.stop();
    partner?.close();
  });

  it('installs, builds, starts, and asks for the states it misses', async () => {
    const { status, contentType, reply } = await callFunction(server.port, {
      target: { typename: typename(asked.type), id: 'one' },
      states: [],
      messages: [{ caller: null, argument: { typename: 'test/any', hasValue: true, bytes: encodeUtf8('{}') } }],
    });
    expect([status, contentType]).toEqual([200, 'application/octet-stream']);
    expect(reply).toMatchObject({ type: 'incomplete', missing: asked.states.map((name) => ({ name })) });
  });

  it.each(scenarios)('gives in %s the states, messages and egress records of the simulator', async (name, given, committed) => {
    const scenario = given ?? textFile({ files }, filePath(`scenarios/${name}.yaml`)) ?? '';
    const module = readFileSync(join(server.folder, 'module.yaml'), 'utf8');
    const config = jobConfiguration(server.folder);
    const { engine, simulated } = await playBothWays(partner, {
      name: `${example}-${name}`,
      files,
      scenario,
      module,
      config,
      functions: server.port,
    });
    expect(Object.keys(engine.messages)).not.toEqual([]);
    expect(engine).toEqual(simulated);
    expect(Object.values(engine.committed).flat()).toHaveLength(committed);
  });
});
