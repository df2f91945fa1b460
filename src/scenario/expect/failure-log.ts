/** What failed in a run so far, kept small however often it fails, and expectations about it. */
import { callFailurePlace, callFailureText, codePlaceText } from '../../runtime/call-failure-text.ts';
import type { CallFailureReason, TraceEvent } from '../../runtime/trace-event.ts';
import type { Typename } from '../../base/ids.ts';
import { formatDuration } from '../../module-yaml/duration.ts';
import { INJECTED } from '../failure-kinds.ts';
import type { Mismatch } from '../outcome.ts';
import type { FailureExpectation } from '../scenario.ts';
import { countMismatch } from './count.ts';

/** Failures that differ in nothing but their times are one entry. */
interface FailureEntry {
  readonly level: 'job' | 'call';
  readonly kind: string;
  readonly function: Typename | null;
  readonly id: string | null;
  readonly message: string;
  /** Virtual ms since the start of the first. */
  readonly firstAt: number;
  count: number;
}

const SHOWN = 10;

export class FailureLog {
  readonly #entries = new Map<string, FailureEntry>();
  readonly #startAt: number;

  /** @param startAt Virtual start of the run, ms since 1970. */
  constructor(startAt: number) {
    this.#startAt = startAt;
  }

  note(event: TraceEvent): void {
    if (event.type === 'job-failed') {
      this.#add('job', event.code, event.address, event.message, event.at);
    } else if (event.type === 'call-failed') {
      this.#add('call', event.reason.type, event.address, callMessage(event.reason), event.at);
    }
  }

  #add(level: 'job' | 'call', kind: string, address: { typename: Typename; id: string } | null, message: string, at: number): void {
    const key = JSON.stringify([level, kind, address?.typename, address?.id, message]);
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      const place = { function: address?.typename ?? null, id: address?.id ?? null };
      this.#entries.set(key, { level, kind, ...place, message, firstAt: at - this.#startAt, count: 1 });
    } else {
      entry.count += 1;
    }
  }

  check(expectation: FailureExpectation): Mismatch | null {
    const entries = [...this.#entries.values()].filter((entry) => fits(expectation, entry));
    const count = entries.reduce((sum, entry) => sum + entry.count, 0);
    // What there is instead helps most where the one that was expected is missing.
    const others = [...this.#entries.values()].filter(({ level }) => level === expectation.level);
    const shown = (entries.length > 0 ? entries : others).slice(0, SHOWN).map(shownEntry);
    return countMismatch(expectation.count, count, subject(expectation), shown);
  }
}

function fits({ level, kind, function: type, id, message }: FailureExpectation, entry: FailureEntry): boolean {
  return (
    (level === 'none' || entry.level === level) &&
    (kind === null ? !INJECTED.includes(entry.kind) : entry.kind === kind) &&
    (type === null || entry.function === type) &&
    (id === null || entry.id === id) &&
    (message === null || entry.message.includes(message))
  );
}

function subject({ level, kind, function: type, id, message }: FailureExpectation): string {
  const which = { none: 'Failures', job: 'Failures of the job', call: 'Failed attempts of calls' }[level];
  const parts = [
    kind === null ? '' : ` of kind ${kind}`,
    type === null ? '' : ` at ${type}`,
    id === null ? '' : ` / ${id}`,
    message === null ? '' : ` with “${message}” in the message`,
  ];
  return which + parts.join('');
}

function shownEntry({ level, kind, function: type, id, message, firstAt, count }: FailureEntry): string {
  const where = type === null ? '' : ` at ${type} / ${id}`;
  const times = count === 1 ? '' : `, ${count} times`;
  return `${level}: ${kind}${where}${message === '' ? '' : `: ${message}`} (first at ${formatDuration(firstAt)}${times})`;
}

/** What was thrown is one failure wherever that was; code that stays somewhere is known by its place alone. */
function callMessage(reason: CallFailureReason): string {
  const place = reason.type === 'timed-out' ? callFailurePlace(reason) : null;
  return `${callFailureText(reason)}${place === null ? '' : ` (${codePlaceText(place)})`}`;
}
