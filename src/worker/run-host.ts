/**
 * Drives one run: lets the engine advance, has the sandbox answer its calls, puts everything on disk through the
 * recorder, and tells the page what is on disk. Knows real time; the engine does not.
 * Everything a user asks for is taken between two slices of the engine, so each act has one place in the run.
 */
import type { VirtualTime } from '../base/ids.ts';
import { virtualTime } from '../base/ids.ts';
import type { FunctionError } from '../protocol/call.ts';
import type { AdvanceStop, Engine, EngineInput } from '../runtime/engine-api.ts';
import type { CodeProblem, Sandbox } from '../sandbox/sandbox-api.ts';
import type { RunPhase, RunProjection, RunStatus, Speed } from './contract.ts';
import { CallErrors } from './call-errors.ts';
import { CallDispatcher } from './call-dispatcher.ts';
import { ProjectionBuilder } from './projection.ts';
import { RunClock } from './run-clock.ts';
import { playsOn, skipSlice, type Goal } from './run-goal.ts';
import type { RunSetup, UserInput } from './run-host-api.ts';
import type { RunRecorder } from './run-recorder.ts';
import { stopNotice } from './worker-error.ts';

/** The engine yields after so many events, so that acts of the user are taken soon. */
const SLICE_EVENTS = 20_000;
/** The disk may fall this many trace lines behind before the run waits for it. */
const LINES_BEHIND = 60_000;
const TICK_MS = 16;
/** A projection at most so often; the last one before the run stands is always shown. */
const SHOW_EVERY_MS = 30;
/** While only the clock moves it is put on disk this often. */
const CLOCK_EVERY_MS = 1000;

export class RunHost {
  readonly #setup: RunSetup;
  readonly #engine: Engine;
  readonly #recorder: RunRecorder;
  readonly #projection: ProjectionBuilder;
  readonly #calls: CallDispatcher;
  readonly #clock: RunClock;
  readonly #errors = new CallErrors();
  #codeProblems: readonly CodeProblem[];
  #goal: Goal = null;
  #phase: RunPhase = 'stopped';
  #notice: string | null;
  #error: FunctionError | null = null;
  #acts: (() => void | Promise<void>)[] = [];
  #wake: () => void = () => undefined;
  #closed = false;
  #shown = 0;
  #clockWritten = 0;
  readonly #loop: Promise<void>;

  constructor(setup: RunSetup) {
    this.#setup = setup;
    this.#engine = setup.engine;
    this.#recorder = setup.recorder;
    // What code leaves behind is found after its answers, also when the run stands by then.
    const onReport = () => (this.#closed ? undefined : this.#tellStatus());
    this.#calls = new CallDispatcher(setup.sandbox, () => this.#wake(), { remote: setup.remote, onReport });
    this.#codeProblems = setup.codeProblems;
    this.#notice = setup.notice;
    const at = virtualTime(Math.max(setup.recorder.committed.position.clock, setup.engine.metrics().now));
    this.#clock = new RunClock(at, setup.speed, setup.time.now());
    this.#projection = new ProjectionBuilder(setup.run);
    this.#settlePhase(null);
    this.#loop = this.#run();
  }

  status(): RunStatus {
    const failure = this.#engine.paused();
    return {
      run: this.#setup.run,
      phase: this.#phase,
      speed: this.#clock.speed,
      seed: this.#setup.settings.seed,
      settings: this.#setup.settings,
      failure,
      error: failure === null ? null : this.#error,
      code: this.#calls.sandbox.bundle.hash,
      codeProblems: this.#codeProblems,
      report: this.#calls.sandbox.report,
      recordOnly: false,
      notice: this.#notice,
    };
  }

  recorder(): RunRecorder {
    return this.#recorder;
  }

  play(): Promise<void> {
    return this.#act(() => this.#setGoal({ type: 'play' }));
  }

  pause(): Promise<void> {
    return this.#act(() => this.#setGoal(null));
  }

  step(): Promise<void> {
    return this.#act(() => this.#setGoal({ type: 'step' }));
  }

  runUntil(at: VirtualTime): Promise<void> {
    return this.#act(() => this.#setGoal({ type: 'until', at }));
  }

  /** Jumps whatever the speed is, and stands there when the run stood before. Resolves when the act is on disk. */
  toNextTimer(): Promise<void> {
    return this.#act(async () => {
      this.#takeInput({ type: 'skip-to-timer' });
      const before: Goal = this.#phase === 'idle' ? { type: 'play' } : this.#goal;
      await this.#setGoal({ type: 'timer', after: before?.type === 'timer' ? before.after : before });
    });
  }

  setSpeed(speed: Speed): Promise<void> {
    return this.#act(() => {
      this.#clock.restart(speed, this.#setup.time.now());
      this.#tellStatus();
      return this.#tellControl();
    });
  }

  /** Resolves when the input is on disk. */
  input(input: UserInput): Promise<void> {
    return this.#act(async () => {
      this.#takeInput(input);
      await this.#flushAndShow();
      // A run that had nothing left to do goes on: what was just put in is to be seen moving.
      if (this.#phase === 'idle') {
        await this.#setGoal({ type: 'play' });
      } else {
        this.#settlePhase(null);
      }
    });
  }

  /** New code from the next call on. Calls under way are answered by the code they went to. */
  useCode(sandbox: Sandbox, problems: readonly CodeProblem[]): Promise<void> {
    return this.#act(async () => {
      await this.#drain();
      this.#calls.replaceSandbox(sandbox);
      this.#codeProblems = problems;
      this.#takeInput({ type: 'code', code: sandbox.bundle.hash });
      await this.#flushAndShow();
      this.#tellStatus();
    });
  }

  /** The user pressed decide: play goes on as before the failure. */
  decide(decision: 'retry' | 'as-engine' | 'drop'): Promise<void> {
    return this.#act(async () => {
      if (this.#engine.paused() === null) {
        return;
      }
      this.#takeInput({ type: 'decide', decision });
      this.#error = null;
      await this.#flushAndShow();
      // A run that was stepped goes one step on; a run that played goes on playing.
      await this.#setGoal(this.#goal ?? { type: 'step' });
    });
  }

  /** Finishes what is under way, writes a snapshot, and lets go of the sandbox. What was asked of the run stays on record. */
  async suspend(): Promise<void> {
    if (this.#closed) {
      return;
    }
    await this.#act(async () => {
      this.#goal = null;
      this.#calls.cancelRemote();
      await this.#drain();
      await this.#flushAndShow({ snapshot: true });
      this.#closed = true;
    });
    this.#wake();
    await this.#loop;
    this.#calls.close();
  }

  /** Stops at once and writes nothing more: storage is gone or belongs to another tab. */
  abandon(notice: string): void {
    this.#closed = true;
    this.#goal = null;
    this.#phase = 'read-only';
    this.#notice = notice;
    this.#calls.close();
    this.#wake();
    this.#tellStatus();
  }

  #act(work: () => void | Promise<void>): Promise<void> {
    const done = async (): Promise<void> => work();
    return new Promise((resolve, reject) => {
      this.#acts.push(() => done().then(resolve, reject));
      this.#wake();
    });
  }

  async #run(): Promise<void> {
    try {
      // A run that stands is shown too: after a reload this is all there is to see.
      this.#showIfDue(this.#build(), true);
      while (!this.#closed) {
        await this.#takeActs();
        if (this.#closed) {
          return;
        }
        // At a failure nothing happens before it is decided about.
        const stop = this.#goal === null || this.#engine.paused() !== null ? null : this.#slice();
        if (stop === null) {
          await this.#sleep(60_000);
        } else {
          await this.#follow(stop);
        }
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #takeActs(): Promise<void> {
    this.#collectReplies();
    for (let act = this.#acts.shift(); act !== undefined && !this.#closed; act = this.#acts.shift()) {
      await act();
    }
  }

  #slice(): AdvanceStop {
    const goal = this.#goal;
    this.#collectReplies();
    const bound = goal?.type === 'until' ? goal.at : goal?.type === 'play' ? this.#clock.bound(this.#setup.time.now()) : null;
    const before = this.#engine.metrics().events;
    const events = goal?.type === 'step' ? 1 : SLICE_EVENTS;
    const stop = goal?.type === 'timer' ? this.#skip(goal.after) : this.#engine.advance({ until: bound, events });
    this.#projection.add(this.#recorder.takeTrace(), this.#clock.speed === 'max');
    this.#calls.dispatch(this.#engine);
    if (goal?.type === 'step' && this.#engine.metrics().events > before) {
      this.#goal = null;
    }
    if (!this.#errors.isOfOldCode(this.#engine.paused(), this.#calls.sandbox.bundle.hash)) {
      return stop;
    }
    // Nobody has to press Retry for each call that the code before has answered ahead.
    this.#takeInput({ type: 'decide', decision: 'retry' });
    return 'events';
  }

  #skip(after: Goal): AdvanceStop {
    const { stop, over } = skipSlice(this.#engine, SLICE_EVENTS, () => this.#recorder.takeTrace());
    if (over) {
      this.#goal = after;
      this.#clock.reach(this.#engine.metrics().now);
      this.#clock.restart(this.#clock.speed, this.#setup.time.now());
    }
    return stop;
  }

  async #follow(stop: AdvanceStop): Promise<void> {
    const metrics = this.#engine.metrics();
    const real = this.#setup.time.now();
    if (this.#goal?.type === 'play') {
      this.#clock.follow(metrics.now, real, stop === 'until');
    } else {
      this.#clock.reach(metrics.now);
    }
    const finished = this.#finish(stop);
    if (finished || this.#recorder.pendingLines() > LINES_BEHIND) {
      await this.#flushAndShow();
    } else if (!this.#recorder.isWriting()) {
      this.#flushSoon(real);
    }
    if (finished || this.#goal === null) {
      return;
    }
    if (stop === 'needs-replies') {
      await this.#sleep(60_000);
    } else if (stop === 'until') {
      await this.#sleep(TICK_MS);
    } else {
      await this.#setup.time.breathe();
    }
  }

  /** True when the goal is reached or cannot be: the run stands. */
  #finish(stop: AdvanceStop): boolean {
    const goal = this.#goal;
    const reached = goal?.type === 'until' && stop === 'until';
    if (goal !== null && !reached && !['paused', 'ended', 'idle'].includes(stop)) {
      return false;
    }
    if (reached) {
      this.#clock.reach(goal.at);
    }
    if (stop !== 'paused') {
      this.#goal = null;
      void this.#tellControl();
    }
    this.#settlePhase(stop);
    return true;
  }

  /** Writes without waiting: the run goes on meanwhile. */
  #flushSoon(real: number): void {
    if (!this.#recorder.hasPending() && real - this.#clockWritten < CLOCK_EVERY_MS) {
      this.#showIfDue(this.#build());
      return;
    }
    this.#clockWritten = real;
    this.#flushAndShow().catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    this.#setup.listener.onStorageFailure(error);
    this.abandon(stopNotice(error));
  }

  #collectReplies(): void {
    for (const { requests, replies } of this.#calls.takeAnswers()) {
      this.#recorder.addReplies(requests, replies);
      for (const reply of replies) {
        this.#engine.apply({ type: 'reply', reply });
        this.#errors.note(reply);
      }
    }
  }

  /** Waits for every batch under way and gives its replies to the engine. */
  async #drain(): Promise<void> {
    await this.#calls.settled();
    this.#collectReplies();
  }

  #takeInput(input: UserInput): void {
    // `decide` has no time of its own; every other input is stamped with the clock that the user saw.
    const stamped = (
      input.type === 'decide' ? input : { ...input, at: virtualTime(Math.max(this.#clock.at, this.#engine.metrics().now)) }
    ) as Exclude<EngineInput, { type: 'reply' }>;
    this.#recorder.addInput(stamped);
    this.#engine.apply(stamped);
    this.#projection.add(this.#recorder.takeTrace(), this.#clock.speed === 'max');
  }

  /** Resolves when what was done until now and what is wanted from now on are on disk: a tab that dies then comes back to both. */
  async #setGoal(goal: Goal): Promise<void> {
    this.#goal = goal;
    this.#clock.restart(this.#clock.speed, this.#setup.time.now());
    this.#settlePhase(null);
    await Promise.all([this.#tellControl(), this.#flushAndShow()]);
  }

  /** `stop`: why the engine stands, or null when it was not asked. */
  #settlePhase(stop: AdvanceStop | null): void {
    const failure = this.#engine.paused();
    if (failure !== null) {
      this.#phase = 'failed';
      this.#error = this.#errors.of(failure);
    } else {
      this.#phase = this.#goal !== null ? 'playing' : stop === 'ended' ? 'ended' : stop === 'idle' ? 'idle' : 'stopped';
    }
    this.#tellStatus();
  }

  #tellStatus(): void {
    this.#setup.listener.onStatus(this.status());
  }

  #tellControl(): Promise<void> {
    return this.#setup.listener.onControl({ playing: playsOn(this.#goal), speed: this.#clock.speed });
  }

  #build(): RunProjection {
    return this.#projection.build(this.#engine, this.#clock.at);
  }

  /** What is shown is what is on disk: the projection is taken with the batch and published after its commit. */
  async #flushAndShow(options: { readonly snapshot?: boolean } = {}): Promise<void> {
    const projection = await this.#recorder.flush(this.#clock.at, () => this.#build(), options);
    this.#showIfDue(projection ?? this.#build(), this.#phase !== 'playing');
  }

  #showIfDue(projection: RunProjection, always = false): void {
    const real = this.#setup.time.now();
    if (always || real - this.#shown >= SHOW_EVERY_MS) {
      this.#shown = real;
      const { traceLength, logLines } = this.#recorder.committed;
      this.#setup.listener.onProjection({ ...projection, traceLength, logLines, recent: this.#projection.takeRecent() });
    }
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#acts.length > 0 || this.#calls.hasAnswers() || this.#closed) {
      return;
    }
    const wake = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await this.#setup.time.sleep(ms, wake);
    this.#wake = () => undefined;
  }
}
