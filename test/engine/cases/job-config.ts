/** Flink's keys that groups of cases share. */

/** Checkpoints when a step asks for one, and a restart soon after each failure. */
export const SOON_RESTARTED: Readonly<Record<string, string>> = {
  'execution.checkpointing.interval': '1h',
  'restart-strategy': 'fixed-delay',
  'restart-strategy.fixed-delay.delay': '200ms',
  'restart-strategy.fixed-delay.attempts': '1000000',
};
