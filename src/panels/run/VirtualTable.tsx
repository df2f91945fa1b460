/**
 * A table of any length: only the rows in view exist. One tab stop; arrow keys, Page Up and Down, Home and End move the
 * selection. With `follow` it stays at the end as rows arrive, until somebody scrolls up or selects.
 */
// Rows are placed one by one, so they cannot be the rows of a table element.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { PagedCache } from './paged-cache.ts';
import styles from './VirtualTable.module.css';

export interface TableColumn {
  readonly id: string;
  readonly label: string;
  /** A CSS grid track. With `var(--spare-column, …)` it goes where the table is narrow. */
  readonly width: string;
  readonly align?: 'end';
}

export interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly cache: PagedCache<Row>;
  /** One cell a column. */
  readonly cells: (row: Row) => readonly ReactNode[];
  readonly rowLabel?: (row: Row) => string;
  readonly rowTone?: (row: Row) => 'plain' | 'warn' | 'error';
  readonly selectedIndex?: number | null;
  readonly onSelect?: (index: number, row: Row | undefined) => void;
  readonly onOpen?: (row: Row) => void;
  readonly follow?: boolean;
  readonly onFollowChange?: (follow: boolean) => void;
}

const ROW_HEIGHT = 24;
/** Browsers stop at about 33 million pixels; a longer list shows its newest part. */
const MOST_ROWS = 1_300_000;
const BASE_STEP = 100_000;

export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, cache, cells, rowLabel, rowTone, selectedIndex = null, onSelect, onOpen, follow = false, onFollowChange } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const total = cache.total() ?? 0;
  const base = total <= MOST_ROWS ? 0 : Math.ceil((total - MOST_ROWS) / BASE_STEP) * BASE_STEP;
  const count = total - base;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    // Nobody scrolls then, so nothing has to be on screen within the same frame.
    useFlushSync: !follow,
    scrollPaddingStart: ROW_HEIGHT,
    scrollMargin: ROW_HEIGHT,
    initialRect: { width: 0, height: 240 },
  });
  const items = virtualizer.getVirtualItems();
  const from = base + (items[0]?.index ?? 0);
  const to = base + (items.at(-1)?.index ?? 0) + 1;
  useEffect(() => {
    cache.want(from, to);
  }, [cache, from, to, total]);
  useEffect(() => {
    if (follow && count > 0) {
      const element = scroller.current;
      element?.scrollTo({ top: element.scrollHeight });
    }
  }, [follow, count]);
  useEffect(() => {
    if (selectedIndex !== null && selectedIndex >= base && selectedIndex < base + count) {
      virtualizer.scrollToIndex(selectedIndex - base, { align: 'auto' });
    }
    // Only when the selection moves: new rows must not pull the view back to it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selectedIndex]);

  const rowsInView = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_HEIGHT) / ROW_HEIGHT) - 2);
  const moveTo = (index: number) => {
    const next = Math.min(Math.max(index, base), base + count - 1);
    if (count > 0) {
      onSelect?.(next, cache.row(next));
      virtualizer.scrollToIndex(next - base, { align: 'auto' });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const current = selectedIndex ?? (follow ? base + count : base - 1);
    const target = keyTarget(event.key, current, rowsInView(), base, base + count - 1);
    if (target !== null && onSelect !== undefined) {
      event.preventDefault();
      onFollowChange?.(event.key === 'End');
      moveTo(target);
    } else if (event.key === 'Enter' && selectedIndex !== null) {
      const row = cache.row(selectedIndex);
      if (row !== undefined) {
        onOpen?.(row);
      }
    }
  };
  const template = columns.map((column) => column.width).join(' ');
  const selectedShown = selectedIndex !== null && selectedIndex >= from && selectedIndex < to;
  return (
    <div
      ref={scroller}
      className={styles.table}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      tabIndex={0}
      {...(selectedShown ? { 'aria-activedescendant': `${id}-${selectedIndex}` } : {})}
      onKeyDown={onKeyDown}
      onWheel={(event) => {
        if (event.deltaY < 0 && follow) {
          onFollowChange?.(false);
        }
      }}
      onPointerDown={() => {
        if (follow) {
          onFollowChange?.(false);
        }
      }}
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" aria-rowindex={1} className={styles.headRow} style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <span role="columnheader" key={column.id} className={column.align === 'end' ? styles.end : ''}>
              {column.label}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const index = base + item.index;
          const row = cache.row(index);
          const tone = row === undefined ? 'plain' : (rowTone?.(row) ?? 'plain');
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the focus and the keys
            <div
              key={item.key}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={index === selectedIndex}
              {...(row === undefined || rowLabel === undefined ? {} : { 'aria-label': rowLabel(row) })}
              className={`${styles.row} ${styles[tone]} ${index === selectedIndex ? styles.selected : ''}`}
              style={{ gridTemplateColumns: template, transform: `translateY(${item.start - ROW_HEIGHT}px)` }}
              onClick={() => onSelect?.(index, row)}
              onDoubleClick={() => {
                if (row !== undefined) {
                  onOpen?.(row);
                }
              }}
            >
              {row === undefined
                ? null
                : cells(row).map((cell, column) => (
                    <span
                      role="gridcell"
                      key={columns[column]?.id ?? column}
                      className={columns[column]?.align === 'end' ? styles.end : styles.cell}
                    >
                      {cell}
                    </span>
                  ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function keyTarget(key: string, current: number, page: number, first: number, last: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return current + 1;
    case 'ArrowUp':
      return current - 1;
    case 'PageDown':
      return current + page;
    case 'PageUp':
      return current - page;
    case 'Home':
      return first;
    case 'End':
      return last;
    default:
      return null;
  }
}
