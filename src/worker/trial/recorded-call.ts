/** Finds one attempt of a call of a run: its request with time and seed, what was answered, and by which code. */
import { runId, virtualTime } from '../../base/ids.ts';
import type { CallReply, CallRequest } from '../../protocol/call.ts';
import { addressSeed, callSeed } from '../../runtime/chance.ts';
import type { CallStarted } from '../../runtime/trace-event.ts';
import type { StudioDatabase } from '../../storage/database.ts';
import { readJournalRecord } from '../../storage/run-storage.ts';
import { callBytes } from '../journal-codec.ts';
import { callOf, messageOf } from '../message-detail.ts';
import type { OpenRun } from '../open-run.ts';
import { TraceLinks } from '../trace-links.ts';
import type { RecordedCallRef } from '../trial-contract.ts';
import { RequestError } from '../worker-error.ts';

export interface RecordedCall {
  readonly request: CallRequest;
  /** Null for a call that the function was not asked for yet, or never: what a fault hits does not reach it. */
  readonly reply: CallReply | null;
}

export async function findRecordedCall(db: StudioDatabase, run: OpenRun, ref: RecordedCallRef): Promise<RecordedCall> {
  const links = new TraceLinks(run.trace, run.length());
  const named = 'seq' in ref ? await namedBy(links, ref.seq) : ref;
  const started = await startOf(links, run, named.call, named.attempt);
  if (started === null) {
    throw new RequestError('not-found', 'This call is not in the trace of this run.');
  }
  const journalled = await readAttempt(db, run, named.call, named.attempt);
  if (journalled !== null) {
    const { request, reply, moment } = journalled;
    const own = reply.attempt === started.attempt ? started : ((await startOf(links, run, named.call, reply.attempt)) ?? started);
    const at = virtualTime(moment?.at ?? own.at);
    const seed = moment?.seed ?? (await seedOf(run, own));
    const { typename, id } = own.address;
    return { request: { call: named.call, attempt: reply.attempt, typename, id, at, seed, request }, reply };
  }
  const open = run.engine?.openCall(named.call) ?? null;
  if (open === null) {
    throw new RequestError('not-found', 'The request of this call was not recorded: the function was never reached with it.');
  }
  return { request: open, reply: null };
}

/** The call that an event belongs to; of an event that speaks of one attempt, that attempt. */
async function namedBy(links: TraceLinks, seq: number): Promise<{ readonly call: number; readonly attempt: number | null }> {
  const event = await links.event(seq);
  if (event === null) {
    throw new RequestError('not-found', 'This event is not in the trace of this run.');
  }
  const started = await callOf(links, event, await messageOf(links, event));
  if (started === null) {
    throw new RequestError('not-found', 'No function was called with this yet.');
  }
  return { call: started.call, attempt: 'attempt' in event && typeof event.attempt === 'number' ? event.attempt : null };
}

/** The start of an attempt, or of the last one. */
async function startOf(links: TraceLinks, run: OpenRun, call: number, attempt: number | null): Promise<CallStarted | null> {
  for (let near = run.length(); near > 0;) {
    const started = await links.callStart(near, call);
    if (started === null || attempt === null || started.attempt === attempt) {
      return started;
    }
    near = started.seq - 1;
  }
  return null;
}

async function readAttempt(db: StudioDatabase, run: OpenRun, call: number, attempt: number | null): Promise<ReturnType<typeof callBytes>> {
  for (const ordinal of await run.calls.ordinalsOf(call)) {
    const record = await readJournalRecord(db, runId(run.record.id), ordinal);
    for (const entry of record?.entries.toReversed() ?? []) {
      const found = entry.type === 'replies' ? callBytes(entry, call, attempt) : null;
      if (found !== null) {
        return found;
      }
    }
  }
  return null;
}

/** Runs of before seeds were kept: the address's calls are counted in the trace, which a restart of the job makes a guess. */
async function seedOf(run: OpenRun, { address, attempt, seq }: CallStarted): Promise<number> {
  const place = `"address":{"typename":${JSON.stringify(address.typename)},"id":${JSON.stringify(address.id)}}`;
  const starts = (line: string): boolean => line.includes('"type":"call-started"') && line.includes(place) && line.includes('"attempt":1,');
  const seqs = await run.trace.matching(`calls of ${place}`, starts, run.length());
  const ordinal = seqs.filter((other) => other <= seq).length;
  return callSeed(addressSeed(run.record.config.settings.seed, address.typename, address.id), Math.max(1, ordinal), attempt);
}
