/** The simulator's settings for a job's Flink configuration. */
import { DEFAULT_SETTINGS } from '../../../src/model/simulation-settings.ts';
import type { RestartStrategy, SimulationSettings } from '../../../src/model/simulation-settings.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

export function settingsFor(config: Readonly<Record<string, string>>): SimulationSettings {
  const interval = config['execution.checkpointing.interval'];
  return {
    ...DEFAULT_SETTINGS,
    pauseOnFailure: false,
    callLatency: { minMillis: 10, meanMillis: 10 },
    parallelism: Number(config['parallelism.default'] ?? 1),
    asyncMaxPerTask: Number(config['statefun.async.max-per-task'] ?? DEFAULT_SETTINGS.asyncMaxPerTask),
    checkpointIntervalMillis: interval === undefined ? null : millis(interval),
    restartStrategy: strategy(config),
  };
}

function strategy(config: Readonly<Record<string, string>>): RestartStrategy {
  switch (config['restart-strategy']) {
    case 'none':
      return { type: 'none' };
    case 'fixed-delay':
      return {
        type: 'fixed-delay',
        delayMillis: millis(config['restart-strategy.fixed-delay.delay'] ?? '1s'),
        attempts: Number(config['restart-strategy.fixed-delay.attempts'] ?? 1),
        named: true,
      };
    case undefined:
      // S8; without checkpointing there is no restart (S7).
      return config['execution.checkpointing.interval'] === undefined
        ? { type: 'none' }
        : { type: 'fixed-delay', delayMillis: 1000, attempts: null };
    default:
      throw new Error(`no simulated restart strategy ${config['restart-strategy']}`);
  }
}

function millis(text: string): number {
  const match = /^(\d+)\s*(ms|s|min|h)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  if (match === null || unit === undefined) {
    throw new Error(`no duration of Flink's: ${text}`);
  }
  return Number(match[1]) * unit;
}
