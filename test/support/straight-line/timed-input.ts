/** Records with their times, as feeds of a project: what a straight-line calculation and a run are both given. */
import { STUDIO_JSON } from '../../../src/model/project.ts';
import { filePath } from '../../../src/base/ids.ts';
import type { FilePath } from '../../../src/base/ids.ts';
import type { RecordFile } from '../../../src/model/feed.ts';

export interface TimedFeeds {
  readonly feeds: readonly RecordFile[];
  /** Text of the feeds' files. */
  readonly files: Readonly<Record<string, string>>;
}

/** Lines `spacing` ms apart, the first at `start`: one JSONL file and the feed that reads it. */
export function spacedFeed(
  topic: string,
  lane: number,
  keyField: string,
  start: number,
  spacing: number,
  values: readonly object[],
): TimedFeeds {
  const id = `${topic}-${lane}`;
  const path = filePath(`records/${id}.jsonl`);
  return {
    feeds: [
      {
        type: 'file',
        id,
        enabled: true,
        topic,
        path,
        format: 'jsonl',
        arrival: { type: 'rate', perSecond: 1000 / spacing, jitter: 'none' },
        startAfterMillis: start,
        keyField,
        valueField: null,
      },
    ],
    files: { [path]: values.map((value) => `${JSON.stringify(value)}\n`).join('') },
  };
}

export function joinFeeds(parts: readonly TimedFeeds[]): TimedFeeds {
  return { feeds: parts.flatMap((part) => part.feeds), files: Object.assign({}, ...parts.map((part) => part.files)) };
}

/** The project with these feeds in place of its own. */
export function withFeeds(project: ReadonlyMap<FilePath, string>, input: TimedFeeds): ReadonlyMap<FilePath, string> {
  const studio = JSON.parse(project.get(STUDIO_JSON) ?? '{}') as Record<string, unknown>;
  const added = Object.entries(input.files).map(([path, text]) => [filePath(path), text] as const);
  return new Map([...project, ...added, [STUDIO_JSON, JSON.stringify({ ...studio, feeds: input.feeds }, null, 2)]]);
}
