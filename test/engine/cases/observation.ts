/** What was seen of a case, in words that a difference can be read in: the same for a recording and for a simulated run. */
import { decodeUtf8, tryDecodeUtf8 } from '../../../src/base/text-encoding.ts';
import type { InvocationRequest, TypedValue, WireAddress } from '../../../src/protocol/messages.ts';
import { decodeToFunction } from '../../../src/protocol/wire-codec.ts';
import { COMMANDS_TYPE, nameOf } from '../../support/programs/command.ts';
import { decodeState } from '../../support/programs/state-values.ts';
import type { Recording } from '../recording.ts';
import type { Comparison, RequestRule } from './case.ts';

/** A request as it was made; `bytes` in base64. */
export interface SeenRequest {
  readonly at: number;
  /** The attempt of the job that made it, counted from the case's start. */
  readonly attempt: number;
  readonly target: string;
  readonly states: string;
  readonly messages: readonly string[];
  readonly bytes: string;
}

export interface SeenRecord {
  readonly topic: string;
  readonly key: string | null;
  readonly text: string | null;
  readonly committed: boolean;
}

export interface SeenFailure {
  readonly at: number;
  /** The engine's: the chain of causes, each `Class: text` on lines of its own, the outermost first. The simulator's: its text. */
  readonly text: string;
}

export interface Seen {
  /** Of each address. */
  readonly subtasks: Readonly<Record<string, number>>;
  readonly requests: readonly SeenRequest[];
  readonly egress: readonly SeenRecord[];
  readonly failures: readonly SeenFailure[];
  /** When checkpoints completed. */
  readonly checkpoints: readonly number[];
}

export function seenRequest(at: number, attempt: number, bytes: Uint8Array): SeenRequest {
  const decoded = decodeToFunction(bytes);
  if (!decoded.ok) {
    throw new Error(decoded.error);
  }
  const { target, messages } = decoded.value;
  return {
    at,
    attempt,
    target: `${target.typename}/${target.id}`,
    states: statesText(decoded.value),
    messages: messages.map(({ caller, argument }) => messageText(caller, argument)),
    bytes: Buffer.from(bytes).toString('base64'),
  };
}

export function messageText(caller: WireAddress | null, argument: TypedValue): string {
  const from = caller === null ? '' : `${caller.typename}/${caller.id} > `;
  const type = argument.typename === COMMANDS_TYPE ? '' : ` (${argument.typename})`;
  return `${from}${argumentText(argument.bytes)}${type}${argument.hasValue ? '' : ' without has_value'}`;
}

function statesText({ states }: InvocationRequest): string {
  return states.map(({ name, value }) => `${name}=${value === null ? '–' : (decodeState(value.typename, value.bytes) ?? '?')}`).join(' ');
}

function argumentText(bytes: Uint8Array): string {
  return nameOf(bytes) ?? tryDecodeUtf8(bytes) ?? Buffer.from(bytes).toString('hex');
}

export function seenInRecording(recording: Recording): Seen {
  const ends = recording.job.flatMap(({ event, at }) => (event === 'failed' || event === 'stopped' ? [at] : []));
  return {
    subtasks: Object.fromEntries(recording.schedule.flatMap((entry) => ('target' in entry ? [[entry.target, entry.subtask]] : []))),
    requests: recording.exchanges.map(({ at, request }) =>
      seenRequest(at, ends.filter((end) => end < at).length, Buffer.from(request, 'base64')),
    ),
    egress: recording.egress.map(({ topic, key, value, committed }) => ({
      topic,
      key,
      text: value === null ? null : decodeUtf8(Buffer.from(value, 'base64')),
      committed,
    })),
    failures: recording.job.flatMap((entry) => (entry.event === 'failed' ? [{ at: entry.at, text: entry.causes.join('\n') }] : [])),
    checkpoints: recording.job.flatMap((entry) => (entry.event === 'checkpoint' ? [entry.at] : [])),
  };
}

/** The part of what was seen that the case compares. */
export function compared(seen: Seen, comparison: Comparison): unknown {
  const { requests: rule = 'sequence', except = {}, egress = 'sequence', uncommitted = true } = comparison;
  const requests = comparison.tries === true ? seen.requests : withoutRepetitions(seen.requests);
  const addresses: Record<string, unknown> = {};
  for (const target of [...new Set(requests.map((request) => request.target))].toSorted()) {
    const own = requests.filter((request) => request.target === target);
    const ownRule = except[target] ?? rule;
    if (ownRule !== 'nothing') {
      addresses[target] = byRule(own, ownRule);
    }
  }
  const records = (some: readonly SeenRecord[]): string[] => {
    const texts = some
      .toSorted((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0))
      .map(({ topic, key, text }) => `${topic} ${key ?? '(no key)'}: ${text ?? '(null)'}`);
    return egress === 'multiset' ? texts.toSorted() : texts;
  };
  return {
    addresses,
    subtasks: Object.fromEntries(Object.keys(addresses).map((target) => [target, seen.subtasks[target]])),
    egress: {
      committed: records(seen.egress.filter(({ committed }) => committed)),
      ...(uncommitted ? { all: records(seen.egress) } : {}),
    },
    failed: seen.failures.length,
    ...(comparison.order === true ? { order: requests.map(({ target, messages }) => `${target}: ${messages.join(' | ')}`) } : {}),
    ...(comparison.checkpoints === true
      ? { checkpoints: seen.checkpoints.map((at) => `after ${requests.filter((request) => request.at <= at).length} requests`) }
      : {}),
  };
}

function byRule(requests: readonly SeenRequest[], rule: Exclude<RequestRule, 'nothing'>): unknown {
  const messages = requests.filter((request, index) => !isHandshake(requests, index)).flatMap((request) => request.messages);
  switch (rule) {
    case 'sequence':
      return requests.map(({ states, messages: batch, bytes }) => ({ request: `${states} <- ${batch.join(' | ')}`, bytes }));
    case 'batches':
      return requests.map(({ messages: batch }) => batch.join(' | '));
    case 'messages':
      return messages;
    case 'multiset':
      return messages.toSorted();
  }
}

/** The request is made again with states (S10), so its messages would be counted twice. */
function isHandshake(requests: readonly SeenRequest[], index: number): boolean {
  const [request, next] = [requests[index], requests[index + 1]];
  return (
    request?.states === '' &&
    next !== undefined &&
    next.attempt === request.attempt &&
    next.states !== '' &&
    next.messages.join('|') === request.messages.join('|')
  );
}

/** One for requests of one attempt that follow each other with the same content: retries, whose number is a matter of time. */
function withoutRepetitions(requests: readonly SeenRequest[]): SeenRequest[] {
  const last = new Map<string, string>();
  return requests.filter(({ target, attempt, states, messages }) => {
    const request = `${attempt}: ${states} <- ${messages.join(' | ')}`;
    const repeated = last.get(target) === request;
    last.set(target, request);
    return !repeated;
  });
}
