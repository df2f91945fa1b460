import { Flag, Play, RotateCcw, SendHorizontal, Settings2, StepForward, Timer, Upload, Zap } from 'lucide-react';
import type { Action } from './action.ts';
import { isOpen, isRunning, isWritable, mayAdvance } from './conditions.ts';
import { applyCode } from '../slots.tsx';
import { openDialog } from '../dialogs/dialog-store.ts';
import { useView } from '../../state/document-store.ts';
import { runActions } from '../../state/run-controller.ts';
import { useRun } from '../../state/run-store.ts';

async function startOrStop(): Promise<void> {
  if (useRun.getState().status !== null) {
    await runActions.stop();
    return;
  }
  const started = await runActions.start();
  if (started.ok) {
    useView.getState().setDock(true, 'messages');
  }
}

export const RUN_ACTIONS: readonly Action[] = [
  {
    id: 'simulate',
    label: 'Simulate / Stop',
    labelNow: () => (useRun.getState().status === null ? 'Simulate' : 'Stop'),
    group: 'Run',
    keys: ['Ctrl+Enter'],
    place: 'anywhere',
    icon: Play,
    help: 'Start a run of the module on virtual time, or end it.',
    enabled: isWritable,
    run: () => void startOrStop(),
  },
  {
    id: 'play',
    label: 'Play / Pause',
    labelNow: () => (useRun.getState().status?.phase === 'playing' ? 'Pause' : 'Play'),
    group: 'Run',
    keys: ['Space'],
    place: 'letters',
    icon: Play,
    help: 'Let virtual time run, or hold it.',
    enabled: mayAdvance,
    run: () => void runActions.togglePlay(),
  },
  {
    id: 'step',
    label: 'Step',
    group: 'Run',
    keys: ['.'],
    place: 'letters',
    icon: StepForward,
    help: 'Handle one event and stop.',
    enabled: mayAdvance,
    run: () => void runActions.step(),
  },
  {
    id: 'next-timer',
    label: 'To next timer',
    group: 'Run',
    keys: ['T'],
    place: 'letters',
    icon: Timer,
    help: 'Jump to the moment when the next delayed message is due.',
    enabled: mayAdvance,
    run: () => void runActions.toNextTimer(),
  },
  {
    id: 'reset',
    label: 'Reset',
    group: 'Run',
    keys: ['Shift+R'],
    place: 'letters',
    icon: RotateCcw,
    help: 'Start the run over, with the settings and the code of now.',
    enabled: () => isWritable() && isRunning(),
    run: () => void runActions.reset(),
  },
  {
    id: 'send-record',
    label: 'Send record…',
    group: 'Run',
    keys: ['R'],
    place: 'letters',
    icon: SendHorizontal,
    help: 'Put one record with key, value and headers into a topic.',
    enabled: mayAdvance,
    run: () => openDialog({ type: 'send-record' }),
  },
  {
    id: 'checkpoint',
    label: 'Checkpoint now',
    group: 'Run',
    keys: ['C'],
    place: 'letters',
    icon: Flag,
    help: 'Let the job complete a checkpoint.',
    enabled: mayAdvance,
    run: () => void runActions.checkpointNow(),
  },
  {
    id: 'crash',
    label: 'Crash',
    group: 'Run',
    keys: [],
    place: 'letters',
    icon: Zap,
    help: 'Fail the job as a lost worker would: it restores from the last checkpoint and replays.',
    enabled: mayAdvance,
    run: () => void runActions.crash(),
  },
  {
    id: 'apply-code',
    label: 'Apply code',
    group: 'Run',
    keys: ['Ctrl+S'],
    place: 'anywhere',
    icon: Upload,
    help: 'Use the code of now from the next invocation on. Edits are saved by themselves.',
    // Taken even without a run: the browser must not offer to save the page.
    enabled: isOpen,
    run: () => {
      if (isRunning() && isWritable()) {
        void applyCode();
      }
    },
  },
  {
    id: 'settings',
    label: 'Simulation settings…',
    group: 'Run',
    keys: [],
    place: 'anywhere',
    icon: Settings2,
    help: 'Seed, parallelism, checkpoints, latency, and what feeds the topics.',
    enabled: isOpen,
    run: () => openDialog({ type: 'settings' }),
  },
];
