/** R6: every record that a topic accepted is unread, or its messages are waiting, in flight, done, or dropped by name. */
import type { AuditReport } from './engine-api.ts';
import { feedbackUnderWay } from './checkpoints.ts';
import type { Machine } from './machine.ts';
import type { Message } from './machine-types.ts';

export function auditMachine(machine: Machine): AuditReport {
  const violations: string[] = [];
  let accepted = 0;
  let unread = 0;
  let routed = 0;
  for (const reader of machine.readers) {
    const end = machine.topics.log(reader.topic, reader.partition).length;
    if (reader.offset > end) {
      violations.push(`${reader.ingress} read ${reader.offset} of ${end} records of ${reader.topic}/${reader.partition}`);
    }
    accepted += end;
    unread += end - reader.offset + reader.ahead;
    routed += (reader.offset - reader.ahead - reader.startOffset - reader.dropped) * reader.targets.length;
  }
  const { created, fromIngress, done, dropped } = machine.ledger;
  if (fromIngress !== routed) {
    violations.push(`${routed} messages should have come from read records, ${fromIngress} did`);
  }
  const live = liveMessages(machine, violations);
  if (created !== done + dropped + live) {
    violations.push(`${created} messages were made, ${done} done, ${dropped} dropped, ${live} are under way`);
  }
  checkCalls(machine, violations);
  return { ok: violations.length === 0, accepted, unread, violations };
}

function liveMessages(machine: Machine, violations: string[]): number {
  const seen = new Set<number>();
  const see = (message: Message, where: string): void => {
    if (seen.has(message.id)) {
      violations.push(`message ${message.id} is in two places, one is ${where}`);
    }
    seen.add(message.id);
  };
  for (const { ref, waiting, call } of machine.addresses) {
    const where = `${ref.typename}/${ref.id}`;
    waiting.forEach((message) => see(message, where));
    call?.messages.forEach((message) => see(message, where));
    if (
      waiting.length > 0 &&
      call === null &&
      !machine.subtasks.some(({ local }) => local.toArray().some(({ type }) => type === 'resend'))
    ) {
      violations.push(`${where} has a batch waiting and no call in flight`);
    }
  }
  for (const { local } of machine.subtasks) {
    for (const job of local.toArray()) {
      const messages = job.type === 'message' ? [job.message] : job.messages;
      messages.forEach((message) => see(message, 'a local queue'));
    }
  }
  for (const { message } of feedbackUnderWay(machine)) {
    see(message, 'the feedback channel');
  }
  return seen.size;
}

function checkCalls(machine: Machine, violations: string[]): void {
  const perSubtask = new Map<number, number>();
  for (const call of machine.calls.values()) {
    if (call.address.call !== call) {
      violations.push(`call ${call.id} is not the call of its address`);
    }
    const { index } = call.address.subtask;
    perSubtask.set(index, (perSubtask.get(index) ?? 0) + 1);
  }
  for (const subtask of machine.subtasks) {
    if (subtask.inFlight !== (perSubtask.get(subtask.index) ?? 0)) {
      violations.push(`subtask ${subtask.index} counts ${subtask.inFlight} requests in flight`);
    }
  }
}
