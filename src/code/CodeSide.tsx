/** The left column of the code view: files, what the function around the cursor has to do with, and where it stands. */
import { CanvasPicture } from './CanvasPicture.tsx';
import { FilesPanel } from './FilesPanel.tsx';
import { FunctionList } from './FunctionList.tsx';
import { LogpointList } from './LogpointList.tsx';
import styles from './CodeSide.module.css';

export function CodeSide() {
  return (
    <div className={styles.side}>
      <div className={styles.files}>
        <FilesPanel />
      </div>
      <FunctionList />
      <LogpointList />
      <span className={styles.space} />
      <CanvasPicture />
    </div>
  );
}
