/** One line about each kind of trace event, for the rows of Messages and for screen readers. Exhaustive over the union. */
import { assertNever } from '../../base/assert-never.ts';
import type { FaultEffect } from '../../runtime/engine-api.ts';
import type { AddressRef, CallFailed, TracedValue, TraceEvent, TraceEventType } from '../../runtime/trace-event.ts';
import { callFailureTitle, jobFailureTitle } from './failure-words.ts';
import { formatUnits } from './format-count.ts';
import { valueText } from './value-text.ts';
import { formatDuration } from './virtual-clock.ts';

/** One side of an event. `name` is a typename, an id or a topic as written; `id` an address id, or what else tells it apart. */
export interface EventEnd {
  readonly kind: 'topic' | 'ingress' | 'function' | 'egress' | 'timer' | 'job' | 'user' | 'feed' | 'subtask' | 'endpoint';
  readonly name: string;
  readonly id: string | null;
}

export interface EventDescription {
  readonly label: string;
  readonly from: EventEnd | null;
  readonly to: EventEnd | null;
  /** Type of the value, as a typename, or null where the event carries none. */
  readonly valueType: string | null;
  /** The value, or what there is to say instead. One line. */
  readonly detail: string;
  readonly tone: 'plain' | 'ok' | 'warn' | 'error';
}

export const EVENT_LABELS: Readonly<Record<TraceEventType, string>> = {
  'record-produced': 'Record',
  'record-routed': 'Routed',
  'message-sent': 'Message',
  'call-started': 'Call',
  'call-completed': 'Reply',
  'state-registered': 'State registered',
  'state-changed': 'State',
  'egress-written': 'Egress',
  'timer-set': 'Timer set',
  'timer-fired': 'Timer fired',
  'timer-cancelled': 'Timer cancelled',
  'call-failed': 'Call failed',
  'job-failed': 'Job failed',
  'job-restarted': 'Job restarted',
  'checkpoint-completed': 'Checkpoint',
  'back-pressure': 'Back-pressure',
  'code-applied': 'Code applied',
  'fault-began': 'Fault',
  'dropped-by-user': 'Dropped',
  'time-skipped': 'Time skipped',
};

export function describeEvent(event: TraceEvent): EventDescription {
  return { label: EVENT_LABELS[event.type], from: null, to: null, valueType: null, tone: 'plain', ...described(event) };
}

/** The whole event as one sentence. */
export function eventSentence(description: EventDescription): string {
  const from = description.from === null ? '' : ` from ${endText(description.from)}`;
  const to = description.to === null ? '' : ` to ${endText(description.to)}`;
  const type = description.valueType === null ? '' : `, ${description.valueType}`;
  const detail = description.detail === '' ? '' : `: ${description.detail}`;
  return `${description.label}${from}${to}${type}${detail}`;
}

export function endText(end: EventEnd): string {
  return end.id === null ? end.name : `${end.name} ${end.id}`;
}

function described(event: TraceEvent): Partial<EventDescription> & { readonly detail: string } {
  switch (event.type) {
    case 'record-produced':
      return {
        from: event.source === 'user' ? { kind: 'user', name: 'you', id: null } : { kind: 'feed', name: 'feed', id: null },
        to: topicEnd(event.topic, event.partition, event.offset),
        ...valueOf(event.value),
        detail: recordDetail(event.key, event.value),
      };
    case 'record-routed':
      return {
        from: topicEnd(event.topic, event.partition, event.offset),
        to: { kind: 'ingress', name: event.ingress, id: null },
        detail: event.targets === 0 ? 'dropped: the router has no targets' : `to ${formatUnits(event.targets, 'target')}`,
        tone: event.targets === 0 ? 'warn' : 'plain',
      };
    case 'message-sent':
      return {
        from:
          event.from.type === 'function'
            ? functionEnd(event.from.address)
            : { kind: 'ingress', name: event.from.ingress, id: `${event.from.partition}@${event.from.offset}` },
        to: functionEnd(event.to),
        ...valueOf(event.value),
        detail: event.timer === null ? textOf(event.value) : `timer ${event.timer}, ${textOf(event.value)}`,
      };
    case 'call-started':
      return {
        to: functionEnd(event.address),
        detail: [
          `call ${event.call}`,
          `batch of ${event.messages.length}`,
          ...(event.attempt > 1 ? [`attempt ${event.attempt}`] : []),
          ...(event.bootstrap ? ['first of its type, the subtask waits for the answer'] : []),
        ].join(', '),
        tone: event.attempt > 1 ? 'warn' : 'plain',
      };
    case 'call-completed':
      return {
        from: functionEnd(event.address),
        detail: [
          `call ${event.call}`,
          `after ${formatDuration(event.latencyMillis)}`,
          ...counted(event.mutations, 'state change'),
          ...counted(event.sent, 'message'),
          ...counted(event.delayed, 'timer'),
          ...counted(event.egress, 'egress record'),
          ...counted(event.fetches.length, 'fetch', 'fetches'),
          ...counted(event.logs.length, 'log line'),
        ].join(', '),
        tone: 'ok',
      };
    case 'state-registered':
      return {
        to: functionEnd(event.address),
        detail: event.states
          .map(
            (state) =>
              `${state.name} ${state.typename}${state.expiration === null ? '' : `, expires ${formatDuration(state.expiration.millis)} ${expiryWords(state.expiration.mode)}`}`,
          )
          .join('; '),
      };
    case 'state-changed':
      return {
        to: functionEnd(event.address),
        ...valueOf(event.value),
        detail: event.value === null ? `${event.name} deleted` : `${event.name} = ${textOf(event.value)}`,
      };
    case 'egress-written':
      return {
        from: functionEnd(event.address),
        to: { kind: 'egress', name: event.egress, id: `${event.topic}/${event.partition}@${event.offset}` },
        ...valueOf(event.value),
        detail: recordDetail(event.key, event.value),
      };
    case 'timer-set':
      return {
        from: functionEnd(event.from),
        to: functionEnd(event.to),
        ...valueOf(event.value),
        detail: `timer ${event.timer}, due in ${formatDuration(event.due - event.at)}${event.token === null ? '' : `, token ${quoted(event.token)}`}, ${textOf(event.value)}`,
      };
    case 'timer-fired':
      return { from: { kind: 'timer', name: `timer ${event.timer}`, id: null }, detail: '' };
    case 'timer-cancelled':
      return { to: { kind: 'timer', name: `timer ${event.timer}`, id: null }, detail: `by call ${event.call}` };
    case 'call-failed':
      return { from: functionEnd(event.address), detail: failedDetail(event), tone: 'error' };
    case 'job-failed':
      return {
        from: event.address === null ? { kind: 'job', name: 'job', id: null } : functionEnd(event.address),
        detail: `${jobFailureTitle(event.code)}. ${JOB_DECISIONS[event.decision]}. ${oneLine(event.message)}`,
        tone: 'error',
      };
    case 'job-restarted':
      return {
        to: { kind: 'job', name: 'job', id: null },
        detail: `attempt ${event.attempt}, from ${event.checkpoint === null ? 'nothing: no checkpoint has completed, state and timers are gone' : `checkpoint ${event.checkpoint}`}`,
        tone: 'warn',
      };
    case 'checkpoint-completed':
      return {
        to: { kind: 'job', name: `checkpoint ${event.checkpoint}`, id: null },
        detail: `${formatUnits(event.addresses, 'address', 'addresses')}, ${formatUnits(event.timers, 'timer')}${event.committed === 0 ? '' : `, ${formatUnits(event.committed, 'record')} committed`}`,
        tone: 'ok',
      };
    case 'back-pressure':
      return {
        to: { kind: 'subtask', name: `subtask ${event.subtask}`, id: null },
        detail: event.held
          ? `ingress held: ${HELD_BY[event.rule]}${event.address === null ? '' : ` at ${event.address.typename} ${event.address.id}`}`
          : 'ingress released',
        tone: event.held ? 'warn' : 'plain',
      };
    case 'code-applied':
      return {
        to: { kind: 'job', name: 'functions', id: null },
        detail: `code ${event.code.slice(0, 8)} from the next call on`,
        tone: 'ok',
      };
    case 'fault-began':
      return {
        to: { kind: 'endpoint', name: `${event.target.namespace}/${event.target.name}`, id: null },
        detail: [
          faultWords(event.effect),
          ...(event.forMillis === null ? [] : [`for ${formatDuration(event.forMillis)}`]),
          ...(event.calls === null ? [] : [`for at most ${formatUnits(event.calls, 'attempt')}`]),
        ].join(', '),
        tone: 'warn',
      };
    case 'dropped-by-user':
      return {
        from: { kind: 'user', name: 'you', id: null },
        to: event.address === null ? null : functionEnd(event.address),
        detail: `${event.record === null ? formatUnits(event.messages.length, 'message') : `record ${event.record.topic}/${event.record.partition}@${event.record.offset}`} dropped, an act that StateFun does not have`,
        tone: 'warn',
      };
    case 'time-skipped':
      return { from: { kind: 'user', name: 'you', id: null }, detail: `${formatDuration(event.to - event.at)} to the next timer` };
    default:
      return assertNever(event);
  }
}

const JOB_DECISIONS = { paused: 'The run pauses', restart: 'The job restarts', ended: 'The job has ended' } as const;
const HELD_BY = {
  'async-max-per-task': 'too many calls in flight (statefun.async.max-per-task)',
  'max-num-batch-requests': 'a batch has reached maxNumBatchRequests',
} as const;

function faultWords(effect: FaultEffect): string {
  switch (effect.type) {
    case 'refused':
      return 'connections are refused';
    case 'dropped':
      return 'connections are dropped';
    case 'no-answer':
      return 'requests are never answered';
    case 'status':
      return `answers have status ${effect.status}`;
    case 'malformed':
      return 'answers are no FromFunction';
    case 'content-type':
      return `answers have content type ${effect.contentType}`;
    case 'slow':
      return `answers take ${formatDuration(effect.millis)} longer`;
    default:
      return assertNever(effect);
  }
}

export function expiryWords(mode: 'after-write' | 'after-invoke'): string {
  return mode === 'after-write' ? 'after write' : 'after invoke';
}

function failedDetail(event: CallFailed): string {
  const next = {
    paused: 'The run pauses',
    retry: `Retry in ${formatDuration(event.retryAfterMillis ?? 0)}`,
    'job-fails': 'The job fails',
    dropped: 'Dropped',
  }[event.decision];
  const what =
    event.reason.type === 'threw' ? `${event.reason.error.name}: ${oneLine(event.reason.error.message)}` : callFailureTitle(event.reason);
  return `call ${event.call}, attempt ${event.attempt}. ${what}. ${next}`;
}

function recordDetail(key: string | null, value: TracedValue | null): string {
  const text = value === null ? 'null value (tombstone)' : textOf(value);
  return `${key === null ? 'no key' : `key ${quoted(key)}`}, ${text === '' ? 'empty value' : text}`;
}

function functionEnd(address: AddressRef): EventEnd {
  return { kind: 'function', name: address.typename, id: address.id };
}

function topicEnd(topic: string, partition: number, offset: number): EventEnd {
  return { kind: 'topic', name: topic, id: `${partition}@${offset}` };
}

function valueOf(value: TracedValue | null): { readonly valueType: string | null } {
  return { valueType: value === null || value.typename === '' ? null : value.typename };
}

function textOf(value: TracedValue): string {
  return oneLine(valueText(value.typename, value.bytes).text);
}

function counted(count: number, one: string, many?: string): readonly string[] {
  return count === 0 ? [] : [formatUnits(count, one, many)];
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
