/**
 * The engine without its own order of things: someone tells it, one at a time, what an operator's thread did, and it does the same
 * or says why it could not have. So the real engine's recorded schedule drives the simulator, which must then make the same requests.
 *
 * Everything else is the engine's own: batches, states, timers, back-pressure, effects of answers, checkpoints, restores.
 * Where a schedule leaves no choice is checked: local sends in order, nothing while a bootstrap stands, no input against
 * back-pressure, timers not before they are due.
 */
import { addressOf } from './addresses.ts';
import { finishCheckpoint, restartJob, startCheckpoint } from './checkpoints.ts';
import { startCall } from './calls.ts';
import { completeCall } from './completion.ts';
import { engineOf } from './engine.ts';
import type { Engine, RunConfig, UserRecord } from './engine-api.ts';
import { failJob } from './failures.ts';
import { produce, routeRecord, seekToStart, subtaskOfNext } from './ingress.ts';
import { subtaskOf } from './java-hash.ts';
import { createMachine, touch } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Address, Call, InputJob, LocalJob, Message, Reader, Subtask, Timer } from './machine-types.ts';
import { fireTimer } from './reply-apply.ts';
import { isAddress, isSame, sameBytes, sameValue } from './scheduled-message.ts';
import type { ScheduledMessage } from './scheduled-message.ts';
import { registrationOf } from './state-table.ts';
import { deliver, holdRule } from './subtask-loop.ts';
import type { AddressRef } from './trace-event.ts';

/** Each act gives null when it was done, else why the simulator would not have done it there. `at`: virtual ms. */
export interface ScheduledEngine {
  /** For views, calls and replies; it must not be advanced. */
  readonly engine: Engine;
  produce(at: number, record: UserRecord): void;
  /** The job starts: ingresses choose where they begin. */
  start(): void;
  message(at: number, subtask: number, message: ScheduledMessage): string | null;
  /** A due message leaves for another subtask. */
  departure(at: number, from: AddressRef, to: AddressRef): string | null;
  /** The call of the address, which has been replied to, is complete. */
  completion(at: number, address: AddressRef): string | null;
  /** A request that was in flight at the checkpoint goes out again (S74, S75). */
  resend(at: number, address: AddressRef): string | null;
  /** When states of the address run out, by name; also those that have by now and were not looked at since. */
  expirations(address: AddressRef): ReadonlyMap<string, number>;
  checkpoint(at: number): string | null;
  fail(at: number): void;
  /** The job has failed and was not restarted yet. */
  failed(): boolean;
  restart(at: number): string | null;
}

/** What a thread was about in the drain under way: it takes all completed calls, or all messages of one due time, at once. */
type Drain = { readonly type: 'completions' } | { readonly type: 'timers'; readonly due: number; readonly id: string } | null;

/** `toleranceMillis`: how exact the times of the schedule are. */
export function createScheduledEngine(config: RunConfig, toleranceMillis: number): ScheduledEngine {
  /** Readers of messages that wait at a subtask which is behind. */
  const leftBehind = new WeakMap<Message, Reader>();
  const machine = createMachine(config, []);
  machine.byHand = true;
  const drains: Drain[] = machine.subtasks.map(() => null);

  const messageAct = (at: number, index: number, message: ScheduledMessage): string | null => {
    const subtask = begin(machine, at, index);
    if (typeof subtask === 'string') {
      return subtask;
    }
    const to = addressOf(machine, message.to.typename, message.to.id);
    if (to.subtask !== subtask) {
      return `${textOf(message.to)} is on subtask ${to.subtask.index}`;
    }
    const timer = dueTimer(machine, message, subtask);
    const drain = drains[index] ?? null;
    const sameDrain = timer !== null && drain?.type === 'timers' && timer.due === drain.due && timer.from.id === drain.id;
    const [head] = subtask.local.toArray();
    if (head !== undefined && !sameDrain) {
      if (head.type !== 'message' || head.to !== to || !isSame(head.message, message)) {
        return `a local send is before it: ${jobText(head)}`;
      }
      subtask.local.shift();
      drains[index] = null;
      deliver(machine, to, head.message);
      return null;
    }
    if (timer !== null && !takesInput(machine, message, subtask)) {
      return fire(timer, to, subtask);
    }
    drains[index] = null;
    return input(message, to, subtask);
  };

  /** Why the timer would not fire now, or null. */
  const notYet = (timer: Timer, subtask: Subtask): string | null => {
    const early = timer.at - machine.now;
    if (early > toleranceMillis) {
      return `the timer is due ${early} ms later`;
    }
    for (const other of machine.timers.all()) {
      if (other.due + toleranceMillis < timer.due && addressOf(machine, other.from.typename, other.from.id).subtask === subtask) {
        return `a timer that is due ${timer.due - other.due} ms before it has not fired`;
      }
    }
    return null;
  };

  const fire = (timer: Timer, to: Address, subtask: Subtask): string | null => {
    const problem = notYet(timer, subtask);
    if (problem !== null) {
      return problem;
    }
    const behind = subtask.local.toArray();
    subtask.local.clear();
    fireTimer(machine, timer);
    const fired = subtask.local.shift();
    behind.forEach((job) => subtask.local.push(job));
    if (fired?.type !== 'message') {
      return 'the timer sends to another subtask';
    }
    drains[subtask.index] = { type: 'timers', due: timer.due, id: timer.from.id };
    deliver(machine, to, fired.message);
    return null;
  };

  /** Records that wait at a subtask keep the order of their partition; between partitions there is none (S39). */
  const isFirstOfSource = (inputs: readonly InputJob[], index: number): boolean => {
    const sourceOf = (job: InputJob | undefined) => (job?.type === 'feedback' ? (leftBehind.get(job.message) ?? job.to) : null);
    const source = sourceOf(inputs[index]);
    return !inputs.slice(0, index).some((job) => sourceOf(job) === source);
  };

  /** A record's message, or one from another subtask. */
  const input = (message: ScheduledMessage, to: Address, subtask: Subtask): string | null => {
    const hold = holdRule(machine, subtask);
    if (hold !== null) {
      return `input waits (${hold})`;
    }
    const inputs = subtask.inputs.toArray();
    const waiting = inputs.find(
      (job, index) => job.type === 'feedback' && job.to === to && isSame(job.message, message) && isFirstOfSource(inputs, index),
    );
    if (waiting?.type === 'feedback') {
      const others = inputs.filter((job) => job !== waiting);
      subtask.inputs.clear();
      subtask.inputs.putFirst(others);
      deliver(machine, to, waiting.message);
      return null;
    }
    if (message.caller !== null) {
      return feedback(message, message.caller, to);
    }
    return record(message, to, subtask);
  };

  /** A record whose own subtask is behind may be on its way while the reader goes on. */
  const record = (message: ScheduledMessage, to: Address, subtask: Subtask): string | null => {
    const reader = machine.readers.find((candidate) => reads(machine, candidate, message, subtask) !== null);
    const offset = reader === undefined ? null : reads(machine, reader, message, subtask);
    if (reader === undefined || offset === null) {
      return 'no ingress has such a record next';
    }
    while (reader.offset <= offset) {
      const goesTo = subtaskOfNext(machine, reader) ?? subtask;
      routeRecord(machine, reader, goesTo);
      const first = goesTo.local.pop(); // Behind what a restored subtask has yet to send again.
      if (first?.type === 'message' && goesTo !== subtask) {
        leftBehind.set(first.message, reader);
        const behind = goesTo.inputs.toArray();
        goesTo.inputs.clear();
        const rest = behind.splice(0, reader.targets.length - 1);
        goesTo.inputs.putFirst([...behind, { type: 'feedback', to: first.to, message: first.message }, ...rest]);
      } else if (first?.type !== 'message' || first.to !== to) {
        return 'another target of the record is before it';
      } else {
        deliver(machine, to, first.message);
      }
    }
    return null;
  };

  const feedback = (message: ScheduledMessage, caller: AddressRef, to: Address): string | null => {
    const from = addressOf(machine, caller.typename, caller.id).subtask;
    const first = underWay(machine, from, to.subtask);
    if (first === undefined) {
      return 'nothing like it was sent';
    }
    if (first.to !== to || !isSame(first.message, message)) {
      return `another message of subtask ${from.index} is before it`;
    }
    machine.agenda.retain((item) => item !== first);
    deliver(machine, to, first.message);
    return null;
  };

  const completion = (at: number, { typename, id }: AddressRef): string | null => {
    machine.now = at;
    const address = addressOf(machine, typename, id);
    const { subtask, call } = address;
    if (call === null || call.reply === null) {
      return call === null ? 'no call is in flight' : 'the call has no reply';
    }
    if (subtask.blockedBy !== null && subtask.blockedBy !== call) {
      return standing(subtask.blockedBy);
    }
    const own = subtask.blockedBy === call;
    if (!own) {
      const [head] = subtask.local.toArray();
      if (head !== undefined && drains[subtask.index]?.type !== 'completions') {
        return `a local send is before it: ${jobText(head)}`;
      }
      drains[subtask.index] = { type: 'completions' };
    }
    machine.events += 1;
    completeCall(machine, call);
    return null;
  };

  return {
    engine: engineOf(machine),
    produce(at, record) {
      machine.now = Math.max(machine.now, at);
      produce(machine, record, 'user');
    },
    start() {
      machine.phase = 'running';
      seekToStart(machine);
    },
    message: messageAct,
    departure(at, from, to) {
      const subtask = begin(machine, at, addressOf(machine, from.typename, from.id).subtask.index);
      if (typeof subtask === 'string') {
        return subtask;
      }
      const timer = firstTimer(machine, (candidate) => isAddress(candidate.from, from) && isAddress(candidate.to, to));
      const problem = timer === null ? 'no such timer is pending' : notYet(timer, subtask);
      if (timer !== null && problem === null) {
        fireTimer(machine, timer);
      }
      return problem;
    },
    completion,
    resend(at, { typename, id }) {
      const address = addressOf(machine, typename, id);
      const subtask = begin(machine, at, address.subtask.index);
      if (typeof subtask === 'string') {
        return subtask;
      }
      const jobs = subtask.local.toArray();
      const job = jobs.find((candidate) => candidate.type === 'resend' && candidate.to === address);
      if (job?.type !== 'resend') {
        return 'the checkpoint holds no request in flight of it';
      }
      subtask.local.clear();
      jobs.filter((other) => other !== job).forEach((other) => subtask.local.push(other));
      touch(machine, address);
      startCall(machine, address, job.messages);
      return null;
    },
    expirations({ typename, id }) {
      const address = addressOf(machine, typename, id);
      const entries = registrationOf(address)?.entries ?? [];
      return new Map(
        entries.flatMap(({ slot, spec }) => {
          const value = address.values[slot];
          return value === undefined || spec.expiration === null ? [] : [[spec.name, value.touchedAt + spec.expiration.millis]];
        }),
      );
    },
    checkpoint(at) {
      machine.now = at;
      const before = machine.checkpointCount;
      startCheckpoint(machine);
      finishCheckpoint(machine);
      return machine.checkpointCount === before ? 'the barrier is behind something that waits' : null;
    },
    fail(at) {
      machine.now = at;
      if (machine.phase === 'running') {
        failJob(machine, { code: 'injected-crash', message: 'the recorded job failed', address: null }, null);
      }
    },
    failed: () => machine.phase !== 'running',
    restart(at) {
      machine.now = at;
      if (machine.phase !== 'restarting') {
        return `the job is ${machine.phase}`;
      }
      machine.agenda.clear();
      drains.fill(null);
      restartJob(machine);
      return null;
    },
  };
}

function begin(machine: Machine, at: number, index: number): Subtask | string {
  machine.now = at;
  machine.events += 1;
  const subtask = machine.subtasks[index];
  if (machine.phase !== 'running') {
    return `the job is ${machine.phase}`;
  }
  if (subtask === undefined) {
    return `there is no subtask ${index}`;
  }
  return subtask.blockedBy === null ? subtask : standing(subtask.blockedBy);
}

function standing(call: Call): string {
  return `the subtask stands for ${textOf(call.address.ref)}`;
}

/** Whether the message is there as an input, so that no timer need bring it. */
function takesInput(machine: Machine, message: ScheduledMessage, subtask: Subtask): boolean {
  if (message.caller === null) {
    return true;
  }
  const from = addressOf(machine, message.caller.typename, message.caller.id).subtask;
  const queued = subtask.inputs.toArray().some((job) => job.type === 'feedback' && isSame(job.message, message));
  return queued || (from !== subtask && underWay(machine, from, subtask) !== undefined);
}

/** The first message on its way from one subtask to another. */
function underWay(machine: Machine, from: Subtask, to: Subtask) {
  let first;
  for (const item of machine.agenda.unordered()) {
    if (item.type === 'feedback' && item.to.subtask === to && item.message.caller !== null) {
      const { typename, id } = item.message.caller;
      if (addressOf(machine, typename, id).subtask === from && (first === undefined || item.seq < first.seq)) {
        first = item;
      }
    }
  }
  return first;
}

/** The pending timer of that subtask which brings this message; of equals the one that is due first. */
function dueTimer(machine: Machine, message: ScheduledMessage, subtask: Subtask): Timer | null {
  const { caller } = message;
  return caller === null
    ? null
    : firstTimer(
        machine,
        (timer) =>
          isAddress(timer.from, caller) &&
          isAddress(timer.to, message.to) &&
          sameValue(timer.value, message.value) &&
          addressOf(machine, timer.from.typename, timer.from.id).subtask === subtask,
      );
}

function firstTimer(machine: Machine, matches: (timer: Timer) => boolean): Timer | null {
  let best: Timer | null = null;
  for (const timer of machine.timers.all()) {
    if (matches(timer) && (best === null || timer.due < best.due || (timer.due === best.due && timer.seq < best.seq))) {
      best = timer;
    }
  }
  return best;
}

/** The offset of the reader's next record for this subtask, when that is the message's; else null. */
function reads(machine: Machine, reader: Reader, { to, value }: ScheduledMessage, subtask: Subtask): number | null {
  const log = machine.topics.log(reader.topic, reader.partition);
  let { offset } = reader;
  while (offset < log.length && subtaskOf(log.keyAt(offset) ?? '', machine.subtasks.length) !== subtask.index) {
    offset += 1;
  }
  if (offset >= log.length || reader.targets[0] !== to.typename || reader.valueType !== value.typename) {
    return null;
  }
  const record = log.read(offset);
  return record.key === to.id && record.value !== null && sameBytes(record.value, value.bytes) ? offset : null;
}

function jobText(job: LocalJob): string {
  return `${job.type} to ${textOf(job.to.ref)}`;
}

function textOf({ typename, id }: AddressRef): string {
  return `${typename}/${id}`;
}
