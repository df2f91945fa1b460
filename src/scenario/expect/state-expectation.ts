/** Expectations about one state of one address. */
import type { Mismatch } from '../outcome.ts';
import type { StateExpectation } from '../scenario.ts';
import { shorten } from './line-diff.ts';
import { valueDiff } from './value-diff.ts';
import { matchesValue, shownMatch, shownValue } from './values.ts';
import type { ActualValue } from './values.ts';

/** @param actual Null: there is no value. */
export function checkState(expectation: StateExpectation, actual: ActualValue | null): Mismatch | null {
  const { value: match } = expectation;
  const what = `State ${expectation.state} of ${expectation.function} / ${expectation.id}`;
  if (match === null) {
    return actual === null
      ? null
      : {
          message: `${what}: expected no value, found one.`,
          expected: 'absent',
          actual: shownValue(actual),
          diff: [
            { mark: '-', text: '(absent)' },
            { mark: '+', text: shownValue(actual) },
          ],
        };
  }
  if (actual === null) {
    return {
      message: `${what}: expected a value, found none.`,
      expected: shownMatch(match),
      actual: 'absent',
      diff: [
        { mark: '-', text: shownMatch(match) },
        { mark: '+', text: '(absent)' },
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
