/** Expectations about delayed messages that wait to be delivered. */
import { formatDuration } from '../../module-yaml/duration.ts';
import type { TimerView } from '../../runtime/engine-api.ts';
import type { Mismatch } from '../outcome.ts';
import type { TimerExpectation } from '../scenario.ts';
import { countMismatch } from './count.ts';

const SHOWN = 10;

/** @param startAt Virtual start of the run, ms since 1970. */
export function checkTimers(expectation: TimerExpectation, timers: readonly TimerView[], startAt: number): Mismatch | null {
  const { function: type, id, token } = expectation;
  const fitting = timers.filter(
    (timer) =>
      (type === null || timer.to.typename === type) && (id === null || timer.to.id === id) && (token === null || timer.token === token),
  );
  const parts = [type === null ? '' : ` to ${type}`, id === null ? '' : ` / ${id}`, token === null ? '' : ` with token ${token}`];
  return countMismatch(
    expectation.count,
    fitting.length,
    `Delayed messages${parts.join('')}`,
    fitting.slice(0, SHOWN).map((timer) => shownTimer(timer, startAt)),
  );
}

function shownTimer({ due, to, token }: TimerView, startAt: number): string {
  return `to ${to.typename} / ${to.id}, due at ${formatDuration(due - startAt)}${token === null ? '' : `, token ${token}`}`;
}
