import { Maximize2, Minimize2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/IconButton.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import type { TabItem } from '../../ui/Tabs.tsx';
import { ConsolePanel, MessagesPanel, ModuleTextPane, ProblemsPanel, StatePanel, TimersPanel, TopicsPanel } from '../slots.tsx';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import type { DockTab } from '../../state/document-store.ts';
import { useProjectionSample, useRun } from '../../state/run-store.ts';
import type { RunProjection } from '../../worker/contract.ts';
import { grouped } from './numbers.ts';
import { useLayout } from './layout-store.ts';
import { Region } from './Region.tsx';
import styles from './Dock.module.css';

const DESIGN_TABS = ['module', 'problems'] as const satisfies readonly DockTab[];
const RUN_TABS = ['messages', 'state', 'topics', 'timers', 'console', 'module', 'problems'] as const satisfies readonly DockTab[];

const LABELS: Readonly<Record<DockTab, string>> = {
  messages: 'Messages',
  state: 'State',
  topics: 'Topics',
  timers: 'Timers',
  console: 'Console',
  module: 'module.yaml',
  problems: 'Problems',
};

export function Dock() {
  const running = useRun((state) => state.status !== null);
  const chosen = useView((state) => state.dockTab);
  const setDock = useView((state) => state.setDock);
  const moduleInView = useView((state) => state.view === 'module');
  const problems = useDocument((state) => state.problems.length);
  const messages = useProjectionSample(pickMessages);
  const timers = useProjectionSample(pickTimers);
  const lines = useProjectionSample(pickLines);
  const counts: Partial<Record<DockTab, number>> = { messages, timers, console: lines, problems };
  // The text stands in the view itself then.
  const ids: readonly DockTab[] = (running ? RUN_TABS : DESIGN_TABS).filter((id) => id !== 'module' || !moduleInView);
  const tabs = ids.map((id): TabItem<DockTab> => ({ id, label: LABELS[id], count: shownCount(counts[id]) }));
  const selected = ids.includes(chosen) ? chosen : (ids[0] ?? 'problems');
  return (
    <div className={styles.dock} data-letters="true">
      <Tabs label="Dock" tabs={tabs} selected={selected} onSelect={(tab) => setDock(true, tab)} actions={<DockActions />}>
        <Content tab={selected} besideProblems={!running && problems > 0} />
      </Tabs>
    </div>
  );
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

function shownCount(count: number | undefined): string | null {
  return count === undefined || count === 0 ? null : grouped(count);
}
const pickMessages = (projection: RunProjection | null) => projection?.messages ?? 0;
const pickTimers = (projection: RunProjection | null) => projection?.timers ?? 0;
const pickLines = (projection: RunProjection | null) => projection?.logLines ?? 0;
