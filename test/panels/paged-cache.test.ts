import { describe, expect, test } from 'vitest';
import { ok, err } from '../../src/base/result.ts';
import type { Result } from '../../src/base/result.ts';
import { createPagedCache } from '../../src/panels/run/paged-cache.ts';
import type { Page, PagedSource } from '../../src/panels/run/paged-cache.ts';

/** A list whose answers arrive when the test says so. */
function listOf(kind: PagedSource<string>['kind'], length: number) {
  const list = { length, prefix: 'row', fetched: [] as number[] };
  const waiting: (() => void)[] = [];
  let refusal: string | null = null;
  const source: PagedSource<string> = {
    kind,
    fetch(from, count) {
      list.fetched.push(from);
      return new Promise<Result<Page<string>, { readonly message: string }>>((resolve) => {
        waiting.push(() => {
          const rows = Array.from(
            { length: Math.max(0, Math.min(count, list.length - from)) },
            (_, index) => `${list.prefix} ${from + index}`,
          );
          resolve(refusal === null ? ok({ total: list.length, rows }) : err({ message: refusal }));
        });
      });
    },
  };
  return {
    list,
    source,
    refuse: (message: string | null) => {
      refusal = message;
    },
    waiting: () => waiting.length,
    async answer() {
      const answers = waiting.splice(0);
      for (const answer of answers) {
        answer();
      }
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    },
    async settle() {
      while (waiting.length > 0) {
        await this.answer();
      }
    },
  };
}

describe('rows fetched in pages', () => {
  test('the length is unknown until the first answer', async () => {
    const fake = listOf('append', 450);
    const cache = createPagedCache(fake.source, () => undefined);
    cache.refresh();
    expect(cache.total()).toBeNull();
    await fake.settle();
    expect(cache.total()).toBe(450);
    expect(cache.row(0)).toBe('row 0');
    expect(cache.row(200)).toBeUndefined();
  });

  test('what is looked at is fetched, once', async () => {
    const fake = listOf('append', 1000);
    const cache = createPagedCache(fake.source, () => undefined);
    cache.refresh();
    await fake.settle();
    cache.want(390, 420);
    cache.want(391, 421);
    await fake.settle();
    expect(cache.row(399)).toBe('row 399');
    expect(cache.row(400)).toBe('row 400');
    expect(fake.list.fetched).toEqual([0, 200, 400]);
  });

  test('P1: a page is not fetched twice at a time, and once more when asked meanwhile', async () => {
    const fake = listOf('append', 10);
    const cache = createPagedCache(fake.source, () => undefined);
    cache.refresh();
    cache.refresh();
    cache.refresh();
    expect(fake.waiting()).toBe(1);
    fake.list.length = 12;
    await fake.settle();
    expect(fake.list.fetched).toEqual([0, 0]);
    expect(cache.row(11)).toBe('row 11');
  });

  test('P2: rows that were shown stay until newer ones are there', async () => {
    const fake = listOf('volatile', 5);
    const cache = createPagedCache(fake.source, () => undefined);
    cache.refresh();
    await fake.settle();
    fake.list.prefix = 'newer';
    cache.refresh();
    expect(cache.row(3)).toBe('row 3');
    await fake.settle();
    expect(cache.row(3)).toBe('newer 3');
  });

  test('P3: of a list that only grows, full pages are not fetched again', async () => {
    const fake = listOf('append', 250);
    const cache = createPagedCache(fake.source, () => undefined);
    cache.want(0, 250);
    cache.refresh();
    await fake.settle();
    fake.list.length = 420;
    cache.refresh();
    await fake.settle();
    expect(fake.list.fetched).toEqual([0, 200, 200]);
    expect(cache.total()).toBe(420);
    expect(cache.row(399)).toBe('row 399');
  });

  test('P4: pages far from what is looked at are forgotten', async () => {
    const fake = listOf('append', 200 * 100);
    const cache = createPagedCache(fake.source, () => undefined);
    cache.refresh();
    await fake.settle();
    for (let page = 0; page < 100; page += 1) {
      cache.want(page * 200, page * 200 + 30);
      await fake.settle();
    }
    expect(cache.row(0)).toBeUndefined();
    expect(cache.row(99 * 200)).toBe('row 19800');
  });

  test('P5: a page that is merely looked at does not change the length', async () => {
    const fake = listOf('append', 500);
    const cache = createPagedCache(fake.source, () => undefined);
    cache.refresh();
    await fake.settle();
    fake.list.length = 9000;
    cache.want(400, 430);
    await fake.settle();
    expect(cache.total()).toBe(500);
    cache.refresh();
    await fake.settle();
    expect(cache.total()).toBe(9000);
  });

  test('a refusal is kept beside the rows until a fetch goes well', async () => {
    const fake = listOf('volatile', 5);
    const cache = createPagedCache(fake.source, () => undefined);
    cache.refresh();
    await fake.settle();
    fake.refuse('There is no run.');
    cache.refresh();
    await fake.settle();
    expect([cache.error(), cache.row(0)]).toEqual(['There is no run.', 'row 0']);
    fake.refuse(null);
    cache.refresh();
    await fake.settle();
    expect(cache.error()).toBeNull();
  });

  test('a closed list says nothing more', async () => {
    let changes = 0;
    const fake = listOf('append', 5);
    const cache = createPagedCache(fake.source, () => {
      changes += 1;
    });
    cache.refresh();
    cache.close();
    await fake.settle();
    expect(changes).toBe(0);
  });
});
