/** The run of the open project as requests see it: one that goes on here, or one of which only the record can be read. */
import type { Typename } from '../base/ids.ts';
import type { Engine } from '../runtime/engine-api.ts';
import type { RunRecord } from '../storage/database.ts';
import type { CallIndex } from './call-index.ts';
import type { ConsoleIndex } from './console-index.ts';
import type { RunStatus } from './contract.ts';
import type { RemoteCaller } from './remote/remote-caller.ts';
import type { RunHost } from './run-host.ts';
import type { TraceReader } from './trace-reader.ts';
import type { FunctionActivity } from './trial-contract.ts';
import { RequestError } from './worker-error.ts';

export interface OpenRun {
  readonly record: RunRecord;
  readonly trace: TraceReader;
  readonly console: ConsoleIndex;
  readonly calls: CallIndex;
  /** Null for a run from its record; one that was given up stays here, as it stood (`hostOf`). */
  readonly host: RunHost | null;
  /** States, timers and topics; null where only the trace is known. */
  readonly engine: Engine | null;
  /** Who answers for functions outside the Studio, where there are such and the run goes on here. */
  readonly remote: RemoteCaller | null;
  /** In the order asked for. */
  activity(names: readonly Typename[]): Promise<readonly FunctionActivity[]>;
  status(): RunStatus;
  /** Trace events that are on disk and may be shown. */
  length(): number;
}

/** The host of a run that goes on here; throws a RequestError that says why there is none. */
export function hostOf(run: OpenRun): RunHost {
  const { phase, notice } = run.status();
  if (run.host === null || phase === 'read-only') {
    throw new RequestError('read-only', notice ?? 'This run can only be read here.');
  }
  return run.host;
}

/** The engine of a run; throws a RequestError where only the trace is known. */
export function engineOf(run: OpenRun): Engine {
  if (run.engine === null) {
    const why = run.status().notice ?? 'This run can only be read here.';
    throw new RequestError('read-only', `${why} Messages and Console have all of it; states, timers and topics are not kept for reading.`);
  }
  return run.engine;
}
