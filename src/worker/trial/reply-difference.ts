/** Where the answer to a call that was executed again differs from the recorded one first, in words. */
import type { CallOutcome, CallReply } from '../../protocol/call.ts';
import { replyText } from '../../protocol/message-text.ts';

/** Null: equal. Only what StateFun would see counts: lines of the console may differ. */
export function firstDifference(
  recorded: CallReply,
  observed: CallReply,
  [first, second]: readonly [string, string] = ['when it was recorded', 'now'],
): string | null {
  const before = recorded.outcome;
  const now = observed.outcome;
  if (before.type !== 'replied' || now.type !== 'replied') {
    const was = outcomeText(before);
    const is = outcomeText(now);
    return was === is ? timeDifference(recorded, observed, [first, second]) : `The call ${was} ${first}, and ${is} ${second}.`;
  }
  if (sameBytes(before.reply, now.reply)) {
    return timeDifference(recorded, observed, [first, second]);
  }
  const was = replyText(before.reply).split('\n');
  const is = replyText(now.reply).split('\n');
  const line = was.findIndex((text, index) => text !== is[index]);
  if (line === -1 && was.length === is.length) {
    return 'The replies read the same and differ in their bytes.';
  }
  const at = line === -1 ? was.length : line;
  const [left = '(nothing)', right = '(nothing)'] = [was[at]?.trim(), is[at]?.trim()];
  const from = firstDifferent(left, right);
  return `The reply differs first in line ${at + 1}: “${around(left, from)}” ${first}, “${around(right, from)}” ${second}.`;
}

function timeDifference(recorded: CallReply, observed: CallReply, [first, second]: readonly [string, string]): string | null {
  return recorded.extraMillis === observed.extraMillis
    ? null
    : `Awaited timers and stubs took ${recorded.extraMillis} ms ${first}, and ${observed.extraMillis} ms ${second}.`;
}

function outcomeText(outcome: CallOutcome): string {
  switch (outcome.type) {
    case 'replied':
      return 'was answered';
    case 'threw':
      return `threw ${outcome.error.name}: ${outcome.error.message}`;
    case 'timed-out':
      return outcome.limitMillis === 0 ? 'waited for a promise that nothing settles' : 'did not return in time';
    case 'sandbox-lost':
      return 'lost its sandbox';
    case 'no-such-function':
      return 'found no such function';
    case 'http-status':
    case 'wrong-content-type':
    case 'refused':
    case 'dropped':
    case 'no-answer':
      return `was not answered by its server (${outcome.type})`;
  }
}

function firstDifferent(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) {
    at += 1;
  }
  return at;
}

/** A line may be as long as a value is: what stands around the difference is enough to find it. */
function around(text: string, at: number): string {
  const from = at > 80 ? at - 40 : 0;
  const to = at + 80;
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
