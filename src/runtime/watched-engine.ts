/**
 * An engine that also tells what entered its functions' batches, in the order of each operator's thread: with the trace, what an
 * observer of the real engine's threads would have recorded.
 */
import { engineOf } from './engine.ts';
import type { Engine, RunConfig } from './engine-api.ts';
import { createMachine } from './machine.ts';
import type { Delivery } from './machine.ts';

export interface WatchedEngine {
  readonly engine: Engine;
  /** What came since the last call of this method. */
  takeDeliveries(): readonly Delivery[];
}

/** Feeds of the config are left out. */
export function createWatchedEngine(config: RunConfig): WatchedEngine {
  const machine = createMachine(config, []);
  machine.deliveries = [];
  return {
    engine: engineOf(machine),
    takeDeliveries() {
      const taken = machine.deliveries ?? [];
      machine.deliveries = [];
      return taken;
    },
  };
}
