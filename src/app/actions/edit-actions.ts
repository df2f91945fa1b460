import { Plus, Redo2, TriangleAlert, Undo2 } from 'lucide-react';
import type { Action } from './action.ts';
import { isOpen, isWritable } from './conditions.ts';
import { nextProblem } from '../layout/next-problem.ts';
import { showLeft } from '../layout/layout-store.ts';
import { focusRegion, goUp, nextRegion } from '../layout/focus-regions.ts';
import { useDocument } from '../../state/document-controller.ts';

export const EDIT_ACTIONS: readonly Action[] = [
  {
    id: 'undo',
    label: 'Undo',
    group: 'Edit',
    keys: ['Ctrl+Z'],
    place: 'outside-fields',
    icon: Undo2,
    help: 'Take the last edit back, whichever view made it.',
    enabled: () => isWritable() && useDocument.getState().canUndo,
    run: () => useDocument.getState().undo(),
  },
  {
    id: 'redo',
    label: 'Redo',
    group: 'Edit',
    keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
    place: 'outside-fields',
    icon: Redo2,
    help: 'Make the edit again that was taken back.',
    enabled: () => isWritable() && useDocument.getState().canRedo,
    run: () => useDocument.getState().redo(),
  },
  {
    id: 'add',
    label: 'Add',
    group: 'Edit',
    keys: ['A'],
    place: 'letters',
    icon: Plus,
    help: 'Go to the list of items that can be added.',
    enabled: isWritable,
    run: () => {
      showLeft('add');
      focusRegion('Add');
    },
  },
  {
    id: 'next-problem',
    label: 'Next problem',
    group: 'Edit',
    keys: ['F8'],
    place: 'anywhere',
    icon: TriangleAlert,
    help: 'Select the item with the next problem and show its place.',
    enabled: () => isOpen() && useDocument.getState().problems.length > 0,
    run: nextProblem,
  },
  {
    id: 'next-region',
    label: 'Next region',
    group: 'Edit',
    keys: ['F6'],
    place: 'anywhere',
    help: 'Move the focus to the next part of the screen.',
    keysOnly: true,
    enabled: isOpen,
    run: () => nextRegion(1),
  },
  {
    id: 'previous-region',
    label: 'Previous region',
    group: 'Edit',
    keys: ['Shift+F6'],
    place: 'anywhere',
    help: 'Move the focus to the part of the screen before.',
    keysOnly: true,
    enabled: isOpen,
    run: () => nextRegion(-1),
  },
  {
    id: 'up',
    label: 'Up one level',
    group: 'Edit',
    keys: ['Esc'],
    place: 'outside-fields',
    help: 'Leave what is selected.',
    keysOnly: true,
    enabled: isOpen,
    run: goUp,
  },
];
