/** Replies in the journal: their bytes are packed by the batch; what else there is to a reply is kept as a detail. */
import { unpackFrames } from '../base/frames.ts';
import type { CallOutcome, CallReply, FetchRecord, LogLine } from '../protocol/call.ts';
import type { JournalEntry } from '../storage/database.ts';

type FailedOutcome = Exclude<CallOutcome, { type: 'replied' }>;

interface ReplyDetail {
  readonly failed: FailedOutcome | null;
  readonly extraMillis: number;
  readonly logs: readonly LogLine[];
  readonly fetches: readonly FetchRecord[];
}

/** The detail of a reply, or null for one that is its bytes and nothing else. */
export function encodeDetail(reply: CallReply): ReplyDetail | null {
  const failed = reply.outcome.type === 'replied' ? null : reply.outcome;
  if (failed === null && reply.extraMillis === 0 && reply.logs.length === 0 && reply.fetches.length === 0) {
    return null;
  }
  return { failed, extraMillis: reply.extraMillis, logs: reply.logs, fetches: reply.fetches };
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
    };
  });
}

/** Request and reply bytes of one call of an entry; the reply is null when the call failed. */
export function callBytes(
  entry: Extract<JournalEntry, { type: 'replies' }>,
  call: number,
): { readonly request: Uint8Array; readonly reply: CallReply } | null {
  const index = entry.calls.lastIndexOf(call);
  const request = unpackFrames(entry.requests)?.[index];
  const reply = decodeReplies(entry)?.[index];
  return request === undefined || reply === undefined ? null : { request, reply };
}
