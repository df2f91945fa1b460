/** The whole window takes a dropped module.yaml or ZIP; drags inside the app are not its business. */
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { importFile } from './import-file.ts';
import styles from './DropTarget.module.css';

export function DropTarget({ children }: { readonly children: ReactNode }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (carriesFile(event)) {
        depth += 1;
        setOver(true);
      }
    };
    const leave = (event: DragEvent) => {
      if (carriesFile(event)) {
        depth -= 1;
        setOver(depth > 0);
      }
    };
    const allow = (event: DragEvent) => {
      if (carriesFile(event)) {
        event.preventDefault();
      }
    };
    const drop = (event: DragEvent) => {
      if (!carriesFile(event)) {
        return;
      }
      event.preventDefault();
      depth = 0;
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) {
        void importFile(file);
      }
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', allow);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', allow);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return (
    <>
      {children}
      {over ? <div className={styles.over}>Drop a module.yaml or a project ZIP to import it</div> : null}
    </>
  );
}
