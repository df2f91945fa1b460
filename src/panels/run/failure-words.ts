/** What each failure means, in words for the person at the screen: what happened, what to do, and what the engine would do. */
import { assertNever } from '../../base/assert-never.ts';
import type { RestartStrategy, SimulationSettings } from '../../model/simulation-settings.ts';
import type { Stall } from '../../protocol/call.ts';
import type { PausedFailure } from '../../runtime/engine-api.ts';
import type { CallFailureReason, JobFailureCode } from '../../runtime/trace-event.ts';
import { formatDuration } from './virtual-clock.ts';

export interface FailureWords {
  readonly title: string;
  /** One or two sentences: why it is a failure. */
  readonly what: string;
  /** What the user can do about it. */
  readonly todo: string;
  /**
   * Where it is mended. `code` takes effect with Ctrl+S; `module` only when the run starts over; `server`: outside the Studio;
   * `record`: nothing to edit, the record itself is wrong; `none`: nothing to mend.
   */
  readonly place: 'code' | 'module' | 'server' | 'record' | 'none';
}

const JOB_FAILURES: Readonly<Record<JobFailureCode, FailureWords>> = {
  // S58
  'no-endpoint': {
    title: 'No endpoint serves this function',
    what: 'A message was addressed to a function type that no endpoint in module.yaml matches.',
    todo: 'Correct the typename where the message is sent, or add an endpoint whose pattern matches and reset the run.',
    place: 'code',
  },
  // S59
  'unknown-egress': {
    title: 'Unknown egress',
    what: 'The function wrote to an egress id that module.yaml does not declare.',
    todo: 'Correct the egress typename in the code, or declare the egress and reset the run.',
    place: 'code',
  },
  // S60
  'bad-egress-payload': {
    title: 'The egress cannot write this payload',
    what: 'A Kafka egress takes only KafkaProducerRecord messages, a Kinesis egress only KinesisEgressRecord messages.',
    todo: 'Build the message with kafkaEgressMessage (or kinesisEgressMessage) of the SDK instead of a plain egressMessageBuilder.',
    place: 'code',
  },
  // S68
  'unknown-state': {
    title: 'Change of a state that was never declared',
    what: 'The reply changes a state that is not among the function’s specs.',
    todo: 'Add the state to the specs of the function, or correct its name.',
    place: 'code',
  },
  // S20, S21
  'state-type-mismatch': {
    title: 'The type of a state changed',
    what: 'A state is declared with another type than the one its stored values have; StateFun refuses that for good.',
    todo: 'Declare the old type again, or give the state a new name. Reset starts with empty state.',
    place: 'code',
  },
  // S23
  'state-expiration-changed': {
    title: 'Expiration was added to, or removed from, a stored state',
    what: 'Stored values carry a touch time or they do not; after a restart StateFun cannot read one as the other.',
    todo: 'Declare the expiration as it was, or give the state a new name. Reset starts with empty state.',
    place: 'code',
  },
  // S47, S49
  'duplicate-token': {
    title: 'The cancellation token is still in use',
    what: 'A delayed message was sent with the token of another one that is still waiting. Functions with the same id share tokens.',
    todo: 'Cancel the waiting message first, or make the token unique, for example with the function’s name and the message’s id.',
    place: 'code',
  },
  // S50
  'cancel-without-token': {
    title: 'Cancellation without a token',
    what: 'The function cancelled a delayed message without saying which one.',
    todo: 'Pass the token that the message was sent with to cancelDelayedMessage.',
    place: 'code',
  },
  // S50
  'negative-delay': {
    title: 'Negative delay',
    what: 'A delayed message was sent with a delay below zero.',
    todo: 'Use a delay of zero or more milliseconds in sendAfter.',
    place: 'code',
  },
  // S63, S65
  'call-budget-spent': {
    title: 'The call kept failing until its time was spent',
    what: 'The function did not answer properly within timeouts.call of its endpoint, retries included.',
    todo: 'Correct the code that fails. Nothing is skipped: this message comes again after every restart.',
    place: 'code',
  },
  // S64
  'bad-transport-options': {
    title: 'The endpoint’s timeouts contradict each other',
    what: 'With the okhttp transport, connect, read and write may not be longer than call. StateFun notices at the first message.',
    todo: 'Raise timeouts.call in module.yaml, or lower the others, and reset the run.',
    place: 'module',
  },
  // S82
  'record-without-key': {
    title: 'The record has no key',
    what: 'A Kafka ingress takes the id of the target from the record’s key, which must be UTF-8. An empty key would be fine; none is not.',
    todo: 'Give the records a key where they are produced. This one stays in the topic and fails after every restart.',
    place: 'record',
  },
  // S83
  'record-without-value': {
    title: 'The record has a null value',
    what: 'StateFun has no place for a tombstone: a record without a value fails the job.',
    todo: 'Keep tombstones out of the topic, for example by not reading a compacted one. An empty value would be fine.',
    place: 'record',
  },
  'injected-crash': {
    title: 'Crash',
    what: 'You let the job crash: all tasks are lost at once.',
    todo: 'Nothing to mend.',
    place: 'none',
  },
  // S77
  'process-crash': {
    title: 'The process died',
    what: 'A new process starts the job without a savepoint: no checkpoint is used, and what was committed before stays visible.',
    todo: 'Nothing to mend. In production, start from the last retained checkpoint or a savepoint.',
    place: 'none',
  },
  // S90
  'playground-port-in-use': {
    title: 'The playground’s port is still taken',
    what: 'The playground ingress does not release its port when the job fails, so every new attempt of the job fails at its start.',
    todo: 'Start the process anew; for what has to survive a failure, use a Kafka ingress.',
    place: 'module',
  },
  // S80
  'transaction-timeout-too-long': {
    title: 'The transaction time-out is longer than the broker allows',
    what: 'An exactly-once egress asks for more than the 15 minutes of transaction.max.timeout.ms; the job fails whenever it starts.',
    todo: 'Lower the transaction time-out in module.yaml to 15min or less, and reset the run.',
    place: 'module',
  },
  'checkpoint-expired': {
    title: 'A checkpoint took longer than ten minutes',
    what: 'Its barrier waited behind records that a subtask did not take. Flink gives a checkpoint up after ten minutes, and the job with it.',
    todo: 'Make the calls that hold the subtask shorter, or lower timeouts.call. Look at where the back-pressure began.',
    place: 'code',
  },
  'transaction-timed-out': {
    title: 'The broker ended a transaction that was open too long',
    what: 'An exactly-once egress had records that no checkpoint committed within its transaction time-out.',
    todo: 'Make the transaction time-out longer than the checkpoint interval, with room for slow checkpoints, and reset the run.',
    place: 'module',
  },
};

export function jobFailureTitle(code: JobFailureCode): string {
  return JOB_FAILURES[code].title;
}

export function callFailureTitle(reason: CallFailureReason): string {
  return callFailureWords(reason).title;
}

export function failureWords(failure: PausedFailure['failure']): FailureWords {
  return failure.type === 'job' ? JOB_FAILURES[failure.code] : callFailureWords(failure.reason);
}

function callFailureWords(reason: CallFailureReason): FailureWords {
  if ('remote' in reason && reason.remote !== undefined) {
    return remoteFailureWords(reason);
  }
  switch (reason.type) {
    case 'threw':
      return {
        title: 'The function threw an error',
        what: 'Nothing that the function did in this call has taken effect. The state is that of before the call.',
        todo: 'Correct the line, apply it with Ctrl+S, and try again.',
        place: 'code',
      };
    case 'timed-out':
      return reason.limitMillis === 0 ? waitWords(reason.stall) : overrunWords(reason);
    case 'sandbox-lost':
      return {
        title: 'The sandbox died under the call',
        what: `${reason.message.replace(/\.?$/, '.')} Nothing that the call did has taken effect.`,
        todo: 'Most often the code has filled the memory: look for something that grows without end.',
        place: 'code',
      };
    case 'never-ready':
      return {
        title: 'The function never has the states it wants',
        what: `${reason.times} times in a row it answered that states are missing, and named none that it did not have. StateFun asks again for ever.`,
        todo: 'Look at the names and types of its states: it must find in the request what it declares.',
        place: 'code',
      };
    case 'no-such-function':
      return {
        title: 'No code for this function',
        what: 'The endpoint’s pattern serves this type, but no file under functions/ defines it. A real server answers 500.',
        todo: 'Write the function, give it a stand-in on the canvas, or correct the typename where the message is sent.',
        place: 'code',
      };
    case 'bad-reply':
      return {
        title: 'The reply cannot be read',
        what: `${reason.message.replace(/\.?$/, '.')} Nothing of it has taken effect.`,
        todo: 'Look at what the function sends or stores last: values must fit their types.',
        place: 'code',
      };
    case 'http-status':
      return {
        title: `The endpoint answered with status ${reason.status}`,
        what: 'That is not a success. Nothing of the call has taken effect.',
        todo: 'It was asked for as a fault. The engine tries again until the call’s time is spent.',
        place: 'none',
      };
    case 'refused':
      return {
        title: 'The endpoint refused the connection',
        what: 'Nothing listens there, so the function never saw the request.',
        todo: 'It was asked for as a fault. The engine tries again until the call’s time is spent.',
        place: 'none',
      };
    case 'dropped':
      return {
        title: 'The endpoint dropped the connection',
        what: 'It closed the connection before it answered. Nothing of the call has taken effect.',
        todo: 'It was asked for as a fault. The engine tries again until the call’s time is spent.',
        place: 'none',
      };
    case 'no-answer':
      return {
        title: 'The endpoint did not answer',
        what: `No answer came for ${formatDuration(reason.limitMillis)}, which is as long as the transport waits.`,
        todo: 'A fault, a slow stub or the latency of the settings asked for it. The engine tries again until the call’s time is spent.',
        place: 'none',
      };
    case 'malformed':
      return {
        title: 'The endpoint answered something that is no FromFunction',
        what: 'StateFun can read nothing else. Nothing of the answer has taken effect.',
        todo: 'It was asked for as a fault. The engine tries again until the call’s time is spent.',
        place: 'none',
      };
    case 'wrong-content-type':
      return {
        title: `The endpoint answered with content type ${reason.contentType}`,
        what: 'StateFun reads application/octet-stream only. Nothing of the answer has taken effect.',
        todo: 'It was asked for as a fault. The engine tries again until the call’s time is spent.',
        place: 'none',
      };
    default:
      return assertNever(reason);
  }
}

function waitWords(stall: Stall | undefined): FailureWords {
  const where = stall?.type === 'await' ? 'The await there waits' : 'It waits';
  return {
    title: 'The function waits for ever',
    what: `${where} for a promise that nothing can settle: no timer and no request is left. In production the call would time out. Nothing that it did has taken effect.`,
    todo: 'Look for a promise whose resolve is never called, apply the code with Ctrl+S, and try again.',
    place: 'code',
  };
}

const STALLED: Readonly<Record<Stall['type'], { readonly title: string; readonly what: string; readonly todo: string }>> = {
  loop: { title: 'A loop does not end', what: 'The loop was still going round when', todo: 'Look at what should end it' },
  calls: {
    title: 'A function is entered without end',
    what: 'The function was entered again and again until',
    todo: 'Look for recursion, a chain of promises or an interval that nothing ends',
  },
  await: {
    title: 'An await does not come to its end',
    what: 'The await was not over when',
    todo: 'Look at what should settle its promise',
  },
  statement: {
    title: 'A statement does not come to its end',
    what: 'The statement was still being executed when',
    todo: 'Look for a regular expression or a call that takes so long',
  },
};

function overrunWords({ limitMillis, stall }: Extract<CallFailureReason, { readonly type: 'timed-out' }>): FailureWords {
  const limit = formatDuration(limitMillis);
  if (stall === undefined) {
    return {
      title: 'The function did not come back',
      what: `The invocation ran longer than ${limit} and was ended. Nothing that it did has taken effect.`,
      todo: 'Look for a loop that does not end or a promise that is never settled. The limit is in Settings.',
      place: 'code',
    };
  }
  const { title, what, todo } = STALLED[stall.type];
  return {
    title,
    what: `${what} the invocation was ended after ${limit}. Nothing that it did has taken effect.`,
    todo: `${todo}, apply the code with Ctrl+S, and try again. The limit is in Settings.`,
    place: 'code',
  };
}

type RemoteReason = Extract<CallFailureReason, { readonly remote?: unknown }>;

/** The server's own words stand beside these. */
function remoteFailureWords(reason: RemoteReason): FailureWords {
  const words = (title: string, todo: string): FailureWords => ({
    title,
    what: 'The function server outside the Studio did this. Nothing of the call has taken effect.',
    todo,
    place: 'server',
  });
  switch (reason.type) {
    case 'never-ready':
      return words(
        'The server never has the states it wants',
        `${reason.times} times in a row it named none that it did not have, and StateFun would ask again for ever. Look at how its states are declared.`,
      );
    case 'bad-reply':
      return words(
        'The server’s answer is no FromFunction',
        'Look at what answers at this URL: it must be a function server of a StateFun SDK.',
      );
    case 'http-status':
      return words(
        `The server answered with status ${reason.status}`,
        reason.status === 500
          ? 'Most often the function threw: its server’s log says what.'
          : 'Look at the URL, and at what answers there.',
      );
    case 'refused':
      return words('The function server cannot be reached', 'Start it, or mend its URL at the endpoint, then retry.');
    case 'dropped':
      return words('The answer did not come whole', 'Look at the server’s log, then retry.');
    case 'no-answer':
      return words('The server did not answer', 'Look whether it hangs, or give it more time at the endpoint, then retry.');
    case 'wrong-content-type':
      return words(
        'Something else answers at this URL',
        'StateFun reads application/octet-stream only: mend the URL at the endpoint, then retry.',
      );
    default:
      return assertNever(reason);
  }
}

/** What *Continue as the engine would* leads to, with the settings that the run has. S7, S8, S65, S76. */
export function engineWould(failure: PausedFailure['failure'], settings: SimulationSettings, checkpoint: number | null): string {
  if (failure.type === 'call' && failure.reason.type === 'never-ready') {
    return 'Asks again at once and without a limit, as long as the answer stays the same; nothing else of this address goes on.';
  }
  const retries =
    failure.type === 'call'
      ? 'Retries with growing pauses until the endpoint’s call time is spent; then the job fails'
      : 'The job fails now';
  if (settings.restartStrategy.type === 'none') {
    return `${retries} and ends for good, as no restart strategy is set.`;
  }
  const from = checkpoint === null ? 'with empty state, since no checkpoint has completed' : `from checkpoint ${checkpoint}`;
  const { pause, often } = strategyWords(settings.restartStrategy);
  return `${retries} and all functions restart after ${pause} ${from}, ${often}.`;
}

function strategyWords(strategy: Exclude<RestartStrategy, { readonly type: 'none' }>): { readonly pause: string; readonly often: string } {
  switch (strategy.type) {
    case 'fixed-delay':
      return {
        pause: formatDuration(strategy.delayMillis),
        often: strategy.attempts === null ? 'without limit' : `at most ${strategy.attempts} times`,
      };
    case 'failure-rate':
      return {
        pause: formatDuration(strategy.delayMillis),
        often: `at most ${strategy.maxFailures} times within ${formatDuration(strategy.intervalMillis)}`,
      };
    case 'exponential-delay':
      return {
        pause: `a pause that grows from ${formatDuration(strategy.initialMillis)} to ${formatDuration(strategy.maxMillis)}`,
        often: 'without limit',
      };
    default:
      return assertNever(strategy);
  }
}
