import { describe, expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { DEFAULT_SETTINGS } from '../../src/model/simulation-settings.ts';
import { projectOf } from '../../src/model/project.ts';
import { duplicateFeed, fieldsOf, importFile, newFileFeed, newGenerator, sampleRecords } from '../../src/panels/run/feed-edits.ts';
import { checkFeed } from '../../src/runtime/feeds/feed-source.ts';

describe('the feeds form', () => {
  test('a new generator sends records at once: nothing is wrong with it', () => {
    const feed = newGenerator([], 'orders');
    expect(checkFeed(feed, {})).toEqual([]);
    const samples = sampleRecords(feed, {}, DEFAULT_SETTINGS, 3);
    expect(samples.map((sample) => (JSON.parse(sample.value ?? '') as { id: number }).id)).toEqual([1, 2, 3]);
  });

  test('a switched-off feed still shows what it would send', () => {
    expect(sampleRecords({ ...newGenerator([], 'orders'), enabled: false }, {}, DEFAULT_SETTINGS, 1)).toHaveLength(1);
  });

  test('ids stay apart', () => {
    const first = newGenerator([], 'orders');
    const second = newGenerator([first], 'orders');
    const copied = duplicateFeed([first, second], first.id);
    expect([first.id, second.id, copied.feeds.map((feed) => feed.id)]).toEqual(['orders', 'orders-2', ['orders', 'orders-3', 'orders-2']]);
  });

  test('a file comes under data/, and never over another text', () => {
    const project = projectOf({ 'data/my-orders.csv': 'other' });
    expect(importFile(project, 'my orders.csv', 'id\n1\n')).toEqual({
      path: 'data/my-orders-2.csv',
      edits: [{ type: 'create', path: 'data/my-orders-2.csv', content: 'id\n1\n' }],
    });
    expect(importFile(project, 'my orders.csv', 'other')).toEqual({ path: 'data/my-orders.csv', edits: [] });
  });

  test('the key of a file is guessed from the names of its fields', () => {
    expect(fieldsOf('jsonl', '\n{"sku":"a","orderId":"o1"}\nbroken')).toEqual(['sku', 'orderId']);
    expect(newFileFeed([], 'orders', filePath('data/a.CSV'), 'sku,orderId\na,o1\n')).toMatchObject({ format: 'csv', keyField: 'orderId' });
    expect(newFileFeed([], 'orders', filePath('data/a.jsonl'), '{"sku":"a"}')).toMatchObject({ format: 'jsonl', keyField: null });
  });
});
