/** Runs a project in Node as the worker does in the browser, without storage and without a page: engine, sandbox, nothing else. */
import { decodeUtf8 } from '../../src/base/text-encoding.ts';
import { typename, virtualTime } from '../../src/base/ids.ts';
import type { FilePath } from '../../src/base/ids.ts';
import type { AddressView, AdvanceStop, Engine, EngineInput, RunConfig } from '../../src/runtime/engine-api.ts';
import { createEngine } from '../../src/runtime/engine.ts';
import type { TraceEvent } from '../../src/runtime/trace-event.ts';
import { createTraceHash } from '../../src/runtime/trace-hash.ts';
import { traceLine } from '../../src/runtime/trace-line.ts';
import { buildSandboxText } from '../../src/sandbox/build/build-sandbox-text.ts';
import { createNodeHost } from '../../src/sandbox/host/node-host.ts';
import type { Sandbox } from '../../src/sandbox/sandbox-api.ts';
import { compileProject, runConfig } from '../../src/worker/run-setup.ts';

export interface NodeProject {
  readonly config: RunConfig;
  readonly sandbox: Sandbox;
}

export interface NodeRunOptions {
  /** Calls handed to the sandbox at once. */
  readonly batch?: number;
  /** Events handled before the engine gives back control; all there are by default. */
  readonly slice?: number | null;
  /** False leaves the events out, for long runs that need only the hash. */
  readonly keepTrace?: boolean;
}

export interface NodeRun {
  readonly engine: Engine;
  readonly sandbox: Sandbox;
  /** Every event since the start; empty with `keepTrace: false`. */
  readonly trace: readonly TraceEvent[];
  /** Handles everything up to so many virtual ms after the start; null: until nothing is due any more. */
  advanceTo(sinceStart: number | null): Promise<AdvanceStop>;
  apply(input: EngineInput): void;
  hash(): string;
  close(): void;
}

/** Compiles the code and starts its sandbox. Throws on any problem: projects of tests have none. */
export async function openProject(files: ReadonlyMap<FilePath, string>): Promise<NodeProject> {
  const project = { files };
  const { bundle, problems } = await compileProject(project);
  const sandbox = await createNodeHost(await buildSandboxText()).start(bundle, { invocationLimitMillis: 20_000 });
  const faults = [...problems, ...sandbox.report.problems].filter((problem) => problem.code !== 'no-spec');
  const config = runConfig(project, sandbox.report);
  if (faults.length > 0 || !config.ok) {
    sandbox.close();
    throw new Error(JSON.stringify(config.ok ? faults : config.error));
  }
  return { config: config.value, sandbox };
}

export function startRun({ config, sandbox }: NodeProject, options: NodeRunOptions = {}): NodeRun {
  const { batch = 256, slice = null, keepTrace = true } = options;
  const engine = createEngine(config);
  const hash = createTraceHash(null);
  const trace: TraceEvent[] = [];
  const collect = (): void => {
    for (const event of engine.takeTrace()) {
      hash.add(traceLine(event));
      if (keepTrace) {
        trace.push(event);
      }
    }
  };
  const answer = async (): Promise<void> => {
    const calls = engine.takeCalls(batch);
    if (calls.length === 0) {
      throw new Error('the engine waits for replies to calls that it never handed out');
    }
    for (const reply of await sandbox.invoke(calls)) {
      engine.apply({ type: 'reply', reply });
    }
  };
  return {
    engine,
    sandbox,
    trace,
    async advanceTo(sinceStart) {
      const until = sinceStart === null ? null : virtualTime(config.settings.startAt + sinceStart);
      for (;;) {
        const stop = engine.advance({ until, events: slice });
        collect();
        if (stop === 'needs-replies') {
          // One batch after the other is what this loop is for.
          // oxlint-disable-next-line no-await-in-loop
          await answer();
        } else if (stop !== 'events') {
          return stop;
        }
      }
    },
    apply(input) {
      engine.apply(input);
      collect();
    },
    hash: () => hash.hex(),
    close: () => sandbox.close(),
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
