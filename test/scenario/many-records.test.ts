import { describe, expect, it } from 'vitest';
import { filePath, virtualTime } from '../../src/base/ids.ts';
import { ok } from '../../src/base/result.ts';
import { DEFAULT_SETTINGS } from '../../src/model/simulation-settings.ts';
import type { UserRecord } from '../../src/runtime/engine-api.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { playScenario } from '../../src/scenario/play-scenario.ts';
import type { AdvanceGoal, ScenarioHost, ScenarioView } from '../../src/scenario/scenario-host.ts';

const START = DEFAULT_SETTINGS.startAt;

/** A host that keeps no records and takes in what is due at each advance. */
class CountingHost implements ScenarioHost {
  readonly config = {
    module: { endpoints: [], ingresses: [], egresses: [] },
    settings: DEFAULT_SETTINGS,
    feeds: [],
    feedFiles: {},
    standIns: [],
  };
  ahead: number[] = [];
  mostAhead = 0;
  taken = 0;
  now = START;
  inOrder = true;
  last: UserRecord | null = null;

  readonly view = { metrics: () => ({ now: virtualTime(this.now) }) } as unknown as ScenarioView;

  async advance({ until, stopAt }: AdvanceGoal) {
    const due = this.ahead.filter((at) => until === null || at <= until);
    this.inOrder &&= due.every((at) => at >= this.now);
    this.now = Math.max(this.now, ...due.slice(-1));
    this.taken += due.length;
    this.ahead = this.ahead.slice(due.length);
    return this.ahead.length === 0 && stopAt === 'quiet' ? ('reached' as const) : ('until' as const);
  }

  apply(input: Parameters<ScenarioHost['apply']>[0]): void {
    if (input.type === 'produce') {
      this.ahead.push(input.at);
      this.mostAhead = Math.max(this.mostAhead, this.ahead.length);
      this.last = input.record;
    }
  }

  watch(): void {
    // No trace.
  }

  call(): Promise<never> {
    return Promise.reject(new Error('nothing is called'));
  }
  file(): null {
    return null;
  }

  async replaceCode() {
    return ok(null);
  }
}

describe('P2: a send of very many records', () => {
  it.each([
    ['all at once', ''],
    ['at a rate', ', rate: { perSecond: 1000 }'],
    ['at a rate, by chance', ', rate: { perSecond: 1000, jitter: poisson }'],
  ])('%s, is never in memory as a whole, and comes in order', async (_, rate) => {
    const text = `steps:
  - send: { topic: t, key: a, json: 1 }
  - send: { topic: t, key: 'k-{{n}}', json: { n: '{{n}}' }, repeat: 300000${rate} }
  - send: { topic: t, key: b, json: 1, repeat: 50, rate: { perSecond: 10 } }
`;
    const parsed = parseScenario(text, filePath('scenarios/many.yaml'));
    if (!parsed.ok) {
      throw new Error(JSON.stringify(parsed.error));
    }
    const host = new CountingHost();
    const outcome = await playScenario(parsed.value, host);
    expect(outcome.passed).toBe(true);
    expect(host.taken).toBe(300_051);
    expect(host.mostAhead).toBeLessThanOrEqual(1000);
    expect(host.inOrder).toBe(true);
    expect(host.last?.key).toBe(rate === '' ? 'b' : 'k-300000');
  });
});

describe('a host that will not go on', () => {
  it('ends the scenario at once: not passed, and nothing is judged', async () => {
    const parsed = parseScenario('steps: [{ wait: 1 s }, { wait: 1 s }]\nexpect: { failures: none }\n', filePath('scenarios/a.yaml'));
    if (!parsed.ok) {
      throw new Error(JSON.stringify(parsed.error));
    }
    const host = new CountingHost();
    const stopped: ScenarioHost = {
      config: host.config,
      view: host.view,
      advance: async () => 'interrupted',
      apply: () => undefined,
      watch: () => undefined,
      file: () => null,
      call: () => Promise.reject(new Error('nothing is called')),
      replaceCode: async () => ok(null),
    };
    const outcome = await playScenario(parsed.value, stopped);
    expect(outcome).toEqual({ passed: false, failures: [], steps: 0, expectations: 0, endedAt: 0, interrupted: true });
  });
});
