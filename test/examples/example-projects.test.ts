import { describe, expect, it } from 'vitest';
import type { FilePath } from '../../src/base/ids.ts';
import { EXAMPLES, exampleById } from '../../src/examples/registry.ts';
import { analyseCode } from '../../src/analysis/analyse-code.ts';
import { collectProblems, deriveContext } from '../../src/commands/derive.ts';
import { isFunctionFile, MODULE_YAML, STUDIO_JSON } from '../../src/model/project.ts';
import { decodeStudioFile } from '../../src/model/studio-file-codec.ts';
import { checkFeed } from '../../src/runtime/feeds/feed-source.ts';
import { loadExample } from '../support/load-example.ts';

describe.each(EXAMPLES.map((example) => example.id))('the example %s', (id) => {
  it('loads every file of its folder as it is on disk', async () => {
    const files = await exampleById(id)?.load();
    expect(sorted(files ?? new Map())).toEqual(sorted(loadExample(id)));
    expect([...loadExample(id).keys()]).toEqual(expect.arrayContaining([MODULE_YAML, STUDIO_JSON, 'README.md']));
  });

  it('has a studio.json without a problem, with a note and with feeds that work', () => {
    const { studio, problems } = decodeStudioFile(loadExample(id).get(STUDIO_JSON) ?? null);
    expect(problems).toEqual([]);
    expect(studio.notes).toHaveLength(1);
    expect(studio.feeds.map((feed) => checkFeed(feed, {}))).toEqual(studio.feeds.map(() => []));
  });

  it('opens without a problem, each item of its graph in a place of its own', () => {
    const context = deriveContext({ files: loadExample(id) }, null);
    expect(collectProblems(context)).toEqual([]);
    const items = context.graph.nodes.filter((node) => node.type !== 'note').map((node) => node.id);
    expect(Object.keys(context.studio.positions).sort()).toEqual(items.sort());
  });
});

describe('the graph of an example, from its code alone', () => {
  it('shows the cycles of fraud detection and its 30-day timer', () => {
    expect(sends('fraud-detection')).toEqual([
      'fraud/fraud-count > fraud/fraud-count after 2592000000',
      'fraud/fraud-count > fraud/transaction-manager',
      'fraud/merchant-scorer > fraud/transaction-manager',
      'fraud/model > fraud/transaction-manager',
      'fraud/transaction-manager > fraud/alerts (egress)',
      'fraud/transaction-manager > fraud/fraud-count',
      'fraud/transaction-manager > fraud/merchant-scorer',
      'fraud/transaction-manager > fraud/model',
    ]);
    const scorer = factsOf('fraud-detection').functions.find((fact) => fact.typename === 'fraud/merchant-scorer');
    expect(scorer?.states).toEqual([{ name: 'score', type: 'int', expiration: { mode: 'after-write', millis: 3_600_000 } }]);
    expect(scorer?.fetches).toHaveLength(1);
  });

  it('counts the items and edges that the picture of fraud detection has, beside frame and note', () => {
    const { nodes, edges } = deriveContext({ files: loadExample('fraud-detection') }, null).graph;
    expect(nodes.filter((node) => node.type !== 'endpoint' && node.type !== 'note')).toHaveLength(10);
    expect(edges).toHaveLength(13);
  });

  it('shows the 15-minute timer of the shopping cart', () => {
    expect(sends('shopping-cart')).toEqual([
      'shop/stock > shop/user-shopping-cart',
      'shop/user-shopping-cart > shop/receipts (egress)',
      'shop/user-shopping-cart > shop/stock',
      'shop/user-shopping-cart > shop/user-shopping-cart after 900000',
    ]);
  });

  it('shows the one egress of the greeter', () => {
    expect(sends('greeter')).toEqual(['greeter/greet > greeter/greetings (egress)']);
  });
});

function factsOf(id: string) {
  return analyseCode(new Map([...loadExample(id)].filter(([path]) => isFunctionFile(path))));
}

function sends(id: string): readonly string[] {
  const lines = factsOf(id).functions.flatMap((fact) =>
    fact.sends.map(
      (send) =>
        `${fact.typename} > ${send.to}${send.target === 'egress' ? ' (egress)' : ''}${send.delayed ? ` after ${send.delayMillis}` : ''}`,
    ),
  );
  return [...new Set(lines)].sort();
}

function sorted(files: ReadonlyMap<FilePath, string>): readonly (readonly [string, string])[] {
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1));
}
