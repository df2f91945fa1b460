/** The part of a snapshot that is written whole each time: scalars, and tables whose size the module or the moment bounds. */
import type { Typename } from '../base/ids.ts';
import { addressOf } from './addresses.ts';
import type { Ledger, Machine, ScheduledInput } from './machine.ts';
import type {
  Address,
  AgendaItem,
  EgressRecord,
  InputJob,
  JobFailure,
  LocalJob,
  Mail,
  Message,
  OpenRecord,
  PendingFailure,
  Registration,
  StateSlot,
  Subtask,
} from './machine-types.ts';
import type { StoredCounters } from './metrics.ts';
import type { StoredTopic } from './topics.ts';
import type { AddressRef, CallFailureReason } from './trace-event.ts';

const SCALARS = [
  'phase',
  'now',
  'seq',
  'events',
  'traceSeq',
  'lastCall',
  'lastMessage',
  'lastTimer',
  'jobAttempt',
  'restartMemory',
  'processStart',
  'fromNothing',
  'code',
  'faults',
  'feedShift',
  'skippingSince',
  'checkpoint',
  'image',
  'changed',
  'barrierSince',
  'overdueCheckpoints',
  'tickOrigin',
  'lastTick',
  'tickAt',
  'checkpointCount',
] as const satisfies readonly (keyof Machine)[];

type Scalars = Pick<Machine, (typeof SCALARS)[number]>;

type StoredMail = { readonly type: 'completion'; readonly call: number } | { readonly type: 'timer'; readonly timer: number };
type StoredInputJob =
  | { readonly type: 'read'; readonly reader: number }
  | { readonly type: 'record'; readonly reader: number; readonly offset: number }
  | { readonly type: 'feedback'; readonly to: AddressRef; readonly message: Message };
type StoredLocalJob =
  | { readonly type: 'message'; readonly to: AddressRef; readonly message: Message }
  | { readonly type: 'resend'; readonly to: AddressRef; readonly messages: readonly Message[] };
type StoredItem = { readonly at: number; readonly seq: number } & (
  | { readonly type: 'read'; readonly reader: number }
  | { readonly type: 'feedback'; readonly to: AddressRef; readonly message: Message }
  | { readonly type: 'drain'; readonly subtask: number }
  | { readonly type: 'restart' }
);
type StoredRecord = Omit<EgressRecord, 'egress'> & { readonly egress: Typename };
type StoredPending =
  | { readonly type: 'call'; readonly call: number; readonly reason: CallFailureReason }
  | { readonly type: 'reply'; readonly call: number; readonly failure: JobFailure; readonly leaving: readonly StoredRecord[] }
  | { readonly type: 'record'; readonly reader: number; readonly failure: JobFailure }
  | { readonly type: 'timer'; readonly timer: number; readonly failure: JobFailure }
  | { readonly type: 'job'; readonly failure: JobFailure };

interface StoredSubtask {
  readonly blockedBy: number | null;
  readonly local: readonly StoredLocalJob[];
  readonly mails: readonly StoredMail[];
  readonly restored: number;
  readonly inputs: readonly StoredInputJob[];
  readonly heldBy: readonly AddressRef[];
  readonly shownHold: Subtask['shownHold'];
  readonly drainScheduled: boolean;
}

export interface Core {
  readonly scalars: Scalars;
  readonly types: readonly Typename[];
  readonly slots: readonly (readonly StateSlot[])[];
  readonly registrations: readonly (readonly (Registration | null)[])[];
  readonly subtasks: readonly StoredSubtask[];
  readonly readers: readonly {
    readonly offset: number;
    readonly ahead: number;
    readonly startOffset: number;
    readonly dropped: number;
    readonly groupOffset: number;
    readonly scheduled: boolean;
  }[];
  readonly topics: readonly StoredTopic[];
  readonly feeds: readonly unknown[];
  readonly agenda: readonly StoredItem[];
  readonly inputs: readonly ScheduledInput[];
  readonly pending: StoredPending | null;
  readonly asEngine: readonly string[];
  readonly barrier: readonly number[] | null;
  readonly openRecords: readonly OpenRecord[];
  readonly openSince: readonly (readonly (number | null)[])[];
  readonly ledger: Ledger;
  readonly counters: StoredCounters;
  /** Calls and timers that came due and wait to be handled: they are on no heap. */
  readonly heldCalls: readonly number[];
  readonly heldTimers: readonly number[];
}

export function storeCore(machine: Machine): Core {
  const mails = machine.subtasks.flatMap((subtask) => subtask.mails.toArray());
  const { pending } = machine;
  return {
    scalars: Object.fromEntries(SCALARS.map((name) => [name, machine[name]])) as unknown as Scalars,
    types: machine.typeList.map(({ typename }) => typename),
    slots: machine.typeList.map(({ slots }) => slots.map((slot) => ({ ...slot }))),
    registrations: machine.typeList.map(({ registrations }) =>
      registrations.map((registration) => (registration === null ? null : { ...registration })),
    ),
    subtasks: machine.subtasks.map(storeSubtask),
    readers: machine.readers.map(({ offset, ahead, startOffset, dropped, groupOffset, scheduled }) => ({
      offset,
      ahead,
      startOffset,
      dropped,
      groupOffset,
      scheduled,
    })),
    topics: machine.topics.store(),
    feeds: machine.feeds.map(({ source }) => source.position()),
    agenda: machine.agenda.unordered().flatMap(storeItem),
    inputs: [...machine.inputs.unordered()],
    pending: pending === null ? null : storePending(pending),
    asEngine: [...machine.asEngine],
    barrier: machine.barrier === null ? null : [...machine.barrier],
    openRecords: [...machine.openRecords],
    openSince: Array.from(machine.egresses.values(), ({ openSince }) => [...openSince]),
    ledger: { ...machine.ledger },
    counters: machine.counters.store(),
    heldCalls: mails.flatMap((mail) => (mail.type === 'completion' ? mail.call.id : [])),
    heldTimers: [
      ...mails.flatMap((mail) => (mail.type === 'timer' ? mail.timer.id : [])),
      ...(pending?.type === 'timer' ? [pending.timer.id] : []),
    ],
  };
}

/** Addresses, calls, timers and topics are there already. */
export function restoreCore(machine: Machine, core: Core): void {
  Object.assign(machine, core.scalars);
  machine.typeList.forEach((type, index) => {
    type.slots.push(...(core.slots[index] ?? []).map((slot) => ({ ...slot })));
    core.registrations[index]?.forEach((registration, subtask) => {
      type.registrations[subtask] = registration === null ? null : { ...registration };
    });
  });
  machine.readers.forEach((reader, index) => Object.assign(reader, core.readers[index]));
  machine.feeds.forEach(({ source }, index) => source.seek(core.feeds[index]));
  core.subtasks.forEach((stored, index) => {
    const subtask = machine.subtasks[index];
    if (subtask !== undefined) {
      restoreSubtask(machine, subtask, stored);
    }
  });
  for (const item of core.agenda) {
    machine.agenda.push(restoreItem(machine, item));
  }
  for (const input of core.inputs) {
    machine.inputs.push(input);
  }
  machine.pending = core.pending === null ? null : restorePending(machine, core.pending);
  for (const key of core.asEngine) {
    machine.asEngine.add(key);
  }
  machine.barrier = core.barrier === null ? null : new Set(core.barrier);
  machine.openRecords = [...core.openRecords];
  Array.from(machine.egresses.values()).forEach(({ openSince }, index) => {
    openSince.splice(0, openSince.length, ...(core.openSince[index] ?? []));
  });
  Object.assign(machine.ledger, core.ledger);
  machine.counters.restore(core.counters);
}

function storeSubtask(subtask: Subtask): StoredSubtask {
  return {
    blockedBy: subtask.blockedBy?.id ?? null,
    local: subtask.local.toArray().map((job) => ({ ...job, to: job.to.ref })),
    mails: subtask.mails
      .toArray()
      .map((mail) => (mail.type === 'completion' ? { type: mail.type, call: mail.call.id } : { type: mail.type, timer: mail.timer.id })),
    restored: subtask.restored,
    inputs: subtask.inputs.toArray().map(storeInputJob),
    heldBy: [...subtask.heldBy].map(({ ref }) => ref),
    shownHold: subtask.shownHold,
    drainScheduled: subtask.drainScheduled,
  };
}

function restoreSubtask(machine: Machine, subtask: Subtask, stored: StoredSubtask): void {
  subtask.blockedBy = stored.blockedBy === null ? null : callOf(machine, stored.blockedBy);
  for (const job of stored.local) {
    subtask.local.push({ ...job, to: at(machine, job.to) } satisfies LocalJob);
  }
  for (const mail of stored.mails) {
    subtask.mails.push(
      mail.type === 'completion'
        ? ({ type: mail.type, call: callOf(machine, mail.call) } satisfies Mail)
        : ({ type: mail.type, timer: timerOf(machine, mail.timer) } satisfies Mail),
    );
  }
  subtask.restored = stored.restored;
  for (const job of stored.inputs) {
    subtask.inputs.push(restoreInputJob(machine, job));
  }
  subtask.ahead = stored.inputs.filter(({ type }) => type === 'record').length;
  subtask.stalled = stored.inputs.filter(({ type }) => type === 'read').length;
  for (const ref of stored.heldBy) {
    subtask.heldBy.add(at(machine, ref));
  }
  subtask.shownHold = stored.shownHold;
  subtask.drainScheduled = stored.drainScheduled;
}

function storeInputJob(job: InputJob): StoredInputJob {
  return job.type === 'feedback' ? { ...job, to: job.to.ref } : { ...job, reader: job.reader.index };
}

function restoreInputJob(machine: Machine, job: StoredInputJob): InputJob {
  return job.type === 'feedback' ? { ...job, to: at(machine, job.to) } : { ...job, reader: readerOf(machine, job.reader) };
}

/** What belongs to a call is stored with the call. */
function storeItem(item: AgendaItem): readonly StoredItem[] {
  switch (item.type) {
    case 'completion':
    case 'retry':
    case 'budget-spent':
      return [];
    case 'read':
      return [{ type: item.type, at: item.at, seq: item.seq, reader: item.reader.index }];
    case 'feedback':
      return [{ ...item, to: item.to.ref }];
    case 'drain':
      return [{ type: item.type, at: item.at, seq: item.seq, subtask: item.subtask.index }];
    case 'restart':
      return [item];
  }
}

function restoreItem(machine: Machine, item: StoredItem): AgendaItem {
  switch (item.type) {
    case 'read':
      return { ...item, reader: readerOf(machine, item.reader) };
    case 'feedback':
      return { ...item, to: at(machine, item.to) };
    case 'drain': {
      const subtask = machine.subtasks[item.subtask];
      if (subtask === undefined) {
        throw new Error(`no subtask ${item.subtask}`);
      }
      return { ...item, subtask };
    }
    case 'restart':
      return item;
  }
}

function storePending(pending: PendingFailure): StoredPending {
  switch (pending.type) {
    case 'call':
      return { ...pending, call: pending.call.id };
    case 'reply':
      return {
        ...pending,
        call: pending.call.id,
        leaving: pending.leaving.map((record) => ({ ...record, egress: record.egress.definition.id })),
      };
    case 'record':
      return { ...pending, reader: pending.reader.index };
    case 'timer':
      return { ...pending, timer: pending.timer.id };
    case 'job':
      return pending;
  }
}

function restorePending(machine: Machine, pending: StoredPending): PendingFailure {
  switch (pending.type) {
    case 'call':
      return { ...pending, call: callOf(machine, pending.call) };
    case 'reply':
      return {
        ...pending,
        call: callOf(machine, pending.call),
        leaving: pending.leaving.flatMap((record) => {
          const egress = machine.egresses.get(record.egress);
          return egress === undefined ? [] : [{ ...record, egress }];
        }),
      };
    case 'record':
      return { ...pending, reader: readerOf(machine, pending.reader) };
    case 'timer':
      return { ...pending, timer: timerOf(machine, pending.timer) };
    case 'job':
      return pending;
  }
}

function at(machine: Machine, ref: AddressRef): Address {
  return addressOf(machine, ref.typename, ref.id);
}

function callOf(machine: Machine, id: number) {
  const call = machine.calls.get(id);
  if (call === undefined) {
    throw new Error(`no call ${id} in the snapshot`);
  }
  return call;
}

function timerOf(machine: Machine, id: number) {
  const timer = machine.timers.get(id);
  if (timer === undefined) {
    throw new Error(`no timer ${id} in the snapshot`);
  }
  return timer;
}

function readerOf(machine: Machine, index: number) {
  const reader = machine.readers[index];
  if (reader === undefined) {
    throw new Error(`no reader ${index}`);
  }
  return reader;
}
