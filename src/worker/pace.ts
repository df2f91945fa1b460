/**
 * Maps real time to virtual time while a run plays. It only bounds how far the engine may go (`AdvanceLimit.until`); it
 * never makes an event, so the trace of a run does not depend on it (R1).
 */
import type { VirtualTime } from '../base/ids.ts';
import { virtualTime } from '../base/ids.ts';
import type { Speed } from './contract.ts';

/** When the engine falls behind by more than this (virtual ms at speed 1), the clock waits for it instead of racing on. */
const LAG_LIMIT = 500;

export interface Pace {
  /** The virtual time reached at real time `real` (ms), or null for no bound. */
  until(real: number): VirtualTime | null;
  /** The clock to show, given the engine's own time. */
  clock(real: number, engineNow: VirtualTime): VirtualTime;
  /** The engine could not keep up and is at `engineNow`: continue from there. */
  slip(real: number, engineNow: VirtualTime): void;
}

export function createPace(speed: Speed, startReal: number, startVirtual: VirtualTime): Pace {
  if (speed === 'max') {
    return { until: () => null, clock: (_real, engineNow) => engineNow, slip: () => undefined };
  }
  let real0 = startReal;
  let virtual0: number = startVirtual;
  const reached = (real: number) => virtual0 + Math.floor((real - real0) * speed);
  return {
    until: (real) => virtualTime(reached(real)),
    clock: (real, engineNow) => virtualTime(Math.max(engineNow, reached(real))),
    slip(real, engineNow) {
      if (reached(real) - engineNow > LAG_LIMIT * speed) {
        real0 = real;
        virtual0 = engineNow;
      }
    },
  };
}
