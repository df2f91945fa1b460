/**
 * Asks a function server what functions in the Studio were asked in a run, and compares the answers with the recorded ones. The run
 * stays as it is. Goes through the journal part by part, so that whoever asks can show how far it is, and stop.
 */
import { runId, typename } from '../../base/ids.ts';
import type { Typename } from '../../base/ids.ts';
import { remoteTarget } from '../../model/remote-target.ts';
import type { RemoteEndpoint } from '../../model/studio-file.ts';
import type { CallReply } from '../../protocol/call.ts';
import { REMOTE_CODE } from '../../protocol/call.ts';
import { answerDifference } from '../../protocol/compare-exchanges.ts';
import { requestText } from '../../protocol/message-text.ts';
import { decodeToFunction } from '../../protocol/wire-codec.ts';
import { unpackFrames } from '../../base/frames.ts';
import type { JournalEntry, StudioDatabase } from '../../storage/database.ts';
import { countJournal, readJournalRecord } from '../../storage/run-storage.ts';
import type { ComparedPart } from '../contract.ts';
import { decodeReplies } from '../journal-codec.ts';
import type { OpenRun } from '../open-run.ts';
import { exchangeAnswer } from './exchange-answer.ts';
import { readAnswer } from './http-answer.ts';
import type { HttpTransport } from './remote-caller.ts';

/** Of one part; all of them are under way at once. */
const PART_CALLS = 64;

export async function compareRecorded(
  db: StudioDatabase,
  run: OpenRun,
  remote: RemoteEndpoint,
  from: number,
  transport: HttpTransport,
): Promise<ComparedPart> {
  const id = runId(run.record.id);
  const of = await countJournal(db, id);
  const found: Recorded[] = [];
  let skipped = 0;
  let next = from;
  while (next < of && found.length < PART_CALLS) {
    const record = await readJournalRecord(db, id, next);
    for (const entry of record?.entries ?? []) {
      const { calls, outside } = recordedCalls(entry, run, remote);
      found.push(...calls);
      skipped += outside;
    }
    next += 1;
  }
  const { signal } = new AbortController();
  const answers = await Promise.all(found.map(({ target, request }) => transport.post({ target, body: request, signal })));
  for (const [index, recorded] of found.entries()) {
    const answer = answers[index];
    const difference = answer === undefined ? null : answerDifference(exchangeAnswer(recorded.reply), toAnswer(answer, recorded));
    if (difference !== null) {
      const { type, address, reply, request } = recorded;
      const seq = await startOf(run, type, address, reply.call);
      const told = { ...difference, typename: type, id: address, call: reply.call, seq, request: requestText(request) };
      return { compared: index + 1, skipped, next, of, difference: told };
    }
  }
  return { compared: found.length, skipped, next, of, difference: null };
}

interface Recorded {
  readonly type: Typename;
  readonly address: string;
  readonly request: Uint8Array;
  readonly reply: CallReply;
  readonly target: NonNullable<ReturnType<typeof remoteTarget>>;
}

/** Calls of the functions in question that code in the Studio answered, and how many a server did. */
function recordedCalls(entry: JournalEntry, run: OpenRun, remote: RemoteEndpoint) {
  const calls: Recorded[] = [];
  let outside = 0;
  const requests = entry.type === 'replies' ? unpackFrames(entry.requests) : null;
  const replies = entry.type === 'replies' ? decodeReplies(entry) : null;
  for (const [index, reply] of (replies ?? []).entries()) {
    const request = requests?.[index] ?? new Uint8Array(0);
    const decoded = decodeToFunction(request);
    const type = decoded.ok ? decoded.value.target.typename : typename('/');
    const target = remoteTarget(run.record.config.module, [remote], type);
    if (target !== null && decoded.ok) {
      if (reply.code === REMOTE_CODE) {
        outside += 1;
      } else {
        calls.push({ type, address: decoded.value.target.id, request, reply, target });
      }
    }
  }
  return { calls, outside };
}

/** The trace event of a call's start, to be shown; null where it is not on disk. */
async function startOf(run: OpenRun, name: Typename, id: string, call: number): Promise<number | null> {
  const filter = { types: ['call-started' as const], name, id, text: `"call":${call},` };
  const { rows } = await run.trace.read(filter, 0, 1, run.length());
  return rows[0]?.seq ?? null;
}

function toAnswer(answer: Awaited<ReturnType<HttpTransport['post']>>, { target }: Recorded) {
  const { outcome, detail } = readAnswer(answer, target.transport);
  return exchangeAnswer({ outcome, remote: { url: target.url, realMillis: 0, detail } });
}
