/**
 * The whole mutable state of a run, in one record that the modules beside this one act on. Everything in it is found
 * again after a restore: what is not plain numbers lies in cells (`snapshot.ts`).
 */
import type { Typename, VirtualTime } from '../base/ids.ts';
import { virtualTime } from '../base/ids.ts';
import { egressNode } from '../model/graph-ids.ts';
import type { EndpointFault, RunConfig, UserRecord } from './engine-api.ts';
import { EventHeap } from './event-heap.ts';
import type { Timed } from './event-heap.ts';
import type { FeedSource } from './feeds/feed-api.ts';
import { Fifo } from './fifo.ts';
import type { ActiveFault } from './faults.ts';
import type {
  Address,
  AgendaItem,
  Call,
  Egress,
  FunctionType,
  Message,
  OpenRecord,
  PendingFailure,
  Reader,
  StoredValue,
  Subtask,
} from './machine-types.ts';
import { Counters } from './metrics.ts';
import { createReaders } from './readers.ts';
import { NO_FAILURES } from './restart-strategy.ts';
import type { RestartMemory } from './restart-strategy.ts';
import { TimerTable } from './timer-table.ts';
import { Topics } from './topics.ts';
import type { AddressRef, TraceEvent } from './trace-event.ts';

export type ScheduledInput = { readonly at: number; readonly seq: number } & (
  | { readonly type: 'produce'; readonly record: UserRecord }
  | { readonly type: 'checkpoint' }
  | { readonly type: 'crash' }
  | { readonly type: 'process-crash' }
  | { readonly type: 'fault'; readonly fault: EndpointFault }
  | { readonly type: 'skip-to-timer' }
  | { readonly type: 'code'; readonly code: string }
);

/** A call to hand out, ordered by its completion. */
export interface HandOut extends Timed {
  readonly call: Call;
  readonly attempt: number;
}

/** A message or a request sent again, as it enters its address on the operator's thread. */
export interface Delivery {
  /** The trace events before it. */
  readonly traceSeq: number;
  readonly at: number;
  readonly subtask: number;
  readonly to: AddressRef;
  /** Null for a request that is sent again after a restore. */
  readonly message: Message | null;
}

/** What an address held at the last checkpoint. */
export interface AddressImage {
  readonly waiting: readonly Message[];
  readonly inFlight: readonly Message[] | null;
  /** The id of that call: the order of sending again. */
  readonly call: number;
  readonly values: readonly (StoredValue | undefined)[];
}

/** The parts of a checkpoint that are not kept as undo entries. */
export interface CheckpointImage {
  readonly offsets: readonly { readonly offset: number; readonly startOffset: number; readonly dropped: number }[];
  readonly feedback: readonly { readonly to: AddressRef; readonly message: Message }[];
  readonly known: readonly {
    readonly type: Typename;
    readonly slots: readonly ({ readonly typename: string; readonly expires: boolean } | null)[];
  }[];
  readonly ledger: Ledger;
  /** Timers with a higher number were set after it. */
  readonly lastTimer: number;
}

/** What became of messages, as the job's own history has it: goes back with a restore (R6). */
export interface Ledger {
  created: number;
  fromIngress: number;
  done: number;
  dropped: number;
}

export interface FeedSlot {
  readonly source: FeedSource;
  readonly topic: string;
  readonly backlog: boolean;
  /** Position in the order of equal times. */
  readonly index: number;
}

export interface Machine {
  readonly config: RunConfig;
  readonly checkpointing: boolean;
  /** What happens next is told from outside (`scheduled-engine.ts`): local sends wait for that too. */
  byHand: boolean;
  /** What reached function batches, in order, where someone watches (`watched-engine.ts`). */
  deliveries: Delivery[] | null;
  phase: 'loading' | 'running' | 'restarting' | 'ended';
  now: number;
  seq: number;
  /** Events handled. */
  events: number;
  traceSeq: number;
  trace: TraceEvent[];
  lastCall: number;
  lastMessage: number;
  lastTimer: number;
  jobAttempt: number;
  restartMemory: RestartMemory;
  /** The first attempt of the job in this process. */
  processStart: number;
  /** The next start of the job takes up nothing of before. */
  fromNothing: boolean;
  code: string;

  readonly counters: Counters;
  readonly types: Map<Typename, FunctionType>;
  readonly typeList: FunctionType[];
  readonly addresses: Address[];
  readonly subtasks: readonly Subtask[];
  readonly egresses: ReadonlyMap<Typename, Egress>;
  readonly topics: Topics;
  readonly readers: Reader[];
  readonly readersByTopic: Map<string, Reader[]>;
  readonly feeds: readonly FeedSlot[];
  /** Faults that last, oldest first. Replaced, never changed. */
  faults: readonly ActiveFault[];
  /** Virtual ms by which skips have put off the feeds. */
  feedShift: number;

  readonly agenda: EventHeap<AgendaItem>;
  readonly inputs: EventHeap<ScheduledInput>;
  readonly timers: TimerTable;
  readonly calls: Map<number, Call>;
  /** Calls to hand out, those that complete first coming first. */
  readonly toHandOut: EventHeap<HandOut>;
  handOutCount: number;

  pending: PendingFailure | null;
  /** Failures that the user lets take StateFun's course (`as-engine`). */
  readonly asEngine: Set<string>;
  /** Since when the run skips to the next timer, or null. */
  skippingSince: number | null;

  checkpoint: { readonly id: number; readonly at: number } | null;
  image: CheckpointImage | null;
  readonly undo: Map<Address, AddressImage>;
  /** Something changed that the last checkpoint does not hold. */
  changed: boolean;
  /** When the job's checkpoint timer began, the tick that was used last, and the one that comes next, if any. */
  tickOrigin: number;
  lastTick: number;
  tickAt: number | null;
  checkpointCount: number;
  /** A barrier that waits: readers whose held record it is behind (S29), and whether it is one at all. */
  barrier: Set<number> | null;
  /** When it set out, and how many came due behind it. */
  barrierSince: number;
  overdueCheckpoints: number;
  openRecords: OpenRecord[];
  readonly ledger: Ledger;

  readonly dirtyAddresses: Set<Address>;
  readonly dirtyCalls: Set<Call>;
  readonly dirtyUndo: Set<Address>;
  /** Keys of cells that are to be removed. */
  readonly removedCells: Set<string>;
  readonly storedUndo: Set<string>;
  /** The generation of the timers' undo that is stored, and the timers in it. */
  readonly storedTimerUndo: { generation: number; readonly ids: Set<number> };
}

export function createMachine(config: RunConfig, feeds: readonly FeedSource[]): Machine {
  const { settings } = config;
  const checkpointing = settings.checkpointIntervalMillis !== null && settings.checkpointIntervalMillis > 0;
  const counters = new Counters();
  const machine: Machine = {
    config,
    checkpointing,
    byHand: false,
    deliveries: null,
    phase: 'loading',
    now: settings.startAt,
    seq: 0,
    events: 0,
    traceSeq: 0,
    trace: [],
    lastCall: 0,
    lastMessage: 0,
    lastTimer: 0,
    jobAttempt: 1,
    restartMemory: NO_FAILURES,
    processStart: 1,
    fromNothing: false,
    code: '',
    counters,
    types: new Map(),
    typeList: [],
    addresses: [],
    subtasks: Array.from({ length: Math.max(1, settings.parallelism) }, (_, index) => createSubtask(index)),
    egresses: new Map(
      config.module.egresses.map((definition) => [
        definition.id,
        {
          definition,
          transactional: checkpointing && definition.connector === 'kafka' && definition.delivery === 'exactly-once',
          openSince: Array.from({ length: Math.max(1, settings.parallelism) }, () => null),
          node: counters.node(egressNode(definition.id)),
          edges: new Map(),
        },
      ]),
    ),
    topics: new Topics(Math.max(1, settings.partitions), config.keepEgressRecords !== false, config.takesSnapshots === false),
    readers: [],
    readersByTopic: new Map(),
    feeds: config.feeds
      .filter((feed) => feed.enabled)
      .flatMap((feed, index) => {
        const source = feeds[index];
        return source === undefined ? [] : [{ source, topic: feed.topic, backlog: feed.arrival.type === 'backlog', index }];
      }),
    faults: [],
    feedShift: 0,
    agenda: new EventHeap(),
    inputs: new EventHeap(),
    timers: new TimerTable(checkpointing),
    calls: new Map(),
    toHandOut: new EventHeap(),
    handOutCount: 0,
    pending: null,
    asEngine: new Set(),
    skippingSince: null,
    checkpoint: null,
    image: null,
    undo: new Map(),
    changed: false,
    tickOrigin: settings.startAt,
    lastTick: settings.startAt,
    tickAt: null,
    checkpointCount: 0,
    barrier: null,
    barrierSince: settings.startAt,
    overdueCheckpoints: 0,
    openRecords: [],
    ledger: { created: 0, fromIngress: 0, done: 0, dropped: 0 },
    dirtyAddresses: new Set(),
    dirtyCalls: new Set(),
    dirtyUndo: new Set(),
    removedCells: new Set(),
    storedUndo: new Set(),
    storedTimerUndo: { generation: 0, ids: new Set() },
  };
  createReaders(machine);
  return machine;
}

export function nextSeq(machine: Machine): number {
  machine.seq += 1;
  return machine.seq;
}

export function nowOf(machine: Machine): VirtualTime {
  return virtualTime(machine.now);
}

/** The first two fields of the next trace event. */
export function nextTraceSeq(machine: Machine): number {
  machine.traceSeq += 1;
  return machine.traceSeq;
}

/** Something changed that the last checkpoint does not hold: the next one is due at the next tick of the interval. */
export function markChanged(machine: Machine): void {
  if (machine.changed) {
    return;
  }
  machine.changed = true;
  const interval = machine.config.settings.checkpointIntervalMillis;
  if (machine.checkpointing && interval !== null) {
    machine.tickAt = machine.tickOrigin + (Math.floor((machine.now - machine.tickOrigin) / interval) + 1) * interval;
  }
}

/** To be called before an address changes: remembers what the checkpoint holds of it, and that its cell is out of date. */
export function touch(machine: Machine, address: Address): void {
  markChanged(machine);
  if (!address.dirty) {
    address.dirty = true;
    machine.dirtyAddresses.add(address);
  }
  if (machine.checkpointing && !machine.undo.has(address)) {
    machine.undo.set(address, {
      waiting: [...address.waiting],
      inFlight: address.call?.messages ?? null,
      call: address.call?.id ?? 0,
      values: [...address.values],
    });
    machine.dirtyUndo.add(address);
  }
}

function createSubtask(index: number): Subtask {
  return {
    index,
    blockedBy: null,
    local: new Fifo(),
    mails: new Fifo(),
    ahead: 0,
    stalled: 0,
    restored: 0,
    inputs: new Fifo(),
    inFlight: 0,
    heldBy: new Set(),
    shownHold: null,
    drainScheduled: false,
  };
}
