/**
 * Whether an answer can be applied as a whole (R3). StateFun applies the parts in a fixed order and fails the job at the
 * first that is wrong (S32); here everything is checked before anything is done.
 */
import type { DelayedRequest, InvocationResult } from '../protocol/messages.ts';
import { egressRecord } from './egress.ts';
import { functionType } from './addresses.ts';
import { javaName } from './java-names.ts';
import type { Machine } from './machine.ts';
import type { Address, EgressRecord, JobFailure } from './machine-types.ts';
import { mutationFailure } from './state-table.ts';

export interface CheckedReply {
  /** The records that the egress messages make, as far as they were checked. */
  readonly records: readonly EgressRecord[];
  readonly failure: JobFailure | null;
  /** How many of the records leave before the job fails (S32). */
  readonly leaving: number;
}

export function checkReply(machine: Machine, from: Address, result: InvocationResult): CheckedReply {
  for (const { target } of result.messages) {
    const { problem } = functionType(machine, target.typename);
    if (problem !== null) {
      return refused({ ...problem, message: `${invoking(from.ref.typename)} ${problem.message}`, address: target });
    }
  }
  const delayed = result.delayed.length === 0 ? null : delayedFailure(machine, from, result.delayed);
  if (delayed !== null) {
    return refused(delayed);
  }
  const records: EgressRecord[] = [];
  for (const message of result.egresses) {
    const record = egressRecord(machine, from, message);
    if ('code' in record) {
      return { records, failure: record, leaving: records.length };
    }
    records.push(record);
  }
  const failure = result.mutations.length === 0 ? null : mutationFailure(from, result.mutations);
  return { records, failure, leaving: failure === null ? 0 : records.length };
}

function invoking(typename: string): string {
  return `An error occurred when attempting to invoke function ${javaName('FunctionType', typename)}.`;
}

/** Tokens are looked at in list order: cancel, then send again is fine (S46); a pending token is not (S47). */
function delayedFailure(machine: Machine, from: Address, requests: readonly DelayedRequest[]): JobFailure | null {
  /** Due times by token; null: cancelled within this answer. */
  const within = new Map<string, number | null>();
  const { id } = from.ref;
  for (const request of requests) {
    if (request.type === 'cancel') {
      if (request.token === null) {
        return {
          code: 'cancel-without-token',
          message: 'Can not handle a cancellation request without a cancellation token.',
          address: from.ref,
        }; // S50
      }
      within.set(request.token, null);
      continue;
    }
    if (request.delayMillis < 0) {
      return { code: 'negative-delay', message: `IllegalArgumentException: the delay is ${request.delayMillis} ms`, address: from.ref }; // S50
    }
    const due = machine.now + request.delayMillis;
    if (request.token !== null) {
      const own = within.get(request.token);
      const pending = own === undefined ? machine.timers.pending(id, request.token)?.due : (own ?? undefined);
      if (pending !== undefined) {
        return {
          code: 'duplicate-token', // S47
          message:
            `Error adding delayed message to state buffer: Trying to associate a message with cancellation token ${request.token}` +
            ` and timestamp ${due}, but a message with the same cancellation token exists and with a timestamp ${pending}`,
          address: from.ref,
        };
      }
      within.set(request.token, due);
    }
  }
  return null;
}

function refused(failure: JobFailure): CheckedReply {
  return { records: [], failure, leaving: 0 };
}
