/** Looks at a run and says what is not as expected. Takes in the trace, for what the run's views do not tell. */
import { assertNever } from '../../base/assert-never.ts';
import type { TraceEvent } from '../../runtime/trace-event.ts';
import type { Mismatch } from '../outcome.ts';
import type { ScenarioView } from '../scenario-host.ts';
import type { Expectation, StateExpectation } from '../scenario.ts';
import { checkEgress } from './egress-expectation.ts';
import { EgressTopics } from './egress-topics.ts';
import { FailureLog } from './failure-log.ts';
import { checkState } from './state-expectation.ts';
import { checkTimers } from './timer-expectation.ts';
import type { ActualValue } from './values.ts';

export class Expectations {
  readonly #view: ScenarioView;
  readonly #startAt: number;
  readonly #egress = new EgressTopics();
  readonly #failures: FailureLog;

  constructor(view: ScenarioView, startAt: number) {
    this.#view = view;
    this.#startAt = startAt;
    this.#failures = new FailureLog(startAt);
  }

  note(events: readonly TraceEvent[]): void {
    for (const event of events) {
      this.#egress.note(event);
      this.#failures.note(event);
    }
  }

  /** @param now The scenario's clock, ms since 1970; the engine's own stands at its last event. */
  check(expectation: Expectation, now: number): Mismatch | null {
    switch (expectation.type) {
      case 'egress':
        return checkEgress(expectation, this.#egress.records(expectation, this.#view));
      case 'state':
        return checkState(expectation, this.#stateValue(expectation, now));
      case 'failures':
        return this.#failures.check(expectation);
      case 'timers':
        return checkTimers(expectation, this.#view.timers(0, Infinity).rows, this.#startAt);
      default:
        return assertNever(expectation);
    }
  }

  #stateValue({ function: type, id, state: name }: StateExpectation, now: number): ActualValue | null {
    const states = this.#view.address({ typename: type, id })?.states ?? [];
    const state = states.find((each) => each.name === name);
    // S52
    return state === undefined || (state.expiresAt !== null && state.expiresAt <= now) ? null : state;
  }
}
