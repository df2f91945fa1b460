/** `settings:`, how the simulated engine is set up. Names are Flink's and StateFun's where they have one. */
import { isScalar } from 'yaml';
import type { RestartStrategy } from '../../model/simulation-settings.ts';
import type { ScenarioSettings } from '../scenario.ts';
import { byTag, wordOr } from './composites.ts';
import { object, optional, required } from './object.ts';
import { duration, instant, text, whole, word, yesNo } from './scalars.ts';
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
    make: ({ delay, attempts }) => ({ type: 'fixed-delay', delayMillis: delay ?? 1000, attempts: attempts ?? null }),
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
