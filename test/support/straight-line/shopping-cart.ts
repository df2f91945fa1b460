/**
 * What the shop has to come to, worked out from its description alone. A reservation succeeds when enough is in stock;
 * it ends with the user's checkout, which gives a receipt, or after 15 minutes, which gives the items back.
 */
import { randomStream } from '../../../src/base/random.ts';
import { joinFeeds, spacedFeed } from './timed-input.ts';
import type { TimedFeeds } from './timed-input.ts';

const MINUTE = 60_000;
const HOLD = 15 * MINUTE;

export type ShopEvent =
  | { readonly type: 'restock'; readonly at: number; readonly item: string; readonly quantity: number }
  | { readonly type: 'add'; readonly at: number; readonly user: string; readonly item: string; readonly quantity: number }
  | { readonly type: 'checkout'; readonly at: number; readonly user: string };

export interface ShopReceipt {
  readonly user: string;
  readonly items: readonly { readonly item: string; readonly quantity: number }[];
}

export interface ShopOutcome {
  /** In order of time. */
  readonly receipts: readonly ShopReceipt[];
  /** Stock by item after the last reservation has ended. */
  readonly stock: ReadonlyMap<string, number>;
  readonly refused: number;
  readonly timedOut: number;
}

interface Hold {
  readonly until: number;
  readonly user: string;
  readonly item: string;
  readonly quantity: number;
}

export function shopOutcome(events: readonly ShopEvent[]): ShopOutcome {
  const stock = new Map<string, number>();
  const receipts: ShopReceipt[] = [];
  let holds: readonly Hold[] = [];
  let refused = 0;
  let timedOut = 0;
  const add = (item: string, quantity: number): void => {
    stock.set(item, (stock.get(item) ?? 0) + quantity);
  };
  const endHolds = (now: number): void => {
    for (const hold of holds.filter(({ until }) => until <= now)) {
      timedOut += 1;
      add(hold.item, hold.quantity);
    }
    holds = holds.filter(({ until }) => until > now);
  };
  for (const event of events) {
    endHolds(event.at);
    if (event.type === 'restock') {
      add(event.item, event.quantity);
    } else if (event.type === 'add') {
      if ((stock.get(event.item) ?? 0) >= event.quantity) {
        add(event.item, -event.quantity);
        holds = [...holds, { until: event.at + HOLD, user: event.user, item: event.item, quantity: event.quantity }];
      } else {
        refused += 1;
      }
    } else {
      const sold = holds.filter(({ user }) => user === event.user);
      if (sold.length > 0) {
        receipts.push({ user: event.user, items: sold.map(({ item, quantity }) => ({ item, quantity })) });
        holds = holds.filter(({ user }) => user !== event.user);
      }
    }
  }
  endHolds(Number.POSITIVE_INFINITY);
  return { receipts, stock, refused, timedOut };
}

export interface ShopInput extends TimedFeeds {
  /** In order of time. */
  readonly events: readonly ShopEvent[];
  /** By when every reservation has ended. */
  readonly end: number;
}

/** Rounds of 7 minutes: restock, two minutes on an add, two minutes on a checkout. So a 15-minute hold ends a minute apart from all of them. */
export function makeShopInput(seed: number, rounds: number): ShopInput {
  const chance = randomStream(seed);
  const oneOf = (texts: readonly string[]): string => texts[Math.floor(chance.next() * texts.length)] ?? '';
  const upTo = (count: number): number => 1 + Math.floor(chance.next() * count);
  const users = ['ada', 'grace', 'edsger'];
  const items = ['socks', 'mug'];
  const round = 7 * MINUTE;
  const restocks = Array.from({ length: rounds }, (_, index) => ({
    type: 'restock' as const,
    at: index * round,
    item: oneOf(items),
    quantity: 1,
  }));
  const adds = Array.from({ length: rounds }, (_, index) => ({
    type: 'add' as const,
    at: index * round + 2 * MINUTE,
    user: oneOf(users),
    item: oneOf(items),
    quantity: upTo(4),
  }));
  const checkouts = Array.from({ length: rounds }, (_, index) => ({
    type: 'checkout' as const,
    at: index * round + 4 * MINUTE,
    user: oneOf(users),
  }));
  const events = [...restocks, ...adds, ...checkouts].sort((a, b) => a.at - b.at);
  const feeds = joinFeeds([
    spacedFeed(
      'restock-items',
      0,
      'item',
      0,
      round,
      restocks.map(({ item, quantity }) => ({ item, quantity })),
    ),
    spacedFeed(
      'add-to-cart',
      0,
      'user',
      2 * MINUTE,
      round,
      adds.map(({ user, item, quantity }) => ({ user, item, quantity })),
    ),
    spacedFeed(
      'checkout',
      0,
      'user',
      4 * MINUTE,
      round,
      checkouts.map(({ user }) => ({ user })),
    ),
  ]);
  return { ...feeds, events, end: rounds * round + 20 * MINUTE };
}
