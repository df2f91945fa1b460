/** Facts that the screen shows only in part, read through the page's own requests to its worker. */
import type { Page } from '@playwright/test';
import { typename } from '../../../src/base/ids.ts';
import type { RequestType, Requests, TraceFilter } from '../../../src/worker/contract.ts';

/** Throws what the worker refuses. Maps do not come through; everything else of the contract does. */
export async function ask<Type extends RequestType>(page: Page, type: Type, params: Requests[Type]['in']): Promise<Requests[Type]['out']> {
  const answer = await page.evaluate(
    async (request) => {
      // The request's type and params belong together by the signature of `ask`.
      const given = await globalThis.statefunStudio.ask(request.type as 'audit', request.params as object);
      return given as unknown;
    },
    { type: type as string, params: params as unknown },
  );
  const result = answer as
    | { readonly ok: true; readonly value: Requests[Type]['out'] }
    | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };
  if (!result.ok) {
    throw new Error(`${type}: ${result.error.code}: ${result.error.message}`);
  }
  return result.value;
}

export async function traceHash(page: Page): Promise<string> {
  return (await ask(page, 'trace-hash', {})).hash;
}

/** All lines of the trace that pass the filter, parsed. */
export async function traceEvents(page: Page, filter: TraceFilter | null): Promise<readonly Record<string, unknown>[]> {
  const events: Record<string, unknown>[] = [];
  for (;;) {
    // Each page of the list follows the one before.
    const { total, rows } = await ask(page, 'read-trace', { filter, from: events.length, count: 5000 });
    events.push(...rows.map((row) => JSON.parse(row.line) as Record<string, unknown>));
    if (events.length >= total || rows.length === 0) {
      return events;
    }
  }
}

/** The values of a topic's records, as JSON. */
export async function topicValues(page: Page, topic: string): Promise<readonly unknown[]> {
  const { rows } = await ask(page, 'read-records', { topic, from: 0, count: 1_000_000 });
  return rows.map((row) => JSON.parse(new TextDecoder().decode(row.value ?? new Uint8Array())) as unknown);
}

/** One state of all addresses of a function type that have it: its bytes by the address's id. */
export async function statesOf(page: Page, type: string, name: string): Promise<readonly (readonly [id: string, bytes: Uint8Array])[]> {
  const { rows } = await ask(page, 'read-addresses', { typename: typename(type), search: null, from: 0, count: 1_000_000 });
  return rows.flatMap(({ address, states }) =>
    states.filter((state) => state.name === name).map(({ bytes }) => [address.id, bytes] as const),
  );
}
