/** The example projects, exported and served by the official SDK, on the real engine: the same scenario gives the same course in the simulator. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { filePath } from '../../../src/base/ids.ts';
import { decodeModule } from '../../../src/module-yaml/decode.ts';
import { moduleDefinition } from '../../../src/module-yaml/definition.ts';
import { textFile } from '../../../src/model/project.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import { startExportedServer } from '../../support/exported-server.ts';
import { loadExample } from '../../support/load-example.ts';
import { playText } from '../../support/play-text.ts';
import { LiveJob } from '../driver/live-job.ts';
import { connectPartner } from '../driver/partner-client.ts';
import type { PartnerClient } from '../driver/partner-client.ts';
import { engineCourse, simulatedCourse } from './course.ts';
import { playScenarioLive } from './live-scenario.ts';

/** The example's own scenario up to where it waits for thirty days, and the merchant service down for a while. */
const ALERTS = `
steps:
  - send:
      - { topic: fraud-confirmations, key: acct-1, json: { account: acct-1, transaction: old-1 } }
      - { topic: fraud-confirmations, key: acct-1, json: { account: acct-1, transaction: old-2 } }
  - wait: 3 s
  - fault: { functions: fraud/merchant-scorer, type: status, status: 503, calls: 4 }
  - send:
      - { topic: transactions, key: acct-1, json: { id: tx-1, account: acct-1, merchant: crypto-atm, amount: 10000 } }
      - { topic: transactions, key: acct-1, json: { id: tx-2, account: acct-1, merchant: grocery, amount: 50000 } }
      - { topic: transactions, key: acct-2, json: { id: tx-3, account: acct-2, merchant: crypto-atm, amount: 10000 } }
  - wait: 3 s
`;

const SCENARIOS: readonly (readonly [example: string, scenario: string, text: string | null])[] = [
  ['greeter', 'regulars', null],
  ['greeter', 'restart', null],
  ['fraud-detection', 'confirmations', null],
  ['fraud-detection', 'alerts', ALERTS],
  ['shopping-cart', 'receipts', null],
];

describe('example projects on the real engine', () => {
  let partner: PartnerClient;

  beforeAll(async () => {
    partner = await connectPartner(inject('partner'));
  });

  afterAll(() => {
    partner.close();
  });

  it.each(SCENARIOS)('%s, %s: states, messages and egress records are those of the simulator', async (example, name, given) => {
    const files = loadExample(example);
    const text = given ?? textFile({ files }, filePath(`scenarios/${name}.yaml`)) ?? '';
    const parsed = parseScenario(text, filePath(`scenarios/${name}.yaml`));
    if (!parsed.ok) {
      throw new Error(JSON.stringify(parsed.error));
    }
    const simulated = await playText(files, text);
    const startAt = parsed.value.settings.startAt ?? 0;
    const checkpoints = simulated.trace.flatMap((event) => (event.type === 'checkpoint-completed' ? [event] : []));
    const first = simulated.trace[0]?.at ?? 0;

    const moduleText = textFile({ files }, filePath('module.yaml')) ?? '';
    const module = moduleDefinition(decodeModule(moduleText));
    const stubs: unknown = parse(textFile({ files }, filePath('stubs/merchant-api.yaml')) ?? '[]');
    const server = await startExportedServer(files, 'linked', {
      NODE_OPTIONS: `--import=${new URL('stubbed-fetch.mjs', import.meta.url).href}`,
      STUBS: JSON.stringify(stubs),
    });
    const topics = [...new Set(module.ingresses.flatMap(({ routes }) => routes.map(({ topic }) => topic)))];
    const egressTopics = simulated.engine.topics().filter(({ role }) => role === 'egress');
    const plan = {
      name: `${example}-${name}`,
      module: moduleText,
      config: { 'execution.checkpointing.interval': '1h' },
      functions: server.port,
    };
    const job = await LiveJob.start(partner, {
      ...plan,
      topics: topics.map((topic) => ({ topic })),
      egressTopics: egressTopics.map(({ topic }) => ({ topic })),
      ownTopics: true,
    });
    try {
      await playScenarioLive(job, module, parsed.value, {
        seed: parsed.value.settings.seed ?? 'statefun',
        startAt,
        checkpoints: checkpoints.map(({ at }) => at - first),
      });
      const expected = simulatedCourse(simulated.trace, simulated.engine);
      expect(Object.keys(expected.messages)).not.toEqual([]);
      const count = (records: Readonly<Record<string, readonly string[]>>): number => Object.values(records).flat().length;
      await job.until('the egress records', () => job.records.length >= count(expected.committed) + count(expected.uncommitted));
      expect(engineCourse(job.proxy.exchanges, job.records)).toEqual(expected);
    } finally {
      await job.stop();
      await server.stop();
    }
  });
});
