/** Runs an engine as a host does: advances it, answers its calls with the fake functions, gathers the trace. */
import { typename, virtualTime } from '../../src/base/ids.ts';
import { decodeUtf8 } from '../../src/base/text-encoding.ts';
import type { EndpointDefinition, IngressDefinition, ModuleDefinition } from '../../src/model/module.ts';
import { DEFAULT_SETTINGS } from '../../src/model/simulation-settings.ts';
import type { SimulationSettings } from '../../src/model/simulation-settings.ts';
import type { CallReply, CallRequest } from '../../src/protocol/call.ts';
import type { InvocationRequest } from '../../src/protocol/messages.ts';
import { decodeToFunction } from '../../src/protocol/wire-codec.ts';
import { createEngine, restoreEngine } from '../../src/runtime/engine.ts';
import type { AdvanceStop, Engine, EngineInput, RunConfig } from '../../src/runtime/engine-api.ts';
import type { TraceEvent, TraceEventType } from '../../src/runtime/trace-event.ts';
import { traceLine } from '../../src/runtime/trace-line.ts';
import { answerCall, COMMANDS_TYPE, programBytes } from './fake-functions.ts';
import type { Command, FakeFunctions } from './fake-functions.ts';

export const START = DEFAULT_SETTINGS.startAt;

export const ASYNC_ENDPOINT: EndpointDefinition = {
  type: 'endpoint',
  kind: 'io.statefun.endpoints.v2/http',
  pattern: { namespace: 't', name: '*' },
  urlPathTemplate: 'http://functions/{function.name}',
  maxNumBatchRequests: 1000,
  transport: 'async',
  timeouts: { call: 120_000, connect: 20_000, read: 0, write: 0 },
};

export function kafkaIngress(
  id: string,
  topic: string,
  targets: readonly string[],
  more: Partial<IngressDefinition> = {},
): IngressDefinition {
  return {
    type: 'ingress',
    kind: 'io.statefun.kafka.v1/ingress',
    connector: 'kafka',
    id: typename(id),
    startupPosition: { type: 'earliest' },
    routes: [{ topic, valueType: COMMANDS_TYPE, targets: targets.map(typename) }],
    ...more,
  };
}

export function moduleOf(parts: Partial<ModuleDefinition> = {}): ModuleDefinition {
  return {
    endpoints: [ASYNC_ENDPOINT],
    ingresses: [kafkaIngress('t/in', 'in', ['t/f']), kafkaIngress('t/in-g', 'in-g', ['t/g'])],
    egresses: [
      {
        type: 'egress',
        kind: 'io.statefun.kafka.v1/egress',
        connector: 'kafka',
        id: typename('t/out'),
        delivery: 'at-least-once',
        transactionTimeout: null,
      },
      {
        type: 'egress',
        kind: 'io.statefun.kafka.v1/egress',
        connector: 'kafka',
        id: typename('t/tx'),
        delivery: 'exactly-once',
        transactionTimeout: 60_000,
      },
    ],
    ...parts,
  };
}

/** A fixed call latency, so that a test can tell times in its head. */
export function settingsOf(parts: Partial<SimulationSettings> = {}): SimulationSettings {
  return { ...DEFAULT_SETTINGS, callLatency: { minMillis: 10, meanMillis: 10 }, pauseOnFailure: false, ...parts };
}

export function configOf(parts: Partial<RunConfig> = {}): RunConfig {
  return { module: moduleOf(), settings: settingsOf(), feeds: [], feedFiles: {}, standIns: [], ...parts };
}

export type Answer = (request: CallRequest) => CallReply | null;

export class EngineDriver {
  engine: Engine;
  readonly config: RunConfig;
  functions: FakeFunctions;
  readonly trace: TraceEvent[] = [];
  readonly requests: { readonly request: CallRequest; readonly decoded: InvocationRequest }[] = [];
  /** Called for each request; null leaves it unanswered. */
  answer: Answer;
  /** Asked after every advance. */
  afterStep: (() => void) | null = null;
  private readonly cells = new Map<string, unknown>();

  constructor(config: RunConfig, functions: FakeFunctions = { states: {} }) {
    this.config = config;
    this.functions = functions;
    this.engine = createEngine(config);
    this.answer = (request) => answerCall(this.functions, request);
  }

  produce(topic: string, key: string | null, program: readonly Command[] | Uint8Array | null, at = 0): void {
    const value = program === null || program instanceof Uint8Array ? program : programBytes(program);
    this.engine.apply({ type: 'produce', at: virtualTime(START + at), record: { topic, partition: null, key, value, headers: [] } });
  }

  input(type: 'checkpoint' | 'crash' | 'process-crash' | 'skip-to-timer', at: number): void {
    this.engine.apply({ type, at: virtualTime(START + at) });
  }

  apply(input: EngineInput): void {
    this.engine.apply(input);
  }

  /** Runs until nothing more happens by itself, answering every call; `until` in ms since the start. */
  run(until: number | null = null, events: number | null = null): AdvanceStop {
    for (;;) {
      const stop = this.engine.advance({ until: until === null ? null : virtualTime(START + until), events });
      this.trace.push(...this.engine.takeTrace());
      this.afterStep?.();
      if (stop !== 'needs-replies') {
        return stop;
      }
      if (!this.answerCalls()) {
        return stop;
      }
    }
  }

  /** Answers what there is to answer; false when nothing was. */
  answerCalls(max = Infinity): boolean {
    const calls = this.engine.takeCalls(max);
    let answered = false;
    for (const request of calls) {
      const decoded = decodeToFunction(request.request);
      if (!decoded.ok) {
        throw new Error(decoded.error);
      }
      this.requests.push({ request, decoded: decoded.value });
      const reply = this.answer(request);
      if (reply !== null) {
        answered = true;
        this.engine.apply({ type: 'reply', reply });
      }
    }
    return answered;
  }

  /** Stores a snapshot's changes as a database would, and begins anew from what is stored. */
  saveAndRestore(): void {
    const snapshot = structuredClone(this.engine.snapshot());
    this.save(snapshot.cells);
    this.engine = restoreEngine(this.config, snapshot.core, this.cells);
  }

  save(cells: readonly (readonly [string, unknown])[]): void {
    for (const [key, value] of cells) {
      if (value === null) {
        this.cells.delete(key);
      } else {
        this.cells.set(key, value);
      }
    }
  }

  lines(): string[] {
    return this.trace.map(traceLine);
  }

  events<Type extends TraceEventType>(type: Type): Extract<TraceEvent, { readonly type: Type }>[] {
    return this.trace.filter((event): event is Extract<TraceEvent, { readonly type: Type }> => event.type === type);
  }

  /** The texts of a state, as the engine holds it. */
  state(type: string, id: string, name: string): string | null {
    const view = this.engine.address({ typename: typename(type), id });
    const state = view?.states.find((candidate) => candidate.name === name);
    return state === undefined ? null : decodeUtf8(state.bytes);
  }

  /** Values of an egress topic, in order; `committed` as a read_committed reader sees them. */
  topic(name: string, committed = false): string[] {
    return this.engine
      .records(name, 0, 1_000_000)
      .rows.filter(({ done }) => !committed || done)
      .map(({ value }) => (value === null ? '' : decodeUtf8(value)));
  }
}
