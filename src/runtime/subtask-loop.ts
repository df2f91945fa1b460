/**
 * A subtask's thread (S2): local sends are drained inside the job that made them (S3); completed calls and timers that
 * arrived while it stood come before input; input alone feels back-pressure.
 */
import { startCall } from './calls.ts';
import { readAhead, readOn } from './ingress.ts';
import { nextSeq, nextTraceSeq, nowOf, touch } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Address, InputJob, Mail, Message, Subtask } from './machine-types.ts';

/** How a subtask's jobs are run; given from outside because jobs make new jobs. */
export interface Jobs {
  mail(machine: Machine, mail: Mail): void;
  input(machine: Machine, job: InputJob): void;
}

/** A message for an address: from the address's own subtask at once in this job, from elsewhere by the feedback channel. */
export function send(machine: Machine, from: Subtask, to: Address, message: Message): void {
  if (to.subtask === from) {
    from.local.push({ type: 'message', to, message });
  } else {
    machine.agenda.push({ type: 'feedback', at: machine.now, seq: nextSeq(machine), to, message });
  }
}

/** A message reaches its address: it is sent on, or waits for the call in flight (S25). */
export function deliver(machine: Machine, to: Address, message: Message): void {
  watch(machine, to, message);
  touch(machine, to);
  if (to.call === null) {
    startCall(machine, to, [message]);
    return;
  }
  to.waiting.push(message);
  to.type.node.queued += 1;
  const limit = to.type.endpoint?.maxNumBatchRequests ?? 0;
  if (limit > 0 && to.waiting.length >= limit) {
    to.subtask.heldBy.add(to); // S27, S28
  }
}

/** A completed call or a due timer: handled now, or when the subtask stands no more. */
export function submitMail(machine: Machine, subtask: Subtask, mail: Mail, jobs: Jobs): void {
  const ownAnswer = mail.type === 'completion' && subtask.blockedBy === mail.call;
  const behindRestored = subtask.restored > 0 && holdRule(machine, subtask) === null;
  if (!ownAnswer && (subtask.blockedBy !== null || subtask.mails.size > 0 || behindRestored)) {
    subtask.mails.push(mail);
    return;
  }
  jobs.mail(machine, mail);
  settle(machine, subtask);
}

/** An ingress record or a feedback message: handled now, or behind what waits already. */
export function submitInput(machine: Machine, subtask: Subtask, job: InputJob, jobs: Jobs): void {
  if (subtask.blockedBy !== null || subtask.mails.size > 0 || subtask.inputs.size > 0 || holdRule(machine, subtask) !== null) {
    if (job.type !== 'read') {
      subtask.inputs.push(job);
    } else if (!readAhead(machine, job.reader, subtask)) {
      subtask.inputs.push(job);
      subtask.stalled += 1;
    }
    showHold(machine, subtask);
    return;
  }
  jobs.input(machine, job);
  settle(machine, subtask);
}

/** One queued job. */
export function drainOne(machine: Machine, subtask: Subtask, jobs: Jobs): void {
  subtask.drainScheduled = false;
  if (subtask.blockedBy === null) {
    const open = holdRule(machine, subtask) === null;
    const mail = open && subtask.restored > 0 ? undefined : subtask.mails.shift();
    if (mail !== undefined) {
      jobs.mail(machine, mail);
    } else if (open) {
      const job = subtask.inputs.shift();
      if (job !== undefined) {
        subtask.restored = Math.max(0, subtask.restored - 1);
        subtask.stalled -= job.type === 'read' ? 1 : 0;
        jobs.input(machine, job);
        readOn(machine, subtask);
      }
    }
  }
  settle(machine, subtask);
}

/** The end of a job: local sends to the end, then the next queued job is scheduled. */
export function settle(machine: Machine, subtask: Subtask): void {
  if (machine.byHand || machine.phase !== 'running') {
    return; // With a failed job its local sends are gone too.
  }
  while (subtask.blockedBy === null && machine.pending === null) {
    const job = subtask.local.shift();
    if (job === undefined) {
      break;
    }
    if (job.type === 'message') {
      deliver(machine, job.to, job.message);
    } else {
      watch(machine, job.to, null);
      touch(machine, job.to);
      startCall(machine, job.to, job.messages);
    }
  }
  showHold(machine, subtask);
  if (subtask.blockedBy !== null || subtask.drainScheduled) {
    return;
  }
  if (subtask.mails.size > 0 || (subtask.inputs.size > 0 && holdRule(machine, subtask) === null)) {
    subtask.drainScheduled = true;
    machine.agenda.push({ type: 'drain', at: machine.now, seq: nextSeq(machine), subtask });
  }
}

function watch(machine: Machine, to: Address, message: Message | null): void {
  machine.deliveries?.push({ traceSeq: machine.traceSeq, at: machine.now, subtask: to.subtask.index, to: to.ref, message });
}

export function holdRule(machine: Machine, subtask: Subtask): 'async-max-per-task' | 'max-num-batch-requests' | null {
  const { asyncMaxPerTask } = machine.config.settings;
  if (asyncMaxPerTask > 0 && subtask.inFlight >= asyncMaxPerTask) {
    return 'async-max-per-task'; // S26
  }
  return subtask.heldBy.size > 0 ? 'max-num-batch-requests' : null;
}

/** Back-pressure is told when an input really waits for it, and when it ends. */
function showHold(machine: Machine, subtask: Subtask): void {
  const rule = subtask.inputs.size > 0 && subtask.blockedBy === null ? holdRule(machine, subtask) : null;
  if (rule === subtask.shownHold) {
    return;
  }
  const shown = rule ?? subtask.shownHold;
  const [holder] = subtask.heldBy;
  subtask.shownHold = rule;
  if (shown !== null) {
    machine.trace.push({
      seq: nextTraceSeq(machine),
      at: nowOf(machine),
      type: 'back-pressure',
      subtask: subtask.index,
      held: rule !== null,
      rule: shown,
      address: rule === 'max-num-batch-requests' ? (holder?.ref ?? null) : null,
    });
  }
}
