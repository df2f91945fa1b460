import { Code, Columns2, FileText, Maximize2, Moon, PanelBottom, Workflow } from 'lucide-react';
import type { Action } from './action.ts';
import { isOpen } from './conditions.ts';
import { useLayout } from '../layout/layout-store.ts';
import { toggleTheme } from '../theme.ts';
import { useView } from '../../state/document-store.ts';

export const VIEW_ACTIONS: readonly Action[] = [
  {
    id: 'view-canvas',
    label: 'Canvas',
    group: 'View',
    keys: ['1'],
    place: 'letters',
    icon: Workflow,
    help: 'Show the module as a graph.',
    enabled: isOpen,
    run: () => useView.getState().setView('canvas'),
  },
  {
    id: 'view-code',
    label: 'Code',
    group: 'View',
    keys: ['2'],
    place: 'letters',
    icon: Code,
    help: 'Show the functions’ code.',
    enabled: isOpen,
    run: () => useView.getState().setView('code'),
  },
  {
    id: 'view-module',
    label: 'module.yaml',
    group: 'View',
    keys: ['3'],
    place: 'letters',
    icon: FileText,
    help: 'Show the text of module.yaml.',
    enabled: isOpen,
    run: () => useView.getState().setView('module'),
  },
  {
    id: 'split',
    label: 'Split view',
    group: 'View',
    keys: ['\\'],
    place: 'letters',
    icon: Columns2,
    help: 'Show canvas and code side by side.',
    enabled: isOpen,
    run: () => useView.getState().toggleSplit(),
  },
  {
    id: 'dock',
    label: 'Show or hide the dock',
    group: 'View',
    keys: ['Ctrl+J'],
    place: 'anywhere',
    icon: PanelBottom,
    help: 'Open or close the panels at the bottom.',
    enabled: isOpen,
    run: () => {
      const { dockOpen, setDock } = useView.getState();
      setDock(!dockOpen);
    },
  },
  {
    id: 'maximise-dock',
    label: 'Maximise the dock',
    group: 'View',
    keys: [],
    place: 'anywhere',
    icon: Maximize2,
    help: 'Give the panels at the bottom the whole height, or take it back.',
    enabled: () => isOpen() && useView.getState().dockOpen,
    run: () => useLayout.getState().toggleMaximised(),
  },
  {
    id: 'theme',
    label: 'Light or dark theme',
    group: 'View',
    keys: [],
    place: 'anywhere',
    icon: Moon,
    help: 'Switch between the light and the dark theme.',
    enabled: () => true,
    run: toggleTheme,
  },
];
