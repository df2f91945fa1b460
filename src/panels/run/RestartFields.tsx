/** What follows a failure of the job: Flink's restart strategies, each with its own numbers. */
import type { RestartStrategy } from '../../model/simulation-settings.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './SettingsDialog.module.css';

type StrategyType = RestartStrategy['type'];

const STRATEGIES: readonly { readonly id: StrategyType; readonly label: string }[] = [
  { id: 'fixed-delay', label: 'Fixed delay' },
  { id: 'exponential-delay', label: 'Growing delay' },
  { id: 'failure-rate', label: 'Failure rate' },
  { id: 'none', label: 'None: the job ends' },
];

/** Flink's own defaults, where it has them; its fixed delay without a limit of attempts is what checkpoints bring (S8). */
const BEGIN: { readonly [Type in StrategyType]: Extract<RestartStrategy, { readonly type: Type }> } = {
  none: { type: 'none' },
  'fixed-delay': { type: 'fixed-delay', delayMillis: 1000, attempts: null },
  'failure-rate': { type: 'failure-rate', maxFailures: 1, intervalMillis: 60_000, delayMillis: 1000 },
  'exponential-delay': {
    type: 'exponential-delay',
    initialMillis: 1000,
    maxMillis: 300_000,
    multiplier: 2,
    resetAfterMillis: 3_600_000,
    jitter: 0.1,
  },
};

const HELP: Readonly<Record<StrategyType, string>> = {
  none: 'Flink’s restart-strategy none: the first failure ends the job.',
  'fixed-delay': 'Flink’s fixed-delay. All functions restart together, from the last completed checkpoint.',
  'failure-rate': 'Flink’s failure-rate: the job restarts until more failures than this fall within the interval.',
  'exponential-delay': 'Flink’s exponential-delay: pauses grow by the factor, and begin anew after so long without a failure.',
};

interface RestartProps {
  readonly strategy: RestartStrategy;
  readonly readOnly: boolean;
  readonly onChange: (strategy: RestartStrategy) => void;
}

export function RestartFields({ strategy, readOnly, onChange }: RestartProps) {
  return (
    <div className={styles.group}>
      <Select
        label="Restart after a failure"
        hint="default fixed delay, 1 s"
        items={STRATEGIES}
        value={strategy.type}
        isReadOnly={readOnly}
        onChange={(id) => id !== strategy.type && onChange(BEGIN[id])}
      />
      <StrategyNumbers strategy={strategy} readOnly={readOnly} onChange={onChange} />
      <p className={styles.help}>{HELP[strategy.type]}</p>
    </div>
  );
}

function StrategyNumbers({ strategy, readOnly, onChange }: RestartProps) {
  switch (strategy.type) {
    case 'none':
      return null;
    case 'fixed-delay':
      return (
        <div className={styles.pair}>
          <Millis
            label="Delay"
            value={strategy.delayMillis}
            least={0}
            readOnly={readOnly}
            onChange={(delayMillis) => onChange({ ...strategy, delayMillis })}
          />
          <NumberField
            label="Attempts"
            hint="empty: no limit"
            value={strategy.attempts}
            minValue={0}
            step={1}
            isReadOnly={readOnly}
            onChange={(attempts) => onChange({ ...strategy, attempts })}
          />
        </div>
      );
    case 'failure-rate':
      return (
        <div className={styles.pair}>
          <NumberField
            label="Failures"
            value={strategy.maxFailures}
            minValue={1}
            step={1}
            isReadOnly={readOnly}
            onChange={(maxFailures) => maxFailures !== null && onChange({ ...strategy, maxFailures })}
          />
          <Millis
            label="Interval"
            value={strategy.intervalMillis}
            least={1}
            readOnly={readOnly}
            onChange={(intervalMillis) => onChange({ ...strategy, intervalMillis })}
          />
          <Millis
            label="Delay"
            value={strategy.delayMillis}
            least={0}
            readOnly={readOnly}
            onChange={(delayMillis) => onChange({ ...strategy, delayMillis })}
          />
        </div>
      );
    case 'exponential-delay':
      return (
        <div className={styles.pair}>
          <Millis
            label="First pause"
            value={strategy.initialMillis}
            least={1}
            readOnly={readOnly}
            onChange={(initialMillis) => onChange({ ...strategy, initialMillis, maxMillis: Math.max(initialMillis, strategy.maxMillis) })}
          />
          <Millis
            label="Longest pause"
            value={strategy.maxMillis}
            least={strategy.initialMillis}
            readOnly={readOnly}
            onChange={(maxMillis) => onChange({ ...strategy, maxMillis: Math.max(maxMillis, strategy.initialMillis) })}
          />
          <NumberField
            label="Factor"
            value={strategy.multiplier}
            minValue={1.01}
            isReadOnly={readOnly}
            onChange={(multiplier) => multiplier !== null && multiplier > 1 && onChange({ ...strategy, multiplier })}
          />
          <NumberField
            label="Jitter"
            hint="0 to 1"
            value={strategy.jitter}
            minValue={0}
            maxValue={1}
            isReadOnly={readOnly}
            onChange={(jitter) => jitter !== null && onChange({ ...strategy, jitter })}
          />
          <Millis
            label="Anew after"
            value={strategy.resetAfterMillis}
            least={1}
            readOnly={readOnly}
            onChange={(resetAfterMillis) => onChange({ ...strategy, resetAfterMillis })}
          />
        </div>
      );
  }
}

interface MillisProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly readOnly: boolean;
  readonly onChange: (value: number) => void;
}

function Millis({ label, value, least, readOnly, onChange }: MillisProps) {
  return (
    <NumberField
      label={label}
      unit="ms"
      value={value}
      minValue={least}
      isReadOnly={readOnly}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}
