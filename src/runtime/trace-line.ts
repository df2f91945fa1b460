/**
 * A trace event as one line of JSON: what is stored, listed and hashed. Keys have a fixed order, `seq`, `at`, `type`
 * first. A value is `{typename, text}` where its bytes are printable UTF-8, `{typename, base64}` otherwise, with `length`
 * (of all its bytes) where it was cut.
 */
import { tryDecodeUtf8 } from '../base/text-encoding.ts';
import type { CodePlace, FetchRecord, FunctionError, LogLine, Stall } from '../protocol/call.ts';
import { toBase64 } from '../base/base64.ts';
import type { FaultEffect } from './engine-api.ts';
import { VALUE_LIMIT } from './trace-event.ts';
import type { AddressRef, CallFailureReason, RemoteFailure, MessageSent, TraceEvent, TracedValue } from './trace-event.ts';

export type LineValue =
  | { readonly typename: string; readonly text: string; readonly length?: number }
  | { readonly typename: string; readonly base64: string; readonly length?: number };

/** The common events are put together by hand: a fast run writes a hundred thousand lines a second. */
export function traceLine(event: TraceEvent): string {
  const head = `{"seq":${event.seq},"at":${event.at},"type":"${event.type}"`;
  switch (event.type) {
    case 'record-produced':
      return (
        `${head},"source":"${event.source}",${place(event)},"key":${nullable(event.key)},` +
        `"value":${event.value === null ? 'null' : valueText(event.value)},"headers":${event.headers.length === 0 ? '[]' : orderedHeaders(event)}}`
      );
    case 'record-routed':
      return `${head},"ingress":${quoted(event.ingress)},${place(event)},"targets":${event.targets}}`;
    case 'message-sent':
      return (
        `${head},"message":${event.message},"from":${fromText(event.from)},"to":${addressText(event.to)},` +
        `"value":${valueText(event.value)},"cause":${event.cause},"timer":${event.timer}}`
      );
    case 'call-started':
      return (
        `${head},"call":${event.call},"attempt":${event.attempt},"address":${addressText(event.address)},` +
        `"messages":[${event.messages.join()}],"bootstrap":${event.bootstrap}}`
      );
    case 'call-completed':
      return (
        `${head},"call":${event.call},"attempt":${event.attempt},"address":${addressText(event.address)},"latencyMillis":${event.latencyMillis},` +
        `"sent":${event.sent},"delayed":${event.delayed},"egress":${event.egress},"mutations":${event.mutations},"code":${quoted(event.code)},` +
        `"logs":${event.logs.length === 0 ? '[]' : JSON.stringify(event.logs.map(orderedLog))},` +
        `"fetches":${event.fetches.length === 0 ? '[]' : JSON.stringify(event.fetches.map(orderedFetch))}}`
      );
    case 'state-changed':
      return (
        `${head},"call":${event.call},"address":${addressText(event.address)},"name":${quoted(event.name)},` +
        `"value":${event.value === null ? 'null' : valueText(event.value)}}`
      );
    case 'egress-written':
      return (
        `${head},"call":${event.call},"address":${addressText(event.address)},"egress":${quoted(event.egress)},${place(event)},` +
        `"key":${nullable(event.key)},"value":${valueText(event.value)}}`
      );
    case 'timer-set':
      return (
        `${head},"timer":${event.timer},"call":${event.call},"from":${addressText(event.from)},"to":${addressText(event.to)},` +
        `"due":${event.due},"token":${nullable(event.token)},"value":${valueText(event.value)}}`
      );
    case 'call-failed':
      return JSON.stringify({
        ...event,
        reason: orderedReason(event.reason),
        logs: event.logs.map(orderedLog),
        ...(event.fetches === undefined ? {} : { fetches: event.fetches.map(orderedFetch) }),
      });
    case 'job-failed':
      return JSON.stringify({ ...event, place: orderedPlace(event.place) });
    case 'fault-began':
      return JSON.stringify({
        ...event,
        target: { namespace: event.target.namespace, name: event.target.name },
        effect: orderedEffect(event.effect),
      });
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

// A lone surrogate is written as an escape; so are quotes, backslashes and control characters.
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

function quoted(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function nullable(text: string | null): string {
  return text === null ? 'null' : quoted(text);
}

function addressText({ typename, id }: AddressRef): string {
  return `{"typename":${quoted(typename)},"id":${quoted(id)}}`;
}

function place({ topic, partition, offset }: { readonly topic: string; readonly partition: number; readonly offset: number }): string {
  return `"topic":${quoted(topic)},"partition":${partition},"offset":${offset}`;
}

function fromText(from: MessageSent['from']): string {
  return from.type === 'ingress'
    ? `{"type":"ingress","ingress":${quoted(from.ingress)},${place(from)}}`
    : `{"type":"function","address":${addressText(from.address)}}`;
}

function valueText(value: TracedValue): string {
  const shown = lineValue(value);
  const bytes = 'text' in shown ? `"text":${quoted(shown.text)}` : `"base64":"${shown.base64}"`;
  return `{"typename":${quoted(shown.typename)},${bytes}${shown.length === undefined ? '' : `,"length":${shown.length}`}}`;
}

function orderedHeaders({ headers }: { readonly headers: readonly { readonly name: string; readonly value: string }[] }): string {
  return JSON.stringify(headers.map(({ name, value }) => ({ name, value })));
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
      return { type: reason.type, limitMillis: reason.limitMillis, ...orderedStall(reason.stall) };
    case 'sandbox-lost':
      return { type: reason.type, message: reason.message };
    case 'bad-reply':
      return { type: reason.type, message: reason.message, ...orderedRemote(reason) };
    case 'http-status':
      return { type: reason.type, status: reason.status, ...orderedRemote(reason) };
    case 'no-answer':
      return { type: reason.type, limitMillis: reason.limitMillis, ...orderedRemote(reason) };
    case 'wrong-content-type':
      return { type: reason.type, contentType: reason.contentType, ...orderedRemote(reason) };
    case 'refused':
    case 'dropped':
      return { type: reason.type, ...orderedRemote(reason) };
    case 'never-ready':
      return { type: reason.type, times: reason.times, ...orderedRemote(reason) };
    case 'no-such-function':
    case 'malformed':
      return { type: reason.type };
  }
}

function orderedStall(stall: Stall | undefined): { readonly stall?: Stall } {
  return stall === undefined
    ? {}
    : { stall: { type: stall.type, place: { path: stall.place.path, line: stall.place.line, column: stall.place.column } } };
}

function orderedRemote({ remote }: { readonly remote?: RemoteFailure }): { readonly remote?: RemoteFailure } {
  return remote === undefined ? {} : { remote: { url: remote.url, detail: remote.detail } };
}

function orderedEffect(effect: FaultEffect): FaultEffect {
  switch (effect.type) {
    case 'status':
      return { type: effect.type, status: effect.status };
    case 'content-type':
      return { type: effect.type, contentType: effect.contentType };
    case 'slow':
      return { type: effect.type, millis: effect.millis };
    case 'refused':
    case 'dropped':
    case 'no-answer':
    case 'malformed':
      return { type: effect.type };
  }
}

function orderedError({ name, message, stack, messageIndex, unanswered }: FunctionError): FunctionError {
  return {
    name,
    message,
    stack: stack.map(({ path, line, column }) => ({ path, line, column })),
    messageIndex,
    ...(unanswered === undefined ? {} : { unanswered: orderedFetch(unanswered) }),
  };
}

function orderedPlace(place: CodePlace | null): CodePlace | null {
  return place === null ? null : { path: place.path, line: place.line, column: place.column };
}

function orderedLog({ level, text, message, place, unanswered }: LogLine): LogLine {
  return {
    level,
    text,
    message,
    place: orderedPlace(place),
    ...(unanswered === undefined ? {} : { unanswered: orderedFetch(unanswered) }),
  };
}

function orderedFetch({ method, url, status, latencyMillis, stub, body }: FetchRecord): FetchRecord {
  return { method, url, status, latencyMillis, stub, ...(body === undefined ? {} : { body }) };
}
