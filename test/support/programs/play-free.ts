/** Runs an application in the simulator by its own clock, and tells its course as an observer of the real engine would. */
import { virtualTime } from '../../../src/base/ids.ts';
import type { Typename } from '../../../src/base/ids.ts';
import type { SimulationSettings } from '../../../src/model/simulation-settings.ts';
import type { Engine } from '../../../src/runtime/engine-api.ts';
import type { Delivery } from '../../../src/runtime/machine.ts';
import type { TraceEvent } from '../../../src/runtime/trace-event.ts';
import { createWatchedEngine } from '../../../src/runtime/watched-engine.ts';
import { configOf, recordsOf, specsOf } from './application.ts';
import type { Application } from './application.ts';
import type { Course, CourseCall, CourseEntry } from './course.ts';
import { keyOf } from './course.ts';
import { ProgramMemory } from './interpret.ts';
import { simulatedAnswer } from './simulated-answer.ts';

export interface FreeRun {
  readonly engine: Engine;
  readonly course: Course;
  readonly trace: readonly TraceEvent[];
  /** False when the run was cut after `maxEvents`. */
  readonly complete: boolean;
}

interface OpenCall {
  readonly key: string;
  readonly attempt: number;
  readonly request: Uint8Array;
  reply: Uint8Array | null;
}

/** What is due later stays pending. */
const END_MILLIS = 1_800_000;

export function playFree(app: Application, settings: Partial<SimulationSettings> = {}, maxEvents = 5000): FreeRun {
  const { engine, takeDeliveries } = createWatchedEngine(configOf(app, settings));
  const { startAt } = { ...configOf(app, settings).settings };
  const at = (millis: number) => virtualTime(startAt + millis);
  for (const { name } of app.topics) {
    for (const record of recordsOf(app, name)) {
      const { key, value } = record;
      engine.apply({
        type: 'produce',
        at: at(record.at),
        record: { topic: `${app.name}-${name}`, partition: null, key, value, headers: [] },
      });
    }
  }
  for (const { at: when, version } of app.deployments) {
    engine.apply({ type: 'code', at: at(when), code: String(version) });
  }
  for (const when of app.crashes) {
    engine.apply({ type: 'crash', at: at(when) });
  }
  const memory = new ProgramMemory();
  const calls = new Map<number, OpenCall>();
  const trace: TraceEvent[] = [];
  const deliveries: Delivery[] = [];
  let events = 0;
  for (;;) {
    events += 1;
    // One event at a time: a crash would end calls that nobody has taken yet, and their requests were made all the same.
    const stop = engine.advance({ until: at(END_MILLIS), events: 1 });
    trace.push(...engine.takeTrace());
    deliveries.push(...takeDeliveries());
    if ((stop !== 'needs-replies' && stop !== 'events') || events >= maxEvents) {
      return {
        engine,
        trace,
        course: { entries: entriesOf(trace, deliveries), calls: callsOf(calls) },
        complete: stop === 'idle' || stop === 'until',
      };
    }
    for (const request of engine.takeCalls(Infinity)) {
      // What is deployed when the call is made answers it.
      const deployed = app.deployments.filter((one) => at(one.at) <= request.at).sort((left, right) => left.at - right.at);
      const reply = simulatedAnswer(specsOf(app, deployed.at(-1)?.version ?? 0), request, memory);
      engine.apply({ type: 'reply', reply });
      const counted = reply.outcome.type === 'replied' ? reply.outcome.reply : null;
      const open = calls.get(request.call);
      if (open === undefined) {
        const { typename, id } = request;
        const attempt = engine.metrics().jobAttempt - 1;
        calls.set(request.call, { key: keyOf({ typename, id }), attempt, request: request.request, reply: counted });
      } else {
        open.reply = counted;
      }
    }
  }
}

function callsOf(open: ReadonlyMap<number, OpenCall>): Map<string, CourseCall[]> {
  const calls = new Map<string, CourseCall[]>();
  for (const { key, ...call } of [...open.entries()].sort(([left], [right]) => left - right).map(([, call]) => call)) {
    calls.set(key, [...(calls.get(key) ?? []), call]);
  }
  return calls;
}

/** Deliveries and the events of the trace that are jobs of an operator's thread, in order. */
function entriesOf(trace: readonly TraceEvent[], deliveries: readonly Delivery[]): CourseEntry[] {
  const subtasks = new Map<string, number>(deliveries.map(({ to, subtask }) => [to.id, subtask]));
  const entries: CourseEntry[] = [];
  let next = 0;
  const deliverUpTo = (seq: number): void => {
    for (let delivery = deliveries[next]; delivery !== undefined && delivery.traceSeq < seq; delivery = deliveries[next]) {
      const { at, subtask, to, message } = delivery;
      entries.push(
        message === null
          ? { kind: 'resend', at, subtask, to }
          : { kind: 'message', at, subtask, to, caller: message.caller, value: message.value },
      );
      next += 1;
    }
  };
  for (const event of trace) {
    deliverUpTo(event.seq);
    switch (event.type) {
      case 'call-completed':
      case 'state-registered':
        entries.push(completion(event.at, event.address, subtasks));
        break;
      case 'job-failed':
        if (event.call !== null && event.address !== null && event.code !== 'call-budget-spent') {
          const failing = trace.find((other) => other.type === 'call-started' && other.call === event.call);
          if (failing?.type === 'call-started') {
            entries.push(completion(event.at, failing.address, subtasks));
          }
        }
        break;
      case 'message-sent': {
        const from = event.timer === null || event.from.type !== 'function' ? null : event.from.address;
        const subtask = from === null ? undefined : subtasks.get(from.id);
        if (from !== null && subtask !== undefined && subtask !== subtasks.get(event.to.id)) {
          entries.push({ kind: 'departure', at: event.at, subtask, to: event.to, caller: from });
        }
        break;
      }
      case 'checkpoint-completed':
        entries.push({ kind: 'snapshot', at: event.at, checkpoint: event.checkpoint });
        break;
      case 'job-restarted':
        entries.push({ kind: 'restart', at: event.at, checkpoint: event.checkpoint });
        break;
      default:
        break;
    }
  }
  deliverUpTo(Infinity);
  return entries;
}

function completion(
  at: number,
  address: { readonly typename: Typename; readonly id: string },
  subtasks: ReadonlyMap<string, number>,
): CourseEntry {
  return { kind: 'completion', at, subtask: subtasks.get(address.id) ?? 0, to: address };
}
