/**
 * Plays a scenario on a run. Owns virtual time: everything up to the time of a step is handled before the step is taken.
 *
 * P1 The same scenario on the same project gives the same inputs at the same event counts, so the same trace.
 * P2 Records of steps that send many are made while they are needed, a chunk at a time, and never all at once.
 */
import { assertNever } from '../base/assert-never.ts';
import { virtualTime } from '../base/ids.ts';
import type { FilePath } from '../base/ids.ts';
import { formatDuration } from '../module-yaml/duration.ts';
import { callFunction } from './call/call-function.ts';
import { checkReply } from './call/check-reply.ts';
import { Expectations } from './expect/expectations.ts';
import type { Mismatch, ScenarioFailure, ScenarioOutcome } from './outcome.ts';
import { PendingRecords } from './pending-records.ts';
import { recordSource } from './record-source.ts';
import type { AdvanceGoal, ScenarioHost, ScenarioInput } from './scenario-host.ts';
import type { CodeChange, Expectation, FunctionCall, Scenario, SentRecord, SourcePlace, Step, Wait } from './scenario.ts';
import { IDLE_LIMIT_MILLIS } from './shape/steps.ts';

export interface PlayProgress {
  /** Steps that are done, of all. */
  readonly done: number;
  readonly steps: number;
  /** Virtual ms since the start. */
  readonly clock: number;
}

export interface PlayOptions {
  /** Called before each step and each chunk of records. */
  readonly onProgress?: (progress: PlayProgress) => void;
  /** Called with each failure as it is found. */
  readonly onFailure?: (failure: ScenarioFailure) => void;
}

/** The host's run stands at its start. Failed expectations do not end the scenario; a step that cannot be played does. */
export async function playScenario(scenario: Scenario, host: ScenarioHost, options: PlayOptions = {}): Promise<ScenarioOutcome> {
  return new ScenarioPlayer(scenario, host, options).play();
}

/** Records given to the host at once. A constant: where chunks end is part of the trace (P1). */
const CHUNK = 1000;

type HostStop = Awaited<ReturnType<ScenarioHost['advance']>>;
type StopAt = AdvanceGoal['stopAt'];
type Reached = 'reached' | 'until' | 'stopped';

class ScenarioPlayer {
  readonly #scenario: Scenario;
  readonly #host: ScenarioHost;
  readonly #options: PlayOptions;
  readonly #startAt: number;
  readonly #pending = new PendingRecords();
  readonly #expectations: Expectations;
  readonly #failures: ScenarioFailure[] = [];
  #clock = 0;
  #steps = 0;
  #checked = 0;
  #interrupted = false;
  #stopped = false;

  constructor(scenario: Scenario, host: ScenarioHost, options: PlayOptions) {
    this.#scenario = scenario;
    this.#host = host;
    this.#options = options;
    this.#startAt = host.config.settings.startAt;
    this.#expectations = new Expectations(host.view, this.#startAt);
    host.watch((events) => this.#expectations.note(events));
  }

  async play(): Promise<ScenarioOutcome> {
    const { steps, expect, settings } = this.#scenario;
    for (const step of steps) {
      this.#tell();
      await this.#playStep(step);
      if (this.#stopped) {
        return this.#outcome();
      }
      this.#steps += 1;
    }
    if (!settings.generators) {
      // What is under way is finished; generators of the project have no end.
      const place = expect[0]?.place ?? steps.at(-1)?.place ?? { offset: 0, line: 1, column: 1 };
      await this.#wait({ type: 'idle', atMostMillis: IDLE_LIMIT_MILLIS }, place);
    }
    if (!this.#stopped) {
      await this.#check(expect);
    }
    this.#tell();
    return this.#outcome();
  }

  async #playStep(step: Step): Promise<void> {
    if (step.at !== null && !(await this.#reach(step.at, step.place))) {
      return;
    }
    switch (step.type) {
      case 'send':
        for (const record of step.records) {
          this.#send(record);
        }
        return;
      case 'wait':
        await this.#wait(step.wait, step.place);
        return;
      case 'fault': {
        const { functions, effect, forMillis, calls } = step.fault;
        await this.#apply({ type: 'fault', at: this.#now(), fault: { target: functions, effect, forMillis, calls } });
        return;
      }
      case 'crash':
        await this.#apply({ type: step.what === 'task' ? 'crash' : 'process-crash', at: this.#now() });
        return;
      case 'checkpoint':
        await this.#apply({ type: 'checkpoint', at: this.#now() });
        return;
      case 'code':
        await this.#changeCode(step.changes, step.place);
        return;
      case 'call':
        await this.#call(step.call);
        return;
      case 'expect':
        await this.#check(step.expect);
        return;
      default:
        assertNever(step);
    }
  }

  #send(record: SentRecord): void {
    const { seed } = this.#host.config.settings;
    this.#pending.add(recordSource(record, { from: this.#clock, seed, startAt: this.#startAt }));
  }

  async #wait(wait: Wait, place: SourcePlace): Promise<void> {
    switch (wait.type) {
      case 'for':
        await this.#advance(this.#clock + wait.millis, null);
        return;
      case 'until':
        await this.#reach(wait.at, place);
        return;
      case 'idle': {
        const reached = await this.#advance(this.#clock + wait.atMostMillis, 'quiet');
        if (reached === 'until') {
          const limit = formatDuration(wait.atMostMillis);
          this.#fail(place, `The run was not idle within ${limit}: there is always something left to do.`, 'idle', 'busy');
        }
        return;
      }
      case 'next-timer': {
        const limit = wait.atMostMillis === null ? null : this.#clock + wait.atMostMillis;
        const reached = await this.#advance(limit, 'timer');
        if (reached === 'until') {
          const within = limit === null ? '' : ` within ${formatDuration(wait.atMostMillis ?? 0)}`;
          this.#fail(place, `No delayed message was delivered${within}.`, 'a delayed message', 'none');
        }
        return;
      }
      default:
        assertNever(wait);
    }
  }

  /** Plays up to a time since the start; false when that is over already. */
  async #reach(at: number, place: SourcePlace): Promise<boolean> {
    if (at < this.#clock) {
      const [wanted, now] = [formatDuration(at), formatDuration(this.#clock)];
      this.#fail(place, `This step is for ${wanted} after the start, and it is ${now} already.`, wanted, now);
      return false;
    }
    await this.#advance(at, null);
    return !this.#stopped;
  }

  /**
   * Handles everything up to a time (null: until nothing is due), giving records to the host on the way.
   * `until`: the time came, or nothing was left, before what `stopAt` waits for.
   */
  async #advance(until: number | null, stopAt: StopAt): Promise<Reached> {
    for (;;) {
      const chunk = this.#pending.take(until ?? Infinity, CHUNK);
      for (const { at, record } of chunk) {
        await this.#apply({ type: 'produce', at: virtualTime(this.#startAt + at), record });
      }
      const more = this.#pending.nextAt();
      const last = chunk.at(-1)?.at;
      const partly = last !== undefined && more !== null && (until === null || more <= until);
      const goal = partly ? last : until;
      // With records still to come the run is not idle, however quiet it looks.
      const stopHere = stopAt === 'quiet' && more !== null ? null : stopAt;
      const stop = await this.#host.advance({ until: goal === null ? null : virtualTime(this.#startAt + goal), stopAt: stopHere });
      const reached = this.#follow(stop, goal, stopHere);
      if (reached !== 'until' || !partly) {
        return reached;
      }
      this.#tell();
    }
  }

  #follow(stop: HostStop, goal: number | null, stopAt: StopAt): Reached {
    const now = this.#host.view.metrics().now - this.#startAt;
    switch (stop) {
      case 'interrupted':
        this.#interrupted = true;
        this.#stopped = true;
        this.#clock = Math.max(this.#clock, now);
        return 'stopped';
      case 'reached':
        this.#clock = Math.max(this.#clock, now);
        return 'reached';
      case 'ended':
      case 'idle':
        // Nothing more can happen: as quiet as can be. Of a job that has ended nobody reads records.
        if (stop === 'ended') {
          this.#pending.clear();
        }
        this.#clock = Math.max(this.#clock, stopAt === null ? (goal ?? now) : now);
        return stopAt === 'quiet' ? 'reached' : 'until';
      case 'until':
        this.#clock = Math.max(this.#clock, goal ?? now);
        return 'until';
      case 'events':
      case 'needs-replies':
      case 'paused':
        throw new Error(`a host stopped with ${stop}, which is its own affair`);
      default:
        return assertNever(stop);
    }
  }

  async #apply(input: ScenarioInput): Promise<void> {
    await this.#host.apply(input);
  }

  async #changeCode(changes: readonly CodeChange[], place: SourcePlace): Promise<void> {
    const texts = new Map<FilePath, string>();
    for (const { file, content, place: at } of changes) {
      const text = content.type === 'text' ? content.text : this.#host.file(content.path);
      if (text === null) {
        const from = content.type === 'from' ? content.path : file;
        this.#fail(at, `There is no text file ${from} in the project.`, from, 'no such file');
        return;
      }
      texts.set(file, text);
    }
    await this.#advance(this.#clock, null);
    const replaced = await this.#host.replaceCode(this.#now(), texts);
    if (!replaced.ok) {
      const message = `The new code cannot be used: ${replaced.error[0] ?? 'it does not compile.'}`;
      this.#report('step', place, {
        message,
        expected: 'code that compiles',
        actual: replaced.error.join('\n'),
        diff: added(replaced.error),
      });
    }
  }

  async #call(call: FunctionCall): Promise<void> {
    const reply = await callFunction(call, this.#now(), (request) => this.#host.call(request));
    this.#checked += 1;
    const mismatch = checkReply(call, reply);
    if (mismatch !== null) {
      this.#report('expectation', call.place, mismatch);
    }
  }

  async #check(expectations: readonly Expectation[]): Promise<void> {
    if (expectations.length === 0) {
      return;
    }
    // What was given to the run at this very time is handled first.
    await this.#advance(this.#clock, null);
    for (const expectation of expectations) {
      if (this.#stopped) {
        return;
      }
      this.#checked += 1;
      const mismatch = this.#expectations.check(expectation, this.#startAt + this.#clock);
      if (mismatch !== null) {
        this.#report('expectation', expectation.place, mismatch);
      }
    }
  }

  #fail(place: SourcePlace, message: string, expected: string, actual: string): void {
    this.#report('step', place, { message, expected, actual, diff: [] });
  }

  #report(type: ScenarioFailure['type'], place: SourcePlace, mismatch: Mismatch): void {
    this.#stopped ||= type === 'step';
    const failure = { type, place, at: this.#clock, ...mismatch };
    this.#failures.push(failure);
    this.#options.onFailure?.(failure);
  }

  #now() {
    return virtualTime(this.#startAt + this.#clock);
  }

  #tell(): void {
    this.#options.onProgress?.({ done: this.#steps, steps: this.#scenario.steps.length, clock: this.#clock });
  }

  #outcome(): ScenarioOutcome {
    return {
      passed: this.#failures.length === 0 && !this.#interrupted,
      failures: this.#failures,
      steps: this.#steps,
      expectations: this.#checked,
      endedAt: this.#clock,
      interrupted: this.#interrupted,
    };
  }
}

function added(lines: readonly string[]) {
  return lines.map((text) => ({ mark: '+' as const, text }));
}
