/** A request and its reply as the bench shows them: every effect by kind, with values in text form. */
import { virtualTime } from '../../base/ids.ts';
import type { CallOutcome, CallReply, CallRequest, LogLine } from '../../protocol/call.ts';
import { decodeKafkaRecord, decodeKinesisRecord } from '../../protocol/egress-records.ts';
import { STALL_WORDS } from '../../protocol/stall-words.ts';
import { replyText, requestText } from '../../protocol/message-text.ts';
import type { EgressMessage, FunctionReply, InvocationResult, StateEntry, StateMutation, TypedValue } from '../../protocol/messages.ts';
import { shownText } from '../../protocol/typed-value.ts';
import { decodeFromFunction, decodeToFunction } from '../../protocol/wire-codec.ts';
import type { LogpointFault } from '../../sandbox/observe/observation.ts';
import type { ObservedReply } from '../../sandbox/observe/observing-sandbox.ts';
import type { ShownValue } from '../contract.ts';
import type { TrialOutcome, TrialResult } from '../trial-contract.ts';

const NO_EFFECTS: InvocationResult = { type: 'result', mutations: [], messages: [], delayed: [], egresses: [] };

export interface TrialFacts {
  readonly request: CallRequest;
  readonly observed: ObservedReply;
  readonly realMillis: number;
  readonly logpointFaults: readonly LogpointFault[];
}

export function trialResult({ request, observed, realMillis, logpointFaults }: TrialFacts): TrialResult {
  const { reply, observation } = observed;
  const bytes = reply.outcome.type === 'replied' ? reply.outcome.reply : null;
  const decoded = bytes === null ? null : decodeFromFunction(bytes);
  const answer = decoded?.ok === true ? decoded.value : null;
  const unreadable = decoded?.ok === false ? decoded.error : null;
  const effects = answer?.type === 'result' ? answer : NO_EFFECTS;
  const invocation = decodeToFunction(request.request);
  return {
    outcome: trialOutcome(reply.outcome, answer, unreadable),
    realMillis,
    virtualMillis: reply.extraMillis,
    states: stateChanges(invocation.ok ? invocation.value.states : [], effects.mutations),
    sends: effects.messages.map(({ target, argument }) => ({ to: target, value: shownValue(argument) })),
    delayed: effects.delayed.flatMap((delayed) =>
      delayed.type === 'cancel'
        ? []
        : [
            {
              to: delayed.target,
              value: shownValue(delayed.argument),
              delayMillis: delayed.delayMillis,
              due: virtualTime(request.at + reply.extraMillis + delayed.delayMillis),
              token: delayed.token,
            },
          ],
    ),
    cancellations: effects.delayed.flatMap((delayed) => (delayed.type === 'cancel' ? [{ token: delayed.token }] : [])),
    egress: effects.egresses.map(shownEgress),
    logs: ownLogs(reply),
    fetches: reply.fetches,
    marks: observation.marks,
    coverage: observation.files,
    logpointProblems: logpointFaults,
    request: requestText(request.request),
    reply: bytes === null ? null : replyText(bytes),
    code: reply.code,
  };
}

/** What the code printed: where it stays is told by the outcome, and is the last line of a reply (host/call-replies.ts). */
function ownLogs({ outcome, logs }: CallReply): readonly LogLine[] {
  return outcome.type === 'timed-out' && outcome.stall !== undefined ? logs.slice(0, -1) : logs;
}

/** Of a trial in which nothing was called, or of which nothing is known. */
export function resultWithout(code: string, outcome: TrialOutcome, request: CallRequest | null = null): TrialResult {
  return {
    outcome,
    realMillis: 0,
    virtualMillis: 0,
    states: [],
    sends: [],
    delayed: [],
    cancellations: [],
    egress: [],
    logs: [],
    fetches: [],
    marks: [],
    coverage: [],
    logpointProblems: [],
    request: request === null ? '' : requestText(request.request),
    reply: null,
    code,
  };
}

function trialOutcome(outcome: CallOutcome, answer: FunctionReply | null, unreadable: string | null): TrialOutcome {
  switch (outcome.type) {
    case 'replied':
      return unreadable !== null
        ? { type: 'failed', message: `The reply is no FromFunction message: ${unreadable}.`, place: null }
        : answer?.type === 'incomplete'
          ? { type: 'incomplete', missing: answer.missing.map(({ name }) => name) }
          : { type: 'completed' };
    case 'threw':
      return { type: 'threw', error: outcome.error };
    case 'timed-out':
      return {
        type: 'failed',
        message:
          outcome.limitMillis === 0
            ? 'The function waits for a promise that nothing can settle: no timer and no request is left. In production the call would time out.'
            : `The function did not return within ${outcome.limitMillis / 1000} s and was ended${outcome.stall === undefined ? '. Look for a loop that never ends, or' : `: ${STALL_WORDS[outcome.stall.type]}. Mend it, or`} raise the limit of an invocation in Simulation settings.`,
        place: outcome.stall?.place ?? null,
      };
    case 'sandbox-lost':
      return { type: 'failed', message: outcome.message, place: null };
    case 'no-such-function':
      return { type: 'failed', message: 'The code that was loaded defines no such function.', place: null };
    case 'http-status':
    case 'wrong-content-type':
    case 'refused':
    case 'dropped':
    case 'no-answer':
      return { type: 'failed', message: `The function was not reached (${outcome.type}).`, place: null };
  }
}

function stateChanges(before: readonly StateEntry[], mutations: readonly StateMutation[]): TrialResult['states'] {
  const values = new Map(before.map(({ name, value }) => [name, value]));
  const changes = new Map(mutations.map((mutation) => [mutation.name, mutation]));
  return [...new Set([...values.keys(), ...changes.keys()])].map((name) => {
    const given = values.get(name) ?? null;
    const mutation = changes.get(name);
    const shownBefore = given === null ? null : shownValue(given);
    if (mutation === undefined) {
      return { name, before: shownBefore, after: shownBefore, change: 'none' as const };
    }
    return mutation.type === 'delete'
      ? { name, before: shownBefore, after: null, change: 'deleted' as const }
      : { name, before: shownBefore, after: mutation.value === null ? null : shownValue(mutation.value), change: 'written' as const };
  });
}

function shownEgress({ egress, argument }: EgressMessage): TrialResult['egress'][number] {
  const kafka = decodeKafkaRecord(argument);
  if (kafka !== null) {
    return { egress, topic: kafka.topic, key: kafka.key, value: payload(kafka.value) };
  }
  const kinesis = decodeKinesisRecord(argument);
  return kinesis === null
    ? { egress, topic: null, key: null, value: shownValue(argument) }
    : { egress, topic: kinesis.stream, key: kinesis.partitionKey, value: payload(kinesis.value) };
}

/** A record's value has no type of its own. */
function payload(bytes: Uint8Array): ShownValue {
  return { typename: '', text: shownText('', bytes), bytes };
}

function shownValue(value: TypedValue): ShownValue {
  return { typename: value.typename, text: shownText(value.typename, value.bytes), bytes: value.bytes };
}
