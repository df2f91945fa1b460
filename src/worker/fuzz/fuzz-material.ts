/** What a run has recorded of a function's calls: values to draw from. The newest calls, so that the cost has a bound. */
import type { Typename } from '../../base/ids.ts';
import type { InvocationRequest } from '../../protocol/messages.ts';
import { decodeToFunction } from '../../protocol/wire-codec.ts';
import type { StudioDatabase } from '../../storage/database.ts';
import type { OpenRun } from '../open-run.ts';
import { findRecordedCall } from '../trial/recorded-call.ts';
import { parseTraceLine } from '../trace-links.ts';

const CALLS = 60;
/** Lines of the trace that are looked through for them. */
const LINES = 200_000;

export async function recordedRequests(db: StudioDatabase, run: OpenRun, typename: Typename): Promise<readonly InvocationRequest[]> {
  const requests: InvocationRequest[] = [];
  const text = `"address":{"typename":${JSON.stringify(typename)},`;
  const end = run.length();
  for (let seq = end; seq >= 1 && seq > end - LINES && requests.length < CALLS;) {
    const chunk = await run.trace.chunkOf(seq);
    if (chunk === null) {
      break;
    }
    for (let index = seq - chunk.from; index >= 0 && requests.length < CALLS; index -= 1) {
      const line = chunk.lines[index] ?? '';
      if (!line.includes('"type":"call-started"') || !line.includes(text)) {
        continue;
      }
      const event = parseTraceLine(line);
      const request = event.type === 'call-started' ? await requestOf(db, run, event.call, event.attempt) : null;
      if (request !== null) {
        requests.push(request);
      }
    }
    seq = chunk.from - 1;
  }
  return requests;
}

/** Null for a call that is under way, or never reached the function. */
async function requestOf(db: StudioDatabase, run: OpenRun, call: number, attempt: number): Promise<InvocationRequest | null> {
  try {
    const { request } = await findRecordedCall(db, run, { call, attempt });
    const decoded = decodeToFunction(request.request);
    return decoded.ok ? decoded.value : null;
  } catch {
    return null;
  }
}
