/** The settings of a run, each with its default and a word on what it does in StateFun or Flink. */
import { Dices } from 'lucide-react';
import { setSettings } from '../../commands/set-settings.ts';
import { DEFAULT_SETTINGS } from '../../model/simulation-settings.ts';
import type { SimulationSettings } from '../../model/simulation-settings.ts';
import { runCommand, useDocument } from '../../state/document-controller.ts';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { RestartFields } from './RestartFields.tsx';
import { formatDuration } from './virtual-clock.ts';
import styles from './SettingsDialog.module.css';

type Change = (part: Partial<SimulationSettings>) => void;
interface FormProps {
  readonly settings: SimulationSettings;
  readonly change: Change;
  readonly readOnly: boolean;
}

export function SimulationForm({ readOnly }: { readonly readOnly: boolean }) {
  const settings = useDocument((document) => document.studio.settings);
  const change: Change = (part) => {
    runCommand('Change simulation settings', (context) => setSettings(context, { change: part }), {
      merge: `settings:${Object.keys(part).join()}`,
    });
  };
  const props = { settings, change, readOnly };
  return (
    <div className={styles.form}>
      <SeedField {...props} />
      <StartField {...props} />
      <WholeField
        {...props}
        field="parallelism"
        label="Parallelism"
        max={128}
        description="Flink’s parallelism.default: how many subtasks there are. An address lives on one of them, by its id alone."
      />
      <WholeField
        {...props}
        field="partitions"
        label="Partitions"
        max={1024}
        description="Kafka’s num.partitions, for each simulated topic. Records with one key stay in one partition, in order."
      />
      <CheckpointField {...props} />
      <RestartFields strategy={settings.restartStrategy} readOnly={readOnly} onChange={(restartStrategy) => change({ restartStrategy })} />
      <LatencyFields {...props} />
      <NumberField
        label="Calls in flight per task"
        hint={`default ${DEFAULT_SETTINGS.asyncMaxPerTask}`}
        description="statefun.async.max-per-task. At the limit a subtask’s ingress waits; messages between functions pass. 0 or less: no limit."
        value={settings.asyncMaxPerTask}
        step={1}
        isReadOnly={readOnly}
        onChange={(value) => value !== null && change({ asyncMaxPerTask: value })}
      />
      <NumberField
        label="Time limit of an invocation"
        hint={`default ${formatDuration(DEFAULT_SETTINGS.invocationLimitMillis)}`}
        unit="ms of real time"
        description="The Studio’s own: code that runs longer, for example in an endless loop, is ended and fails as a time-out would."
        value={settings.invocationLimitMillis}
        minValue={1}
        step={1}
        isReadOnly={readOnly}
        onChange={(value) => value !== null && change({ invocationLimitMillis: value })}
      />
      <div className={styles.wide}>
        <Switch
          isSelected={settings.pauseOnFailure}
          isDisabled={readOnly}
          onChange={(pauseOnFailure) => change({ pauseOnFailure })}
          description="The Studio’s own, on by default. Off: calls are retried with growing pauses, then the whole job restarts, as in production."
        >
          Pause at the first failure
        </Switch>
      </div>
    </div>
  );
}

function SeedField({ settings, change, readOnly }: FormProps) {
  return (
    <div className={styles.group}>
      <TextField
        label="Seed"
        hint={`default ${DEFAULT_SETTINGS.seed}`}
        mono
        description="Every chance in a run follows from it: the same seed, files and acts give the same trace, byte for byte."
        value={settings.seed}
        isReadOnly={readOnly}
        onCommit={(seed) => change({ seed })}
      />
      {/* Nothing in a run depends on how its seed was found, so the page's clock will do. */}
      <Button
        variant="link"
        className={styles.newSeed}
        icon={<Dices />}
        isDisabled={readOnly}
        onPress={() => change({ seed: freshSeed(Date.now()) })}
      >
        New seed
      </Button>
    </div>
  );
}

function freshSeed(now: number): string {
  const digits = now.toString(16).slice(-8);
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}

function StartField({ settings, change, readOnly }: FormProps) {
  return (
    <TextField
      label="Start of virtual time"
      hint="default 2026-01-01T00:00:00Z"
      mono
      description="What the clock of the functions shows at Day 1 00:00, in UTC."
      value={new Date(settings.startAt).toISOString().replace('.000Z', 'Z')}
      isReadOnly={readOnly}
      onCommit={(text) => {
        const startAt = Date.parse(text);
        if (Number.isFinite(startAt)) {
          change({ startAt });
        }
      }}
    />
  );
}

interface WholeFieldProps extends FormProps {
  readonly field: 'parallelism' | 'partitions';
  readonly label: string;
  readonly max: number;
  readonly description: string;
}

function WholeField({ settings, change, readOnly, field, label, max, description }: WholeFieldProps) {
  return (
    <NumberField
      label={label}
      hint={`default ${DEFAULT_SETTINGS[field]}`}
      description={description}
      value={settings[field]}
      minValue={1}
      maxValue={max}
      step={1}
      isReadOnly={readOnly}
      onChange={(value) => value !== null && change({ [field]: value })}
    />
  );
}

const CHECKPOINTS = [
  { id: 'off', label: 'Off' },
  { id: 'on', label: 'At an interval' },
] as const;
const USUAL_INTERVAL = 10_000;

function CheckpointField({ settings, change, readOnly }: FormProps) {
  const interval = settings.checkpointIntervalMillis;
  return (
    <div className={styles.group}>
      <div className={styles.pair}>
        <Select
          label="Checkpoints"
          hint="default off"
          items={CHECKPOINTS}
          value={interval === null ? 'off' : 'on'}
          isReadOnly={readOnly}
          onChange={(id) => change({ checkpointIntervalMillis: id === 'off' ? null : (interval ?? USUAL_INTERVAL) })}
        />
        <NumberField
          label="Interval"
          unit="ms"
          value={interval}
          minValue={1}
          step={1}
          isDisabled={interval === null}
          isReadOnly={readOnly}
          onChange={(value) => value !== null && change({ checkpointIntervalMillis: value })}
        />
      </div>
      <p className={styles.help}>
        Flink’s execution.checkpointing.interval. Without checkpoints a failure loses all state and timers, and exactly-once egresses write
        at once, as none does.
      </p>
    </div>
  );
}

function LatencyFields({ settings, change, readOnly }: FormProps) {
  const { minMillis, meanMillis } = settings.callLatency;
  const defaults = DEFAULT_SETTINGS.callLatency;
  return (
    <div className={styles.group}>
      <div className={styles.pair}>
        <NumberField
          label="Call latency, least"
          hint={`default ${defaults.minMillis}`}
          unit="ms"
          value={minMillis}
          minValue={1}
          isReadOnly={readOnly}
          onChange={(value) => value !== null && change({ callLatency: { minMillis: value, meanMillis: Math.max(value, meanMillis) } })}
        />
        <NumberField
          label="On average"
          hint={`default ${defaults.meanMillis}`}
          unit="ms"
          value={meanMillis}
          minValue={minMillis}
          isReadOnly={readOnly}
          onChange={(value) => value !== null && change({ callLatency: { minMillis, meanMillis: Math.max(value, minMillis) } })}
        />
      </div>
      <p className={styles.help}>
        Virtual time that a call to a function takes; stubs add theirs. A larger least latency lets the simulation run faster.
      </p>
    </div>
  );
}
