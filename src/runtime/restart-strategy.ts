/** When a failed job starts again: Flink's restart strategies, as its 1.16 has them. */
import { randomStream } from '../base/random.ts';
import type { RestartStrategy } from '../model/simulation-settings.ts';

/** What a strategy remembers of failures; it begins anew with the process. */
export interface RestartMemory {
  readonly restarts: number;
  /** failure-rate: when the last failures were, one more than it allows. */
  readonly failures: readonly number[];
  /** exponential-delay: the pause in force, 0 before the first failure, and the failure before. */
  readonly backoff: number;
  readonly lastFailure: number;
}

export const NO_FAILURES: RestartMemory = { restarts: 0, failures: [], backoff: 0, lastFailure: 0 };

export interface RestartDecision {
  readonly memory: RestartMemory;
  /** Virtual ms until the job is up again; null when it is not restarted. */
  readonly delayMillis: number | null;
}

/** S7: without checkpoints only a strategy that the configuration names restarts the job. */
export function isNamed(strategy: RestartStrategy): boolean {
  return strategy.type === 'fixed-delay' ? strategy.named === true : strategy.type !== 'none';
}

/** `seed`: chooses the jitter of exponential-delay. */
export function afterFailure(strategy: RestartStrategy, memory: RestartMemory, now: number, seed: number): RestartDecision {
  const counted = { ...memory, restarts: memory.restarts + 1 };
  switch (strategy.type) {
    case 'none':
      return { memory, delayMillis: null };
    case 'fixed-delay':
      return strategy.attempts !== null && memory.restarts >= strategy.attempts
        ? { memory, delayMillis: null }
        : { memory: counted, delayMillis: whole(strategy.delayMillis) };
    case 'failure-rate': {
      const failures = [...memory.failures, now].slice(-(strategy.maxFailures + 1));
      const tooMany = failures.length > strategy.maxFailures && now - (failures[0] ?? now) <= strategy.intervalMillis;
      return { memory: { ...counted, failures }, delayMillis: tooMany ? null : whole(strategy.delayMillis) };
    }
    case 'exponential-delay': {
      const { initialMillis, maxMillis, multiplier, resetAfterMillis, jitter } = strategy;
      const quiet = memory.backoff === 0 || now - memory.lastFailure >= resetAfterMillis + memory.backoff;
      const grown = memory.backoff < maxMillis ? Math.trunc(memory.backoff * multiplier) : memory.backoff;
      const backoff = quiet ? initialMillis : Math.max(initialMillis, Math.min(grown, maxMillis));
      const spread = Math.trunc(backoff * jitter);
      const drawn = spread === 0 ? 0 : Math.floor(randomStream(seed).next() * (2 * spread + 1)) - spread;
      return { memory: { ...counted, backoff, lastFailure: now }, delayMillis: whole(Math.min(backoff + drawn, maxMillis)) };
    }
  }
}

function whole(millis: number): number {
  return Math.max(0, Math.ceil(millis));
}
