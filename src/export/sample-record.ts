/** A record that looks like those of the project's feeds, for the commands of the README. Each placeholder gives its plainest value. */
import type { Feed } from '../model/feed.ts';

export interface SampleRecord {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
}

/** One for each topic that has a generator. */
export function sampleRecords(feeds: readonly Feed[]): readonly SampleRecord[] {
  const samples = new Map<string, SampleRecord>();
  for (const feed of feeds) {
    if (feed.type === 'generator' && !samples.has(feed.topic)) {
      const key = filled(feed.key, '');
      samples.set(feed.topic, { topic: feed.topic, key, value: filled(feed.value, key) });
    }
  }
  return [...samples.values()];
}

function filled(template: string, key: string): string {
  return template.replaceAll(/\{\{\s*([a-z]+)\s*(.*?)\s*\}\}/g, (_, name: string, rest: string) => {
    const parts = rest.split(/\s+/);
    const first = rest.split('|')[0]?.trim() ?? '';
    switch (name) {
      case 'key':
        return key;
      case 'n':
        return '1'.padStart(Number(parts[0]) || 0, '0');
      case 'int':
        return (parts[0] ?? '1').padStart(Number(parts[2]) || 0, '0');
      case 'float':
        return parts[0] ?? '1';
      case 'zipf':
        return '1'.padStart(Number(parts[1]) || 0, '0');
      case 'pick':
        return first;
      case 'weighted':
        return first.replace(/:[^:]*$/, '');
      case 'uuid':
        return '00000000-0000-4000-8000-000000000001';
      case 'now':
        return '1767225600000';
      case 'iso':
        return '2026-01-01T00:00:00.000Z';
      default:
        return '';
    }
  });
}
