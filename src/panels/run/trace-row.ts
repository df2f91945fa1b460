/** Trace rows as events: each line is parsed once, when somebody looks at it. */
import { encodeUtf8 } from '../../base/text-encoding.ts';
import type { TracedValue, TraceEvent, TraceEventType } from '../../runtime/trace-event.ts';
import type { TraceRow } from '../../worker/contract.ts';

const parsed = new WeakMap<TraceRow, TraceEvent>();

export function eventOf(row: TraceRow): TraceEvent {
  const known = parsed.get(row);
  if (known !== undefined) {
    return known;
  }
  // Lines are written by trace-line.ts from a TraceEvent; only values differ, which a line holds as text or base64.
  const event = JSON.parse(row.line, reviveValue) as TraceEvent;
  parsed.set(row, event);
  return event;
}

interface LineValue {
  readonly typename: string;
  readonly text?: string;
  readonly base64?: string;
  /** Bytes of the whole value where the line holds only its beginning. */
  readonly length?: number;
}

function reviveValue(key: string, value: unknown): unknown {
  return key === 'value' && isLineValue(value) ? tracedValue(value) : value;
}

function isLineValue(value: unknown): value is LineValue {
  return typeof value === 'object' && value !== null && 'typename' in value && ('text' in value || 'base64' in value);
}

function tracedValue(value: LineValue): TracedValue {
  const bytes =
    value.base64 === undefined
      ? encodeUtf8(value.length === undefined ? (value.text ?? '') : `${value.text ?? ''}…`)
      : Uint8Array.from(atob(value.base64), (char) => char.charCodeAt(0));
  return { typename: value.typename, bytes };
}

/** What the event filter offers: groups of types by what one looks for. */
export interface EventGroup {
  readonly id: string;
  readonly label: string;
  readonly types: readonly TraceEventType[];
}

export const EVENT_GROUPS: readonly EventGroup[] = [
  { id: 'messages', label: 'Messages', types: ['message-sent'] },
  { id: 'calls', label: 'Calls and replies', types: ['call-started', 'call-completed', 'call-failed'] },
  { id: 'state', label: 'State', types: ['state-changed', 'state-registered'] },
  { id: 'timers', label: 'Timers', types: ['timer-set', 'timer-fired', 'timer-cancelled', 'time-skipped'] },
  { id: 'ingress', label: 'Records in', types: ['record-produced', 'record-routed'] },
  { id: 'egress', label: 'Records out', types: ['egress-written'] },
  { id: 'failures', label: 'Failures', types: ['call-failed', 'job-failed', 'dropped-by-user', 'job-restarted'] },
  {
    id: 'job',
    label: 'Job and checkpoints',
    types: ['checkpoint-completed', 'job-restarted', 'job-failed', 'back-pressure', 'code-applied', 'fault-began'],
  },
];
