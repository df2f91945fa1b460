import { Dialog } from '../../ui/Dialog.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { chooseTheme, useThemeChoice } from '../theme.ts';
import { version } from '../../../package.json';
import { closeDialog } from './dialog-store.ts';
import styles from './dialogs.module.css';

const THEMES = [
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
  { id: 'system', label: 'System' },
] as const;

export function AboutDialog() {
  const choice = useThemeChoice((state) => state.choice);
  return (
    <Dialog title="StateFun Studio" isOpen onClose={closeDialog}>
      <div className={styles.prose}>
        <p>
          Version {version}. Draw an Apache Flink Stateful Functions 3.3 module, write its functions, run it on virtual time, and take home
          the module.yaml.
        </p>
        <h3>What leaves this browser</h3>
        <p>
          Nothing. Projects, runs and their state lie in this browser’s IndexedDB until you export or delete them. Function code runs in a
          sandbox without network; calls to other services are answered by the project’s stubs.
        </p>
        <h3>Theme</h3>
        <SegmentedControl label="Theme" items={THEMES} value={choice} onChange={chooseTheme} />
        <h3>Licence</h3>
        <p>
          Apache License 2.0. This project is not affiliated with the Apache Software Foundation. Apache, Apache Flink and Flink are its
          trademarks.
        </p>
        <h3>Built with</h3>
        <p>
          React Flow (xyflow), Monaco Editor, React, React Aria, the Apache Flink StateFun JavaScript SDK, Zustand, yaml, Lezer, elkjs,
          Sucrase, Lucide, Inter and JetBrains Mono.
        </p>
      </div>
    </Dialog>
  );
}
