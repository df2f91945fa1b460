/** What the bench keeps passes as it is written, and fails once the function does something else. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { filePath } from '../../../src/base/ids.ts';
import { encodeUtf8 } from '../../../src/base/text-encoding.ts';
import { instantText, keptScenario } from '../../../src/scenario/call/keep-call.ts';
import { encodePayload, payloadOf } from '../../../src/scenario/call/typed-payload.ts';
import type { TrialInput, TrialResult } from '../../../src/worker/trial-contract.ts';
import { loadExample } from '../../support/load-example.ts';
import { playText } from '../../support/play-text.ts';
import { nodeBrowser } from '../../support/studio-in-node.ts';

function kept(input: TrialInput, { outcome, ...effects }: TrialResult): string {
  if (outcome.type !== 'completed' && outcome.type !== 'threw') {
    throw new Error(`nothing to keep of ${outcome.type}`);
  }
  const result = outcome.type === 'threw' ? { type: 'threw' as const, ...outcome.error } : { type: 'completed' as const, ...effects };
  return keptScenario('What was tried', input, result);
}

for (const [example, file, from, to] of [
  ['greeter', 'functions/greet.ts', '?? 0) + 1', '?? 0) + 2'],
  ['fraud-detection', 'functions/merchant-scorer.ts', 'return answer.score;', 'return answer.score + 1;'],
  ['shopping-cart', 'functions/stock.ts', '+ ', '- '],
] as const) {
  test(`calls of ${example}, tried again and kept, pass as they are written`, async () => {
    const files = loadExample(example);
    const tab = await nodeBrowser().open();
    const { id } = await tab.get('create-project', { name: example, files });
    await tab.get('open-project', { id });
    await tab.get('start-run', { speed: 'max', play: true });
    await tab.projected((projection) => projection.messages > 200);
    await tab.get('pause', {});
    const filter = { types: ['call-completed' as const], name: null, id: null, text: null };
    const { rows, total } = await tab.get('read-trace', { filter, from: 0, count: 60 });
    expect(total).toBeGreaterThan(60);
    const texts: string[] = [];
    for (const { seq } of rows.filter((_, index) => index % 5 === 0)) {
      const input = await tab.get('read-trial-input', { seq });
      texts.push(kept(input, await tab.get('try-function', { input, logpoints: [] })));
    }
    const steps = (all: readonly string[]) => `title: all\nsteps:\n${all.map((text) => text.slice(text.indexOf('steps:\n') + 7)).join('')}`;
    const played = await playText(files, steps(texts));
    expect(played.failures).toEqual([]);
    expect(played.outcome.expectations).toBe(texts.length);

    const path = filePath(file);
    const changed = (files.get(path) ?? '').replace(from, to);
    expect(changed).not.toBe(files.get(path));
    const broken = await playText(new Map([...files, [path, changed]]), steps(texts));
    expect(broken.failures.length).toBeGreaterThan(0);
  });
}

test('a kept call reads as one would write it', () => {
  const text = keptScenario(
    'Third visit',
    {
      typename: 'greeter/greet' as TrialInput['typename'],
      id: '7',
      messages: [{ caller: null, value: { typename: 'greeter.types/visit', hasValue: true, bytes: encodeUtf8('{"name":"Ada"}') } }],
      states: [
        { name: 'visits', value: { typename: 'io.statefun.types/int', hasValue: true, bytes: Uint8Array.of(0x0d, 2, 0, 0, 0) } },
        { name: 'other', value: null },
      ],
      at: Date.UTC(2026, 0, 1),
      seed: 12,
    },
    {
      type: 'completed',
      states: [{ name: 'visits', after: { typename: 'io.statefun.types/int', bytes: Uint8Array.of(0x0d, 3, 0, 0, 0) }, change: 'written' }],
      sends: [],
      delayed: [
        {
          to: { typename: 'greeter/greet' as TrialInput['typename'], id: 'x' },
          value: { typename: 'lab/bytes', bytes: Uint8Array.of(255, 0) },
          delayMillis: 5_400_000,
          token: 't',
        },
      ],
      cancellations: [],
      egress: [{ egress: 'greeter/greetings', topic: 'greetings', key: 'Ada', value: { typename: '', bytes: encodeUtf8('"hi"') } }],
    },
  );
  expect(text).toBe(`title: Third visit
steps:
  - call:
      function: greeter/greet
      id: '7'
      time: 2026-01-01T00:00:00Z
      seed: 12
      states:
        - { state: visits, type: io.statefun.types/int, json: 2 }
      messages:
        - { type: greeter.types/visit, json: { name: Ada } }
      reply:
        states:
          - { state: visits, json: 3 }
        sends: []
        delayed:
          - { after: 90 min, token: t, function: greeter/greet, id: x, type: lab/bytes, base64: /wA= }
        cancels: []
        egress:
          - { egress: greeter/greetings, topic: greetings, key: Ada, json: hi }
`);
});

test('every value comes back as the same bytes, whatever form it is kept in', () => {
  const types = fc.constantFrom('io.statefun.types/string', 'io.statefun.types/int', 'io.statefun.types/double', 'lab/any');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.json().map((text) => encodeUtf8(text)),
    fc.constantFrom('9007199254740993', '-0', '1e400', '{"a":1,"a":2}', ' {}', '{"__proto__":1}').map((text) => encodeUtf8(text)),
  );
  fc.assert(
    fc.property(types, bytes, (typename, given) => {
      const back = encodePayload(typename, payloadOf({ typename, bytes: given }));
      expect(back).toEqual({ ok: true, value: { typename, hasValue: true, bytes: given } });
    }),
  );
});

test('moments are written as Date writes them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (millis) => {
      expect(instantText(millis)).toBe(new Date(millis).toISOString().replace('.000Z', 'Z'));
    }),
  );
  expect([instantText(-1), instantText(0.5), instantText(253_402_300_800_000)]).toEqual([null, null, null]);
});
