/** A small application of programs: a module, versions of its functions, and what comes in when. Plain data, so that any host runs it. */
import { typename } from '../../../src/base/ids.ts';
import type { EndpointDefinition, ModuleDefinition } from '../../../src/model/module.ts';
import { DEFAULT_SETTINGS } from '../../../src/model/simulation-settings.ts';
import type { SimulationSettings } from '../../../src/model/simulation-settings.ts';
import type { StateSpec } from '../../../src/protocol/messages.ts';
import type { RunConfig } from '../../../src/runtime/engine-api.ts';
import { COMMANDS_TYPE, programBytes } from './command.ts';
import type { Command, Program } from './command.ts';
import type { ModelSettings } from './reference-model.ts';

export interface Application {
  /** Namespace of its types, and what its ids and topics begin with: applications side by side never meet (S1, S49). */
  readonly name: string;
  readonly parallelism: number;
  readonly asyncMaxPerTask: number;
  /** Null: no checkpoints. */
  readonly checkpointMillis: number | null;
  /** One endpoint for each type. */
  readonly types: readonly {
    readonly name: string;
    readonly transport: 'async' | 'okhttp';
    readonly maxBatch: number;
  }[];
  /** Specs by type name, one record for each version of the code. */
  readonly versions: readonly Readonly<Record<string, readonly StateSpec[]>>[];
  readonly deployments: readonly { readonly at: number; readonly version: number }[];
  /** Each topic's targets, by type name. */
  readonly topics: readonly { readonly name: string; readonly targets: readonly string[] }[];
  readonly records: readonly {
    readonly at: number;
    readonly topic: string;
    readonly key: string;
    readonly n: string;
    readonly program: Program;
  }[];
  /** Task failures. */
  readonly crashes: readonly number[];
}

/** Egresses that all applications share. */
export const EGRESSES = ['shared/plain', 'shared/exact'] as const;

export function moduleOf(app: Application): ModuleDefinition {
  return {
    endpoints: app.types.map((type): EndpointDefinition => ({
      type: 'endpoint',
      kind: 'io.statefun.endpoints.v2/http',
      pattern: { namespace: app.name, name: type.name },
      urlPathTemplate: 'http://functions/{function.name}',
      maxNumBatchRequests: type.maxBatch,
      transport: type.transport,
      timeouts:
        type.transport === 'async'
          ? { call: 120_000, connect: 20_000, read: 0, write: 0 }
          : { call: 60_000, connect: 10_000, read: 10_000, write: 10_000 },
    })),
    ingresses: [
      {
        type: 'ingress',
        kind: 'io.statefun.kafka.v1/ingress',
        connector: 'kafka',
        id: typename('shared/in'),
        startupPosition: { type: 'earliest' },
        routes: app.topics.map(({ name, targets }) => ({
          topic: `${app.name}-${name}`,
          valueType: COMMANDS_TYPE,
          targets: targets.map((target) => typename(`${app.name}/${target}`)),
        })),
      },
    ],
    egresses: EGRESSES.map((id) => ({
      type: 'egress',
      kind: 'io.statefun.kafka.v1/egress',
      connector: 'kafka',
      id: typename(id),
      delivery: id === 'shared/exact' ? 'exactly-once' : 'at-least-once',
      transactionTimeout: id === 'shared/exact' ? 60_000 : null,
    })),
  };
}

export function configOf(app: Application, settings: Partial<SimulationSettings> = {}): RunConfig {
  return {
    module: moduleOf(app),
    settings: {
      ...DEFAULT_SETTINGS,
      parallelism: app.parallelism,
      asyncMaxPerTask: app.asyncMaxPerTask,
      checkpointIntervalMillis: app.checkpointMillis,
      pauseOnFailure: false,
      ...settings,
    },
    feeds: [],
    feedFiles: {},
    standIns: [],
  };
}

/** `toleranceMillis`: how exact the times are of the course that the model follows. */
export function modelSettingsOf(app: Application, toleranceMillis: number): ModelSettings {
  return {
    asyncMaxPerTask: app.asyncMaxPerTask,
    maxBatch: (type) => app.types.find(({ name }) => type === `${app.name}/${name}`)?.maxBatch ?? 0,
    egresses: EGRESSES,
    readers: app.topics.map(({ name, targets }) => ({
      valueType: COMMANDS_TYPE,
      targets: targets.map((target) => `${app.name}/${target}`),
      records: recordsOf(app, name),
    })),
    toleranceMillis,
  };
}

/** A topic's records in the order in which they are produced. */
export function recordsOf(app: Application, topic: string) {
  return [...app.records]
    .sort((left, right) => left.at - right.at)
    .filter((record) => record.topic === topic)
    .map(({ at, key, n, program }) => ({ at, key, value: programBytes(program, n) }));
}

export function specsOf(app: Application, version: number): (type: string) => readonly StateSpec[] | null {
  const specs = app.versions[version] ?? {};
  return (type) => {
    const [namespace, name = ''] = type.split('/');
    return namespace === app.name && app.types.some((known) => known.name === name) ? (specs[name] ?? []) : null;
  };
}

/**
 * The application under another name, each message with a name of its own and each `first` with a label of its own. Programs are
 * written with bare ids, type names and topics.
 */
export function renamed(app: Application, name: string): Application {
  let count = 0;
  const next = (): string => {
    count += 1;
    return `${name}.${count}`;
  };
  const type = (bare: string): string => `${name}/${bare}`;
  const command = (step: Command): Command => {
    switch (step.do) {
      case 'send':
      case 'send-after':
        return { ...step, type: type(step.type), id: `${name}${step.id}`, n: next(), program: step.program.map(command) };
      case 'send-self':
        return { ...step, n: next(), program: step.program.map(command) };
      case 'first':
        return { ...step, label: next(), program: step.program.map(command) };
      case 'emit':
        return { ...step, topic: `${name}-${step.topic}`, text: `${next()} ${step.text}` };
      default:
        return step;
    }
  };
  return {
    ...app,
    name,
    records: app.records.map((record) => ({ ...record, key: `${name}${record.key}`, n: next(), program: record.program.map(command) })),
  };
}
