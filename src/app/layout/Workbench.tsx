/** The screen of an open project: bars, left column or rail, the view, the inspector, the dock. */
import { Suspense } from 'react';
import { AddPanel, BenchPanel, CodeSide, FailureBanner, InspectorPanel, MessageInspector, OutlinePanel, RunBar } from '../slots.tsx';
import { useBench } from '../../state/bench-store.ts';
import { useView } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { openDialog } from '../dialogs/dialog-store.ts';
import { Banners } from './Banner.tsx';
import { Centre } from './Centre.tsx';
import { useLayout } from './layout-store.ts';
import { Pane } from './Pane.tsx';
import { Rail } from './Rail.tsx';
import { Guard, Region } from './Region.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';
import styles from './Workbench.module.css';

export function Workbench() {
  const running = useRun((state) => state.status !== null);
  return (
    <div className={styles.screen}>
      <TopBar />
      <Banners />
      {running ? <RunHead /> : null}
      <div className={styles.body}>
        {running ? <Rail /> : null}
        <Columns running={running} />
      </div>
      <StatusBar />
    </div>
  );
}

function RunHead() {
  return (
    <Guard name="Run">
      <Suspense fallback={<div className={styles.runBar} />}>
        <RunBar onSendRecord={() => openDialog({ type: 'send-record' })} onSettings={() => openDialog({ type: 'settings' })} />
        <FailureBanner />
      </Suspense>
    </Guard>
  );
}

/** Large windows give the side columns some of their width. */
function wide(): boolean {
  return window.innerWidth >= 1800;
}

type Left = 'design' | 'add' | 'outline' | 'files';

function Columns({ running }: { readonly running: boolean }) {
  const opened = useLayout((state) => state.left);
  const code = useView((state) => state.view === 'code');
  const message = useRun((state) => state.selectedEvent !== null);
  const benchInFront = useBench((state) => state.front);
  const bench = code && (!running || !message || benchInFront);
  const left: Left | null = code ? 'files' : running ? opened : 'design';
  return (
    <div className={styles.columns}>
      {left === null ? null : (
        <Pane
          id={code ? 'left-code' : 'left'}
          side="left"
          label="Width of the left column"
          initial={(wide() ? 240 : 208) + (code ? 16 : 0)}
          min={160}
          max={400}
          leave={640}
        >
          <LeftColumn left={left} />
        </Pane>
      )}
      <div className={styles.fill}>
        <Centre />
      </div>
      {code ? (
        <Pane id="bench" side="right" label="Width of the bench" initial={wide() ? 400 : 360} min={280} max={720} leave={480}>
          {bench ? (
            <Region name="Try this function" className={styles.right}>
              <BenchPanel />
            </Region>
          ) : (
            <Inspector running={running} message={running && message} />
          )}
        </Pane>
      ) : (
        <Pane id="right" side="right" label="Width of the inspector" initial={wide() ? 344 : 320} min={240} max={560} leave={480}>
          <Inspector running={running} message={running && message} />
        </Pane>
      )}
    </div>
  );
}

function Inspector({ running, message }: { readonly running: boolean; readonly message: boolean }) {
  return (
    <Region name="Inspector" className={styles.right}>
      <Inspected running={running} message={message} />
    </Region>
  );
}

function Inspected({ running, message }: { readonly running: boolean; readonly message: boolean }) {
  const none = useView((state) => state.selection.length === 0);
  if (message) {
    return <MessageInspector />;
  }
  if (!none) {
    return <InspectorPanel />;
  }
  return (
    <EmptyState>
      {running
        ? 'Select a message to see its value, its call and the state it changed, or an item to see its settings.'
        : 'Select an item to see and change its settings.'}
    </EmptyState>
  );
}

function LeftColumn({ left }: { readonly left: Left }) {
  if (left === 'files') {
    return (
      <Region name="Files" className={styles.left}>
        <CodeSide />
      </Region>
    );
  }
  return (
    <div className={styles.left}>
      {left === 'outline' ? null : (
        <Region name="Add" className={styles.add} letters>
          <AddPanel />
        </Region>
      )}
      {left === 'add' ? null : (
        <Region name="Outline" className={styles.outline} letters>
          <OutlinePanel />
        </Region>
      )}
    </div>
  );
}
