/** What a run came to, for people and as JSON. */
import type { RunConfig } from '../runtime/engine-api.ts';
import type { ScenarioOutcome } from '../scenario/outcome.ts';
import type { RepeatedFailure } from './failure-loop.ts';
import type { NodeRun, RunStop } from './node-run.ts';
import { formatCount, formatSpan, plural } from './text-forms.ts';
import type { FailureCount, TraceTally } from './trace-tally.ts';

export interface RunSummary {
  /** Why the run ended. */
  readonly stopped: RunStop;
  /** Virtual time, in ms since 1970 and from start to end. */
  readonly startAt: number;
  readonly endAt: number;
  readonly millis: number;
  readonly seed: string;
  readonly records: { readonly accepted: number; readonly unread: number };
  readonly messages: number;
  readonly calls: number;
  readonly failedCalls: number;
  readonly egress: readonly { readonly topic: string; readonly records: number; readonly committed: number }[];
  /** Addresses that got a message, and their states with a value. */
  readonly addresses: number;
  readonly states: number;
  readonly timers: { readonly left: number; readonly nextAt: number | null };
  readonly checkpoints: number;
  readonly job: { readonly failures: readonly FailureCount[]; readonly restarts: number };
  /** The failure that the job cannot get past. */
  readonly loop: { readonly code: string; readonly message: string; readonly times: number } | null;
  /** Of a scenario: expectations looked at, and those that failed. */
  readonly scenario: { readonly expectations: number; readonly failed: number } | null;
  readonly trace: { readonly events: number; readonly hash: string };
}

interface Ending {
  readonly config: RunConfig;
  readonly stop: RunStop;
  readonly outcome: ScenarioOutcome | null;
}

/** Addresses looked at together. */
const ROWS = 1000;

export function summaryOf(run: NodeRun, tally: TraceTally, { config, stop, outcome }: Ending): RunSummary {
  const { engine } = run;
  const metrics = engine.metrics();
  const { accepted, unread } = engine.audit();
  const { startAt, seed } = config.settings;
  const endAt = Math.max(metrics.now, startAt + (outcome?.endedAt ?? 0));
  return {
    stopped: stop,
    startAt,
    endAt,
    millis: endAt - startAt,
    seed,
    records: { accepted, unread },
    messages: metrics.messages,
    calls: tally.count('call-completed'),
    failedCalls: tally.count('call-failed'),
    egress: engine.topics().flatMap(({ topic, role, records, committed }) => (role === 'egress' ? [{ topic, records, committed }] : [])),
    ...countStates(run, tally),
    timers: { left: metrics.timers, nextAt: metrics.nextTimer },
    checkpoints: tally.count('checkpoint-completed'),
    job: { failures: tally.failures(), restarts: tally.count('job-restarted') },
    loop: loopOf(run.loop()),
    scenario: outcome === null ? null : { expectations: outcome.expectations, failed: outcome.failures.length },
    trace: { events: tally.events, hash: tally.hash() },
  };
}

function loopOf(loop: RepeatedFailure | null): RunSummary['loop'] {
  return loop === null ? null : { code: loop.failure.code, message: loop.failure.message, times: loop.times };
}

function countStates({ engine }: NodeRun, tally: TraceTally): { readonly addresses: number; readonly states: number } {
  let addresses = 0;
  let states = 0;
  for (const type of tally.types()) {
    const { total } = engine.addresses(type, 0, 0);
    addresses += total;
    for (let from = 0; from < total; from += ROWS) {
      states += engine.addresses(type, from, ROWS).rows.reduce((sum, row) => sum + row.states.length, 0);
    }
  }
  return { addresses, states };
}

export function summaryText(summary: RunSummary): string {
  const { records, messages, calls, failedCalls, egress, addresses, states, timers, checkpoints, job, scenario, trace } = summary;
  const rows: (readonly [string, string])[] = [
    ['records', `${formatCount(records.accepted)} in, ${formatCount(records.unread)} unread`],
    ['messages', formatCount(messages)],
    ['calls', `${formatCount(calls)} answered${failedCalls === 0 ? '' : `, ${plural(failedCalls, 'attempt')} failed`}`],
    ...egress.map((topic) => ['egress', egressText(topic)] as const),
    ['state', `${plural(states, 'value')} at ${formatCount(addresses)} ${addresses === 1 ? 'address' : 'addresses'}`],
    [
      'timers',
      timers.nextAt === null ? 'none left' : `${formatCount(timers.left)} left, the next ${new Date(timers.nextAt).toISOString()}`,
    ],
    ['checkpoints', formatCount(checkpoints)],
    ...job.failures.flatMap(({ code, message, thrown, times }) => [
      ['job failed', `${plural(times, 'time')}: ${code}: ${message}`] as const,
      ...(thrown === null ? [] : [['', `the function threw ${thrown}`] as const]),
    ]),
    ...(job.restarts === 0 ? [] : [['restarts', formatCount(job.restarts)] as const]),
    ...(scenario === null ? [] : [['expected', `${plural(scenario.expectations, 'expectation')}, ${scenario.failed} failed`] as const]),
    ['trace', `${plural(trace.events, 'event')}, hash ${trace.hash}`],
  ];
  return [
    `${stopText(summary)} Virtual time: ${formatSpan(summary.millis)}.`,
    ...rows.map(([name, text]) => `  ${name.padEnd(12)}${text}`),
  ].join('\n');
}

function egressText({ topic, records, committed }: RunSummary['egress'][number]): string {
  return `${topic}: ${plural(records, 'record')}${committed === records ? '' : `, ${formatCount(committed)} committed`}`;
}

function stopText({ stopped, loop }: RunSummary): string {
  switch (stopped) {
    case 'idle':
      return 'Nothing is due any more.';
    case 'until':
      return 'The time is up.';
    case 'interrupted':
      return 'Interrupted.';
    case 'ended':
      return 'The job failed and is not restarted.';
    case 'looping':
      return `Stopped: the job failed ${loop?.times ?? 0} times of the same thing and would not get past it.`;
    case 'paused':
    case 'events':
    case 'needs-replies':
    case 'reached':
      return 'Stopped.';
  }
}
