/** What the feeds' form does to the list of feeds. Pure: the form turns the result into a command. */
import { filePath } from '../../base/ids.ts';
import type { FilePath } from '../../base/ids.ts';
import { decodeUtf8 } from '../../base/text-encoding.ts';
import type { Edit } from '../../model/edit.ts';
import type { Feed, RecordFile, RecordGenerator } from '../../model/feed.ts';
import type { Project } from '../../model/project.ts';
import type { SimulationSettings } from '../../model/simulation-settings.ts';
import { parseCsv } from '../../runtime/feeds/csv.ts';
import { createFeedSource } from '../../runtime/feeds/feed-source.ts';

export function newGenerator(feeds: readonly Feed[], topic: string): RecordGenerator {
  return {
    type: 'generator',
    id: freeId(feeds, topic === '' ? 'records' : topic),
    enabled: true,
    topic,
    arrival: { type: 'rate', perSecond: 1, jitter: 'poisson' },
    startAfterMillis: 0,
    count: null,
    key: 'key-{{int 1 10}}',
    value: '{\n  "id": {{n}},\n  "key": "{{key}}"\n}',
    headers: [],
  };
}

export function newFileFeed(feeds: readonly Feed[], topic: string, path: FilePath, text: string): RecordFile {
  const format = path.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl';
  return {
    type: 'file',
    id: freeId(feeds, topic === '' ? 'records' : topic),
    enabled: true,
    topic,
    path,
    format,
    arrival: { type: 'backlog' },
    startAfterMillis: 0,
    keyField: likelyKey(fieldsOf(format, text)),
    valueField: null,
  };
}

export function replaceFeed(feeds: readonly Feed[], next: Feed): readonly Feed[] {
  return feeds.map((feed) => (feed.id === next.id ? next : feed));
}

export function duplicateFeed(feeds: readonly Feed[], id: string): { readonly feeds: readonly Feed[]; readonly id: string | null } {
  const index = feeds.findIndex((feed) => feed.id === id);
  const original = feeds[index];
  if (original === undefined) {
    return { feeds, id: null };
  }
  const copy = { ...original, id: freeId(feeds, original.id) };
  return { feeds: feeds.toSpliced(index + 1, 0, copy), id: copy.id };
}

/** The path under data/ for a chosen file, and the edits that put it there. A file of that name with other text keeps its own. */
export function importFile(project: Project, name: string, text: string): { readonly path: FilePath; readonly edits: readonly Edit[] } {
  const clean = name.replace(/[^\w.-]+/g, '-');
  const dot = clean.lastIndexOf('.');
  const [stem, ending] = dot <= 0 ? [clean, ''] : [clean.slice(0, dot), clean.slice(dot)];
  for (let number = 1; ; number += 1) {
    const path = filePath(`data/${number === 1 ? stem : `${stem}-${number}`}${ending}`);
    const there = project.files.get(path);
    if (there === undefined) {
      return { path, edits: [{ type: 'create', path, content: text }] };
    }
    if (there === text) {
      return { path, edits: [] };
    }
  }
}

/** Names of the fields of a record file: the CSV header, or the keys of the first JSON line. */
export function fieldsOf(format: RecordFile['format'], text: string): readonly string[] {
  if (format === 'csv') {
    const table = parseCsv(text);
    return table.ok ? table.value.header : [];
  }
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

export interface SampleRecord {
  readonly at: number;
  readonly key: string | null;
  readonly value: string | null;
}

/** The first records as a run with these settings would get them. */
export function sampleRecords(
  feed: Feed,
  files: Readonly<Record<string, string>>,
  settings: SimulationSettings,
  count: number,
): readonly SampleRecord[] {
  const source = createFeedSource({ ...feed, enabled: true }, files, settings);
  const samples: SampleRecord[] = [];
  while (samples.length < count) {
    const record = source.take();
    if (record === null) {
      break;
    }
    samples.push({ at: record.at, key: record.key, value: record.value === null ? null : decodeUtf8(record.value) });
  }
  return samples;
}

function likelyKey(fields: readonly string[]): string | null {
  return fields.find((field) => field.toLowerCase() === 'key') ?? fields.find((field) => /id$/i.test(field)) ?? null;
}

function freeId(feeds: readonly Feed[], base: string): string {
  const stem = base.replace(/-\d+$/, '');
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem}-${number}`;
    if (!feeds.some((feed) => feed.id === id)) {
      return id;
    }
  }
}
