/**
 * Everything there is to know about one event: the message behind it, the call that handled it with its bytes decoded, the state
 * before and after, and the conversation it belongs to. Put together from the stored trace and journal, nothing is kept for it while
 * a run goes.
 */
import { runId } from '../base/ids.ts';
import type { VirtualTime } from '../base/ids.ts';
import type { FunctionReply, InvocationRequest, TypedValue } from '../protocol/messages.ts';
import { replyText, requestText } from '../protocol/message-text.ts';
import { shownText } from '../protocol/typed-value.ts';
import { decodeFromFunction, decodeToFunction } from '../protocol/wire-codec.ts';
import type { CallCompleted, CallFailed, CallStarted, MessageSent, TraceEvent } from '../runtime/trace-event.ts';
import type { RemoteExchange } from '../protocol/call.ts';
import type { StudioDatabase } from '../storage/database.ts';
import { readJournalRecord } from '../storage/run-storage.ts';
import type { ConversationHop, MessageDetail, ShownValue } from './contract.ts';
import { callBytes } from './journal-codec.ts';
import type { OpenRun } from './open-run.ts';
import { TraceLinks } from './trace-links.ts';
import { RequestError } from './worker-error.ts';

export async function readMessage(db: StudioDatabase, run: OpenRun, seq: number): Promise<MessageDetail> {
  const links = new TraceLinks(run.trace, run.length());
  const event = await links.event(seq);
  if (event === null) {
    throw new RequestError('not-found', 'This event is not in the trace of this run.');
  }
  const sent = await messageOf(links, event);
  const started = await callOf(links, event, sent);
  const ended = started === null ? null : await links.callEnd(started);
  const exchange = started === null ? null : await readExchange(db, run, started.call);
  const position = sent === null || started === null ? 0 : Math.max(0, started.messages.indexOf(sent.message));
  const argument = exchange?.request?.messages[position]?.argument ?? null;
  return {
    message: sent?.message ?? null,
    call: started?.call ?? null,
    from: fromText(sent, event),
    to: sent?.to ?? started?.address ?? null,
    sentAt: sent?.at ?? event.at,
    handledAt: started?.at ?? null,
    completedAt: ended?.at ?? null,
    batch: started?.messages.length ?? 0,
    value: argument === null ? tracedValue(sent ?? event) : shown(argument),
    request: exchange === null ? null : requestText(exchange.requestBytes),
    reply: exchange === null || exchange.replyBytes === null ? null : replyText(exchange.replyBytes),
    stateBefore: stateBefore(exchange?.request ?? null),
    stateAfter: stateAfter(exchange?.request ?? null, exchange?.reply ?? null),
    logs: ended?.logs ?? [],
    fetches: ended?.type === 'call-completed' || ended?.type === 'call-failed' ? (ended.fetches ?? []) : [],
    remote: exchange?.remote ?? null,
    error: ended?.type === 'call-failed' && ended.reason.type === 'threw' ? ended.reason.error : null,
    conversation: sent === null ? [] : await conversation(links, sent, started),
    code: ended?.type === 'call-completed' ? ended.code : null,
  };
}

/** The message that an event speaks of: itself, or the first of the batch of its call. */
export async function messageOf(links: TraceLinks, event: TraceEvent): Promise<MessageSent | null> {
  switch (event.type) {
    case 'message-sent':
      return event;
    case 'record-produced':
    case 'record-routed':
      return links.messageOfRecord(event.seq, event.topic, event.partition, event.offset);
    case 'timer-fired':
      return links.messageOfTimer(event.seq, event.timer);
    default: {
      const started = 'call' in event && event.call !== null ? await links.callStart(event.seq, event.call) : null;
      const first = started?.messages[0];
      return started === null || first === undefined ? null : links.message(started.seq, first);
    }
  }
}

export async function callOf(links: TraceLinks, event: TraceEvent, sent: MessageSent | null): Promise<CallStarted | null> {
  if (event.type === 'call-started') {
    return event;
  }
  if (event.type !== 'message-sent' && 'call' in event && event.call !== null) {
    return links.callStart(event.seq, event.call);
  }
  return sent === null ? null : links.handlingCall(sent);
}

interface Exchange {
  readonly requestBytes: Uint8Array;
  /** Null for a call that failed. */
  readonly replyBytes: Uint8Array | null;
  readonly request: InvocationRequest | null;
  readonly reply: FunctionReply | null;
  readonly remote: RemoteExchange | null;
}

async function readExchange(db: StudioDatabase, run: OpenRun, call: number): Promise<Exchange | null> {
  const ordinal = await run.calls.ordinalOf(call);
  const record = ordinal === null ? null : await readJournalRecord(db, runId(run.record.id), ordinal);
  for (const entry of record?.entries ?? []) {
    const bytes = entry.type === 'replies' ? callBytes(entry, call) : null;
    if (bytes !== null) {
      const request = decodeToFunction(bytes.request);
      const replyBytes = bytes.reply.outcome.type === 'replied' ? bytes.reply.outcome.reply : null;
      return {
        requestBytes: bytes.request,
        replyBytes,
        request: request.ok ? request.value : null,
        reply: replyBytes === null ? null : decodedReply(replyBytes),
        remote: bytes.reply.remote ?? null,
      };
    }
  }
  return null;
}

function decodedReply(bytes: Uint8Array): FunctionReply | null {
  const decoded = decodeFromFunction(bytes);
  return decoded.ok ? decoded.value : null;
}

function stateBefore(request: InvocationRequest | null): MessageDetail['stateBefore'] {
  return (request?.states ?? []).map(({ name, value }) => ({ name, value: value === null ? null : shown(value) }));
}

function stateAfter(request: InvocationRequest | null, reply: FunctionReply | null): MessageDetail['stateAfter'] {
  const states = new Map((request?.states ?? []).map(({ name, value }) => [name, value]));
  if (reply?.type === 'result') {
    for (const mutation of reply.mutations) {
      states.set(mutation.name, mutation.type === 'delete' ? null : mutation.value);
    }
  }
  return [...states].map(([name, value]) => ({ name, value: value === null ? null : shown(value) }));
}

function shown(value: TypedValue): ShownValue {
  return { typename: value.typename, text: shownText(value.typename, value.bytes), bytes: value.bytes };
}

function tracedValue(event: TraceEvent): ShownValue | null {
  if (!('value' in event) || event.value === null) {
    return null;
  }
  const { typename, bytes } = event.value;
  return { typename, text: shownText(typename, bytes), bytes };
}

function fromText(sent: MessageSent | null, event: TraceEvent): string {
  if (sent === null) {
    return event.type === 'record-produced' ? `topic ${event.topic}` : '';
  }
  return sent.from.type === 'ingress' ? sent.from.ingress : `${sent.from.address.typename} ${sent.from.address.id}`;
}

const ANCESTORS = 50;
const DESCENDANTS = 50;

/** From the record that began it, down to this message, then what its call sent. */
async function conversation(links: TraceLinks, sent: MessageSent, started: CallStarted | null): Promise<readonly ConversationHop[]> {
  const ancestors: MessageSent[] = [];
  for (let cause = sent.cause; cause !== null && ancestors.length < ANCESTORS;) {
    const call = await links.callStart((ancestors[0] ?? sent).seq, cause);
    const parent = call === null ? null : await links.causingMessage(call, ancestors[0] ?? sent);
    if (parent === null) {
      break;
    }
    ancestors.unshift(parent);
    cause = parent.cause;
  }
  const descendants = started === null ? [] : await links.sentBy(started, DESCENDANTS);
  return [
    ...ancestors.map((message, depth) => hop(message, depth, 'ancestor')),
    hop(sent, ancestors.length, 'self'),
    ...descendants.map((message) => hop(message, ancestors.length + 1, 'descendant')),
  ];
}

function hop(message: MessageSent, depth: number, relation: ConversationHop['relation']): ConversationHop {
  const { from } = message;
  return {
    seq: message.seq,
    at: message.at as VirtualTime,
    from: from.type === 'ingress' ? from.ingress : `${from.address.typename} ${from.address.id}`,
    to: `${message.to.typename} ${message.to.id}`,
    typename: message.value.typename,
    depth,
    relation,
  };
}

export type CallEnd = CallCompleted | CallFailed;
