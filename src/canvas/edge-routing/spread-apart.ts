/** Places along a line that keep their order and a least distance, moved as little as needed. */
export interface Slot {
  readonly key: string;
  at: number;
  /** Stays where it is; the others give way. */
  isFixed: boolean;
}

const LEAST = 14;
/** Below this, two edges read as one: then even fixed places move. */
const TOO_NEAR = 8;

interface Range {
  readonly from: number;
  readonly to: number;
}

export function spreadApart(slots: readonly Slot[], range: Range): readonly { readonly key: string; readonly at: number }[] {
  const gap = slots.length < 2 ? LEAST : Math.min(LEAST, (range.to - range.from) / (slots.length - 1));
  // Fixed places rule the order; the rest keeps its own between them.
  const order = slots.toSorted((a, b) => (a.isFixed && b.isFixed ? a.at - b.at : 0));
  const kept = settle(order, range, gap);
  const isCrowded = kept.some((at, index) => index > 0 && at - (kept[index - 1] ?? -Infinity) < Math.min(TOO_NEAR, gap));
  const places = isCrowded
    ? settle(
        order.map((slot) => ({ ...slot, isFixed: false })),
        range,
        gap,
      )
    : kept;
  return order.map((slot, index) => ({ key: slot.key, at: places[index] ?? slot.at }));
}

function settle(order: readonly Slot[], range: Range, gap: number): readonly number[] {
  const at = order.map((slot) => clamp(slot.at, range));
  for (let round = 0; round < 4; round += 1) {
    for (let index = 1; index < at.length; index += 1) {
      pushApart(order, at, index, gap, 'second');
    }
    at.forEach((value, index) => {
      at[index] = clamp(value, range);
    });
    for (let index = at.length - 1; index > 0; index -= 1) {
      pushApart(order, at, index, gap, 'first');
    }
  }
  return at.map((value) => clamp(value, range));
}

function clamp(value: number, { from, to }: Range): number {
  return Math.min(to, Math.max(from, value));
}

function pushApart(order: readonly Slot[], at: number[], index: number, gap: number, moves: 'first' | 'second'): void {
  const first = at[index - 1] ?? 0;
  const second = at[index] ?? 0;
  if (second - first >= gap) {
    return;
  }
  if (moves === 'second' && order[index]?.isFixed === false) {
    at[index] = first + gap;
  }
  if (moves === 'first' && order[index - 1]?.isFixed === false) {
    at[index - 1] = second - gap;
  }
}
