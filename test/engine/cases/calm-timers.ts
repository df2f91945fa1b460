/** Delayed messages: facts that fail nothing. */
import type { Program } from '../../support/programs/command.ts';
import type { EngineCase } from './case.ts';
import { hold, pass, produce, record, release, settle, timeOf, warm } from './steps.ts';

/** Long enough that a slow machine registers and cancels before it is due. */
const DUE = 2500;
const after = (id: string, n: string, token?: string, millis = DUE, type = 'ti/g'): Program[number] => ({
  do: 'send-after',
  type,
  id,
  millis,
  program: [],
  n,
  ...(token === undefined ? {} : { token }),
});

export const timers: EngineCase = {
  name: 'timers',
  title:
    'S41, S42, S43, S44, S45, S46, S48, S49: delayed messages come when due, in order of due time, as their sender’s, and can be cancelled by whoever has the id',
  types: { 'ti/f': [], 'ti/g': [], 'ti/h': [] },
  steps: [
    ...warm('ti-f', 'ti-g', 'ti-h'),
    produce(
      record('ti-f', 'plain', 'r', [
        after('plain', 'late', undefined, DUE + 600),
        after('plain', 'soon'),
        after('plain', 'same-1', undefined, DUE + 300),
        after('plain', 'same-2', undefined, DUE + 300),
      ]),
      record('ti-f', 'cancelled', 'r', [after('cancelled', 'gone', 't')]),
      record('ti-f', 'replaced', 'r', [after('replaced', 'old', 't')]),
      record('ti-f', 'at-once', 'r', [after('at-once', 'gone', 't'), { do: 'cancel', token: 't' }]),
      record('ti-f', 'other-id', 'r', [after('other-id', 'stays', 't')]),
      record('ti-f', 'other-type', 'r', [after('other-type', 'gone', 't')]),
      record('ti-f', 'own', 'r', [{ do: 'send-after', type: 'ti/f', id: 'own', millis: DUE, program: [], n: 'to-self' }]),
    ),
    settle,
    produce(
      record('ti-f', 'cancelled', 'c', [
        { do: 'cancel', token: 't' },
        { do: 'cancel', token: 'never-known' },
      ]),
      record('ti-f', 'replaced', 'c', [{ do: 'cancel', token: 't' }, after('replaced', 'new', 't')]),
      record('ti-f', 'someone', 'c', [{ do: 'cancel', token: 't' }, after('someone', 'same-token', 't')]),
      record('ti-h', 'other-type', 'c', [{ do: 'cancel', token: 't' }]),
    ),
    settle,
    { do: 'until', event: { type: 'request', target: 'ti/g/replaced', n: 'new' }, simulated: 3000 },
    { do: 'until', event: { type: 'request', target: 'ti/g/plain', n: 'late' }, simulated: 1000 },
    settle,
    produce(
      record('ti-f', 'cancelled', 'again', [after('cancelled', 'token-again', 't', 50)]),
      record('ti-f', 'zero', 'z', [
        after('zero', 'delayed-0', undefined, 0),
        { do: 'send', type: 'ti/g', id: 'zero', program: [], n: 'direct' },
      ]),
    ),
    { do: 'until', event: { type: 'request', target: 'ti/g/cancelled', n: 'token-again' }, simulated: 500 },
    { do: 'until', event: { type: 'request', target: 'ti/g/zero', n: 'delayed-0' }, simulated: 500 },
    settle,
  ],
  compare: { requests: 'messages' },
  check: (seen) => {
    const waited = timeOf(seen, 'soon') - timeOf(seen, 'r');
    return waited >= DUE ? null : `a delay of ${DUE} took ${waited}`;
  },
};

export const dueWhileBusy: EngineCase = {
  name: 'due-while-busy',
  title: 'S44, S45: a message that falls due while its receiver is busy joins the batch and can no longer be cancelled',
  types: { 'db/f': [], 'db/g': [] },
  steps: [
    ...warm('db-f', 'db-g'),
    hold('db/g/busy'),
    produce(record('db-g', 'busy', 'holds')),
    settle,
    produce(
      record('db-f', 'x', 'registers', [{ do: 'send-after', type: 'db/g', id: 'busy', millis: 100, token: 't', program: [], n: 'due' }]),
    ),
    settle,
    pass(1000),
    produce(record('db-f', 'x', 'cancels', [{ do: 'cancel', token: 't' }]), record('db-g', 'busy', 'last')),
    settle,
    release('db/g/busy'),
    settle,
  ],
};
