/** How a run is set up. Every field has StateFun's or Flink's default; each field's source is in its comment. */
export type RestartStrategy =
  | { readonly type: 'none' }
  /** S8: with checkpointing and no strategy named, a fixed delay of 1 s without limit (`attempts: null`). */
  | {
      readonly type: 'fixed-delay';
      readonly delayMillis: number;
      readonly attempts: number | null;
      /** The configuration names the strategy: then it holds without checkpoints too, and the job restarts from nothing. */
      readonly named?: boolean;
    }
  /** `restart-strategy.failure-rate.*`: no restart when more than `maxFailures` (1) fall within the interval (1 min). */
  | { readonly type: 'failure-rate'; readonly maxFailures: number; readonly intervalMillis: number; readonly delayMillis: number }
  /**
   * `restart-strategy.exponential-delay.*`: pauses grow from `initialMillis` (1 s) by `multiplier` (2) to `maxMillis` (5 min),
   * and begin anew after `resetAfterMillis` (1 h) without failure. `jitter` (0.1): the part by which each may differ.
   */
  | {
      readonly type: 'exponential-delay';
      readonly initialMillis: number;
      readonly maxMillis: number;
      readonly multiplier: number;
      readonly resetAfterMillis: number;
      readonly jitter: number;
    };

export interface SimulationSettings {
  /** Any text; every seeded choice of a run derives from it. */
  readonly seed: string;
  /** Flink `parallelism.default`: 1. */
  readonly parallelism: number;
  /** Partitions of each simulated topic. Kafka's `num.partitions`: 1. */
  readonly partitions: number;
  /** Flink `execution.checkpointing.interval`; null is off, the default (S7). */
  readonly checkpointIntervalMillis: number | null;
  readonly restartStrategy: RestartStrategy;
  /** Simulated duration of a call: at least `min` (L of the design, the lookahead), `mean` on average. Milliseconds. */
  readonly callLatency: { readonly minMillis: number; readonly meanMillis: number };
  /** `statefun.async.max-per-task`: 32768; values ≤ 0 switch it off (S26). */
  readonly asyncMaxPerTask: number;
  /** The Studio's own act, on by default: stop at the first failure instead of retrying and restarting. */
  readonly pauseOnFailure: boolean;
  /** Real milliseconds one invocation may run before its worker is ended. */
  readonly invocationLimitMillis: number;
  /** Virtual start of a run, ms since 1970: 2026-01-01T00:00:00Z unless set. */
  readonly startAt: number;
}

export const DEFAULT_SETTINGS: SimulationSettings = {
  seed: 'statefun',
  parallelism: 1,
  partitions: 1,
  checkpointIntervalMillis: null,
  restartStrategy: { type: 'fixed-delay', delayMillis: 1000, attempts: null },
  callLatency: { minMillis: 10, meanMillis: 20 },
  asyncMaxPerTask: 32768,
  pauseOnFailure: true,
  invocationLimitMillis: 5000,
  startAt: 1767225600000,
};
