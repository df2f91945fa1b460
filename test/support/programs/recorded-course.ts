/** A recording of the real engine as a course. Pure: golden files become courses without an engine. */
import type { WireAddress } from '../../../src/protocol/messages.ts';
import { typename } from '../../../src/base/ids.ts';
import { decodeFromFunction, decodeToFunction } from '../../../src/protocol/wire-codec.ts';
import type { AddressText, Exchange, Recording, ScheduleEntry } from '../../engine/recording.ts';
import type { Course, CourseCall, CourseEntry } from './course.ts';

export function courseOf(recording: Recording): Course {
  const lives = livesOf(recording);
  return { entries: entriesOf(recording, lives), calls: callsOf(recording, lives) };
}

interface Life {
  readonly attempt: number;
  /** When its first entry was seen. */
  readonly from: number;
  /** The checkpoint it was restored from. */
  readonly checkpoint: number | null;
}

/** The job's lives between failures. Flink counts attempts of a task, and may skip numbers. */
function livesOf({ schedule, job }: Recording): Life[] {
  const starts = new Map<number, number>();
  for (const { attempt, at } of schedule) {
    starts.set(attempt, Math.min(at, starts.get(attempt) ?? Infinity));
  }
  const failures = job.filter(({ event }) => event === 'failed').map(({ at }) => at);
  return [...starts]
    .sort(([left], [right]) => left - right)
    .map(([attempt, from]) => {
      const failed = failures.filter((at) => at <= from).at(-1) ?? -Infinity;
      const completed = job.filter((entry) => entry.event === 'checkpoint').filter(({ at }) => at <= failed);
      const last = completed.at(-1);
      return { attempt, from, checkpoint: last?.event === 'checkpoint' ? last.id : null };
    });
}

function entriesOf({ schedule, job }: Recording, lives: readonly Life[]): CourseEntry[] {
  const completed = new Set(job.flatMap((entry) => (entry.event === 'checkpoint' ? [entry.id] : [])));
  const entries: CourseEntry[] = [];
  for (const life of lives) {
    if (life !== lives[0]) {
      entries.push({ kind: 'restart', at: life.from, checkpoint: life.checkpoint });
    }
    entries.push(
      ...lifeEntries(
        schedule.filter(({ attempt }) => attempt === life.attempt),
        completed,
      ),
    );
  }
  return entries;
}

/**
 * One life of the job. Each subtask takes its part of a checkpoint at its own moment; what comes after that on one subtask cannot have
 * come before it on another, so that the course may wait with it until all have taken theirs.
 */
function lifeEntries(schedule: readonly ScheduleEntry[], completed: ReadonlySet<number>): CourseEntry[] {
  const subtasks = new Set(schedule.map(({ subtask }) => subtask));
  const entries: CourseEntry[] = [];
  const held = new Map<number, ScheduleEntry[]>();
  const snapshots = schedule.filter((entry) => entry.kind === 'snapshot' && completed.has(entry.checkpoint));
  let queue = [...schedule];
  let cut: number | null = null;
  const passed = new Set<number>();
  const add = (entry: ScheduleEntry): void => {
    entries.push(...courseEntries(entry));
  };
  while (queue.length > 0) {
    const [entry] = queue.splice(0, 1);
    if (entry === undefined) {
      break;
    }
    if (entry.kind !== 'snapshot') {
      if (passed.has(entry.subtask)) {
        held.set(entry.subtask, [...(held.get(entry.subtask) ?? []), entry]);
      } else {
        add(entry);
      }
      continue;
    }
    if (!completed.has(entry.checkpoint)) {
      continue;
    }
    if (passed.has(entry.subtask)) {
      held.set(entry.subtask, [...(held.get(entry.subtask) ?? []), entry]);
      continue;
    }
    cut ??= entry.checkpoint;
    passed.add(entry.subtask);
    const takers = new Set(snapshots.flatMap((one) => (one.kind === 'snapshot' && one.checkpoint === cut ? [one.subtask] : [])));
    if ([...subtasks].every((subtask) => passed.has(subtask) || !takers.has(subtask))) {
      entries.push({ kind: 'snapshot', at: entry.at, checkpoint: cut });
      const waiting = [...held.values()].flat().sort((left, right) => left.n - right.n);
      queue = [...waiting, ...queue];
      held.clear();
      passed.clear();
      cut = null;
    }
  }
  [...held.values()]
    .flat()
    .sort((left, right) => left.n - right.n)
    .forEach((entry) => entry.kind !== 'snapshot' && add(entry));
  return entries;
}

function courseEntries(entry: ScheduleEntry): CourseEntry[] {
  if (entry.kind === 'snapshot') {
    return [];
  }
  const { at, subtask } = entry;
  const to = addressOf(entry.target);
  switch (entry.kind) {
    case 'departure':
      return [{ kind: 'departure', at, subtask, to, caller: addressOf(entry.caller) }];
    case 'message': {
      const caller = entry.caller === null ? null : addressOf(entry.caller);
      const bytes = new Uint8Array(Buffer.from(entry.argument, 'base64'));
      return [{ kind: 'message', at, subtask, to, caller, value: { typename: entry.typename, hasValue: true, bytes } }];
    }
    case 'completion':
    case 'first-answer':
      return entry.outcome === 'failure' ? [] : [{ kind: entry.outcome === 'unknown' ? 'resend' : 'completion', at, subtask, to }];
  }
}

function callsOf({ exchanges }: Recording, lives: readonly Life[]): Map<string, CourseCall[]> {
  const calls = new Map<string, CourseCall[]>();
  const last = new Map<string, { readonly attempt: number; readonly request: string; readonly answered: boolean }>();
  for (const exchange of [...exchanges].sort((left, right) => left.n - right.n)) {
    const key = targetOf(exchange);
    const attempt = Math.max(
      0,
      lives.findLastIndex(({ from }) => from <= exchange.at),
    );
    const reply = replyOf(exchange);
    const before = last.get(key);
    const list = calls.get(key) ?? [];
    const call: CourseCall = { attempt, request: new Uint8Array(Buffer.from(exchange.request, 'base64')), reply };
    // What is sent again after a failed attempt is the same call (S31).
    if (before !== undefined && before.attempt === attempt && !before.answered && before.request === exchange.request) {
      list.pop();
    }
    calls.set(key, [...list, call]);
    last.set(key, { attempt, request: exchange.request, answered: reply !== null });
  }
  return calls;
}

/** The answer that ends a call: others are tried again, or fail the job (S61). */
function replyOf({ status, contentType, response }: Exchange): Uint8Array | null {
  if (status === null || status < 200 || status >= 300 || contentType !== 'application/octet-stream') {
    return null;
  }
  const bytes = new Uint8Array(Buffer.from(response, 'base64'));
  return decodeFromFunction(bytes).ok ? bytes : null;
}

function targetOf({ request }: Exchange): AddressText {
  const decoded = decodeToFunction(new Uint8Array(Buffer.from(request, 'base64')));
  if (!decoded.ok) {
    throw new Error(decoded.error);
  }
  const { target } = decoded.value;
  return `${target.typename}/${target.id}`;
}

function addressOf(text: AddressText): WireAddress {
  const [namespace = '', name = '', ...id] = text.split('/');
  return { typename: typename(`${namespace}/${name}`), id: id.join('/') };
}
