/** Why a trial did not complete: the message, and a stack of places in the user's own files. */
import type { TrialOutcome } from '../../worker/trial-contract.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { PlaceLink } from '../run/PlaceLink.tsx';
import { PlaceStack } from '../run/PlaceStack.tsx';
import styles from './Bench.module.css';

export function ErrorText({ outcome }: { readonly outcome: TrialOutcome }) {
  switch (outcome.type) {
    case 'completed':
      return null;
    case 'threw': {
      const { name, message, stack, messageIndex } = outcome.error;
      return (
        <div className={styles.error}>
          <ErrorNote live>
            <span className={styles.errorText}>
              {name}: {message}
            </span>
          </ErrorNote>
          {messageIndex === null || messageIndex === 0 ? null : (
            <p className={styles.quiet}>While message {messageIndex + 1} of the batch was handled: nothing of the batch takes effect.</p>
          )}
          <PlaceStack stack={stack} className={styles.stack} />
        </div>
      );
    }
    case 'failed':
      return (
        <div className={styles.error}>
          <ErrorNote live>{outcome.message}</ErrorNote>
          {outcome.place === null ? null : (
            <p className={styles.quiet}>
              at <PlaceLink place={outcome.place} />
            </p>
          )}
        </div>
      );
    case 'incomplete':
      return (
        <div className={styles.error}>
          <ErrorNote tone="warning" live>
            The function answered that it misses {outcome.missing.join(', ')}: StateFun registers such states and calls again.
          </ErrorNote>
        </div>
      );
    case 'not-loaded':
      return (
        <div className={styles.error}>
          <ErrorNote live>{outcome.message}</ErrorNote>
          {outcome.problems.length === 0 ? null : (
            <ul className={styles.stack} aria-label="What is wrong with the code">
              {outcome.problems.map((problem) => (
                <li key={`${problem.path}:${problem.place?.line}:${problem.message}`}>
                  {problem.place === null ? problem.path : <PlaceLink place={problem.place} />} {problem.message}
                </li>
              ))}
            </ul>
          )}
        </div>
      );
  }
}
