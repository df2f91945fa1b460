/**
 * Finds events that belong together, by searching the stored lines near where they must be: what causes lies before, what follows
 * lies behind. Lines are searched as text and only hits are parsed.
 */
import { encodeUtf8 } from '../base/text-encoding.ts';
import type { CallStarted, MessageSent, TraceEvent } from '../runtime/trace-event.ts';
import type { CallEnd } from './message-detail.ts';
import type { TraceReader } from './trace-reader.ts';

export class TraceLinks {
  readonly #trace: TraceReader;
  readonly #length: number;

  constructor(trace: TraceReader, length: number) {
    this.#trace = trace;
    this.#length = length;
  }

  async event(seq: number): Promise<TraceEvent | null> {
    const line = seq > this.#length ? null : await this.#trace.line(seq);
    return line === null ? null : parseTraceLine(line);
  }

  callStart(near: number, call: number): Promise<CallStarted | null> {
    return this.#back(near, `"type":"call-started","call":${call},`, isType('call-started'));
  }

  message(before: number, message: number): Promise<MessageSent | null> {
    return this.#back(before, `"type":"message-sent","message":${message},`, isType('message-sent'));
  }

  messageOfRecord(near: number, topic: string, partition: number, offset: number): Promise<MessageSent | null> {
    const place = `"topic":${JSON.stringify(topic)},"partition":${partition},"offset":${offset}}`;
    return this.#on(near, place, isType('message-sent'));
  }

  messageOfTimer(near: number, timer: number): Promise<MessageSent | null> {
    return this.#on(near, `"timer":${timer}}`, isType('message-sent'));
  }

  /** The call that handled a message, or null while it waits. A call answered with missing states is followed by another with the same batch (S10). */
  async handlingCall(sent: MessageSent): Promise<CallStarted | null> {
    let found: CallStarted | null = null;
    for (let from = sent.seq; ;) {
      const next: CallStarted | null = await this.#on(
        from,
        '"type":"call-started"',
        (event): event is CallStarted => event.type === 'call-started' && event.messages.includes(sent.message),
      );
      if (next === null) {
        return found;
      }
      found = next;
      const answer = await this.#on(next.seq, `"call":${next.call},`, isAnswer);
      if (answer?.type !== 'state-registered') {
        return found;
      }
      from = answer.seq;
    }
  }

  /** How the call ended; for a call that was retried, its first end. */
  callEnd(started: CallStarted): Promise<CallEnd | null> {
    return this.#on(
      started.seq,
      `,"call":${started.call},"attempt":`,
      (event): event is CallEnd => event.type === 'call-completed' || event.type === 'call-failed',
    );
  }

  /** Messages that the reply of a call sent: they stand right behind its end. */
  async sentBy(started: CallStarted, limit: number): Promise<readonly MessageSent[]> {
    const end = await this.callEnd(started);
    if (end?.type !== 'call-completed' || end.sent === 0) {
      return [];
    }
    const found: MessageSent[] = [];
    let seq = end.seq;
    while (found.length < Math.min(limit, end.sent)) {
      const next = await this.#on(seq, `"cause":${started.call},`, isType('message-sent'));
      if (next === null) {
        break;
      }
      found.push(next);
      seq = next.seq;
    }
    return found;
  }

  /** Of the batch that a call handled, the message that led to `effect`: the one of its conversation where that can be told, else the first. */
  async causingMessage(call: CallStarted, effect: MessageSent): Promise<MessageSent | null> {
    const batch: MessageSent[] = [];
    for (const id of call.messages) {
      const message = await this.message(call.seq, id);
      if (message !== null) {
        batch.push(message);
      }
    }
    const ids = idsIn(effect);
    return batch.find((message) => idsIn(message).some((id) => ids.includes(id))) ?? batch[0] ?? null;
  }

  async #on<T extends TraceEvent>(from: number, text: string, test: (event: TraceEvent) => event is T): Promise<T | null> {
    for (let seq = from + 1; seq <= this.#length;) {
      const chunk = await this.#trace.chunkOf(seq);
      if (chunk === null) {
        return null;
      }
      for (let index = seq - chunk.from; index < chunk.lines.length; index += 1) {
        const hit = match(chunk.lines[index], text, test);
        if (hit !== null) {
          return hit;
        }
      }
      seq = chunk.from + chunk.lines.length;
    }
    return null;
  }

  async #back<T extends TraceEvent>(from: number, text: string, test: (event: TraceEvent) => event is T): Promise<T | null> {
    for (let seq = Math.min(from, this.#length); seq >= 1;) {
      const chunk = await this.#trace.chunkOf(seq);
      if (chunk === null) {
        return null;
      }
      for (let index = seq - chunk.from; index >= 0; index -= 1) {
        const hit = match(chunk.lines[index], text, test);
        if (hit !== null) {
          return hit;
        }
      }
      seq = chunk.from - 1;
    }
    return null;
  }
}

function match<T extends TraceEvent>(line: string | undefined, text: string, test: (event: TraceEvent) => event is T): T | null {
  if (line === undefined || !line.includes(text)) {
    return null;
  }
  const event = parseTraceLine(line);
  return test(event) ? event : null;
}

type Answer = CallEnd | Extract<TraceEvent, { type: 'state-registered' }>;

function isAnswer(event: TraceEvent): event is Answer {
  return event.type === 'call-completed' || event.type === 'call-failed' || event.type === 'state-registered';
}

function isType<Type extends TraceEvent['type']>(type: Type) {
  return (event: TraceEvent): event is Extract<TraceEvent, { type: Type }> => event.type === type;
}

/** Values of top-level fields that name a thing (`id`, `transaction`, `…Id`): what one conversation has in common. */
function idsIn(message: MessageSent): readonly string[] {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(message.value.bytes));
    if (typeof value !== 'object' || value === null) {
      return [];
    }
    return Object.entries(value).flatMap(([key, field]) =>
      /^(id|transaction|order|.*Id)$/.test(key) && typeof field === 'string' ? [field] : [],
    );
  } catch {
    return [];
  }
}

export function parseTraceLine(line: string): TraceEvent {
  // Lines are written by runtime/trace-line.ts from a TraceEvent; only values differ, as text or base64.
  return JSON.parse(line, (key, value: unknown) => {
    if (key !== 'value' || typeof value !== 'object' || value === null || !('typename' in value)) {
      return value;
    }
    if ('text' in value && typeof value.text === 'string') {
      return { typename: value.typename, bytes: encodeUtf8(value.text) };
    }
    if ('base64' in value && typeof value.base64 === 'string') {
      return { typename: value.typename, bytes: Uint8Array.from(atob(value.base64), (char) => char.charCodeAt(0)) };
    }
    return value;
  }) as TraceEvent;
}
