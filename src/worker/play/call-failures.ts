/** Failed calls by function and reason, and the addresses whose last call failed. Keeps no events. */
import type { Typename } from '../../base/ids.ts';
import type { CodePlace } from '../../protocol/call.ts';
import { callFailurePlace, callFailureText, codePlaceText } from '../../runtime/call-failure-text.ts';
import type { CallFailed, CallFailureReason, TraceEvent } from '../../runtime/trace-event.ts';
import { plural } from '../../model/text-forms.ts';

export interface CallFailureGroup {
  readonly function: Typename;
  readonly reason: CallFailureReason['type'];
  /** Of the first such failure. */
  readonly message: string;
  /** Where the code threw. */
  readonly place: CodePlace | null;
  readonly attempts: number;
}

/** Groups that are told apart; the attempts of all others are counted together. */
const GROUPS_KEPT = 20;

export class CallFailures {
  readonly #groups = new Map<string, CallFailureGroup>();
  readonly #failing = new Set<string>();
  #leftOut = 0;

  note(event: TraceEvent): void {
    if (event.type === 'call-completed') {
      if (this.#failing.size > 0) {
        this.#failing.delete(addressKey(event.address));
      }
    } else if (event.type === 'call-failed') {
      this.#failing.add(addressKey(event.address));
      this.#noteFailure(event);
    }
  }

  #noteFailure({ address, reason }: CallFailed): void {
    const place = callFailurePlace(reason);
    const message = callFailureText(reason);
    // A message may hold the id of an address: where the code threw says more.
    const what = reason.type === 'threw' && place !== null ? `${reason.error.name} ${codePlaceText(place)}` : message;
    const key = [address.typename, reason.type, what].join('\n');
    const known = this.#groups.get(key);
    if (known === undefined && this.#groups.size >= GROUPS_KEPT) {
      this.#leftOut += 1;
      return;
    }
    const group = known ?? { function: address.typename, reason: reason.type, message, place, attempts: 0 };
    this.#groups.set(key, { ...group, attempts: group.attempts + 1 });
  }

  groups(): readonly CallFailureGroup[] {
    return [...this.#groups.values()];
  }

  /** Attempts that are in none of the groups. */
  leftOut(): number {
    return this.#leftOut;
  }

  /** Addresses whose call failed and got no answer afterwards. */
  unanswered(): number {
    return this.#failing.size;
  }
}

const JOINED: Partial<Record<CallFailureReason['type'], string>> = { threw: ' threw ', 'timed-out': ' ', 'never-ready': ' ' };

/** `greeter/greet threw ReferenceError: x is not defined (functions/greet.ts:16:34), 12 attempts`. */
export function groupText({ function: typename, reason, message, place, attempts }: CallFailureGroup): string {
  const where = place === null ? '' : ` (${codePlaceText(place)})`;
  return `${typename}${JOINED[reason] ?? ': '}${message}${where}, ${plural(attempts, 'attempt')}`;
}

/** One line each. */
export function groupLines(groups: readonly CallFailureGroup[], leftOut: number): readonly string[] {
  return [...groups.map(groupText), ...(leftOut === 0 ? [] : [`and ${plural(leftOut, 'attempt')} that failed otherwise`])];
}

/** Tells of each function that did not return in time, once, as soon as it happens. */
export class OverrunWatch {
  readonly #told = new Set<Typename>();

  warnings(events: readonly TraceEvent[]): readonly string[] {
    return events.flatMap((event) => {
      if (
        event.type !== 'call-failed' ||
        event.reason.type !== 'timed-out' ||
        event.reason.limitMillis === 0 ||
        this.#told.has(event.address.typename)
      ) {
        return [];
      }
      this.#told.add(event.address.typename);
      const place = callFailurePlace(event.reason);
      const where = place === null ? '' : ` (${codePlaceText(place)})`;
      const failed = `${event.address.typename} ${callFailureText(event.reason)}${where}`;
      return [`${failed}. Each call of it takes so long (settings.invocationLimitMillis).`];
    });
  }
}

function addressKey({ typename, id }: { readonly typename: Typename; readonly id: string }): string {
  return `${typename}\n${id}`;
}
