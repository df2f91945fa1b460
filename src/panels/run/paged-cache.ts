/**
 * Rows of a long list that lives in the worker, fetched in pages when somebody looks at them.
 *
 * P1 At most one fetch of a page is under way; asking again meanwhile fetches once more afterwards.
 * P2 A row that was shown stays until its successor has arrived: a refresh never blanks the list.
 * P3 In an `append` list a full page is fetched once; only the page at the end is fetched again.
 * P4 Memory is bounded: pages far from what is looked at go first.
 * P5 The length changes with a refresh only. A list that grows faster than it is read would otherwise be followed by
 *    one read after the other, without a pause.
 */
import type { Result } from '../../base/result.ts';

export interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export interface PagedSource<Row> {
  /** `append`: rows never change once written. `volatile`: any row may differ the next time. */
  readonly kind: 'append' | 'volatile';
  fetch(from: number, count: number): Promise<Result<Page<Row>, { readonly message: string }>>;
}

export interface PagedCache<Row> {
  /** How many rows there are; null until the first answer. */
  total(): number | null;
  row(index: number): Row | undefined;
  /** The last fetch's error, null when it went well. */
  error(): string | null;
  /** Rows [from, to) are looked at now. */
  want(from: number, to: number): void;
  /** The list may have grown or changed. */
  refresh(): void;
  close(): void;
}

export const PAGE_SIZE = 200;
const KEPT_PAGES = 40;

interface CachedPage<Row> {
  rows: readonly Row[];
  /** The list's length when the page was fetched: a short page is asked for again only when that has grown. */
  total: number;
  stale: boolean;
}

export function createPagedCache<Row>(source: PagedSource<Row>, onChange: () => void): PagedCache<Row> {
  const pages = new Map<number, CachedPage<Row>>();
  const inFlight = new Set<number>();
  const again = new Set<number>();
  let total: number | null = null;
  let error: string | null = null;
  let wanted = { from: 0, to: PAGE_SIZE };
  let closed = false;

  const firstWanted = () => Math.floor(wanted.from / PAGE_SIZE);
  const lastWanted = () => Math.floor(Math.max(wanted.from, wanted.to - 1) / PAGE_SIZE);

  async function load(page: number, refreshing: boolean): Promise<void> {
    if (inFlight.has(page)) {
      if (refreshing) {
        again.add(page);
      }
      return;
    }
    inFlight.add(page);
    const answer = await source.fetch(page * PAGE_SIZE, PAGE_SIZE);
    inFlight.delete(page);
    if (closed) {
      return;
    }
    if (answer.ok) {
      error = null;
      total = refreshing || total === null ? answer.value.total : total;
      pages.set(page, { rows: answer.value.rows, total: answer.value.total, stale: false });
      forget();
    } else {
      error = answer.error.message;
    }
    onChange();
    if (again.delete(page)) {
      void load(page, true);
    } else if (answer.ok) {
      loadMissing();
    }
  }

  function loadMissing(): void {
    const end = total === null ? 0 : Math.max(0, Math.ceil(total / PAGE_SIZE) - 1);
    for (let page = firstWanted(); page <= Math.min(lastWanted(), Math.max(end, 0)); page += 1) {
      const cached = pages.get(page);
      const grown = cached !== undefined && cached.rows.length < PAGE_SIZE && total !== null && cached.total < total;
      if ((cached === undefined || cached.stale || grown) && !inFlight.has(page)) {
        void load(page, false);
      }
    }
  }

  function forget(): void {
    if (pages.size <= KEPT_PAGES) {
      return;
    }
    const middle = (firstWanted() + lastWanted()) / 2;
    const byDistance = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of byDistance.slice(0, pages.size - KEPT_PAGES)) {
      pages.delete(page);
    }
  }

  return {
    total: () => total,
    row: (index) => pages.get(Math.floor(index / PAGE_SIZE))?.rows[index % PAGE_SIZE],
    error: () => error,
    want(from, to) {
      wanted = { from, to };
      if (total !== null) {
        loadMissing();
      }
    },
    refresh() {
      if (source.kind === 'volatile') {
        for (const page of pages.values()) {
          page.stale = true;
        }
        for (let page = firstWanted(); page <= lastWanted(); page += 1) {
          void load(page, true);
        }
        return;
      }
      void load(total === null ? firstWanted() : Math.floor(total / PAGE_SIZE), true);
    },
    close() {
      closed = true;
    },
  };
}
