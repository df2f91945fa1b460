/** Sets the feeds of the project as a whole; feeds that stay the same keep their text. */
import type { JsonValue } from '../base/json.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { Feed } from '../model/feed.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import { EditSession } from './edit-session.ts';

export interface SetFeedsArgs {
  readonly feeds: readonly Feed[];
}

export function setFeeds(context: CommandContext, { feeds }: SetFeedsArgs): CommandResult {
  const session = new EditSession(context);
  const old = context.studio.feeds;
  const kept = old.filter((feed) => feeds.some(({ id }) => id === feed.id));
  const isInOrder = kept.every((feed, index) => feed.id === feeds[index]?.id);
  if (!isInOrder) {
    session.setStudio(['feeds'], feeds.map(jsonOf));
    return session.result();
  }
  for (const feed of old) {
    if (!kept.includes(feed)) {
      session.setStudio(['feeds', indexOf(session, feed)], undefined);
    }
  }
  feeds.forEach((feed, index) => {
    const before = kept[index];
    if (before === undefined) {
      session.addToStudioList('feeds', jsonOf(feed));
    } else if (JSON.stringify(feed) !== JSON.stringify(before)) {
      session.setStudio(['feeds', indexOf(session, feed)], jsonOf(feed));
    }
  });
  return session.result();
}

function indexOf(session: EditSession, feed: Feed): number {
  return studioIndex(textFile(session.project, STUDIO_JSON), 'feeds', (item) => item['id'] === feed.id);
}

function jsonOf(feed: Feed): JsonValue {
  return feed.type === 'file'
    ? { ...feed, arrival: { ...feed.arrival } }
    : { ...feed, arrival: { ...feed.arrival }, headers: feed.headers.map((header) => ({ ...header })) };
}
