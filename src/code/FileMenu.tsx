/** What can be done with a file or a folder: by right click, or by Shift+F10 where the keyboard is. */
import { Copy, FilePlus, Pencil, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { Popover } from 'react-aria-components';
import { MenuList } from '../ui/Menu.tsx';
import type { MenuEntry } from '../ui/Menu.tsx';
import menuStyles from '../ui/Menu.module.css';
import styles from './FilesPanel.module.css';

export interface FileMenuPlace {
  /** Path of the file, or of the folder without its last slash. */
  readonly key: string;
  readonly isFolder: boolean;
  /** Pixels of the window. */
  readonly x: number;
  readonly y: number;
}

const OF_FOLDER = [{ id: 'add', label: 'Add a file here…', icon: <FilePlus aria-hidden="true" /> }] as const satisfies readonly MenuEntry[];

const OF_FILE = [
  { id: 'rename', label: 'Rename…', icon: <Pencil aria-hidden="true" />, keys: 'F2' },
  { id: 'duplicate', label: 'Duplicate', icon: <Copy aria-hidden="true" /> },
  { separator: 'end' },
  { id: 'delete', label: 'Delete', icon: <Trash2 aria-hidden="true" />, keys: 'Delete', danger: true },
] as const satisfies readonly MenuEntry[];

export type FileAct = 'add' | 'rename' | 'duplicate' | 'delete';
const ACTS: readonly FileAct[] = ['add', 'rename', 'duplicate', 'delete'];

export interface FileMenuProps {
  readonly place: FileMenuPlace;
  readonly onAct: (id: FileAct) => void;
  readonly onClose: () => void;
}

export function FileMenu({ place, onAct, onClose }: FileMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const run = (id: string) => {
    const act = ACTS.find((each) => each === id);
    onClose();
    if (act !== undefined) {
      onAct(act);
    }
  };
  return (
    <>
      <span ref={anchor} className={styles.anchor} style={{ left: place.x, top: place.y }} />
      <Popover
        className={menuStyles.popover ?? ''}
        triggerRef={anchor}
        placement="bottom start"
        offset={2}
        isOpen
        onOpenChange={(open) => (open ? undefined : onClose())}
      >
        <MenuList
          takesFocus
          label={place.isFolder ? `Folder ${place.key}` : `File ${place.key}`}
          entries={place.isFolder ? OF_FOLDER : OF_FILE}
          onAction={run}
        />
      </Popover>
    </>
  );
}
