/** The virtual clock: written into the page once a frame, or once a key while somebody types, past React. */
import { useEffect, useRef } from 'react';
import { behindKeys } from '../../state/behind-keys.ts';
import { latestProjection, onProjection } from '../../state/run-store.ts';
import { formatClock } from './virtual-clock.ts';
import { useStartAt } from './use-start-at.ts';
import styles from './RunBar.module.css';

export function RunClock() {
  const text = useRef<HTMLSpanElement>(null);
  const startAt = useStartAt();
  useEffect(() => {
    let frame: number | null = null;
    const show = () => {
      frame = null;
      if (text.current !== null) {
        const clock = formatClock(latestProjection()?.now ?? startAt, startAt);
        if (text.current.textContent !== clock) {
          text.current.textContent = clock;
        }
      }
    };
    show();
    // Each change costs the page a frame.
    const showSoon = () => {
      frame ??= requestAnimationFrame(show);
    };
    const stop = onProjection(() => behindKeys(showSoon));
    return () => {
      stop();
      if (frame !== null) {
        cancelAnimationFrame(frame);
      }
    };
  }, [startAt]);
  return <span ref={text} className={styles.clock} role="timer" aria-label="Virtual time" aria-live="off" />;
}
