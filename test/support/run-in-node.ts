/** The Node host as tests use it: of a project without problems, with its whole trace kept. */
import { decodeUtf8 } from '../../src/base/text-encoding.ts';
import { typename, virtualTime } from '../../src/base/ids.ts';
import type { FilePath } from '../../src/base/ids.ts';
import { openProject as openInNode } from '../../src/cli/node-run.ts';
import type { PlayProject } from '../../src/worker/play/play-project.ts';
import { startRun as startPlayRun } from '../../src/worker/play/play-run.ts';
import type { RunStop } from '../../src/worker/play/play-run.ts';
import type { AddressView, Engine, EngineInput } from '../../src/runtime/engine-api.ts';
import type { TraceEvent } from '../../src/runtime/trace-event.ts';
import { createTraceHash } from '../../src/runtime/trace-hash.ts';
import { traceLine } from '../../src/runtime/trace-line.ts';
import { buildSandboxText } from '../../src/sandbox/build/build-sandbox-text.ts';

export interface TestRunOptions {
  /** Events handled before the trace is taken. */
  readonly slice?: number;
  /** Calls handed to the sandbox at once. */
  readonly batch?: number;
  /** False leaves the events out, for long runs that need only the hash. */
  readonly keepTrace?: boolean;
}

export interface TestRun {
  readonly engine: Engine;
  /** Every event since the start; empty with `keepTrace: false`. */
  readonly trace: readonly TraceEvent[];
  /** Handles everything up to so many virtual ms after the start; null: until nothing is due any more. */
  advanceTo(sinceStart: number | null): Promise<RunStop>;
  apply(input: Exclude<EngineInput, { type: 'reply' }>): void;
  hash(): string;
  close(): void;
}

/** Compiles the code and starts its sandbox. Throws on any problem: projects of tests have none. */
export async function openProject(files: ReadonlyMap<FilePath, string>): Promise<PlayProject> {
  const opened = await openInNode(files, await buildSandboxText());
  if (!opened.ok) {
    throw new Error(JSON.stringify(opened.error));
  }
  return opened.value;
}

export function startRun(project: PlayProject, { keepTrace = true, ...options }: TestRunOptions = {}): TestRun {
  const hash = createTraceHash(null);
  const trace: TraceEvent[] = [];
  const run = startPlayRun(project, {
    ...options,
    onTrace(events) {
      for (const event of events) {
        hash.add(traceLine(event));
        if (keepTrace) {
          trace.push(event);
        }
      }
    },
  });
  const { startAt } = project.config.settings;
  return {
    engine: run.engine,
    trace,
    advanceTo: (sinceStart) => run.advanceTo(sinceStart === null ? null : virtualTime(startAt + sinceStart)),
    apply: (input) => run.engine.apply(input),
    hash: () => hash.hex(),
    close: () => run.close(),
  };
}

/** The values of a topic's records, as JSON, in the order of their offsets. */
export function topicValues(engine: Engine, topic: string): readonly unknown[] {
  const { total } = engine.records(topic, 0, 0);
  return engine.records(topic, 0, total).rows.map((row) => JSON.parse(decodeUtf8(row.value ?? new Uint8Array())) as unknown);
}

export function addressesOf(engine: Engine, type: string): readonly AddressView[] {
  const { total } = engine.addresses(typename(type), 0, 0);
  return engine.addresses(typename(type), 0, total).rows;
}

/** The values of one int state of a type, by id; addresses without a value are left out. */
export function intStates(engine: Engine, type: string, name: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const { address, states } of addressesOf(engine, type)) {
    const state = states.find((each) => each.name === name);
    if (state !== undefined) {
      values.set(address.id, intValue(state.bytes));
    }
  }
  return values;
}

/** S24: field 1 as fixed32; 0 has no bytes. */
function intValue(bytes: Uint8Array): number {
  return bytes.length === 0 ? 0 : new DataView(bytes.buffer, bytes.byteOffset + 1, 4).getInt32(0, true);
}
