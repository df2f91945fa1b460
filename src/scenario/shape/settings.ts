/** `settings:`, how the simulated engine is set up. Names are Flink's and StateFun's where they have one. */
import { isScalar } from 'yaml';
import type { RestartStrategy } from '../../model/simulation-settings.ts';
import type { ScenarioSettings } from '../scenario.ts';
import { byTag, wordOr } from './composites.ts';
import { object, optional, required } from './object.ts';
import { duration, instant, positive, text, whole, word, yesNo } from './scalars.ts';
import type { Shape } from './shape.ts';

const seedText = text();
/** `seed: 7` is the text 7. */
const seed: Shape<string> = {
  read(value, name, reading) {
    const written: unknown = isScalar(value.node) ? value.node.value : undefined;
    return typeof written === 'number' && Number.isSafeInteger(written) ? String(written) : seedText.read(value, name, reading);
  },
  schema: () => ({ type: ['string', 'integer'] }),
};

const restartStrategy = byTag<RestartStrategy>('type', 'a restart strategy', {
  none: object({
    what: 'the restart strategy none',
    fields: { type: required(word('none'), 'The first failure ends the job.') },
    make: () => ({ type: 'none' }),
  }),
  'fixed-delay': object({
    what: 'the restart strategy fixed-delay',
    fields: {
      type: required(word('fixed-delay'), 'The job restarts after a fixed delay.'),
      delay: optional(duration(0), 'From the failure to the restart; 1 s when absent.'),
      attempts: optional(whole(0, 1_000_000_000), 'How many times the job restarts; without limit when absent.'),
    },
    make: ({ delay, attempts }) => ({ type: 'fixed-delay', delayMillis: delay ?? 1000, attempts: attempts ?? null, named: true }),
  }),
  'failure-rate': object({
    what: 'the restart strategy failure-rate',
    fields: {
      type: required(word('failure-rate'), 'The job restarts until too many failures fall within an interval.'),
      failures: optional(whole(1, 1_000_000_000), 'How many the interval may hold; 1 when absent.'),
      interval: optional(duration(1), '1 min when absent.'),
      delay: optional(duration(0), 'From the failure to the restart; 1 s when absent.'),
    },
    make: ({ failures, interval, delay }) => ({
      type: 'failure-rate',
      maxFailures: failures ?? 1,
      intervalMillis: interval ?? 60_000,
      delayMillis: delay ?? 1000,
    }),
  }),
  'exponential-delay': object({
    what: 'the restart strategy exponential-delay',
    fields: {
      type: required(word('exponential-delay'), 'The job restarts without limit, after pauses that grow.'),
      initial: optional(duration(1), 'The first pause; 1 s when absent.'),
      max: optional(duration(1), 'The longest pause; 5 min when absent.'),
      multiplier: optional(positive(1_000_000), 'By how much a pause grows, more than 1; 2 when absent.'),
      reset: optional(duration(1), 'So long without a failure begins anew; 1 h when absent.'),
      jitter: optional(wordOr('off', 0, positive(1)), 'The part by which pauses differ by chance; 0.1 when absent.'),
    },
    make({ initial = 1000, max = 300_000, multiplier = 2, reset = 3_600_000, jitter = 0.1 }, made) {
      if (multiplier <= 1) {
        return made.report('scenario-bad-value', 'multiplier is not above 1: pauses would not grow.', 'multiplier');
      }
      if (initial > max) {
        return made.report('scenario-bad-value', 'initial is longer than max, the longest pause.', 'initial');
      }
      return { type: 'exponential-delay', initialMillis: initial, maxMillis: max, multiplier, resetAfterMillis: reset, jitter };
    },
  }),
});

const callLatency = object({
  what: 'the call latency',
  fields: {
    min: required(duration(1), 'No call takes less.'),
    mean: required(duration(1), 'What calls take on average.'),
  },
  make({ min, mean }, made) {
    return mean < min
      ? made.report('scenario-bad-value', 'mean is less than min: a mean lies at the minimum or above it.', 'mean')
      : { minMillis: min, meanMillis: mean };
  },
});

export const settings: Shape<ScenarioSettings> = object({
  what: 'the settings',
  fields: {
    seed: optional(seed, 'Every draw of chance follows from it.'),
    startAt: optional(instant(), 'What the virtual clock shows at the start, in UTC.'),
    parallelism: optional(whole(1, 128), "Flink's parallelism.default."),
    partitions: optional(whole(1, 1024), 'Partitions of each topic.'),
    checkpointInterval: optional(wordOr('off', null, duration(1)), "Flink's execution.checkpointing.interval, or off."),
    restartStrategy: optional(restartStrategy, "Flink's restart-strategy: what follows a failure of the job."),
    asyncMaxPerTask: optional(wordOr('off', 0, whole(1, 2_147_483_647)), "StateFun's statefun.async.max-per-task, or off."),
    callLatency: optional(callLatency, 'How long calls of functions take.'),
    generators: optional(yesNo(), 'Whether the generators of studio.json run too; false when absent.'),
  },
  make: ({ checkpointInterval, generators = false, ...rest }) => ({
    ...definedOnly(rest),
    ...(checkpointInterval === undefined ? {} : { checkpointIntervalMillis: checkpointInterval }),
    generators,
  }),
});

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function definedOnly<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

export const noSettings: ScenarioSettings = { generators: false };
