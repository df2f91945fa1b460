/** Drives the simulator's engine by a course: each request that it makes must be the one that was made, byte for byte. */
import { virtualTime } from '../../../src/base/ids.ts';
import type { Typename } from '../../../src/base/ids.ts';
import type { Engine } from '../../../src/runtime/engine-api.ts';
import type { WireAddress } from '../../../src/protocol/messages.ts';
import { decodeToFunction } from '../../../src/protocol/wire-codec.ts';
import { createScheduledEngine } from '../../../src/runtime/scheduled-engine.ts';
import type { ScheduledEngine } from '../../../src/runtime/scheduled-engine.ts';
import type { TraceEvent } from '../../../src/runtime/trace-event.ts';
import { configOf, recordsOf } from './application.ts';
import type { Application } from './application.ts';
import { CallQueue, keyOf } from './course.ts';
import type { Course, CourseEntry } from './course.ts';

export interface ScheduledRun {
  /** What the simulator would not have done, or did otherwise. */
  readonly problems: readonly string[];
  /** Requests compared. */
  readonly requests: number;
  readonly engine: Engine;
  readonly trace: readonly TraceEvent[];
}

export function playScheduled(app: Application, course: Course, toleranceMillis: number): ScheduledRun {
  const scheduled = createScheduledEngine(configOf(app), toleranceMillis);
  const { engine } = scheduled;
  const calls = new CallQueue(course);
  const problems: string[] = [];
  let requests = 0;
  let failed = false;
  const begin = course.entries[0]?.at ?? 0;
  for (const { name } of app.topics) {
    for (const { key, value } of recordsOf(app, name)) {
      scheduled.produce(begin, { topic: `${app.name}-${name}`, partition: null, key, value, headers: [] });
    }
  }
  scheduled.start();
  const compareRequests = (): void => {
    for (const request of engine.takeCalls(Infinity)) {
      const { typename, id } = request;
      const call = calls.take({ typename, id });
      if (call === null && calls.mayBeLost()) {
        continue;
      }
      requests += 1;
      if (call === null) {
        problems.push(`${typename}/${id}: a request that was never made: ${requestText(request.request)}`);
        continue;
      }
      if (Buffer.compare(call.request, request.request) !== 0) {
        problems.push(`${typename}/${id}: the request is ${requestText(request.request)} and was ${requestText(call.request)}`);
      }
      if (call.reply !== null) {
        const outcome = { type: 'replied' as const, reply: call.reply };
        engine.apply({
          type: 'reply',
          reply: { call: request.call, attempt: request.attempt, outcome, extraMillis: 0, logs: [], fetches: [], code: '' },
        });
      }
    }
  };
  for (const [index, entry] of course.entries.entries()) {
    if (entry.kind === 'restart') {
      calls.restart();
      failed = false;
    }
    if (failed) {
      continue; // Other subtasks go on for a moment; a restore takes that back.
    }
    const problem = act(scheduled, entry, 'to' in entry ? momentOf(scheduled, calls, entry, toleranceMillis) : entry.at);
    if (problem !== null) {
      problems.push(`entry ${index} (${entryText(entry)}): ${problem}`);
      break; // What follows would only be its consequences.
    }
    compareRequests();
    failed = scheduled.failed();
  }
  if (problems.length === 0) {
    problems.push(...calls.left().map((key) => `${key}: a request was made that the simulator does not make`));
  }
  return { problems, requests, engine, trace: engine.takeTrace() };
}

function act(scheduled: ScheduledEngine, entry: CourseEntry, at: number): string | null {
  switch (entry.kind) {
    case 'message':
      return scheduled.message(at, entry.subtask, entry);
    case 'departure':
      return scheduled.departure(at, entry.caller, entry.to);
    case 'completion':
      return scheduled.completion(at, entry.to);
    case 'resend':
      return scheduled.resend(at, entry.to);
    case 'snapshot':
      return scheduled.checkpoint(at);
    case 'restart':
      scheduled.fail(at);
      return scheduled.restart(at);
  }
}

/**
 * When the act took place. Where a state of the address ran out within the exactness of the recorded time, the request that was made
 * says on which side of that moment it was.
 */
function momentOf(
  scheduled: ScheduledEngine,
  calls: CallQueue,
  { at, to }: { readonly at: number; readonly to: WireAddress },
  toleranceMillis: number,
): number {
  const call = toleranceMillis > 0 ? calls.peek(to) : null;
  const made = call === null ? null : decodeToFunction(call.request);
  let moment = at;
  for (const [name, runsOut] of made?.ok === true ? scheduled.expirations(to) : []) {
    const shown = made?.ok === true && made.value.states.some((state) => state.name === name && state.value !== null);
    if (Math.abs(runsOut - at) <= toleranceMillis) {
      moment = shown ? Math.min(moment, runsOut - 1) : Math.max(moment, runsOut);
    }
  }
  return virtualTime(moment);
}

function entryText(entry: CourseEntry): string {
  const where = 'to' in entry ? ` ${keyOf(entry.to)}` : '';
  return `${entry.kind}${where}${entry.kind === 'message' ? ` ${Buffer.from(entry.value.bytes).toString('utf8').slice(0, 60)}` : ''}`;
}

function requestText(bytes: Uint8Array): string {
  const decoded = decodeToFunction(bytes);
  return decoded.ok
    ? JSON.stringify({ ...decoded.value, target: undefined }, (_key, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
      )
    : decoded.error;
}

/** States of every address that a type ever had, hex of their bytes by address and name. */
export function statesOf(engine: Engine, types: readonly Typename[]): Map<string, Record<string, string>> {
  const states = new Map<string, Record<string, string>>();
  for (const type of types) {
    for (const view of engine.addresses(type, 0, 100_000).rows) {
      states.set(keyOf(view.address), Object.fromEntries(view.states.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')])));
    }
  }
  return states;
}
