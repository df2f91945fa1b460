/**
 * A pane of its own size beside what fills the rest, with the handle between them: drag it, move it with the arrow keys, double-click
 * for the first size. The size is remembered. A drag changes the style alone and is committed when it ends, so that what is
 * inside is not rendered with every move.
 */
import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { recall, remember } from '../local-memory.ts';
import styles from './Pane.module.css';

export interface PaneProps {
  /** Names the remembered size. */
  readonly id: string;
  /** Which side of its neighbour the pane is on. */
  readonly side: 'left' | 'right' | 'bottom';
  /** The handle's accessible name. */
  readonly label: string;
  /** Pixels. */
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  /** Pixels that are left to the neighbour, whatever the size asked for. */
  readonly leave: number;
  readonly children: ReactNode;
}

const KEY_STEP = 16;

export function Pane({ id, side, label, initial, min, max, leave, children }: PaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  const [kept, setKept] = useState<{ readonly id: string; readonly size: number }>({ id, size: storedSize(id) ?? initial });
  // Each mode has a size of its own under its own id.
  if (kept.id !== id) {
    setKept({ id, size: storedSize(id) ?? initial });
  }
  const property = side === 'bottom' ? 'height' : 'width';
  const clamp = (size: number) =>
    Math.round(Math.min(Math.max(size, min), Math.max(min, Math.min(max, room(pane.current, property) - leave))));
  const commit = (size: number) => {
    const next = clamp(size);
    setKept({ id, size: next });
    remember(`pane.${id}`, String(next));
  };

  const drag = (down: PointerEvent<HTMLDivElement>) => {
    if (down.button !== 0) {
      return;
    }
    const handle = down.currentTarget;
    handle.setPointerCapture(down.pointerId);
    const from = side === 'bottom' ? down.clientY : down.clientX;
    const start = pane.current?.getBoundingClientRect()[property] ?? kept.size;
    let size = start;
    const move = (event: globalThis.PointerEvent) => {
      const distance = (side === 'bottom' ? event.clientY : event.clientX) - from;
      size = clamp(side === 'left' ? start + distance : start - distance);
      if (pane.current !== null) {
        pane.current.style[property] = `${size}px`;
      }
    };
    const end = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
      commit(size);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
  };

  const press = (event: KeyboardEvent) => {
    const grow = side === 'left' ? 'ArrowRight' : side === 'right' ? 'ArrowLeft' : 'ArrowUp';
    const shrink = side === 'left' ? 'ArrowLeft' : side === 'right' ? 'ArrowRight' : 'ArrowDown';
    const next = { [grow]: kept.size + KEY_STEP, [shrink]: kept.size - KEY_STEP, Home: min, End: max, Enter: initial }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      commit(next);
    }
  };

  const handle = (
    // A focusable separator is the widget for this (ARIA window splitter).
    <div
      role="separator"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={label}
      aria-orientation={side === 'bottom' ? 'horizontal' : 'vertical'}
      aria-valuenow={kept.size}
      aria-valuemin={min}
      aria-valuemax={max}
      className={`${styles.handle} ${side === 'bottom' ? styles.horizontal : styles.vertical}`}
      onPointerDown={drag}
      onDoubleClick={() => commit(initial)}
      onKeyDown={press}
    />
  );
  return (
    <>
      {side === 'left' ? null : handle}
      <div ref={pane} className={styles.pane} style={{ [property]: kept.size }}>
        {children}
      </div>
      {side === 'left' ? handle : null}
    </>
  );
}

function storedSize(id: string): number | null {
  const size = Number(recall(`pane.${id}`));
  return Number.isFinite(size) && size > 0 ? size : null;
}

/** What pane and neighbour have between them. */
function room(pane: HTMLElement | null, property: 'width' | 'height'): number {
  return pane?.parentElement?.getBoundingClientRect()[property] ?? Infinity;
}
