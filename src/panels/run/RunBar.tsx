/** The controls of a run, and where it stands: always in view while there is a run. */
import { Check, Clock, Flag, Hourglass, Pause, Play, RotateCcw, Send, Settings, StepForward, Timer, Zap } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { VirtualTime } from '../../base/ids.ts';
import { useDocument } from '../../state/document-controller.ts';
import { canAdvance, runActions } from '../../state/run-controller.ts';
import { useProjectionSample, useRun } from '../../state/run-store.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import type { RunPhase, RunProjection, RunStatus } from '../../worker/contract.ts';
import { formatCount } from './format-count.ts';
import { RunClock } from './RunClock.tsx';
import { RunNotes } from './RunNotes.tsx';
import { SendRecordDialog } from './SendRecordDialog.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { formatDuration } from './virtual-clock.ts';
import styles from './RunBar.module.css';

const SPEEDS = [
  { id: '0.5', label: '0.5×', accessibleLabel: 'Half of real time', speed: 0.5 },
  { id: '1', label: '1×', accessibleLabel: 'Real time', speed: 1 },
  { id: '10', label: '10×', accessibleLabel: 'Ten times real time', speed: 10 },
  { id: 'max', label: 'Max', accessibleLabel: 'As fast as it goes', speed: 'max' },
] as const;

const PHASES: Readonly<Record<RunPhase, string>> = {
  starting: 'Starting',
  playing: 'Playing',
  stopped: 'Paused',
  failed: 'Paused at a failure',
  idle: 'Nothing more is due',
  ended: 'The job has ended',
  'read-only': 'Read-only',
};

/** Play or Pause says it, or the failure's own banner. */
const SAID_ELSEWHERE: ReadonlySet<RunPhase> = new Set<RunPhase>(['playing', 'stopped', 'failed']);

const hasTimers = (projection: RunProjection | null) => projection !== null && projection.timers > 0;

export interface RunBarProps {
  /** Set where the app opens these two dialogs itself (its shortcuts do); else the bar opens its own. */
  readonly onSendRecord?: () => void;
  readonly onSettings?: () => void;
}

export function RunBar({ onSendRecord, onSettings }: RunBarProps) {
  const status = useRun((run) => run.status);
  const [dialog, setDialog] = useState<'send' | 'settings' | null>(null);
  const timers = useProjectionSample(hasTimers);
  const bar = useRef<HTMLElement>(null);
  const isReady = useRef(false);
  const canPlay = status !== null && canAdvance(status);
  useEffect(() => {
    // The button that started the run ends it now: Space must not.
    if (canPlay && !isReady.current) {
      isReady.current = true;
      if (document.activeElement instanceof HTMLButtonElement && document.activeElement.closest('header') !== null) {
        bar.current?.querySelector('button')?.focus();
      }
    }
  }, [canPlay]);
  if (status === null) {
    return null;
  }
  return (
    <section ref={bar} className={styles.bar} aria-label="Run">
      <div className={styles.row}>
        <RunControls status={status} timers={timers} />
        <Rule />
        <span className={styles.time}>
          <Clock className={styles.clockIcon} aria-hidden="true" />
          <RunClock />
          <span className={styles.small}>virtual</span>
          {SAID_ELSEWHERE.has(status.phase) ? null : (
            <span className={status.phase === 'idle' ? styles.idle : ''}>
              <PhaseBadge phase={status.phase} />
            </span>
          )}
        </span>
        <span className={styles.space} />
        <span className={`${styles.fact} ${styles.seed}`}>
          <span className={styles.faint}>Seed</span>
          <span className={styles.mono}>{status.seed}</span>
        </span>
        {status.recordOnly ? null : (
          <>
            <Rule />
            <CheckpointState status={status} />
          </>
        )}
        <Rule />
        <Button variant="line" icon={<Send />} isDisabled={readOnly(status)} onPress={onSendRecord ?? (() => setDialog('send'))}>
          <span className={`${styles.foldable} ${styles.late}`}>Send record…</span>
        </Button>
        <Tooltip content="Let the job complete a checkpoint" keys="C">
          <Button variant="line" icon={<Flag />} isDisabled={!canAdvance(status)} onPress={() => void runActions.checkpointNow()}>
            <span className={`${styles.foldable} ${styles.late}`}>Checkpoint now</span>
          </Button>
        </Tooltip>
        <Tooltip content="All tasks are lost at once; the job restarts from the last checkpoint">
          <Button variant="danger" icon={<Zap />} isDisabled={!canAdvance(status)} onPress={() => void runActions.crash()}>
            Crash
          </Button>
        </Tooltip>
        <IconButton label="Simulation settings" icon={<Settings />} onPress={onSettings ?? (() => setDialog('settings'))} />
      </div>
      <RunNotes status={status} />
      <SendRecordDialog isOpen={dialog === 'send'} onClose={() => setDialog(null)} />
      <SettingsDialog isOpen={dialog === 'settings'} onClose={() => setDialog(null)} />
    </section>
  );
}

function RunControls({ status, timers }: { readonly status: RunStatus; readonly timers: boolean }) {
  const playing = status.phase === 'playing';
  const elsewhere = useDocument((document) => document.save === 'read-only');
  return (
    <>
      <span className={styles.group}>
        <IconButton
          label={playing ? 'Pause' : 'Play'}
          keys="Space"
          className={styles.play}
          icon={playing ? <Pause /> : <Play />}
          isDisabled={!canAdvance(status)}
          onPress={() => void (playing ? runActions.pause() : runActions.play())}
        />
        <Tooltip content="Handle one event" keys=".">
          <Button icon={<StepForward />} isDisabled={!canAdvance(status)} onPress={() => void runActions.step()}>
            <span className={styles.foldable}>Step</span>
          </Button>
        </Tooltip>
        <Tooltip content={timers ? 'Skip to the next delayed message; feeds wait meanwhile' : 'No delayed message is waiting'} keys="T">
          <Button icon={<Timer />} isDisabled={!canAdvance(status) || !timers} onPress={() => void runActions.toNextTimer()}>
            <span className={styles.foldable}>To next timer</span>
          </Button>
        </Tooltip>
        <IconButton
          label="Reset"
          keys="Shift+R"
          icon={<RotateCcw />}
          isDisabled={status.phase === 'starting' || elsewhere}
          onPress={() => void runActions.reset()}
        />
      </span>
      <Rule />
      <SegmentedControl
        label="Speed"
        items={SPEEDS}
        value={SPEEDS.find((item) => item.speed === status.speed)?.id ?? null}
        isDisabled={readOnly(status)}
        onChange={(id) => {
          const speed = SPEEDS.find((item) => item.id === id)?.speed;
          if (speed !== undefined) {
            void runActions.setSpeed(speed);
          }
        }}
      />
    </>
  );
}

interface CheckpointSample {
  readonly id: number;
  readonly at: VirtualTime;
}
const lastCheckpoint = (projection: RunProjection | null): CheckpointSample | null => projection?.checkpoint ?? null;
/** Whole seconds: the word behind it changes no more often than it can be read. */
const checkpointAge = (projection: RunProjection | null) =>
  projection === null || projection.checkpoint === null ? 0 : Math.floor((projection.now - projection.checkpoint.at) / 100) * 100;

function CheckpointState({ status }: { readonly status: RunStatus }) {
  const checkpoint = useProjectionSample(lastCheckpoint);
  const age = useProjectionSample(checkpointAge);
  const interval = status.settings.checkpointIntervalMillis;
  if (checkpoint === null) {
    return (
      <span className={styles.fact}>
        <span className={styles.faint}>Checkpoint</span>
        <Badge {...(interval === null ? {} : { icon: <Hourglass /> })}>{interval === null ? 'off' : 'none yet'}</Badge>
      </span>
    );
  }
  return (
    <span className={styles.fact}>
      <span className={styles.faint}>Checkpoint</span>
      <span className={styles.mono}>#{formatCount(checkpoint.id)}</span>
      <span className={styles.age}>
        <Badge tone="ok" icon={<Check />}>
          done {formatDuration(age)} ago
        </Badge>
      </span>
    </span>
  );
}

function PhaseBadge({ phase }: { readonly phase: RunPhase }) {
  const tone = phase === 'ended' ? 'error' : phase === 'read-only' ? 'warn' : 'neutral';
  return <Badge tone={tone}>{PHASES[phase]}</Badge>;
}

function readOnly(status: RunStatus): boolean {
  return status.phase === 'read-only' || status.phase === 'ended' || status.phase === 'starting';
}

function Rule() {
  return <span className={styles.rule} aria-hidden="true" />;
}
