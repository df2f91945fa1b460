/**
 * The engine: a deterministic discrete-event machine with StateFun's rules. It performs nothing. Events are ordered by
 * virtual time and sequence number; each is handled to its end before the next (S2).
 *
 * R1 determinism, R2 one call in flight per address, R3 atomic replies, R4 order between two addresses,
 * R5 consistent restores, R6 nothing lost: see engine-api.ts.
 */
import { auditMachine } from './audit.ts';
import { awaitedCall, handOut, requestOf, withdraw } from './calls.ts';
import type { AdvanceLimit, AdvanceStop, Engine, EngineInput, RunConfig } from './engine-api.ts';
import { decide, pausedView } from './decisions.ts';
import type { FeedSource } from './feeds/feed-api.ts';
import { createFeedSource } from './feeds/feed-source.ts';
import { createMachine, nextSeq } from './machine.ts';
import type { Machine } from './machine.ts';
import { firedSince, isQuiet } from './quiet.ts';
import { restoreMachine, takeSnapshot } from './snapshot.ts';
import { step } from './step.ts';
import { addressRows, addressView, engineMetrics, heldFunctions, recordRows, timerRows, topicRows } from './views.ts';

export function createEngine(config: RunConfig): Engine {
  return engineOf(createMachine(config, feedSources(config)));
}

/** The engine as it was at a snapshot: `core` of that snapshot and every cell written up to it and not removed. */
export function restoreEngine(config: RunConfig, core: unknown, cells: Iterable<readonly [string, unknown]>): Engine {
  const machine = createMachine(config, feedSources(config));
  restoreMachine(machine, core, cells);
  return engineOf(machine);
}

function feedSources(config: RunConfig): FeedSource[] {
  return config.feeds.filter(({ enabled }) => enabled).map((feed) => createFeedSource(feed, config.feedFiles, config.settings));
}

export function engineOf(machine: Machine): Engine {
  return {
    advance: (limit) => advance(machine, limit),
    apply: (input) => applyInput(machine, input),
    takeCalls: (max) => handOut(machine, max),
    openCall: (call) => {
      const open = machine.calls.get(call);
      return open === undefined ? null : requestOf(open);
    },
    pendingCalls: () => machine.handOutCount,
    takeTrace() {
      const { trace } = machine;
      machine.trace = [];
      if (machine.config.takesSnapshots === false) {
        machine.timers.dirty.clear();
      }
      return trace;
    },
    metrics: () => engineMetrics(machine),
    paused: () => pausedView(machine),
    snapshot: () => takeSnapshot(machine),
    audit: () => auditMachine(machine),
    addresses: (type, from, count) => addressRows(machine, type, from, count),
    address: (ref) => addressView(machine, ref),
    timers: (from, count) => timerRows(machine, from, count),
    held: () => heldFunctions(machine),
    topics: () => topicRows(machine),
    records: (topic, from, count) => recordRows(machine, topic, from, count),
  };
}

function advance(machine: Machine, { until, events, stopAt = null, stopAtRestart = false }: AdvanceLimit): AdvanceStop {
  const last = events === null ? Infinity : machine.events + events;
  const attempt = machine.jobAttempt;
  let traced = machine.trace.length;
  while (machine.events < last) {
    if (stopAt === 'quiet' && isQuiet(machine)) {
      return 'reached';
    }
    const stop = step(machine, until);
    if (stop !== null) {
      return stop;
    }
    if (stopAt === 'timer' && firedSince(machine, traced)) {
      return 'reached';
    }
    traced = machine.trace.length;
    if (stopAtRestart && machine.jobAttempt !== attempt) {
      return 'reached';
    }
  }
  return machine.pending === null ? 'events' : 'paused';
}

function applyInput(machine: Machine, input: EngineInput): void {
  if (input.type === 'reply') {
    const call = awaitedCall(machine, input.reply);
    if (call !== null) {
      // A late answer of an earlier attempt, or of a call that a failure ended, is nobody's (S70).
      withdraw(machine, call);
      call.reply = input.reply;
      machine.dirtyCalls.add(call);
    }
    return;
  }
  if (input.type === 'decide') {
    decide(machine, input.decision);
    return;
  }
  machine.inputs.push({ ...input, at: Math.max(machine.now, Math.ceil(input.at)), seq: nextSeq(machine) });
}
