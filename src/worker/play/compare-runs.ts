/** The same scenario twice, with functions answered in the Studio and by a server outside, and the first thing that differs. */
import type { Typename } from '../../base/ids.ts';
import { virtualTime } from '../../base/ids.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { Project } from '../../model/project.ts';
import { remoteFor } from '../../model/remote-target.ts';
import { ABSENT } from '../../protocol/absent-state.ts';
import { exchangesDifference } from '../../protocol/compare-exchanges.ts';
import type { ExchangeDifference } from '../../protocol/compare-exchanges.ts';
import { sameValue, valueSide } from '../../protocol/compare-replies.ts';
import type { DifferenceSide } from '../../protocol/compare-replies.ts';
import type { Engine, TopicRecord } from '../../runtime/engine-api.ts';
import type { TraceEvent } from '../../runtime/trace-event.ts';
import { playScenario } from '../../scenario/play-scenario.ts';
import { scenarioConfig } from '../../scenario/scenario-config.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { RemoteChoice } from '../run-setup.ts';
import type { TrialInput } from '../trial-contract.ts';
import { inputOf } from '../trial/trial-request.ts';
import { comparable, ExchangeLog } from './exchange-log.ts';
import type { LoggedExchange } from './exchange-log.ts';
import type { PlayProject } from './play-project.ts';
import type { PlayRun } from './play-run.ts';
import { createScenarioRun } from './scenario-run.ts';
import type { StartProblem } from './start-problem.ts';

export interface ComparedThing {
  /** E.g. `greeter/greet / Ada, state visits`, or `topic greetings, key Ada, record 2`. */
  readonly what: string;
  readonly left: DifferenceSide;
  readonly right: DifferenceSide;
}

export interface RunComparison {
  /** Calls of the remote functions in the Studio's run. */
  readonly calls: number;
  /** Of those, the ones whose answers could be kept to be compared. */
  readonly compared: number;
  readonly difference: ExchangeDifference | null;
  /** The request of the differing call in the Studio. */
  readonly asked: TrialInput | null;
  /** In the end; at most so many of each are told. */
  readonly states: readonly ComparedThing[];
  readonly egress: readonly ComparedThing[];
  readonly interrupted: boolean;
}

/** What is played: a scenario, or the project's feeds for so many virtual ms. */
export type Play = { readonly type: 'scenario'; readonly scenario: Scenario } | { readonly type: 'feeds'; readonly millis: number };

const TOLD = 10;
const MAX_RESTARTS = 10;

interface Played {
  readonly engine: Engine;
  readonly log: ExchangeLog;
  /** Those that were called of the ones that are compared. */
  readonly types: ReadonlySet<Typename>;
  readonly interrupted: boolean;
}

export type ComparedSide = 'in-studio' | 'remote';

export interface CompareOptions {
  /** Opens the project with these functions answered outside. */
  readonly open: (remotes: RemoteChoice) => Promise<Result<PlayProject, readonly StartProblem[]>>;
  /** Which functions the second run has answered outside. */
  readonly remotes: RemoteChoice;
  readonly signal: AbortSignal;
  /** Makes what is told the trace of a run that begins; what it gives is called when that run is over. */
  readonly watch: (side: ComparedSide, startAt: number) => RunWatcher;
}

export interface RunWatcher {
  note(events: readonly TraceEvent[], engine: Engine): void;
  over(): void;
}

export async function compareRuns(
  files: Project['files'],
  play: Play,
  options: CompareOptions,
): Promise<Result<RunComparison, readonly StartProblem[]>> {
  const there = await options.open(options.remotes);
  if (!there.ok) {
    return there;
  }
  const here = await options.open(() => []);
  if (!here.ok) {
    there.value.sandbox.close();
    return here;
  }
  const { module, remotes: chosen = [] } = there.value.config;
  const isCompared = (type: Typename): boolean => remoteFor(module, chosen, type) !== null;
  if (!here.value.sandbox.report.functions.some(({ typename }) => isCompared(typename))) {
    [here, there].forEach(({ value }) => value.sandbox.close());
    const which = chosen.map(({ functions }) => functions).join(', ');
    const message = `No code of this project defines a function of ${which}: there is nothing in the Studio to compare the server with.`;
    return err([{ code: 'nothing-to-compare', message, path: null, place: null }]);
  }
  const left = await played(here.value, files, play, isCompared, 'in-studio', options);
  if (left.interrupted) {
    there.value.sandbox.close();
    return ok({ calls: left.log.count, compared: 0, difference: null, asked: null, states: [], egress: [], interrupted: true });
  }
  const right = await played(there.value, files, play, isCompared, 'remote', options);
  const [ours, theirs] = comparable(left.log, right.log);
  const difference = exchangesDifference(ours, theirs);
  return ok({
    calls: left.log.count,
    compared: left.log.isWhole ? left.log.count : ours.length,
    difference,
    asked: difference === null ? null : askedIn(ours, difference),
    states: statesDifferences(left.engine, right.engine, [...new Set([...left.types, ...right.types])]),
    egress: egressDifferences(left.engine, right.engine),
    interrupted: right.interrupted,
  });
}

/** Every call was answered alike, and the runs ended alike. */
export function isSameRun({ difference, states, egress }: Pick<RunComparison, 'difference' | 'states' | 'egress'>): boolean {
  return difference === null && states.length === 0 && egress.length === 0;
}

async function played(
  project: PlayProject,
  files: Project['files'],
  play: Play,
  isCompared: (type: Typename) => boolean,
  side: ComparedSide,
  { signal, watch }: CompareOptions,
): Promise<Played> {
  const own = play.type === 'scenario' ? scenarioConfig(play.scenario, project.config) : project.config;
  const config = { ...own, settings: { ...own.settings, pauseOnFailure: false }, keepEgressRecords: true };
  const log = new ExchangeLog();
  const types = new Set<Typename>();
  const watcher = watch(side, config.settings.startAt);
  const { host, run } = createScenarioRun({ ...project, config }, files, {
    signal,
    maxRestarts: MAX_RESTARTS,
    onTrace: (events) => watcher.note(events, run.engine),
    onAnswers({ requests, replies }) {
      replies.forEach((reply, index) => {
        const request = requests[index];
        if (request !== undefined && isCompared(request.typename)) {
          log.add(request, reply);
          types.add(request.typename);
        }
      });
    },
  });
  // A call that does not return, and a server that does not answer, hold nobody up.
  signal.addEventListener('abort', run.close, { once: true });
  try {
    const interrupted = await playThrough(run, host, play, config.settings.startAt);
    return { engine: run.engine, log, types, interrupted };
  } finally {
    signal.removeEventListener('abort', run.close);
    watcher.over();
    run.close();
  }
}

async function playThrough(run: PlayRun, host: Parameters<typeof playScenario>[1], play: Play, startAt: number): Promise<boolean> {
  if (play.type === 'scenario') {
    const { interrupted } = await playScenario(play.scenario, host);
    return interrupted && run.loop() === null;
  }
  return (await run.advanceTo(virtualTime(startAt + play.millis))) === 'interrupted';
}

/** The call in the Studio that is answered otherwise, as the bench makes it again; null where only the server was called. */
function askedIn(ours: readonly LoggedExchange[], { typename, id, ordinal }: ExchangeDifference): TrialInput | null {
  const found = ours.filter((each) => each.typename === typename && each.id === id)[ordinal - 1];
  const input = found === undefined ? null : inputOf({ ...found, at: virtualTime(found.at) });
  return input?.ok === true ? input.value : null;
}

function statesDifferences(left: Engine, right: Engine, types: readonly Typename[]): readonly ComparedThing[] {
  const found: ComparedThing[] = [];
  for (const type of types) {
    const [ours, theirs] = [statesOf(left, type), statesOf(right, type)];
    for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
      const [a, b] = [ours.get(key), theirs.get(key)];
      if (a === undefined || b === undefined || !sameValue(a, b)) {
        found.push({
          what: key,
          left: a === undefined ? ABSENT_STATE : valueSide(a),
          right: b === undefined ? ABSENT_STATE : valueSide(b),
        });
      }
      if (found.length === TOLD) {
        return found;
      }
    }
  }
  return found;
}

const ABSENT_STATE: DifferenceSide = { text: ABSENT, bytes: null };

function statesOf(engine: Engine, type: Typename) {
  const { total } = engine.addresses(type, 0, 0);
  return new Map(
    engine
      .addresses(type, 0, total)
      .rows.flatMap(({ address, states }) =>
        states.map(({ name, typename, bytes }) => [`${type} / ${address.id}, state ${name}`, { typename, hasValue: true, bytes }] as const),
      ),
  );
}

/** By topic and key, in order: StateFun promises no order between keys. */
function egressDifferences(left: Engine, right: Engine): readonly ComparedThing[] {
  const found: ComparedThing[] = [];
  const [ours, theirs] = [recordsOf(left), recordsOf(right)];
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours.get(key) ?? [], theirs.get(key) ?? []];
    for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
      const [one, other] = [valueOf(a[index]), valueOf(b[index])];
      if (one === null || other === null || !sameValue(one, other)) {
        const what = `${key}, record ${index + 1}`;
        found.push({ what, left: one === null ? NO_RECORD : valueSide(one), right: other === null ? NO_RECORD : valueSide(other) });
        break;
      }
    }
    if (found.length === TOLD) {
      break;
    }
  }
  return found;
}

const NO_RECORD: DifferenceSide = { text: 'no such record', bytes: null };

function valueOf(record: TopicRecord | undefined) {
  return record === undefined
    ? null
    : { typename: record.typename, hasValue: record.value !== null, bytes: record.value ?? new Uint8Array(0) };
}

function recordsOf(engine: Engine): ReadonlyMap<string, readonly TopicRecord[]> {
  const records = new Map<string, TopicRecord[]>();
  for (const { topic, role } of engine.topics()) {
    if (role === 'egress') {
      const { total } = engine.records(topic, 0, 0);
      for (const record of engine.records(topic, 0, total).rows) {
        const key = `topic ${topic}, ${record.key === null ? 'no key' : `key ${record.key}`}`;
        records.set(key, [...(records.get(key) ?? []), record]);
      }
    }
  }
  return records;
}
