/** A function sends itself a message that comes when a state it has may have expired (S52, S53): touch time + time to live ≤ now. */
import { durationLabel } from '../../model/duration-label.ts';
import { functionNode } from '../../model/graph-ids.ts';
import type { Check } from './check.ts';

export const stateGoneAtTimer: Check = ({ facts }) =>
  facts.functions.flatMap(({ typename, path, states, sends }) =>
    sends.flatMap(({ to, delayMillis, range }) => {
      const gone = states.filter(
        ({ expiration }) => to === typename && delayMillis !== null && expiration !== null && expiration.millis <= delayMillis,
      );
      return gone.map(({ name, expiration }) => {
        const life = durationLabel(expiration?.millis ?? 0);
        const since = expiration?.mode === 'after-write' ? 'its last write' : 'the last call';
        return {
          code: 'state-gone-at-timer' as const,
          severity: 'warning' as const,
          message: `The state ${name} of ${typename} expires ${life} after ${since}, before this message to itself comes ${durationLabel(delayMillis ?? 0)} later: give it a longer time to live.`,
          path,
          range,
          node: functionNode(typename),
        };
      });
    }),
  );
