/** A bar under the top bar for what concerns the whole project: edits that are not kept, another writer, a dead worker. */
import { CircleX, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { PlaceLink } from '../../panels/run/PlaceLink.tsx';
import { downloadZip } from '../files/export-file.ts';
import { useSession } from '../session.ts';
import { useDocument } from '../../state/document-controller.ts';
import { showRun } from '../../state/run-controller.ts';
import { useRun } from '../../state/run-store.ts';
import styles from './Banner.module.css';

export function Banners() {
  const save = useDocument((state) => state.save);
  const message = useDocument((state) => state.saveMessage);
  const workerFailure = useSession((state) => state.workerFailure);
  // While there is a run, its bar says what was refused.
  const runError = useRun((state) => (state.status === null ? state.error : null));
  if (workerFailure !== null) {
    return (
      <Banner tone="error" actions={<ExportZip />}>
        The Studio’s worker stopped: {workerFailure} Nothing is saved from now on. Export, then reload the page.
      </Banner>
    );
  }
  if (save === 'failed') {
    return (
      <Banner
        tone="error"
        actions={
          <>
            <Button variant="line" onPress={() => useDocument.getState().retrySave()}>
              Save again
            </Button>
            <ExportZip />
          </>
        }
      >
        {message ?? 'The last edits could not be saved. They are kept in this page.'}
      </Banner>
    );
  }
  if (save === 'read-only') {
    return (
      <Banner
        tone="quiet"
        actions={
          <Button variant="line" onPress={() => void takeOver()}>
            Take over
          </Button>
        }
      >
        {message ?? 'This project is read-only here.'}
      </Banner>
    );
  }
  if (runError !== null) {
    return (
      <Banner
        tone="error"
        actions={
          <Button variant="line" onPress={() => useRun.getState().setError(null)}>
            Dismiss
          </Button>
        }
      >
        {runError.place === undefined ? null : <PlaceLink place={runError.place} />} {runError.message}
      </Banner>
    );
  }
  return null;
}

async function takeOver(): Promise<void> {
  const taken = await useDocument.getState().takeOver();
  if (taken.ok) {
    showRun(taken.value);
  }
}

/** The way out that needs nothing more from the server. Secrets are not looked for: what reads the files for them may not come any more. */
function ExportZip() {
  return (
    <Tooltip content="All files as they are. Mind passwords and keys in them before you share it.">
      <Button variant="line" onPress={() => void downloadZip()}>
        Export ZIP
      </Button>
    </Tooltip>
  );
}

function Banner({
  tone,
  actions,
  children,
}: {
  readonly tone: 'error' | 'quiet';
  readonly actions: ReactNode;
  readonly children: ReactNode;
}) {
  const Icon = tone === 'error' ? CircleX : Lock;
  return (
    <div className={`${styles.banner} ${styles[tone]}`} role="alert">
      <Icon aria-hidden="true" />
      <span className={styles.text}>{children}</span>
      {actions}
    </div>
  );
}
