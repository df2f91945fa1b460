/** The whole window takes a dropped module.yaml, ZIP or project folder, and files for the open project; drags inside the app are not its business. */
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useSession } from '../session.ts';
import { addFiles } from './add-files.ts';
import { isProjectFile } from './dropped-path.ts';
import { isDirectoryEntry, sourceOfEntry } from './folder-source.ts';
import { importFile, importFolder } from './import-file.ts';
import styles from './DropTarget.module.css';

function isOpen(): boolean {
  return useSession.getState().phase === 'open';
}

function folderIn({ dataTransfer }: DragEvent): FileSystemDirectoryEntry | null {
  const entries = [...(dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
  return entries.find((entry) => entry !== null && isDirectoryEntry(entry)) ?? null;
}

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
      const folder = folderIn(event);
      if (folder !== null) {
        void importFolder(sourceOfEntry(folder));
        return;
      }
      const files = [...(event.dataTransfer?.files ?? [])];
      const project = files.find(({ name }) => isProjectFile(name)) ?? (isOpen() ? undefined : files[0]);
      if (project !== undefined) {
        void importFile(project);
      } else if (files.length > 0) {
        void addFiles(files);
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
      {over ? (
        <div className={styles.over}>
          {isOpen()
            ? 'Drop a library, code or data to add it to the project, a module.yaml, a project folder or ZIP to import it'
            : 'Drop a module.yaml, a project folder or ZIP to import it'}
        </div>
      ) : null}
    </>
  );
}
