import { CircleHelp, Keyboard, Search } from 'lucide-react';
import type { Action } from './action.ts';
import { openDialog } from '../dialogs/dialog-store.ts';

export const HELP_ACTIONS: readonly Action[] = [
  {
    id: 'palette',
    label: 'Find or run a command',
    group: 'Help',
    keys: ['Ctrl+K'],
    place: 'anywhere',
    icon: Search,
    help: 'Find an action, an item of the graph, a file or a project by its name.',
    keysOnly: true,
    enabled: () => true,
    run: () => openDialog({ type: 'palette' }),
  },
  {
    id: 'shortcuts',
    label: 'Keyboard shortcuts',
    group: 'Help',
    keys: [],
    place: 'anywhere',
    icon: Keyboard,
    help: 'Every action and its keys.',
    enabled: () => true,
    run: () => openDialog({ type: 'shortcuts' }),
  },
  {
    id: 'about',
    label: 'About StateFun Studio',
    group: 'Help',
    keys: [],
    place: 'anywhere',
    icon: CircleHelp,
    help: 'Version, licence, and what leaves this browser.',
    enabled: () => true,
    run: () => openDialog({ type: 'about' }),
  },
];
