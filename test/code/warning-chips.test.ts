import { expect, test } from 'vitest';
import { shortWarning } from '../../src/code/short-warning.ts';

test.each([
  [
    'context.caller is null for a message from an ingress, and visits comes here: reading it throws.',
    'caller is null for a message from an ingress',
  ],
  ['The change is lost: storage.x is read anew.', 'The change is lost'],
  ['One sentence. Another one.', 'One sentence'],
  [`a${'b'.repeat(80)}`, `a${'b'.repeat(48)}…`],
])('a warning beside its line says what is wrong, not what to do: %s', (message, short) => expect(shortWarning(message)).toBe(short));
