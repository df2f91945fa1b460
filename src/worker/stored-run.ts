/** A run from its record alone: nothing of it is executed, its trace and its calls can be read. */
import { runId, virtualTime } from '../base/ids.ts';
import type { RunRecord } from '../storage/database.ts';
import { readRunEnd } from '../storage/run-storage.ts';
import type { RunEnd } from '../storage/run-storage.ts';
import { CallIndex } from './call-index.ts';
import { ConsoleIndex } from './console-index.ts';
import type { RunStatus } from './contract.ts';
import { ActivityIndex } from './function-activity.ts';
import type { ActivityState } from './function-activity.ts';
import type { OpenRun } from './open-run.ts';
import type { RunSessionDeps } from './run-session.ts';
import { parseTraceLine } from './trace-links.ts';
import { TraceReader } from './trace-reader.ts';

/** Opens a stored run for reading and tells the page; `notice` says why it does not go on here and what to do. */
export async function openStoredRun(deps: RunSessionDeps, record: RunRecord, notice: string): Promise<OpenRun> {
  const run = runId(record.id);
  const end = await readRunEnd(deps.db, run);
  const status: RunStatus = {
    run,
    phase: 'read-only',
    speed: record.control.speed,
    seed: record.config.settings.seed,
    settings: record.config.settings,
    failure: null,
    error: null,
    code: record.firstCode,
    codeProblems: [],
    report: { functions: [], problems: [] },
    recordOnly: true,
    notice,
  };
  const trace = new TraceReader(deps.db, run);
  let activity: Promise<ActivityIndex> | null = null;
  deps.listener.onStatus(status);
  deps.listener.onProjection({
    run,
    now: virtualTime(end.clock ?? record.config.settings.startAt),
    events: end.events,
    messages: 0,
    callsInFlight: 0,
    timers: 0,
    nextTimer: null,
    logLines: end.logLines,
    checkpoint: null,
    jobAttempt: 1,
    heldSubtasks: 0,
    traceLength: end.traceLength,
    nodes: new Map(),
    edges: new Map(),
    recent: [],
  });
  return {
    record,
    trace,
    console: new ConsoleIndex(trace),
    calls: new CallIndex(deps.db, run),
    host: null,
    engine: null,
    remote: null,
    activity: async (names) => {
      activity ??= readActivity(trace, end);
      const index = await activity;
      return names.map((name) => index.of(name));
    },
    status: () => status,
    length: () => end.traceLength,
  };
}

/** What the last snapshot had counted, and the events since. */
async function readActivity(trace: TraceReader, { counted, traceLength }: RunEnd): Promise<ActivityIndex> {
  // Written by RunRecorder from an ActivityIndex.
  const state = counted?.activity as ActivityState | undefined;
  const index = new ActivityIndex(state ?? null);
  for (let seq = (state === undefined ? 0 : (counted?.traceLength ?? 0)) + 1; seq <= traceLength;) {
    const chunk = await trace.chunkOf(seq);
    if (chunk === null) {
      break;
    }
    for (const line of chunk.lines.slice(seq - chunk.from)) {
      index.add(parseTraceLine(line));
    }
    seq = chunk.from + chunk.lines.length;
  }
  return index;
}
