/** What two runs asked a set of functions and were answered, compared by address and in order: the first difference. */
import type { Typename } from '../base/ids.ts';
import { replyDifference, sameBytes } from './compare-replies.ts';
import type { DifferenceSide, ReplyDifference } from './compare-replies.ts';
import { replyText, requestText } from './message-text.ts';
import { decodeFromFunction, decodeToFunction } from './wire-codec.ts';

export interface Exchange {
  readonly typename: Typename;
  readonly id: string;
  readonly call: number;
  readonly attempt: number;
  readonly request: Uint8Array;
  /** The bytes of the answer, or what was there instead of one. */
  readonly answer: { readonly type: 'replied'; readonly reply: Uint8Array } | { readonly type: 'failed'; readonly text: string };
}

export interface ExchangeDifference extends ReplyDifference {
  readonly typename: Typename;
  readonly id: string;
  /** Of the left run; of the right one where the left made no such call. */
  readonly call: number;
  readonly attempt: number;
  /** The address's how many-th request it is, from 1. */
  readonly ordinal: number;
  /** What was asked, in words. */
  readonly request: string;
}

/** @param left in the order of their calls, as `right` */
export function exchangesDifference(left: readonly Exchange[], right: readonly Exchange[]): ExchangeDifference | null {
  const theirs = byAddress(right);
  const seen = new Map<string, number>();
  for (const ours of left) {
    const key = addressKey(ours);
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    const other = theirs.get(key)?.[index];
    const difference = other === undefined ? { part: 'call', left: asked(ours), right: NOT_MADE } : pairDifference(ours, other);
    if (difference !== null) {
      return at(ours, index, difference);
    }
  }
  const extra = right.find(
    (exchange) => (theirs.get(addressKey(exchange))?.indexOf(exchange) ?? 0) >= (seen.get(addressKey(exchange)) ?? 0),
  );
  return extra === undefined ? null : at(extra, seen.get(addressKey(extra)) ?? 0, { part: 'call', left: NOT_MADE, right: asked(extra) });
}

/** What one request is answered by two servers of the function. */
export function answerDifference(left: Exchange['answer'], right: Exchange['answer']): ReplyDifference | null {
  if (left.type === 'failed' || right.type === 'failed') {
    return left.type === 'failed' && right.type === 'failed' ? null : { part: 'answer', left: answerSide(left), right: answerSide(right) };
  }
  if (sameBytes(left.reply, right.reply)) {
    return null;
  }
  const [ours, theirs] = [decodeFromFunction(left.reply), decodeFromFunction(right.reply)];
  if (!ours.ok || !theirs.ok) {
    return !ours.ok && !theirs.ok ? null : { part: 'answer', left: readSide(ours, left.reply), right: readSide(theirs, right.reply) };
  }
  return replyDifference(ours.value, theirs.value);
}

const NOT_MADE: DifferenceSide = { text: 'no such call was made', bytes: null };

function pairDifference(ours: Exchange, theirs: Exchange): ReplyDifference | null {
  if (!sameRequest(ours.request, theirs.request)) {
    return { part: 'request', left: asked(ours), right: asked(theirs) };
  }
  return answerDifference(ours.answer, theirs.answer);
}

/** The same text of both: values may be written otherwise by two SDKs, and were compared when they were made. */
function sameRequest(left: Uint8Array, right: Uint8Array): boolean {
  if (sameBytes(left, right)) {
    return true;
  }
  const [ours, theirs] = [decodeToFunction(left), decodeToFunction(right)];
  if (!ours.ok || !theirs.ok || ours.value.messages.length !== theirs.value.messages.length) {
    return false;
  }
  const effects = (request: typeof ours.value) => ({
    type: 'result' as const,
    mutations: request.states.map(({ name, value }) => ({ type: value === null ? ('delete' as const) : ('modify' as const), name, value })),
    messages: request.messages.map(({ caller, argument }) => ({ target: caller ?? request.target, argument })),
    delayed: [],
    egresses: [],
  });
  return replyDifference(effects(ours.value), effects(theirs.value)) === null;
}

function byAddress(exchanges: readonly Exchange[]): ReadonlyMap<string, readonly Exchange[]> {
  const map = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const list = map.get(addressKey(exchange));
    if (list === undefined) {
      map.set(addressKey(exchange), [exchange]);
    } else {
      list.push(exchange);
    }
  }
  return map;
}

function addressKey({ typename, id }: Exchange): string {
  return `${typename}\n${id}`;
}

function at({ typename, id, call, attempt, request }: Exchange, index: number, difference: ReplyDifference): ExchangeDifference {
  return { ...difference, typename, id, call, attempt, ordinal: index + 1, request: requestText(request) };
}

function asked({ request }: Exchange): DifferenceSide {
  return { text: requestText(request), bytes: request };
}

function answerSide(answer: Exchange['answer']): DifferenceSide {
  return answer.type === 'failed' ? { text: answer.text, bytes: null } : { text: replyText(answer.reply), bytes: answer.reply };
}

function readSide(read: ReturnType<typeof decodeFromFunction>, bytes: Uint8Array): DifferenceSide {
  return { text: read.ok ? replyText(bytes) : `not a FromFunction: ${read.error}`, bytes };
}
