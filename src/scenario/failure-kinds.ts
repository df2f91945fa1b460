/** Names of what fails, for `kind:` of an expectation: the trace's own. The compiler keeps the tables complete. */
import type { CallFailureReason, JobFailureCode } from '../runtime/trace-event.ts';

const JOB: Readonly<Record<JobFailureCode, true>> = {
  'no-endpoint': true,
  'unknown-egress': true,
  'bad-egress-payload': true,
  'unknown-state': true,
  'state-type-mismatch': true,
  'state-expiration-changed': true,
  'duplicate-token': true,
  'cancel-without-token': true,
  'negative-delay': true,
  'call-budget-spent': true,
  'bad-transport-options': true,
  'record-without-key': true,
  'record-without-value': true,
  'injected-crash': true,
  'process-crash': true,
  'checkpoint-expired': true,
  'playground-port-in-use': true,
  'transaction-timeout-too-long': true,
  'transaction-timed-out': true,
};

const CALL: Readonly<Record<CallFailureReason['type'], true>> = {
  threw: true,
  'timed-out': true,
  'sandbox-lost': true,
  'no-such-function': true,
  'never-ready': true,
  'bad-reply': true,
  refused: true,
  dropped: true,
  'no-answer': true,
  'http-status': true,
  'wrong-content-type': true,
  malformed: true,
};

export const FAILURE_KINDS: Readonly<Record<'job' | 'call', readonly string[]>> = { job: Object.keys(JOB), call: Object.keys(CALL) };

/** Failures that somebody asked for. They count only where they are asked about by their kind. */
export const INJECTED: readonly string[] = ['injected-crash', 'process-crash'] satisfies readonly JobFailureCode[];
