/** A binary heap of things that happen at a virtual time; equal times keep the order of their sequence numbers. */
export interface Timed {
  readonly at: number;
  readonly seq: number;
}

export function isBefore(left: Timed, right: Timed): boolean {
  return left.at < right.at || (left.at === right.at && left.seq < right.seq);
}

export class EventHeap<Item extends Timed> {
  private items: Item[] = [];

  get size(): number {
    return this.items.length;
  }

  peek(): Item | undefined {
    return this.items[0];
  }

  push(item: Item): void {
    const { items } = this;
    let index = items.length;
    items.push(item);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = items[parent];
      if (above === undefined || !isBefore(item, above)) {
        break;
      }
      items[index] = above;
      index = parent;
    }
    items[index] = item;
  }

  pop(): Item | undefined {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) {
      return first;
    }
    this.sinkFromTop(last);
    return first;
  }

  clear(): void {
    this.items = [];
  }

  /** The items in no particular order. */
  unordered(): readonly Item[] {
    return this.items;
  }

  /** The first `count` items that pass, in order, without changing the heap. */
  first(count: number, keep: (item: Item) => boolean): Item[] {
    const copy = new EventHeap<Item>();
    copy.items = [...this.items];
    const taken: Item[] = [];
    while (taken.length < count) {
      const next = copy.pop();
      if (next === undefined) {
        break;
      }
      if (keep(next)) {
        taken.push(next);
      }
    }
    return taken;
  }

  /** Keeps only the items that pass; the order of equal items does not change, since it lies in the items. */
  retain(keep: (item: Item) => boolean): void {
    const kept = this.items.filter(keep);
    this.items = [];
    for (const item of kept) {
      this.push(item);
    }
  }

  private sinkFromTop(item: Item): void {
    const { items } = this;
    const { length } = items;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      let below = items[child];
      if (below === undefined) {
        break;
      }
      const right = items[child + 1];
      if (child + 1 < length && right !== undefined && isBefore(right, below)) {
        child += 1;
        below = right;
      }
      if (!isBefore(below, item)) {
        break;
      }
      items[index] = below;
      index = child;
    }
    items[index] = item;
  }
}
