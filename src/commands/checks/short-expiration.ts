/** A state that expires within a second: the SDK takes milliseconds, and seconds were probably meant. */
import { functionNode } from '../../model/graph-ids.ts';
import type { Check } from './check.ts';

const SECOND = 1000;

export const shortExpiration: Check = ({ facts }) =>
  facts.functions.flatMap(({ typename, path, range, states }) =>
    states.flatMap(({ name, expiration }) =>
      expiration === null || expiration.millis <= 0 || expiration.millis >= SECOND
        ? []
        : [
            {
              code: 'short-expiration' as const,
              severity: 'warning' as const,
              message: `The state ${name} of ${typename} expires after ${expiration.millis} ms: the time is in milliseconds, write ${expiration.millis * SECOND} for ${expiration.millis} s.`,
              path,
              range,
              node: functionNode(typename),
            },
          ],
    ),
  );
