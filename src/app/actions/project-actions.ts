import { Copy, Download, FilePlus, FolderInput, FolderOpen, LayoutGrid, Pencil, Trash2 } from 'lucide-react';
import type { Action } from './action.ts';
import { openDialog } from '../dialogs/dialog-store.ts';
import { chooseFile, chooseFolder } from '../files/import-file.ts';
import { createEmptyProject, duplicateProject } from '../files/projects.ts';
import { navigate } from '../routes.ts';
import { useDocument } from '../../state/document-controller.ts';
import { isOpen, isWritable } from './conditions.ts';

function askAboutOpen(type: 'rename' | 'delete-project'): void {
  const { id, name } = useDocument.getState();
  if (id !== null) {
    openDialog({ type, project: id, name });
  }
}

export const PROJECT_ACTIONS: readonly Action[] = [
  {
    id: 'import',
    label: 'Import…',
    group: 'Project',
    keys: ['Ctrl+O'],
    place: 'anywhere',
    icon: FolderOpen,
    help: 'Take a module.yaml or a project ZIP from a file.',
    enabled: () => true,
    run: () => chooseFile('any'),
  },
  {
    id: 'import-folder',
    label: 'Import folder…',
    group: 'Project',
    keys: [],
    place: 'anywhere',
    icon: FolderInput,
    help: 'Take a project from a folder of this computer, without what its .gitignore names.',
    enabled: () => true,
    run: () => void chooseFolder(),
  },
  {
    id: 'export',
    label: 'Export',
    group: 'Project',
    keys: ['Ctrl+E'],
    place: 'anywhere',
    icon: Download,
    help: 'Download or copy module.yaml, or download the project as a ZIP.',
    enabled: isOpen,
    run: () => openDialog({ type: 'export' }),
  },
  {
    id: 'new-project',
    label: 'Empty canvas',
    group: 'Project',
    keys: [],
    place: 'anywhere',
    icon: FilePlus,
    help: 'Start a project with nothing on it.',
    enabled: () => true,
    run: () => void createEmptyProject(),
  },
  {
    id: 'rename-project',
    label: 'Rename project…',
    group: 'Project',
    keys: [],
    place: 'anywhere',
    icon: Pencil,
    help: 'Give the open project another name.',
    enabled: isWritable,
    run: () => askAboutOpen('rename'),
  },
  {
    id: 'duplicate-project',
    label: 'Duplicate project',
    group: 'Project',
    keys: [],
    place: 'anywhere',
    icon: Copy,
    help: 'Open a copy of this project, without its run.',
    enabled: isOpen,
    run: () => void duplicateProject(),
  },
  {
    id: 'delete-project',
    label: 'Delete project…',
    group: 'Project',
    keys: [],
    place: 'anywhere',
    icon: Trash2,
    help: 'Remove the open project and its run from this browser.',
    enabled: isWritable,
    run: () => askAboutOpen('delete-project'),
  },
  {
    id: 'close-project',
    label: 'All projects',
    group: 'Project',
    keys: [],
    place: 'anywhere',
    icon: LayoutGrid,
    help: 'Close this project and go to the start page. Everything is kept.',
    enabled: isOpen,
    run: () => navigate({ type: 'start' }),
  },
];
