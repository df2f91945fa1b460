/**
 * A feed as the engine sees it: records in order of time, one at a time, from a place that can be stored and found
 * again. `feed-source.ts` makes one from a feed of studio.json.
 */
import type { VirtualTime } from '../../base/ids.ts';

export interface FeedRecord {
  /** Virtual ms since the start of the run; a backlog's records have 0. Never less than the record before it. */
  readonly at: VirtualTime;
  readonly key: string | null;
  /** Null is a tombstone (S83). */
  readonly value: Uint8Array | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export interface FeedSource {
  /** The next record without taking it; null at the end. */
  peek(): FeedRecord | null;
  take(): FeedRecord | null;
  /** Where the feed stands: structured-clonable, small, and enough for {@link seek}. */
  position(): unknown;
  seek(position: unknown): void;
}
