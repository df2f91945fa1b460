/**
 * What a run asked the functions that are compared, and what it was answered. Keeps so many bytes and no more: of a longer run only the
 * first exchanges of each address are compared.
 */
import type { CallReply, CallRequest } from '../../protocol/call.ts';
import type { Exchange } from '../../protocol/compare-exchanges.ts';
import { exchangeAnswer } from '../remote/exchange-answer.ts';

export interface LoggedExchange extends Exchange {
  /** As the call had them: what the bench needs to make it again. */
  readonly at: number;
  readonly seed: number;
}

const KEPT_BYTES = 128 * 1024 * 1024;
/** Of an exchange, beside its bytes. */
const OVERHEAD = 200;

export class ExchangeLog {
  readonly #kept: LoggedExchange[] = [];
  readonly #limit: number;
  #bytes = 0;
  #count = 0;

  constructor(limit = KEPT_BYTES) {
    this.#limit = limit;
  }

  add({ typename, id, call, attempt, request, at, seed }: CallRequest, reply: CallReply): void {
    this.#count += 1;
    if (this.#bytes < this.#limit) {
      const answer = exchangeAnswer(reply);
      this.#bytes += OVERHEAD + request.length + (answer.type === 'replied' ? answer.reply.length : answer.text.length);
      this.#kept.push({ typename, id, call, attempt, request, answer, at, seed });
    }
  }

  /** All there were. */
  get count(): number {
    return this.#count;
  }

  get isWhole(): boolean {
    return this.#kept.length === this.#count;
  }

  /** In the order of their calls. Calls of one address are answered one after the other: what is kept of it is its beginning. */
  exchanges(): readonly LoggedExchange[] {
    return this.#kept.toSorted((a, b) => a.call - b.call || a.attempt - b.attempt);
  }
}

/** Both logs as far as both go: what only one of them had to leave out is no difference. */
export function comparable(left: ExchangeLog, right: ExchangeLog): readonly [readonly LoggedExchange[], readonly LoggedExchange[]] {
  const [ours, theirs] = [left.exchanges(), right.exchanges()];
  return [right.isWhole ? ours : firstOf(ours, counts(theirs)), left.isWhole ? theirs : firstOf(theirs, counts(ours))];
}

function counts(exchanges: readonly LoggedExchange[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const exchange of exchanges) {
    const key = addressKey(exchange);
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

function firstOf(exchanges: readonly LoggedExchange[], quota: ReadonlyMap<string, number>): readonly LoggedExchange[] {
  const left = new Map(quota);
  return exchanges.filter((exchange) => {
    const key = addressKey(exchange);
    const rest = left.get(key) ?? 0;
    left.set(key, rest - 1);
    return rest > 0;
  });
}

function addressKey({ typename, id }: LoggedExchange): string {
  return `${typename}\n${id}`;
}
