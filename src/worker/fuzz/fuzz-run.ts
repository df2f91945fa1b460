/**
 * Tries a function with many samples. Each is called twice, in two workers and in opposite orders: a function that depends on its
 * request alone answers the same. What goes wrong is gathered by its cause, and the smallest sample of each cause is looked for.
 */
import type { VirtualTime } from '../../base/ids.ts';
import type { CallReply, CallRequest, Stall } from '../../protocol/call.ts';
import { STALL_WORDS } from '../../protocol/stall-words.ts';
import type { Sandbox } from '../../sandbox/sandbox-api.ts';
import type { FuzzFinding } from '../trial-contract.ts';
import { firstDifference } from '../trial/reply-difference.ts';
import { trialRequest } from '../trial/trial-request.ts';
import type { FuzzPlan } from './fuzz-plan.ts';
import { drawSample, sampleFits, sampleInput, sampleSize, simplerSamples } from './fuzz-sample.ts';
import type { Sample } from './fuzz-sample.ts';

export interface FuzzTask {
  readonly plan: FuzzPlan;
  readonly samples: number;
  readonly seed: number;
  /** The clock that the function sees. */
  readonly at: VirtualTime;
  /** Two of the same code, in which nothing was called yet. */
  readonly sandboxes: readonly [Sandbox, Sandbox];
  readonly cancelled: () => boolean;
  readonly onProgress: (done: number, findings: number) => void;
}

export interface FuzzOutcome {
  readonly samples: number;
  readonly findings: readonly FuzzFinding[];
}

const BATCH = 25;
/** Each costs its whole limit and a new worker. */
const MAX_ENDLESS = 3;
const MAX_CAUSES = 20;
/** Calls spent on making the sample of one cause smaller. */
const SHRINK_CALLS = 300;
const DIFFERENT_ORDERS = ['in one order of calls', 'in the opposite one'] as const;

interface Cause {
  readonly type: FuzzFinding['type'];
  count: number;
  sample: Sample;
  reply: CallReply;
  /** Of the first call that did not come back, of which it is known. */
  stall: Stall | null;
  difference: string | null;
}

export async function runFuzz(task: FuzzTask): Promise<FuzzOutcome> {
  const { plan, seed, cancelled } = task;
  const samples = Array.from({ length: task.samples }, (_, index) => drawSample(plan, seed, index));
  const causes = new Map<string, Cause>();
  const first: CallReply[] = [];
  let done = 0;
  const [forward, backward] = task.sandboxes;

  for (let from = 0; from < samples.length && !cancelled() && endless(causes) < MAX_ENDLESS; from += BATCH) {
    const batch = samples.slice(from, from + BATCH);
    const replies = await call(task, forward, batch);
    if (cancelled()) {
      break;
    }
    replies.forEach((reply, index) => note(causes, batch[index], reply));
    first.push(...replies);
    done += batch.length;
    task.onProgress(done, causes.size);
  }

  const tried = first.length;
  const again = samples.slice(0, tried).flatMap((sample, index) => (comparable(first[index]) ? [{ sample, before: first[index] }] : []));
  again.reverse();
  for (let from = 0; from < again.length && !cancelled(); from += BATCH) {
    const batch = again.slice(from, from + BATCH);
    const replies = await call(
      task,
      backward,
      batch.map(({ sample }) => sample),
    );
    if (cancelled()) {
      break;
    }
    batch.forEach(({ sample, before }, index) => {
      const reply = replies[index];
      const difference = before === undefined || reply === undefined ? null : firstDifference(before, reply, DIFFERENT_ORDERS);
      if (difference !== null && reply !== undefined) {
        add(causes, 'impure', { type: 'impure', count: 1, sample, reply, stall: null, difference });
      }
    });
    done += batch.length;
    task.onProgress(done, causes.size);
  }

  for (const [key, cause] of causes) {
    if (cause.type === 'throws' && !cancelled()) {
      await shrink(task, backward, key, cause);
    }
  }
  return { samples: tried, findings: [...causes.values()].map((cause) => finding(task, cause)) };
}

async function call({ plan, at }: FuzzTask, sandbox: Sandbox, samples: readonly Sample[]): Promise<readonly CallReply[]> {
  const requests = samples.map((sample, index): CallRequest => {
    const request = trialRequest(
      sampleInput(plan, sample, at),
      plan.states.map(({ name }) => name),
    );
    if (!request.ok) {
      throw new Error(`a sample is an input: ${request.error}`);
    }
    return { ...request.value, call: index + 1 };
  });
  return sandbox.invoke(requests);
}

/** Null for an answer as it should be. */
function causeKey({ outcome }: CallReply): { readonly key: string; readonly type: FuzzFinding['type'] } | null {
  switch (outcome.type) {
    case 'threw': {
      const [place] = outcome.error.stack;
      const where = place === undefined ? outcome.error.message : `${place.path}:${place.line}`;
      return { key: `threw ${outcome.error.name} ${where}`, type: 'throws' };
    }
    case 'timed-out':
      return {
        key: outcome.limitMillis === 0 ? 'waits' : 'loops',
        type: 'endless',
      };
    case 'sandbox-lost':
      return { key: `lost ${outcome.message}`, type: 'endless' };
    default:
      return null;
  }
}

function stallOf({ outcome }: CallReply): Stall | null {
  return outcome.type === 'timed-out' ? (outcome.stall ?? null) : null;
}

function comparable(reply: CallReply | undefined): boolean {
  return reply !== undefined && (reply.outcome.type === 'replied' || reply.outcome.type === 'threw');
}

function note(causes: Map<string, Cause>, sample: Sample | undefined, reply: CallReply): void {
  const cause = causeKey(reply);
  if (sample !== undefined && cause !== null) {
    add(causes, cause.key, { type: cause.type, count: 1, sample, reply, stall: stallOf(reply), difference: null });
  }
}

function add(causes: Map<string, Cause>, key: string, found: Cause): void {
  const known = causes.get(key);
  if (known === undefined) {
    if (causes.size < MAX_CAUSES) {
      causes.set(key, found);
    }
    return;
  }
  known.count += 1;
  known.stall ??= found.stall;
  if (isBetter(found.sample, known.sample)) {
    known.sample = found.sample;
    known.reply = found.reply;
    known.difference = found.difference;
  }
}

/** A sample that keeps to its types says more than one that does not; then the smaller one. */
function isBetter(sample: Sample, than: Sample): boolean {
  const [fits, did] = [sampleFits(sample), sampleFits(than)];
  return fits === did ? sampleSize(sample) < sampleSize(than) : fits;
}

async function shrink(task: FuzzTask, sandbox: Sandbox, key: string, cause: Cause): Promise<void> {
  let calls = 0;
  let lost = 0;
  for (let smaller = true; smaller && calls < SHRINK_CALLS && lost < MAX_ENDLESS && !task.cancelled();) {
    smaller = false;
    const candidates = simplerSamples(cause.sample);
    for (let from = 0; from < candidates.length && !smaller && calls < SHRINK_CALLS && lost < MAX_ENDLESS; from += BATCH) {
      const batch = candidates.slice(from, from + BATCH);
      const replies = await call(task, sandbox, batch);
      calls += batch.length;
      lost += replies.filter(({ outcome }) => outcome.type === 'timed-out' || outcome.type === 'sandbox-lost').length;
      const at = replies.findIndex((reply) => causeKey(reply)?.key === key);
      const [sample, reply] = [batch[at], replies[at]];
      if (sample !== undefined && reply !== undefined && !task.cancelled()) {
        cause.sample = sample;
        cause.reply = reply;
        smaller = true;
      }
    }
  }
}

function endless(causes: ReadonlyMap<string, Cause>): number {
  return [...causes.values()].reduce((sum, cause) => sum + (cause.type === 'endless' ? cause.count : 0), 0);
}

function finding({ plan, at }: FuzzTask, { type, count, sample, reply, stall, difference }: Cause): FuzzFinding {
  const error = reply.outcome.type === 'threw' && type === 'throws' ? reply.outcome.error : null;
  return {
    type,
    message: messageOf(type, reply, stall),
    place: error?.stack[0] ?? stall?.place ?? null,
    error,
    difference,
    count,
    fits: sampleFits(sample),
    input: sampleInput(plan, sample, at),
  };
}

function messageOf(type: FuzzFinding['type'], { outcome }: CallReply, stall: Stall | null): string {
  if (type === 'impure') {
    return 'Its answers depend on what was called before: it remembers something outside of its state.';
  }
  switch (outcome.type) {
    case 'threw':
      return `${outcome.error.name}: ${outcome.error.message}`;
    case 'timed-out':
      return outcome.limitMillis === 0
        ? 'It waits for a promise that nothing can settle.'
        : `It did not return within ${outcome.limitMillis / 1000} s: ${stall === null ? 'a loop that never ends?' : `${STALL_WORDS[stall.type]}.`}`;
    case 'sandbox-lost':
      return outcome.message;
    default:
      return 'It did not answer.';
  }
}
