import { describe, expect, it } from 'vitest';
import { addScenario } from '../../src/commands/add-scenario.ts';
import { EXAMPLES } from '../../src/examples/registry.ts';
import { loadExample } from '../support/load-example.ts';
import { playText } from '../support/play-text.ts';
import { FRAUD_MODULE, StudioDriver } from '../support/studio-driver.ts';

const NEW = 'scenarios/scenario.yaml';

function written(files: Readonly<Record<string, string>>): string {
  const studio = new StudioDriver(files);
  expect(studio.run(addScenario)).toEqual([]);
  return studio.text(NEW) ?? '';
}

describe.each(EXAMPLES.map(({ id }) => id))('a new scenario of the example %s', (id) => {
  it('fits the project, sends what its generator makes, and passes', async () => {
    const files = loadExample(id);
    const text = written(Object.fromEntries(files));
    const { outcome, failures, trace } = await playText(files, text);
    expect(failures).toEqual([]);
    expect(outcome).toMatchObject({ passed: true, expectations: 1 });
    const sent = trace.filter((event) => event.type === 'record-produced');
    expect(sent).toHaveLength(10);
    // What was filled in is the value that the function reads, numbers as numbers.
    expect(JSON.stringify(sent.map(({ value }) => new TextDecoder().decode(value?.bytes)))).not.toContain('{{');
  });

  it('passes with the expectations, too, that its comments suggest', async () => {
    const files = loadExample(id);
    const text = written(Object.fromEntries(files)).replaceAll('  # - {', '  - {');
    const { failures } = await playText(files, text);
    // The names are the project's own: what may fail is only what is there.
    expect(failures.join('\n')).not.toMatch(/There is no|has no state/);
  });
});

it('writes values as JSON, placeholders of numbers as texts that become numbers', () => {
  const text = written(Object.fromEntries(loadExample('fraud-detection')));
  expect(text).toContain("      json:\n        id: 'tx-{{n 6}}'\n        account: '{{key}}'");
  expect(text).toContain("        amount: '{{int 100 50000}}'");
});

it('is undone in one step, and takes a name that is free', () => {
  const studio = new StudioDriver({ 'module.yaml': FRAUD_MODULE });
  studio.run(addScenario);
  studio.run(addScenario);
  expect(studio.text('scenarios/scenario-2.yaml')).toContain('topic: transactions');
  studio.undo();
  expect(studio.text('scenarios/scenario-2.yaml')).toBeNull();
  expect(studio.text(NEW)).not.toBeNull();
});

it('can be read in a project without an ingress', async () => {
  const files = new Map([...loadExample('greeter')].filter(([path]) => path !== 'module.yaml'));
  const text = written(Object.fromEntries(files));
  const { outcome } = await playText(loadExample('greeter'), text);
  expect(outcome.passed).toBe(true);
});

it('keeps a value that is no JSON as text', () => {
  const files = Object.fromEntries(loadExample('greeter'));
  const studio = JSON.parse(files['studio.json'] ?? '{}') as { feeds: { value: string; key: string }[] };
  const feeds = studio.feeds.map((feed) => ({ ...feed, key: "it's {{n}}", value: 'line {{n}}\nof text' }));
  const text = written({ ...files, 'studio.json': JSON.stringify({ ...studio, feeds }) });
  expect(text).toContain("key: 'it''s {{n}}'");
  expect(text).toContain('text: "line {{n}}\\nof text"');
});
