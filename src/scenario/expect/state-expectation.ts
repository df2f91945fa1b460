/** Expectations about one state of one address. */
import { ABSENT } from '../../protocol/absent-state.ts';
import type { Mismatch } from '../outcome.ts';
import type { StateExpectation } from '../scenario.ts';
import { shorten } from './line-diff.ts';
import { valueDiff } from './value-diff.ts';
import { matchesValue, shownMatch, shownValue } from './values.ts';
import type { ActualValue } from './values.ts';

/** @param actual Null: absent. */
export function checkState(expectation: StateExpectation, actual: ActualValue | null): Mismatch | null {
  const { value: match } = expectation;
  const what = `State ${expectation.state} of ${expectation.function} / ${expectation.id}`;
  if (match === null) {
    return actual === null
      ? null
      : {
          message: `${what}: expected it to be absent, found a value.`,
          expected: ABSENT,
          actual: shownValue(actual),
          diff: [
            { mark: '-', text: `(${ABSENT})` },
            { mark: '+', text: shownValue(actual) },
          ],
        };
  }
  if (actual === null) {
    return {
      message: `${what}: expected a value, it is absent.`,
      expected: shownMatch(match),
      actual: ABSENT,
      diff: [
        { mark: '-', text: shownMatch(match) },
        { mark: '+', text: `(${ABSENT})` },
      ],
    };
  }
  return matchesValue(match, actual)
    ? null
    : {
        message: `${what} is another.`,
        expected: shownMatch(match),
        actual: shownValue(actual),
        diff: shorten(valueDiff(match, actual)),
      };
}
