/**
 * A trace event as one line of JSON: what is stored, listed and hashed. Keys have a fixed order, `seq`, `at`, `type`
 * first. A value is `{typename, text}` where its bytes are printable UTF-8, `{typename, base64}` otherwise, with `length`
 * (of all its bytes) where it was cut.
 */
import { tryDecodeUtf8 } from '../base/text-encoding.ts';
import type { CodePlace, FetchRecord, FunctionError, LogLine } from '../protocol/call.ts';
import { toBase64 } from './base64.ts';
import { VALUE_LIMIT } from './trace-event.ts';
import type { CallFailureReason, TraceEvent, TracedValue } from './trace-event.ts';

export type LineValue =
  | { readonly typename: string; readonly text: string; readonly length?: number }
  | { readonly typename: string; readonly base64: string; readonly length?: number };

export function traceLine(event: TraceEvent): string {
  switch (event.type) {
    case 'record-produced':
    case 'state-changed':
      return JSON.stringify({ ...event, value: event.value === null ? null : lineValue(event.value) });
    case 'message-sent':
    case 'egress-written':
    case 'timer-set':
      return JSON.stringify({ ...event, value: lineValue(event.value) });
    case 'call-completed':
      return event.logs.length === 0 && event.fetches.length === 0
        ? JSON.stringify(event)
        : JSON.stringify({ ...event, logs: event.logs.map(orderedLog), fetches: event.fetches.map(orderedFetch) });
    case 'call-failed':
      return JSON.stringify({ ...event, reason: orderedReason(event.reason), logs: event.logs.map(orderedLog) });
    case 'job-failed':
      return JSON.stringify({ ...event, place: orderedPlace(event.place) });
    case 'record-routed':
    case 'call-started':
    case 'state-registered':
    case 'timer-fired':
    case 'timer-cancelled':
    case 'job-restarted':
    case 'checkpoint-completed':
    case 'back-pressure':
    case 'code-applied':
    case 'dropped-by-user':
    case 'time-skipped':
      return JSON.stringify(event);
  }
}

export function lineValue({ typename, bytes }: TracedValue): LineValue {
  const cut = bytes.length > VALUE_LIMIT;
  const text = printable(cut ? wholeCharacters(bytes, VALUE_LIMIT) : bytes);
  const value = text === null ? { typename, base64: toBase64(cut ? bytes.subarray(0, VALUE_LIMIT) : bytes) } : { typename, text };
  return cut ? { ...value, length: bytes.length } : value;
}

function printable(bytes: Uint8Array): string | null {
  for (const byte of bytes) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) {
      return null;
    }
  }
  return tryDecodeUtf8(bytes);
}

/** At most `limit` bytes that do not end inside a UTF-8 sequence. */
function wholeCharacters(bytes: Uint8Array, limit: number): Uint8Array {
  let end = limit;
  while (end > limit - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) {
    end -= 1;
  }
  return bytes.subarray(0, end);
}

// What comes from outside the engine may have its keys in any order.

function orderedReason(reason: CallFailureReason): CallFailureReason {
  switch (reason.type) {
    case 'threw':
      return { type: reason.type, error: orderedError(reason.error) };
    case 'timed-out':
      return { type: reason.type, limitMillis: reason.limitMillis };
    case 'sandbox-lost':
    case 'bad-reply':
      return { type: reason.type, message: reason.message };
    case 'no-such-function':
      return { type: reason.type };
  }
}

function orderedError({ name, message, stack, messageIndex }: FunctionError): FunctionError {
  return { name, message, stack: stack.map(({ path, line, column }) => ({ path, line, column })), messageIndex };
}

function orderedPlace(place: CodePlace | null): CodePlace | null {
  return place === null ? null : { path: place.path, line: place.line, column: place.column };
}

function orderedLog({ level, text, message, place }: LogLine): LogLine {
  return { level, text, message, place: orderedPlace(place) };
}

function orderedFetch({ method, url, status, latencyMillis, stub }: FetchRecord): FetchRecord {
  return { method, url, status, latencyMillis, stub };
}
