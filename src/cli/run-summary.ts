/** What a run came to, for people and as JSON. */
import type { RunConfig } from '../runtime/engine-api.ts';
import type { ScenarioOutcome } from '../scenario/outcome.ts';
import { groupLines } from '../worker/play/call-failures.ts';
import type { CallFailureGroup } from '../worker/play/call-failures.ts';
import type { RepeatedFailure } from '../worker/play/failure-loop.ts';
import type { PlayRun, RunStop } from '../worker/play/play-run.ts';
import { formatCount, formatSpan, plural } from '../model/text-forms.ts';
import type { FailureCount, TraceTally } from '../worker/play/trace-tally.ts';

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
  /** Failed attempts by function and reason; those of further groups are only counted. */
  readonly callFailures: readonly CallFailureGroup[];
  readonly callFailuresLeftOut: number;
  /** Addresses whose call failed and got no answer up to the end. */
  readonly unanswered: number;
  /** Calls went out, and none of them was answered. */
  readonly noneAnswered: boolean;
  /** Why nothing was fed, or null where something was or could be. */
  readonly noRecords: string | null;
  /** What the project should be mended in though it runs. */
  readonly warnings: readonly string[];
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
  /** Of a run that the time ended: when, in ms since 1970. */
  readonly until: number | null;
  readonly warnings: readonly string[];
}

/** Addresses looked at together. */
const ROWS = 1000;

export function summaryOf(run: PlayRun, tally: TraceTally, { config, stop, outcome, until, warnings }: Ending): RunSummary {
  const { engine } = run;
  const metrics = engine.metrics();
  const { accepted, unread } = engine.audit();
  const { startAt, seed } = config.settings;
  const endAt = Math.max(metrics.now, startAt + (outcome?.endedAt ?? 0), stop === 'until' && until !== null ? until : 0);
  const { callFailures } = tally;
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
    callFailures: callFailures.groups(),
    callFailuresLeftOut: callFailures.leftOut(),
    unanswered: callFailures.unanswered(),
    noneAnswered: tally.count('call-started') > 0 && tally.count('call-completed') === 0,
    noRecords: outcome === null ? noRecords(config) : null,
    warnings,
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

function countStates({ engine }: PlayRun, tally: TraceTally): { readonly addresses: number; readonly states: number } {
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
    ...groupLines(summary.callFailures, summary.callFailuresLeftOut).map((line, index) => [index === 0 ? 'failed' : '', line] as const),
    ...(summary.unanswered === 0 ? [] : [['unanswered', unansweredText(summary.unanswered)] as const]),
    ...egress.map((topic) => ['egress', egressText(topic)] as const),
    ['state', `${plural(states, 'value')} at ${plural(addresses, 'address', 'addresses')}`],
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

function unansweredText(count: number): string {
  return `calls to ${plural(count, 'address', 'addresses')} still failed at the end`;
}

function noRecords({ feeds }: RunConfig): string | null {
  if (feeds.some((feed) => feed.enabled)) {
    return null;
  }
  return `No records: ${feeds.length === 0 ? 'studio.json has no feeds' : 'no feed of studio.json is enabled'} and no scenario was given.`;
}

function stopText({ stopped, loop, noRecords: nothing }: RunSummary): string {
  if (nothing !== null && stopped !== 'interrupted') {
    return nothing;
  }
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
      return loop?.code === 'never-ready'
        ? `Stopped: ${loop.message}, ${loop.times} times in a row. StateFun would ask for ever.`
        : `Stopped: the job failed ${loop?.times ?? 0} times of the same thing and would not get past it.`;
    case 'paused':
    case 'events':
    case 'needs-replies':
    case 'reached':
      return 'Stopped.';
  }
}
