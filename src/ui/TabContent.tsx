/**
 * The panel of the selected tab. React Aria's own panel asks, at each change anywhere inside it, whether something in it can be
 * focused, visibility and all: in a table that follows a run that took half of the page's time.
 */
import { useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

const MAY_BE_FOCUSED = 'button:enabled, input:enabled, select:enabled, textarea:enabled, a[href], [tabindex="0"]';
/** Real ms; what is asked is only where Tab goes next. */
const LOOK_AGAIN = 500;

/** Give it the tab as key: each tab's panel is its own. */
export function TabContent({ children }: { readonly children: ReactNode }) {
  const panel = useRef<HTMLDivElement>(null);
  const [names, setNames] = useState<{ readonly id: string; readonly tab: string } | null>(null);
  const [hasFocusable, setHasFocusable] = useState(true);

  useLayoutEffect(() => {
    const element = panel.current;
    const tabs = element?.parentElement ?? null;
    if (element === null || tabs === null) {
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | null = null;
    // The tabs choose their ids, and may come to stand in the page after their panel.
    const name = () => {
      const selected = tabs.querySelector('[role="tab"][aria-selected="true"]');
      const id = selected?.getAttribute('aria-controls') ?? null;
      if (selected !== null && id !== null && (element.id !== id || element.getAttribute('aria-labelledby') !== selected.id)) {
        setNames({ id, tab: selected.id });
      }
    };
    const look = () => {
      timer = null;
      setHasFocusable(element.querySelector(MAY_BE_FOCUSED) !== null);
    };
    const observer = new MutationObserver(() => {
      name();
      timer ??= setTimeout(look, LOOK_AGAIN);
    });
    name();
    look();
    observer.observe(tabs, { subtree: true, childList: true, attributeFilter: ['aria-controls'] });
    return () => {
      observer.disconnect();
      if (timer !== null) {
        clearTimeout(timer);
      }
    };
  }, []);

  return (
    <div
      ref={panel}
      role="tabpanel"
      id={names?.id}
      aria-labelledby={names?.tab}
      // Where nothing inside takes the focus the panel does, so that it can be scrolled by keys.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={hasFocusable ? undefined : 0}
      className={styles.panel}
    >
      {children}
    </div>
  );
}
