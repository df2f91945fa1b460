/** Observing changes nothing: each recorded call of the examples, observed again, gives the same bytes. */
import { expect, test } from 'vitest';
import { loadExample } from '../../support/load-example.ts';
import { nodeBrowser } from '../../support/studio-in-node.ts';

for (const example of ['greeter', 'fraud-detection', 'shopping-cart']) {
  test(`every recorded call of ${example} is answered with the same bytes when it is observed`, async () => {
    const files = loadExample(example);
    const tab = await nodeBrowser().open();
    const { id } = await tab.get('create-project', { name: example, files });
    await tab.get('open-project', { id });
    await tab.get('start-run', { speed: 'max', play: true });
    await tab.projected((projection) => projection.messages > 300);
    await tab.get('pause', {});
    const filter = { types: ['call-started' as const], name: null, id: null, text: null };
    const { rows } = await tab.get('read-trace', { filter, from: 0, count: 150 });
    expect(rows.length).toBe(150);
    const functions = new Set<string>();
    for (const { seq } of rows) {
      const observed = await tab.get('observe-call', { recorded: { seq }, logpoints: [] });
      functions.add(observed.input.typename);
      expect(observed.difference).toBeNull();
      expect(['completed', 'incomplete']).toContain(observed.result.outcome.type);
      if (observed.result.outcome.type === 'completed') {
        expect(observed.result.coverage.flatMap(({ reached }) => reached).length).toBeGreaterThan(0);
      }
    }
    expect(functions.size).toBe(tab.status()?.report.functions.length);
  });
}
