/**
 * One event at a time, the earliest first; equal times in the order of their sequence numbers, records of feeds before
 * all else. Nothing here depends on when replies come or on how often it is called (R1).
 */
import type { AdvanceStop } from './engine-api.ts';
import {
  CHECKPOINT_TIMEOUT_MILLIS,
  checkpointTick,
  expireCheckpoint,
  finishCheckpoint,
  restartJob,
  startCheckpoint,
} from './checkpoints.ts';
import { issueAttempt, needsReply } from './calls.ts';
import { completeCall, putOff } from './completion.ts';
import { assertNever } from '../base/assert-never.ts';
import { isBefore } from './event-heap.ts';
import type { Timed } from './event-heap.ts';
import { budgetSpent, crashProcess, failAsSuch, failJob, failRecord, failTimer } from './failures.ts';
import { beginFault } from './faults.ts';
import { produce, recordFailure, recountLag, routeRecord, routeWaiting, scheduleRead, seekToStart, subtaskOfNext } from './ingress.ts';
import { startFailure } from './job-start.ts';
import { addressOf, functionType } from './addresses.ts';
import { nextTraceSeq, nowOf } from './machine.ts';
import type { FeedSlot, Machine, ScheduledInput } from './machine.ts';
import { virtualTime } from '../base/ids.ts';
import type { AgendaItem, InputJob, Mail } from './machine-types.ts';
import { fireTimer } from './reply-apply.ts';
import { deliver, drainOne, submitInput, submitMail } from './subtask-loop.ts';
import type { Jobs } from './subtask-loop.ts';

type Source =
  | { readonly type: 'feed'; readonly feed: FeedSlot }
  | { readonly type: 'tick' }
  | { readonly type: 'expiry' }
  | { readonly type: 'timer' }
  | { readonly type: 'agenda' }
  | { readonly type: 'input' }
  | { readonly type: 'load'; readonly feed: FeedSlot | null };
interface Next extends Timed {
  readonly source: Source;
}

/** Handles the earliest event that is not after `until`; null: one was handled. */
export function step(machine: Machine, until: number | null): AdvanceStop | null {
  if (machine.phase === 'ended') {
    return 'ended';
  }
  if (machine.pending !== null) {
    return 'paused';
  }
  const next = nextEvent(machine);
  if (next === null) {
    if (machine.skippingSince === null) {
      return 'idle';
    }
    machine.events += 1; // The end of a skip that found no timer.
    endSkip(machine, machine.now);
    return null;
  }
  if (until !== null && Math.max(next.at, machine.now) > until) {
    return 'until';
  }
  if (next.source.type === 'agenda') {
    const item = machine.agenda.peek();
    if (item?.type === 'completion' && needsReply(item.call)) {
      return 'needs-replies';
    }
  }
  machine.now = Math.max(machine.now, next.at);
  machine.events += 1;
  handle(machine, next.source);
  if (machine.barrier !== null && machine.pending === null) {
    finishCheckpoint(machine);
  }
  return null;
}

function nextEvent(machine: Machine): Next | null {
  if (machine.phase === 'loading') {
    const feed = machine.feeds.find(({ backlog, source }) => backlog && source.peek() !== null) ?? null;
    return { at: machine.now, seq: 0, source: { type: 'load', feed } };
  }
  let best: Next | null = earlier(null, machine.agenda.peek(), AGENDA);
  if (machine.phase === 'running') {
    best = earlier(best, machine.timers.peek(), TIMER);
    if (machine.tickAt !== null) {
      best = earlier(best, { at: machine.tickAt, seq: 0 }, TICK);
    }
    if (machine.barrier !== null) {
      best = earlier(best, { at: machine.barrierSince + CHECKPOINT_TIMEOUT_MILLIS, seq: Infinity }, EXPIRY);
    }
  }
  best = earlier(best, machine.inputs.peek(), INPUT);
  if (machine.skippingSince === null) {
    for (const feed of machine.feeds) {
      const record = feed.source.peek();
      if (record !== null) {
        const at = machine.config.settings.startAt + Math.max(0, Math.ceil(record.at)) + machine.feedShift;
        best = earlier(best, { at, seq: feed.index - machine.feeds.length }, { type: 'feed', feed });
      }
    }
  }
  return best;
}

function earlier(best: Next | null, candidate: Timed | undefined, source: Source): Next | null {
  return candidate !== undefined && (best === null || isBefore(candidate, best)) ? { at: candidate.at, seq: candidate.seq, source } : best;
}

const AGENDA: Source = { type: 'agenda' };
const TIMER: Source = { type: 'timer' };
const TICK: Source = { type: 'tick' };
const EXPIRY: Source = { type: 'expiry' };
const INPUT: Source = { type: 'input' };

const JOBS: Jobs = { mail: runMail, input: runInput };

function handle(machine: Machine, source: Source): void {
  switch (source.type) {
    case 'load':
      load(machine, source.feed);
      return;
    case 'feed': {
      const record = source.feed.source.take();
      if (record !== null) {
        produce(
          machine,
          { topic: source.feed.topic, partition: null, key: record.key, value: record.value, headers: record.headers },
          'feed',
        );
      }
      return;
    }
    case 'tick':
      checkpointTick(machine);
      return;
    case 'expiry':
      expireCheckpoint(machine);
      return;
    case 'timer': {
      const timer = machine.timers.pop();
      if (timer !== undefined) {
        if (machine.skippingSince !== null) {
          endSkip(machine, timer.at);
        }
        const from = addressOf(machine, timer.from.typename, timer.from.id);
        submitMail(machine, from.subtask, { type: 'timer', timer }, JOBS);
      }
      return;
    }
    case 'agenda': {
      const item = machine.agenda.pop();
      if (item !== undefined) {
        handleItem(machine, item);
      }
      return;
    }
    case 'input': {
      const input = machine.inputs.pop();
      if (input !== undefined) {
        handleInput(machine, input);
      }
      return;
    }
    default:
      assertNever(source);
  }
}

function handleItem(machine: Machine, item: AgendaItem): void {
  switch (item.type) {
    case 'completion': {
      const { call } = item;
      if (putOff(call)) {
        machine.dirtyCalls.add(call);
        machine.agenda.push({ type: 'completion', at: call.at, seq: call.seq, call });
        return;
      }
      submitMail(machine, call.address.subtask, { type: 'completion', call }, JOBS);
      return;
    }
    case 'retry':
      issueAttempt(machine, item.call);
      return;
    case 'budget-spent':
      budgetSpent(machine, item.call);
      return;
    case 'read': {
      const failure = recordFailure(machine, item.reader);
      const subtask = subtaskOfNext(machine, item.reader);
      if (failure !== null || subtask === undefined) {
        if (failure !== null) {
          failRecord(machine, item.reader, failure);
        }
        return;
      }
      submitInput(machine, subtask, { type: 'read', reader: item.reader }, JOBS);
      return;
    }
    case 'feedback':
      submitInput(machine, item.to.subtask, { type: 'feedback', to: item.to, message: item.message }, JOBS);
      return;
    case 'drain':
      drainOne(machine, item.subtask, JOBS);
      return;
    case 'restart':
      restartJob(machine);
      return;
    default:
      assertNever(item);
  }
}

function handleInput(machine: Machine, input: ScheduledInput): void {
  switch (input.type) {
    case 'produce':
      produce(machine, input.record, 'user');
      return;
    case 'checkpoint':
      startCheckpoint(machine);
      return;
    case 'crash':
      if (machine.phase === 'running') {
        failJob(machine, { code: 'injected-crash', message: 'Crash asked for by the user', address: null }, null);
      }
      return;
    case 'process-crash':
      if (machine.phase !== 'loading') {
        crashProcess(machine);
      }
      return;
    case 'fault':
      beginFault(machine, input.fault);
      return;
    case 'skip-to-timer':
      machine.skippingSince ??= machine.now;
      return;
    case 'code':
      machine.code = input.code;
      machine.trace.push({ seq: nextTraceSeq(machine), at: nowOf(machine), type: 'code-applied', code: input.code });
      return;
    default:
      assertNever(input);
  }
}

/** The skip is over: feeds wait out the time that it took. */
function endSkip(machine: Machine, to: number): void {
  machine.feedShift += Math.max(to, machine.now) - (machine.skippingSince ?? machine.now);
  machine.skippingSince = null;
  machine.trace.push({ seq: nextTraceSeq(machine), at: nowOf(machine), type: 'time-skipped', to: virtualTime(Math.max(to, machine.now)) });
}

/** The backlog is in the topics before the job starts and its ingresses choose where to begin. */
function load(machine: Machine, feed: FeedSlot | null): void {
  const record = feed?.source.take() ?? null;
  if (feed !== null && record !== null) {
    produce(machine, { topic: feed.topic, partition: null, key: record.key, value: record.value, headers: record.headers }, 'feed');
    return;
  }
  machine.phase = 'running';
  seekToStart(machine);
  recountLag(machine);
  const failure = startFailure(machine);
  if (failure !== null) {
    failAsSuch(machine, failure);
    return;
  }
  for (const reader of machine.readers) {
    scheduleRead(machine, reader);
  }
}

function runMail(machine: Machine, mail: Mail): void {
  if (mail.type === 'completion') {
    completeCall(machine, mail.call);
    return;
  }
  const { timer } = mail;
  if (machine.timers.get(timer.id) !== timer) {
    return; // S45: cancelled by a call that completed while it waited for the subtask.
  }
  const { problem } = functionType(machine, timer.to.typename);
  if (problem !== null) {
    failTimer(machine, timer, { ...problem, message: `Caught exception while processing timer. ${problem.message}`, address: timer.to }); // S58
    return;
  }
  fireTimer(machine, timer);
}

function runInput(machine: Machine, job: InputJob): void {
  if (job.type === 'feedback') {
    deliver(machine, job.to, job.message);
    return;
  }
  if (job.type === 'record') {
    routeWaiting(machine, job.reader, job.offset);
    return;
  }
  const subtask = subtaskOfNext(machine, job.reader);
  if (subtask !== undefined) {
    routeRecord(machine, job.reader, subtask);
  }
}
