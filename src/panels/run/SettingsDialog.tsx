/** How a run is set up, and what feeds it. Everything lands in studio.json and applies when a run starts. */
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useDocument } from '../../state/document-controller.ts';
import { runActions } from '../../state/run-controller.ts';
import { useRun } from '../../state/run-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { FeedsEditor } from './FeedsEditor.tsx';
import { SimulationForm } from './SimulationForm.tsx';
import styles from './SettingsDialog.module.css';

export type SettingsTab = 'simulation' | 'feeds';

export interface SettingsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly tab?: SettingsTab;
}

const TABS = [
  { id: 'simulation', label: 'Simulation' },
  { id: 'feeds', label: 'Records' },
] as const;

export function SettingsDialog({ isOpen, onClose, tab = 'simulation' }: SettingsDialogProps) {
  return isOpen ? <Settings onClose={onClose} first={tab} /> : null;
}

function Settings({ onClose, first }: { readonly onClose: () => void; readonly first: SettingsTab }) {
  const [tab, setTab] = useState<SettingsTab>(first);
  const feeds = useDocument((document) => document.studio.feeds.length);
  const readOnly = useDocument((document) => document.save === 'read-only');
  return (
    <Dialog title="Simulation settings" isOpen onClose={onClose} size="large" footer={<Footer onClose={onClose} />}>
      {readOnly ? (
        <p className={styles.note}>
          <ErrorNote tone="warning">This project is read-only here, so the settings cannot be changed.</ErrorNote>
        </p>
      ) : null}
      <Tabs
        label="Settings"
        className={styles.tabs ?? ''}
        tabs={TABS.map((item) => (item.id === 'feeds' && feeds > 0 ? { ...item, count: feeds } : item))}
        selected={tab}
        onSelect={setTab}
      >
        <div className={styles.panel}>
          {tab === 'simulation' ? <SimulationForm readOnly={readOnly} /> : <FeedsEditor readOnly={readOnly} />}
        </div>
      </Tabs>
    </Dialog>
  );
}

/** A running simulation keeps the settings it was started with. */
function Footer({ onClose }: { readonly onClose: () => void }) {
  const running = useRun((run) => run.status !== null);
  const stale = useRun((run) => run.status?.settings ?? null);
  const settings = useDocument((document) => document.studio.settings);
  const differs = stale !== null && JSON.stringify(stale) !== JSON.stringify(settings);
  return (
    <>
      <output className={styles.applies}>
        {running
          ? differs
            ? 'This run goes on with the settings it was started with.'
            : 'Changes apply when the run starts over.'
          : 'Changes apply when a run starts.'}
      </output>
      {running ? (
        <Button
          variant={differs ? 'primary' : 'line'}
          icon={<RotateCcw />}
          onPress={() => {
            onClose();
            void runActions.reset();
          }}
        >
          Reset now
        </Button>
      ) : null}
      <Button variant="line" onPress={onClose}>
        Close
      </Button>
    </>
  );
}
