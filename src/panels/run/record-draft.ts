/** A record as it is being written in the form, and what becomes of it. */
import { decodeUtf8 } from '../../base/text-encoding.ts';
import type { Feed } from '../../model/feed.ts';
import type { Graph } from '../../model/graph.ts';
import type { SimulationSettings } from '../../model/simulation-settings.ts';
import type { TopicRecord, UserRecord } from '../../runtime/engine-api.ts';
import { createFeedSource } from '../../runtime/feeds/feed-source.ts';
import { prettyJson } from './json-tokens.ts';
import { valueBytes, valueText } from './value-text.ts';

export interface RecordDraft {
  readonly key: string;
  readonly withoutKey: boolean;
  readonly value: string;
  /** A null value (S83). */
  readonly tombstone: boolean;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** Null: by key, as Kafka's partitioner chooses. */
  readonly partition: number | null;
}

export const EMPTY_DRAFT: RecordDraft = { key: '', withoutKey: false, value: '', tombstone: false, headers: [], partition: null };

/** What each topic was last sent, for as long as the page lives. */
const lastSent = new Map<string, RecordDraft>();

export function rememberDraft(topic: string, draft: RecordDraft): void {
  lastSent.set(topic, draft);
}
export function rememberedDraft(topic: string): RecordDraft | null {
  return lastSent.get(topic) ?? null;
}

export function draftOfRecord(record: TopicRecord): RecordDraft {
  return {
    ...EMPTY_DRAFT,
    key: record.key ?? '',
    withoutKey: record.key === null,
    value: record.value === null ? '' : editableText(record.typename, record.value),
    headers: record.headers,
  };
}

/** A built-in string is shown in quotes, and written without. */
function editableText(typename: string, value: Uint8Array): string {
  const { text } = valueText(typename, value);
  return typename === 'io.statefun.types/string' && text.startsWith('"') ? String(JSON.parse(text)) : prettyJson(text);
}

/** The first record that an enabled feed would send to the topic, or null. */
export function draftOfFeed(
  feeds: readonly Feed[],
  topic: string,
  files: Readonly<Record<string, string>>,
  settings: SimulationSettings,
): RecordDraft | null {
  for (const feed of feeds) {
    const record = feed.topic === topic ? createFeedSource({ ...feed, enabled: true }, files, settings).peek() : null;
    if (record !== null) {
      return {
        ...EMPTY_DRAFT,
        key: record.key ?? '',
        withoutKey: record.key === null,
        value: record.value === null ? '' : prettyJson(decodeUtf8(record.value)),
        tombstone: record.value === null,
        headers: record.headers,
      };
    }
  }
  return null;
}

export function recordOfDraft(topic: string, valueType: string | null, draft: RecordDraft): UserRecord {
  return {
    topic,
    partition: draft.partition,
    key: draft.withoutKey ? null : draft.key,
    value: draft.tombstone ? null : valueBytes(valueType ?? '', compact(draft.value)),
    headers: draft.headers.filter((header) => header.name !== ''),
  };
}

/** JSON is written in one line, as a producer would; other text goes as it stands. */
function compact(text: string): string {
  const first = text.trimStart().charAt(0);
  if (first !== '{' && first !== '[') {
    return text;
  }
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** The topics that the module's ingresses read, with the type that the first of them gives the value. */
export function ingressTopics(graph: Graph): ReadonlyMap<string, string> {
  const topics = new Map<string, string>();
  for (const node of graph.nodes) {
    if (node.type === 'router' && node.ingress !== null && !topics.has(node.topic)) {
      topics.set(node.topic, node.valueType);
    }
  }
  return topics;
}
