/** The virtual clock that a run shows: what the engine has reached, or ahead of it while a paced run waits for what comes next. */
import type { VirtualTime } from '../base/ids.ts';
import { virtualTime } from '../base/ids.ts';
import type { Speed } from './contract.ts';
import { createPace } from './pace.ts';
import type { Pace } from './pace.ts';

export class RunClock {
  #at: VirtualTime;
  #speed: Speed;
  #pace: Pace;

  constructor(at: VirtualTime, speed: Speed, real: number) {
    this.#at = at;
    this.#speed = speed;
    this.#pace = createPace(speed, real, at);
  }

  get at(): VirtualTime {
    return this.#at;
  }

  get speed(): Speed {
    return this.#speed;
  }

  /** Paces from here on. */
  restart(speed: Speed, real: number): void {
    this.#speed = speed;
    this.#pace = createPace(speed, real, this.#at);
  }

  /** How far a playing run may go at a real time; null for no bound. */
  bound(real: number): VirtualTime | null {
    return this.#pace.until(real);
  }

  /** The engine stands at `engineNow`. `waiting`: for time to pass; otherwise for replies, or for nothing. */
  follow(engineNow: VirtualTime, real: number, waiting: boolean): void {
    if (!waiting) {
      this.#pace.slip(real, engineNow);
    }
    this.reach(waiting ? this.#pace.clock(real, engineNow) : engineNow);
  }

  /** Never goes back. */
  reach(at: VirtualTime): void {
    this.#at = virtualTime(Math.max(this.#at, at));
  }
}
