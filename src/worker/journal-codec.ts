/** Replies in the journal: their bytes are packed by the batch; what else there is to a reply is kept as a detail. */
import { unpackFrames } from '../base/frames.ts';
import type { CallOutcome, CallReply, FetchRecord, LogLine, RemoteExchange } from '../protocol/call.ts';
import type { JournalEntry } from '../storage/database.ts';

type FailedOutcome = Exclude<CallOutcome, { type: 'replied' }>;

interface ReplyDetail {
  readonly failed: FailedOutcome | null;
  readonly extraMillis: number;
  readonly logs: readonly LogLine[];
  readonly fetches: readonly FetchRecord[];
  readonly remote?: RemoteExchange;
}

/** The detail of a reply, or null for one that is its bytes and nothing else. */
export function encodeDetail(reply: CallReply): ReplyDetail | null {
  const failed = reply.outcome.type === 'replied' ? null : reply.outcome;
  const { extraMillis, logs, fetches, remote } = reply;
  if (failed === null && extraMillis === 0 && logs.length === 0 && fetches.length === 0 && remote === undefined) {
    return null;
  }
  return { failed, extraMillis, logs, fetches, ...(remote === undefined ? {} : { remote }) };
}

/** The replies of a journal entry, or null where it is damaged. */
export function decodeReplies(entry: Extract<JournalEntry, { type: 'replies' }>): readonly CallReply[] | null {
  const frames = unpackFrames(entry.replies);
  if (frames === null || frames.length !== entry.calls.length) {
    return null;
  }
  const details = new Map(entry.details);
  return entry.calls.map((call, index) => {
    // Written by encodeDetail above.
    const detail = details.get(index) as ReplyDetail | undefined;
    return {
      call,
      attempt: entry.attempts[index] ?? 1,
      outcome: detail?.failed ?? { type: 'replied' as const, reply: frames[index] ?? new Uint8Array(0) },
      extraMillis: detail?.extraMillis ?? 0,
      logs: detail?.logs ?? [],
      fetches: detail?.fetches ?? [],
      code: entry.code,
      ...(detail?.remote === undefined ? {} : { remote: detail.remote }),
    };
  });
}

export interface JournalledCall {
  readonly request: Uint8Array;
  readonly reply: CallReply;
  /** Null in runs of before these were kept. */
  readonly moment: { readonly at: number; readonly seed: number } | null;
}

/** One call of an entry; its last attempt in it, or the one asked for. */
export function callBytes(
  entry: Extract<JournalEntry, { type: 'replies' }>,
  call: number,
  attempt: number | null = null,
): JournalledCall | null {
  const index = entry.calls.findLastIndex((other, at) => other === call && (attempt === null || entry.attempts[at] === attempt));
  const request = unpackFrames(entry.requests)?.[index];
  const reply = decodeReplies(entry)?.[index];
  if (request === undefined || reply === undefined) {
    return null;
  }
  const at = entry.moments?.[2 * index];
  const seed = entry.moments?.[2 * index + 1];
  return { request, reply, moment: at === undefined || seed === undefined ? null : { at, seed } };
}
