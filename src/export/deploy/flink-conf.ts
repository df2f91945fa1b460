/**
 * The engine's configuration: what StateFun's own image sets, and above it the simulation's settings, so that the job fails, restarts and
 * runs in parallel as it did in the Studio.
 */
import type { RestartStrategy, SimulationSettings } from '../../model/simulation-settings.ts';
import { DEFAULT_SETTINGS } from '../../model/simulation-settings.ts';
import type { RuntimeTarget } from '../export-options.ts';
import { head } from './yaml-text.ts';

export interface FlinkConf {
  readonly jobName: string;
  readonly settings: SimulationSettings;
  readonly target: RuntimeTarget;
  /** A URI. */
  readonly checkpoints: string;
  /** Where the fork looks for the module. */
  readonly moduleFile: string;
  /** Ports that a cluster must know beforehand. */
  readonly fixedPorts: boolean;
}

type Entry = readonly [key: string, value: string] | string;

/** Flink 1 reads flink-conf.yaml, Flink 2 only config.yaml. */
export function flinkConfName(target: RuntimeTarget): string {
  return target.type === 'apache' ? 'flink-conf.yaml' : 'config.yaml';
}

export function flinkConf(conf: FlinkConf): string {
  const { settings, target, checkpoints } = conf;
  const forked = target.type === 'kzmlabs';
  const entries: readonly Entry[] = [
    ['statefun.flink-job-name', conf.jobName],
    ...(forked ? ([['statefun.remote.module-name', `file://${conf.moduleFile}`]] as const) : []),
    '',
    'Required by StateFun, as its own image has it.',
    [
      'classloader.parent-first-patterns.additional',
      forked
        ? '"org.apache.flink.statefun;org.apache.kafka;com.google.protobuf"'
        : 'org.apache.flink.statefun;org.apache.kafka;com.google.protobuf',
    ],
    ['pipeline.auto-generate-uids', 'false'],
    ['execution.savepoint.ignore-unclaimed-state', 'true'],
    '',
    'Parallelism, as simulated. Each worker has room for all of it.',
    ['parallelism.default', String(settings.parallelism)],
    ['taskmanager.numberOfTaskSlots', String(settings.parallelism)],
    ...(settings.asyncMaxPerTask === DEFAULT_SETTINGS.asyncMaxPerTask
      ? []
      : ([['statefun.async.max-per-task', String(settings.asyncMaxPerTask)]] as const)),
    '',
    ...checkpointing(settings),
    '',
    ...restarts(settings, forked),
    '',
    ['state.backend' + (forked ? '.type' : ''), 'rocksdb'],
    ['state.backend.rocksdb.timer-service.factory', 'ROCKSDB'],
    ['state.backend.incremental', 'true'],
    ['state.checkpoints.dir', checkpoints],
    ['state.savepoints.dir', `${checkpoints.replace(/\/+$/, '')}/savepoints`],
    '',
    "Memory, as StateFun's own image has it.",
    ['jobmanager.memory.process.size', '1g'],
    ['taskmanager.memory.process.size', '4g'],
    ...(forked
      ? ([
          ['jobmanager.bind-host', '0.0.0.0'],
          ['taskmanager.bind-host', '0.0.0.0'],
          ['rest.bind-address', '0.0.0.0'],
        ] as const)
      : []),
    ...(conf.fixedPorts
      ? (['', 'Ports that services and probes name.', ['blob.server.port', '6124'], ['taskmanager.rpc.port', '6122']] as const)
      : []),
  ];
  const intro = forked
    ? ['UNTESTED: the Studio was not tested with this runtime (io.github.kzmlabs.flinkstatefun on Flink 2).', 'Configuration of Flink 2.']
    : ['Configuration of Flink 1.16, in place of the one in the image apache/flink-statefun:3.3.0.'];
  return `${[...head(...intro), '', ...entries.map(line)].join('\n')}\n`;
}

function line(entry: Entry): string {
  return typeof entry === 'string' ? (entry === '' ? '' : `# ${entry}`) : `${entry[0]}: ${entry[1]}`;
}

/** S7, S76 */
function checkpointing({ checkpointIntervalMillis, restartStrategy }: SimulationSettings): readonly Entry[] {
  if (checkpointIntervalMillis === null) {
    return [
      'NO CHECKPOINTS: the simulation settings name no interval, and Flink takes none by itself.',
      isNamed(restartStrategy)
        ? 'After a failure the job starts again with EMPTY state.'
        : 'The first failure ends the job for good, and its state is gone.',
      'execution.checkpointing.interval: 10000 ms',
    ];
  }
  return [
    'Checkpoints, as simulated.',
    ['execution.checkpointing.mode', 'EXACTLY_ONCE'],
    ['execution.checkpointing.interval', millis(checkpointIntervalMillis)],
    // Otherwise Flink removes the last one when the job fails for good, and there is nothing to go on from.
    ['execution.checkpointing.externalized-checkpoint-retention', 'RETAIN_ON_CANCELLATION'],
  ];
}

/** The configuration names a strategy, so it holds without checkpoints, too. */
function isNamed(strategy: RestartStrategy): boolean {
  return strategy.type === 'fixed-delay' ? strategy.named === true : strategy.type !== 'none';
}

function restarts({ restartStrategy: strategy, checkpointIntervalMillis }: SimulationSettings, forked: boolean): readonly Entry[] {
  const key = forked ? 'restart-strategy.type' : 'restart-strategy';
  switch (strategy.type) {
    case 'none':
      return ['No restarts, as simulated: the first failure ends the job.', [key, 'none']];
    case 'fixed-delay':
      return checkpointIntervalMillis === null && strategy.named !== true
        ? ['Without checkpoints and without a strategy, as simulated, the job is not restarted.', [key, 'none']]
        : [
            [key, 'fixed-delay'],
            ['restart-strategy.fixed-delay.attempts', String(strategy.attempts ?? 2147483647)],
            ['restart-strategy.fixed-delay.delay', millis(strategy.delayMillis)],
          ];
    case 'failure-rate':
      return [
        [key, 'failure-rate'],
        ['restart-strategy.failure-rate.max-failures-per-interval', String(strategy.maxFailures)],
        ['restart-strategy.failure-rate.failure-rate-interval', millis(strategy.intervalMillis)],
        ['restart-strategy.failure-rate.delay', millis(strategy.delayMillis)],
      ];
    case 'exponential-delay':
      return [
        [key, 'exponential-delay'],
        ['restart-strategy.exponential-delay.initial-backoff', millis(strategy.initialMillis)],
        ['restart-strategy.exponential-delay.max-backoff', millis(strategy.maxMillis)],
        ['restart-strategy.exponential-delay.backoff-multiplier', String(strategy.multiplier)],
        ['restart-strategy.exponential-delay.reset-backoff-threshold', millis(strategy.resetAfterMillis)],
        ['restart-strategy.exponential-delay.jitter-factor', String(strategy.jitter)],
      ];
  }
}

function millis(value: number): string {
  return `${Math.round(value)} ms`;
}
