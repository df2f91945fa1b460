/** A paged list for React: re-renders when rows arrive, refreshes at most four times a second while the run goes on. */
import { useEffect, useMemo, useReducer, useRef } from 'react';
import { behindKeys } from '../../state/behind-keys.ts';
import { useProjectionSample, useRun } from '../../state/run-store.ts';
import type { RunProjection } from '../../worker/contract.ts';
import { createPagedCache } from './paged-cache.ts';
import type { PagedCache, PagedSource } from './paged-cache.ts';

const eventsHandled = (projection: RunProjection | null) => projection?.events ?? 0;

/** `source` must keep its identity for as long as it lists the same thing; a new one begins a new list. */
export function usePagedRows<Row>(source: PagedSource<Row>): PagedCache<Row> {
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const cache = useMemo(() => createPagedCache(source, oncePerFrame(renderAgain)), [source]);
  const events = useProjectionSample(eventsHandled);
  const status = useRun((run) => run.status);
  const closing = useRef<PagedCache<Row> | null>(null);
  useEffect(() => {
    cache.refresh();
    // Events and status say when to look again, not what at.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [cache, events, status]);
  useEffect(() => {
    if (closing.current !== null && closing.current !== cache) {
      closing.current.close();
    }
    closing.current = cache;
  }, [cache]);
  return cache;
}

/** Several pages often arrive together: one render for all of them, behind the keys that somebody types. */
function oncePerFrame(run: () => void): () => void {
  let scheduled = false;
  const render = () => {
    scheduled = false;
    run();
  };
  return () => {
    if (!scheduled) {
      scheduled = true;
      requestAnimationFrame(() => behindKeys(render));
    }
  };
}
