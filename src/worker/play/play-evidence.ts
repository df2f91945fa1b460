/**
 * The calls behind what a scenario expects: the last ones of each address whose state it looks at, the last ones that wrote to each egress it
 * looks at, and the first failed one of each function and reason. So that a failing expectation leads to what happened.
 *
 * Keeps a bounded number of requests, however long the run is.
 */
import type { FilePath, Typename } from '../../base/ids.ts';
import type { CallRequest, CodePlace, LogLine } from '../../protocol/call.ts';
import type { CallCompleted, CallFailed, EgressRecordWritten, TraceEvent } from '../../runtime/trace-event.ts';
import type { Expectation, Scenario } from '../../scenario/scenario.ts';
import type { AnsweredBatch } from '../call-dispatcher.ts';
import type { TrialInput } from '../trial-contract.ts';
import { inputOf } from '../trial/trial-request.ts';

export interface EvidenceCall {
  readonly typename: Typename;
  readonly id: string;
  /** Virtual ms since the start, when its answer came to count. */
  readonly at: number;
  readonly call: number;
  /** What it threw, and where; null where it was answered. */
  readonly failure: { readonly message: string; readonly place: CodePlace | null } | null;
  /** What it printed, the first lines. */
  readonly logs: readonly LogLine[];
  /** Null where its request is too large to be kept. */
  readonly input: TrialInput | null;
}

const KEPT_PER_SUBJECT = 5;
const SUBJECTS = 200;
const KEPT_FAILED = 20;
const KEPT_LINES = 20;
const MOST_ANSWERED = 10_000;
const MAX_REQUEST_BYTES = 64 * 1024;

interface Noted {
  readonly request: CallRequest | null;
  readonly told: Omit<EvidenceCall, 'input'>;
  /** The same for all that ask, so that it goes to the page once. */
  evidence: EvidenceCall | null;
}

export class PlayEvidence {
  readonly #startAt: number;
  /** By subject: an address or an egress. */
  readonly #calls = new Map<string, Noted[]>();
  readonly #failed = new Map<string, Noted>();
  /** Answered, and not yet come to count. */
  readonly #answered = new Map<string, CallRequest>();
  #last: Noted | null = null;

  constructor(scenario: Scenario, startAt: number) {
    this.#startAt = startAt;
    for (const expectation of allExpectations(scenario)) {
      const subject = subjectOf(expectation);
      if (subject !== null && this.#calls.size < SUBJECTS) {
        this.#calls.set(subject, []);
      }
    }
  }

  noteAnswers({ requests }: AnsweredBatch): void {
    for (const request of requests) {
      this.#answered.set(keyOf(request), request);
    }
    // Answers that a restart has left behind come to nothing.
    for (const key of this.#answered.keys()) {
      if (this.#answered.size <= MOST_ANSWERED) {
        break;
      }
      this.#answered.delete(key);
    }
  }

  note(events: readonly TraceEvent[]): void {
    for (const event of events) {
      switch (event.type) {
        case 'call-completed':
          this.#last = this.#noted(event, null);
          this.#keep(`address ${event.address.typename}\n${event.address.id}`, this.#last);
          break;
        case 'egress-written':
          this.#noteEgress(event);
          break;
        case 'call-failed':
          this.#noteFailure(event);
          break;
        case 'state-registered':
          // The same batch goes out again, as another attempt.
          this.#forget(event.call);
          break;
        default:
          break;
      }
    }
  }

  /** Those that an expectation is about, the last one first; of one about failures, those that failed. */
  about(expectation: Expectation | null): readonly EvidenceCall[] {
    if (expectation === null) {
      return [];
    }
    if (expectation.type === 'failures') {
      return this.failed().filter(
        ({ typename, id }) =>
          (expectation.function === null || expectation.function === typename) && (expectation.id === null || expectation.id === id),
      );
    }
    const subject = subjectOf(expectation);
    return subject === null ? [] : (this.#calls.get(subject) ?? []).map(evidence).toReversed();
  }

  failed(): readonly EvidenceCall[] {
    return [...this.#failed.values()].map(evidence);
  }

  #noted(event: CallCompleted | CallFailed, failure: EvidenceCall['failure']): Noted {
    const { address, at, call } = event;
    const key = keyOf(event);
    const request = this.#answered.get(key) ?? null;
    this.#answered.delete(key);
    const kept = request !== null && request.request.length <= MAX_REQUEST_BYTES ? request : null;
    const logs = event.logs.slice(0, KEPT_LINES);
    const told = { typename: address.typename, id: address.id, at: at - this.#startAt, call, failure, logs };
    return { request: kept, told, evidence: null };
  }

  #noteEgress({ call, egress }: EgressRecordWritten): void {
    if (this.#last?.told.call === call) {
      const subject = `egress ${egress}`;
      if (this.#calls.get(subject)?.at(-1) !== this.#last) {
        this.#keep(subject, this.#last);
      }
    }
  }

  #noteFailure(event: CallFailed): void {
    const { reason, address } = event;
    const place = reason.type === 'threw' ? (reason.error.stack[0] ?? null) : null;
    const message = reason.type === 'threw' ? `${reason.error.name}: ${reason.error.message}` : reason.type;
    const noted = this.#noted(event, { message, place });
    const key = [address.typename, reason.type, placeKey(place)].join('\n');
    if (!this.#failed.has(key) && this.#failed.size < KEPT_FAILED) {
      this.#failed.set(key, noted);
    }
    this.#keep(`address ${address.typename}\n${address.id}`, noted);
  }

  #keep(subject: string, call: Noted): void {
    const calls = this.#calls.get(subject);
    if (calls !== undefined) {
      calls.push(call);
      if (calls.length > KEPT_PER_SUBJECT) {
        calls.shift();
      }
    }
  }

  #forget(call: number): void {
    for (const [key, request] of this.#answered) {
      if (request.call === call) {
        this.#answered.delete(key);
        return;
      }
    }
  }
}

/** The expectation that begins at this place of the file. */
export function expectationAt(scenario: Scenario, offset: number): Expectation | null {
  return allExpectations(scenario).find(({ place }) => place.offset === offset) ?? null;
}

export function allExpectations({ steps, expect }: Scenario): readonly Expectation[] {
  return [...steps.flatMap((step) => (step.type === 'expect' ? step.expect : [])), ...expect];
}

function subjectOf(expectation: Expectation): string | null {
  switch (expectation.type) {
    case 'egress':
      return `egress ${expectation.egress}`;
    case 'state':
      return `address ${expectation.function}\n${expectation.id}`;
    case 'timers':
    case 'failures':
      return null;
  }
}

function evidence(noted: Noted): EvidenceCall {
  const input = noted.request === null ? null : inputOf(noted.request);
  noted.evidence ??= { ...noted.told, input: input?.ok === true ? input.value : null };
  return noted.evidence;
}

function keyOf({ call, attempt }: { readonly call: number; readonly attempt: number }): string {
  return `${call}/${attempt}`;
}

function placeKey(place: { readonly path: FilePath; readonly line: number } | null): string {
  return place === null ? '' : `${place.path}:${place.line}`;
}
