/** What a project did in a scenario, in words that a difference can be read in: from the real engine and from the simulator. */
import { tryDecodeUtf8 } from '../../../src/base/text-encoding.ts';
import { decodeFromFunction } from '../../../src/protocol/wire-codec.ts';
import type { Engine } from '../../../src/runtime/engine-api.ts';
import type { TraceEvent } from '../../../src/runtime/trace-event.ts';
import type { SeenExchange } from '../driver/recording-proxy.ts';
import type { ReadRecord } from '../driver/partner-client.ts';

export interface Course {
  /**
   * By address and sender, what it was sent, in order: StateFun keeps that order (S38, S39) and leaves open how senders mix. Ingress messages
   * have the sender `ingress`.
   */
  readonly messages: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** By address, the states at the end. */
  readonly states: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By topic and key, the values, in order. */
  readonly committed: Readonly<Record<string, readonly string[]>>;
  readonly uncommitted: Readonly<Record<string, readonly string[]>>;
}

class CourseWriter implements Course {
  readonly messages: Record<string, Record<string, string[]>> = {};
  readonly states: Record<string, Record<string, string>> = {};
  readonly committed: Record<string, string[]> = {};
  readonly uncommitted: Record<string, string[]> = {};

  message(target: string, sender: string | null, typename: string, bytes: Uint8Array): void {
    const own = (this.messages[target] ??= {});
    (own[sender ?? 'ingress'] ??= []).push(`${typename} ${textOf(bytes)}`);
  }

  record(read: 'committed' | 'uncommitted', topic: string, key: string | null, value: Uint8Array | null): void {
    (this[read][`${topic} ${key ?? '(no key)'}`] ??= []).push(value === null ? '(null)' : textOf(value));
  }
}

function textOf(bytes: Uint8Array): string {
  return tryDecodeUtf8(bytes) ?? Buffer.from(bytes).toString('hex');
}

export function engineCourse(exchanges: readonly SeenExchange[], records: readonly ReadRecord[]): Course {
  const course = new CourseWriter();
  for (const { target, decoded, status, response } of exchanges) {
    if (status !== 200 || typeof response === 'string') {
      continue;
    }
    const reply = decodeFromFunction(response);
    if (!reply.ok || reply.value.type !== 'result') {
      continue;
    }
    for (const { caller, argument } of decoded.messages) {
      course.message(target, caller === null ? null : `${caller.typename}/${caller.id}`, argument.typename, argument.bytes);
    }
    const states = new Map(decoded.states.flatMap(({ name, value }) => (value === null ? [] : [[name, textOf(value.bytes)] as const])));
    for (const { name, value } of reply.value.mutations) {
      if (value === null) {
        states.delete(name);
      } else {
        states.set(name, textOf(value.bytes));
      }
    }
    course.states[target] = Object.fromEntries(states);
  }
  for (const { isolation, topic, key, value } of records) {
    course.record(
      isolation === 'read_committed' ? 'committed' : 'uncommitted',
      topic,
      key,
      value === null ? null : Buffer.from(value, 'base64'),
    );
  }
  return course;
}

export function simulatedCourse(trace: readonly TraceEvent[], engine: Engine): Course {
  const course = new CourseWriter();
  const sent = new Map<number, Extract<TraceEvent, { type: 'message-sent' }>>();
  const batches = new Map<number, readonly number[]>();
  for (const event of trace) {
    if (event.type === 'message-sent') {
      sent.set(event.message, event);
    } else if (event.type === 'call-started') {
      batches.set(event.call, event.messages);
    } else if (event.type === 'call-completed') {
      const target = `${event.address.typename}/${event.address.id}`;
      for (const id of batches.get(event.call) ?? []) {
        const message = sent.get(id);
        if (message !== undefined) {
          const { from, value } = message;
          course.message(
            target,
            from.type === 'ingress' ? null : `${from.address.typename}/${from.address.id}`,
            value.typename,
            value.bytes,
          );
        }
      }
      course.states[target] = Object.fromEntries(
        (engine.address(event.address)?.states ?? []).map(({ name, bytes }): [string, string] => [name, textOf(bytes)]),
      );
    }
  }
  for (const { topic, role } of engine.topics()) {
    if (role === 'egress') {
      for (const { key, value, done } of engine.records(topic, 0, 1_000_000).rows) {
        course.record('uncommitted', topic, key, value);
        if (done) {
          course.record('committed', topic, key, value);
        }
      }
    }
  }
  return course;
}
