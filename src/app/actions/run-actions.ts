import {
  Flag,
  FlaskConical,
  ListChecks,
  MessageSquareDot,
  Play,
  RotateCcw,
  SendHorizontal,
  Settings2,
  StepForward,
  Timer,
  Upload,
  Zap,
} from 'lucide-react';
import type { Action } from './action.ts';
import { isOpen, isRunning, isWritable, mayAdvance } from './conditions.ts';
import { applyCode, editLogpoint, playAllScenarios, printLogpoints, runBench } from '../slots.tsx';
import { openDialog } from '../dialogs/dialog-store.ts';
import type { Typename } from '../../base/ids.ts';
import { functionOf } from '../../model/graph-ids.ts';
import { isScenarioFile } from '../../model/scenario-files.ts';
import { isScript } from '../../model/code-files.ts';
import { useBench } from '../../state/bench-store.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useEditorPosition } from '../../state/editor-position.ts';
import { useLogpoints } from '../../state/logpoints-store.ts';
import { shownFunction } from '../../state/shown-function.ts';
import { useView } from '../../state/document-store.ts';
import { runActions } from '../../state/run-controller.ts';
import { useRun } from '../../state/run-store.ts';

async function startOrStop(): Promise<void> {
  if (useRun.getState().status !== null) {
    await runActions.stop();
    return;
  }
  const { dockAsked } = useView.getState();
  const started = await runActions.start();
  // What was asked for while the run started is not to be taken away again.
  if (started.ok && useView.getState().dockAsked === dockAsked) {
    useView.getState().setDock(true, 'messages');
  }
}

/** The cursor stands in a script. */
function isInCode(): boolean {
  const path = useEditorPosition.getState().position?.path;
  return isOpen() && useView.getState().view === 'code' && path !== undefined && isScript(path);
}

/** The function of the code view; elsewhere the one that is selected. */
function functionToTry(): Typename | null {
  const { view, selection } = useView.getState();
  const selected = selection.map(functionOf).find((typename) => typename !== null);
  const { functions } = useDocument.getState().facts;
  const known = view !== 'code' && functions.some((fact) => fact.typename === selected);
  return (known ? selected : shownFunction().fact?.typename) ?? null;
}

function tryFunction(): void {
  const typename = functionToTry();
  const inBench = useView.getState().view === 'code' && (useBench.getState().front || useRun.getState().selectedEvent === null);
  if (typename !== null && inBench) {
    void runBench(typename);
  } else if (typename !== null) {
    useBench.getState().open(typename);
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
    id: 'try-function',
    label: 'Try this function',
    group: 'Run',
    keys: ['Alt+Enter'],
    place: 'anywhere',
    icon: FlaskConical,
    help: 'Open one function beside its code with a message and a state; in the bench, call it.',
    enabled: () => isOpen() && functionToTry() !== null,
    run: tryFunction,
  },
  {
    id: 'logpoint',
    label: 'Add or edit a logpoint at the cursor',
    group: 'Run',
    keys: ['Ctrl+F9'],
    place: 'anywhere',
    icon: MessageSquareDot,
    help: 'Print a value or a sentence whenever the line is reached, without changing the code.',
    enabled: isInCode,
    run: () => void editLogpoint(),
  },
  {
    id: 'print-logpoints',
    label: 'Print logpoints for the run',
    group: 'Run',
    keys: [],
    place: 'letters',
    icon: MessageSquareDot,
    help: 'Execute the function’s newest calls once more, for what its logpoints print; nothing of the run changes.',
    enabled: () => isRunning() && useLogpoints.getState().logpoints.length > 0 && functionToTry() !== null,
    run: () => {
      const typename = functionToTry();
      if (typename !== null) {
        void printLogpoints(typename);
      }
    },
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
    id: 'scenarios',
    label: 'Scenarios',
    group: 'Run',
    keys: [],
    place: 'letters',
    icon: ListChecks,
    help: 'Show the project’s tests in virtual time and what became of them.',
    enabled: isOpen,
    run: () => useView.getState().setDock(true, 'scenarios'),
  },
  {
    id: 'play-scenarios',
    label: 'Play all scenarios',
    group: 'Run',
    keys: [],
    place: 'letters',
    icon: ListChecks,
    help: 'Play the project’s scenarios one after the other, beside the run there is.',
    enabled: () => isOpen() && [...useDocument.getState().project.files.keys()].some(isScenarioFile),
    run: () => {
      useView.getState().setDock(true, 'scenarios');
      void playAllScenarios();
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
