import { Maximize2, Minimize2, X } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/IconButton.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import type { TabItem } from '../../ui/Tabs.tsx';
import {
  ConsolePanel,
  MessagesPanel,
  ModuleTextPane,
  ProblemsPanel,
  ScenariosPanel,
  StatePanel,
  TimersPanel,
  TopicsPanel,
} from '../slots.tsx';
import { useAllProblems } from '../../state/all-problems.ts';
import { useView } from '../../state/document-store.ts';
import type { DockTab } from '../../state/document-store.ts';
import { useProjectionSample, useRun } from '../../state/run-store.ts';
import type { RunProjection } from '../../worker/contract.ts';
import { useTrials } from '../../state/trials-store.ts';
import { useCodeDock } from './code-dock.ts';
import { grouped } from './numbers.ts';
import { useLayout } from './layout-store.ts';
import { Region } from './Region.tsx';
import styles from './Dock.module.css';

const DESIGN_TABS = ['module', 'problems', 'scenarios'] as const satisfies readonly DockTab[];
const CODE_TABS = ['console', 'problems', 'scenarios', 'module'] as const satisfies readonly DockTab[];
const RUN_TABS = [
  'messages',
  'state',
  'topics',
  'timers',
  'console',
  'scenarios',
  'module',
  'problems',
] as const satisfies readonly DockTab[];

const LABELS: Readonly<Record<DockTab, string>> = {
  messages: 'Messages',
  state: 'State',
  topics: 'Topics',
  timers: 'Timers',
  console: 'Console',
  module: 'module.yaml',
  problems: 'Problems',
  scenarios: 'Scenarios',
};

export function Dock() {
  const running = useRun((state) => state.status !== null);
  const code = useView((state) => state.view === 'code') && !running;
  const chosenElsewhere = useView((state) => state.dockTab);
  const chosenInCode = useCodeDock((state) => state.tab);
  const chosen = code ? chosenInCode : chosenElsewhere;
  const setDock = useView((state) => state.setDock);
  const moduleInView = useView((state) => state.view === 'module');
  const hasProblems = useAllProblems().length > 0;
  // What counts follows the run by itself: the tabs stay as they are while it goes on.
  const tabs = useMemo(() => tabsOf(running, code, moduleInView), [running, code, moduleInView]);
  const choose = (tab: DockTab) => {
    if (code) {
      useCodeDock.setState({ tab });
    } else {
      setDock(true, tab);
    }
  };
  const selected = tabs.some(({ id }) => id === chosen) ? chosen : (tabs[0]?.id ?? 'problems');
  return (
    <div className={styles.dock} data-letters="true">
      <Tabs label="Dock" tabs={tabs} selected={selected} onSelect={choose} actions={<DockActions />}>
        <Content tab={selected} besideProblems={!running && !code && hasProblems} />
      </Tabs>
    </div>
  );
}

function tabsOf(running: boolean, code: boolean, moduleInView: boolean): readonly TabItem<DockTab>[] {
  const ids: readonly DockTab[] = running ? RUN_TABS : code ? CODE_TABS : DESIGN_TABS;
  // The text stands in the view itself then.
  return ids.filter((id) => id !== 'module' || !moduleInView).map((id) => ({ id, label: LABELS[id], count: COUNTS[id] }));
}

function DockActions() {
  const maximised = useLayout((state) => state.maximised);
  const toggleMaximised = useLayout((state) => state.toggleMaximised);
  const setDock = useView((state) => state.setDock);
  return (
    <>
      <IconButton
        size="small"
        label={maximised ? 'Give the dock its height back' : 'Maximise the dock'}
        icon={maximised ? <Minimize2 /> : <Maximize2 />}
        onPress={toggleMaximised}
      />
      <IconButton size="small" label="Close the dock" keys="Ctrl+J" icon={<X />} onPress={() => setDock(false)} />
    </>
  );
}

function Content({ tab, besideProblems }: { readonly tab: DockTab; readonly besideProblems: boolean }) {
  switch (tab) {
    case 'module':
      // One tree with and without Problems: the first fault must not take the editor from under the typing hands.
      return (
        <div className={besideProblems ? styles.pair : styles.alone}>
          <Module />
          {besideProblems ? <Problems /> : null}
        </div>
      );
    case 'problems':
      return <Problems />;
    case 'scenarios':
      return <RunPanel name="Scenarios" panel={<ScenariosPanel />} />;
    case 'messages':
      return <RunPanel name="Messages" panel={<MessagesPanel />} />;
    case 'state':
      return <RunPanel name="State" panel={<StatePanel />} />;
    case 'topics':
      return <RunPanel name="Topics" panel={<TopicsPanel />} />;
    case 'timers':
      return <RunPanel name="Timers" panel={<TimersPanel />} />;
    case 'console':
      return <RunPanel name="Console" panel={<ConsolePanel />} />;
  }
}

function RunPanel({ name, panel }: { readonly name: string; readonly panel: ReactNode }) {
  return (
    <Region name={name} letters plain>
      {panel}
    </Region>
  );
}

function Module() {
  return (
    <Region name="module.yaml">
      <ModuleTextPane />
    </Region>
  );
}

function Problems() {
  return (
    <Region name="Problems" letters>
      <ProblemsPanel />
    </Region>
  );
}

const COUNTS: Partial<Record<DockTab, ReactNode>> = {
  messages: <RunCount pick={pickMessages} />,
  timers: <RunCount pick={pickTimers} />,
  console: <LineCount />,
  problems: <ProblemCount />,
};

/** Nothing when there are none. */
function RunCount({ pick }: { readonly pick: (projection: RunProjection | null) => number }) {
  return shownCount(useProjectionSample(pick));
}

/** Of the run, or of the trials when there is none. */
function LineCount() {
  const running = useRun((state) => state.status !== null);
  const logged = useProjectionSample(pickLines);
  const printed = useTrials((state) => state.printed.length);
  return shownCount(running ? logged : printed);
}

function ProblemCount() {
  return shownCount(useAllProblems().length);
}

function shownCount(count: number): string | null {
  return count === 0 ? null : grouped(count);
}
function pickMessages(projection: RunProjection | null): number {
  return projection?.messages ?? 0;
}
function pickTimers(projection: RunProjection | null): number {
  return projection?.timers ?? 0;
}
function pickLines(projection: RunProjection | null): number {
  return projection?.logLines ?? 0;
}
