/** What follows a failure of the job: Flink's restart strategies, each with its own numbers. */
import type { RestartStrategy } from '../../model/simulation-settings.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import type { NumberFieldProps } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './SettingsDialog.module.css';

type StrategyType = RestartStrategy['type'];

interface Choice<Type extends StrategyType> {
  readonly label: string;
  readonly help: string;
  /** Flink's own defaults, where it has them. */
  readonly begin: Extract<RestartStrategy, { readonly type: Type }>;
}

/** In the order in which they are offered. */
const CHOICES: { readonly [Type in StrategyType]: Choice<Type> } = {
  'fixed-delay': {
    label: 'Fixed delay',
    help: 'Flink’s fixed-delay. All functions restart together, from the last completed checkpoint.',
    // Without a limit of attempts it is what checkpoints bring (S8).
    begin: { type: 'fixed-delay', delayMillis: 1000, attempts: null },
  },
  'exponential-delay': {
    label: 'Growing delay',
    help: 'Flink’s exponential-delay: pauses grow by the factor, and begin anew after so long without a failure.',
    begin: {
      type: 'exponential-delay',
      initialMillis: 1000,
      maxMillis: 300_000,
      multiplier: 2,
      resetAfterMillis: 3_600_000,
      jitter: 0.1,
    },
  },
  'failure-rate': {
    label: 'Failure rate',
    help: 'Flink’s failure-rate: the job restarts until more failures than this fall within the interval.',
    begin: { type: 'failure-rate', maxFailures: 1, intervalMillis: 60_000, delayMillis: 1000 },
  },
  none: {
    label: 'None: the job ends',
    help: 'Flink’s restart-strategy none: the first failure ends the job.',
    begin: { type: 'none' },
  },
};

const ITEMS = Object.values(CHOICES).map(({ label, begin }) => ({ id: begin.type, label }));

interface RestartProps {
  readonly strategy: RestartStrategy;
  readonly readOnly: boolean;
  readonly onChange: (strategy: RestartStrategy) => void;
}

export function RestartFields({ strategy, readOnly, onChange }: RestartProps) {
  const numbers = numbersOf(strategy);
  return (
    <div className={styles.group}>
      <Select
        label="Restart after a failure"
        hint="default fixed delay, 1 s"
        items={ITEMS}
        value={strategy.type}
        isReadOnly={readOnly}
        onChange={(id) => id !== strategy.type && onChange(CHOICES[id].begin)}
      />
      {numbers.length === 0 ? null : (
        <div className={styles.pair}>
          {numbers.map(({ with: changed, without = null, ...field }) => (
            <NumberField
              key={field.label}
              {...field}
              isReadOnly={readOnly}
              onChange={(value) => {
                const next = value === null ? without : changed(value);
                if (next !== null) {
                  onChange(next);
                }
              }}
            />
          ))}
        </div>
      )}
      <p className={styles.help}>{CHOICES[strategy.type].help}</p>
    </div>
  );
}

interface StrategyNumber extends Omit<NumberFieldProps, 'onChange'> {
  readonly label: string;
  readonly with: (value: number) => RestartStrategy;
  /** Where the field may be left empty. */
  readonly without?: RestartStrategy;
}

/** The field keeps what is typed between its bounds. */
function numbersOf(strategy: RestartStrategy): readonly StrategyNumber[] {
  switch (strategy.type) {
    case 'none':
      return [];
    case 'fixed-delay':
      return [
        delayOf(strategy),
        {
          label: 'Attempts',
          hint: 'empty: no limit',
          minValue: 0,
          step: 1,
          value: strategy.attempts,
          with: (attempts) => ({ ...strategy, attempts }),
          without: { ...strategy, attempts: null },
        },
      ];
    case 'failure-rate':
      return [
        { label: 'Failures', minValue: 1, step: 1, value: strategy.maxFailures, with: (maxFailures) => ({ ...strategy, maxFailures }) },
        millis('Interval', 1, strategy.intervalMillis, (intervalMillis) => ({ ...strategy, intervalMillis })),
        delayOf(strategy),
      ];
    case 'exponential-delay': {
      const { initialMillis: first, maxMillis: longest } = strategy;
      return [
        millis('First pause', 1, first, (initialMillis) => ({ ...strategy, initialMillis, maxMillis: Math.max(initialMillis, longest) })),
        millis('Longest pause', first, longest, (maxMillis) => ({ ...strategy, maxMillis })),
        { label: 'Factor', minValue: 1.01, value: strategy.multiplier, with: (multiplier) => ({ ...strategy, multiplier }) },
        { label: 'Jitter', hint: '0 to 1', minValue: 0, maxValue: 1, value: strategy.jitter, with: (jitter) => ({ ...strategy, jitter }) },
        millis('Anew after', 1, strategy.resetAfterMillis, (resetAfterMillis) => ({ ...strategy, resetAfterMillis })),
      ];
    }
  }
}

function delayOf(strategy: Extract<RestartStrategy, { readonly delayMillis: number }>): StrategyNumber {
  return millis('Delay', 0, strategy.delayMillis, (delayMillis) => ({ ...strategy, delayMillis }));
}

function millis(label: string, minValue: number, value: number, changed: StrategyNumber['with']): StrategyNumber {
  return { label, unit: 'ms', minValue, value, with: changed };
}
