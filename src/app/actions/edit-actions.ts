import { Copy, Network, Plus, Redo2, Trash2, TriangleAlert, Undo2 } from 'lucide-react';
import type { Action } from './action.ts';
import { isOpen, isWritable } from './conditions.ts';
import { nextProblem } from '../layout/next-problem.ts';
import { showLeft } from '../layout/layout-store.ts';
import { focusRegion, goUp, nextRegion } from '../layout/focus-regions.ts';
import { openDialog } from '../dialogs/dialog-store.ts';
import { deleteItems } from '../../commands/delete-items.ts';
import { duplicateItems } from '../../commands/duplicate-items.ts';
import type { NodeId } from '../../base/ids.ts';
import type { CommandContext, CommandResult } from '../../model/command.ts';
import { useCanvasActs } from '../../state/canvas-acts.ts';
import { allProblems } from '../../state/all-problems.ts';
import { runCommand, useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';

function hasSelection(): boolean {
  return isWritable() && useView.getState().selection.length > 0;
}

/** Runs a command on the selected items; a refusal says why. */
function onSelection(
  label: string,
  command: (context: CommandContext, params: { readonly nodes: readonly NodeId[] }) => CommandResult,
): void {
  const nodes = useView.getState().selection;
  const [problem] = runCommand(label, (context) => command(context, { nodes }));
  if (problem !== undefined) {
    openDialog({ type: 'message', title: `${label} is not possible here`, text: problem.message });
  }
}

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
    id: 'delete',
    label: 'Delete',
    group: 'Edit',
    keys: ['Del'],
    place: 'letters',
    icon: Trash2,
    help: 'Remove what is selected, with its own leading comment in module.yaml.',
    enabled: hasSelection,
    run: () => onSelection('Delete', deleteItems),
  },
  {
    id: 'duplicate',
    label: 'Duplicate',
    group: 'Edit',
    keys: ['Ctrl+D'],
    place: 'outside-fields',
    icon: Copy,
    help: 'Make a copy of what is selected.',
    enabled: hasSelection,
    run: () => onSelection('Duplicate', duplicateItems),
  },
  {
    id: 'auto-layout',
    label: 'Auto layout',
    group: 'Edit',
    keys: ['Shift+L'],
    place: 'letters',
    icon: Network,
    help: 'Place all items anew, from ingress to egress.',
    enabled: () => isWritable() && useCanvasActs.getState().acts !== null,
    run: () => useCanvasActs.getState().acts?.autoLayout(),
  },
  {
    id: 'next-problem',
    label: 'Next problem',
    group: 'Edit',
    keys: ['F8'],
    place: 'anywhere',
    icon: TriangleAlert,
    help: 'Select the item with the next problem and show its place.',
    enabled: () => isOpen() && allProblems().length > 0,
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
