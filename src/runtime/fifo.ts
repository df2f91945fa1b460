/** A queue that is filled at one end and emptied at the other, in constant time. */
export class Fifo<Item> {
  private items: Item[] = [];
  private head = 0;

  get size(): number {
    return this.items.length - this.head;
  }

  push(item: Item): void {
    this.items.push(item);
  }

  /** Puts items before all others, in their order. */
  putFirst(items: readonly Item[]): void {
    if (items.length > 0) {
      this.items = [...items, ...this.toArray()];
      this.head = 0;
    }
  }

  shift(): Item | undefined {
    const item = this.items[this.head];
    if (this.head < this.items.length) {
      this.head += 1;
    }
    if (this.head === this.items.length) {
      this.items = [];
      this.head = 0;
    } else if (this.head > 1024 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return item;
  }

  /** Takes the item that was put in last. */
  pop(): Item | undefined {
    return this.size === 0 ? undefined : this.items.pop();
  }

  /** Puts another item in the place of each, in order. */
  change(by: (item: Item) => Item): void {
    for (let index = this.head; index < this.items.length; index += 1) {
      const item = this.items[index];
      if (item !== undefined) {
        this.items[index] = by(item);
      }
    }
  }

  clear(): void {
    this.items = [];
    this.head = 0;
  }

  toArray(): Item[] {
    return this.items.slice(this.head);
  }
}
