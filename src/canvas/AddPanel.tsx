/** What can be put on the canvas: drag it there, or press it to have it in the middle of the view. */
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { KIND_COLOUR } from './kind-colours.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { addItem } from './acts.ts';
import { ADD_DRAG_TYPE, ADD_GROUPS, clickPlace } from './add-items.ts';
import type { AddEntry } from './add-items.ts';
import { canvasWindow } from './canvas-window.ts';
import styles from './AddPanel.module.css';
import { focusNode } from './focus-node.ts';
import { revealNodes } from './reveal-nodes.ts';

export function AddPanel() {
  const panel = useRef<HTMLDivElement>(null);
  const isReadOnly = useDocument((state) => state.save === 'read-only');
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(panel.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined && at >= 0) {
      event.preventDefault();
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
    }
  };
  return (
    <div className={styles.panel} ref={panel} onKeyDown={onKeyDown} role="presentation">
      <div className={styles.head}>
        <h2>Add</h2>
        <span>
          drag or press <Kbd keys="A" />
        </span>
      </div>
      {ADD_GROUPS.map((group) => (
        <div key={group.title} className={styles.group} role="group" aria-label={group.title}>
          <h3>{group.title}</h3>
          {group.entries.map((entry) => (
            <AddTile key={entry.item} entry={entry} isDisabled={isReadOnly} />
          ))}
        </div>
      ))}
    </div>
  );
}

function AddTile({ entry, isDisabled }: { readonly entry: AddEntry; readonly isDisabled: boolean }) {
  const Icon = entry.icon;
  return (
    <button
      type="button"
      className={styles.tile}
      aria-label={entry.name}
      disabled={isDisabled}
      draggable={!isDisabled}
      onDragStart={(event) => {
        event.dataTransfer.setData(ADD_DRAG_TYPE, entry.item);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={() => addInView(entry)}
    >
      <Icon aria-hidden="true" style={{ color: KIND_COLOUR[entry.kind] }} />
      {entry.label}
    </button>
  );
}

/** Adds in the middle of what the canvas shows, and goes there. */
function addInView({ item }: AddEntry): void {
  const { graph } = useDocument.getState();
  const shown = canvasWindow();
  const place = clickPlace(item, {
    middle: shown?.centre() ?? { x: 400, y: 200 },
    taken: shown?.rects() ?? [],
    rectOf: (node) => shown?.rectOf(node) ?? null,
    graph,
    selection: useView.getState().selection,
  });
  if (addItem(item, place)) {
    const { selection, view, setView, split } = useView.getState();
    if (view !== 'canvas' && !split) {
      setView('canvas');
    }
    const [made] = selection;
    if (made !== undefined) {
      revealNodes([made]);
      focusNode(made);
    }
  }
}
