/** What is in memory to be quick, within a bound: what was not used for longest goes first. */
export class RecentlyUsed<T> {
  private readonly most: number;
  private readonly weigh: (value: T) => number;
  /** The last used last. */
  private readonly values = new Map<number, T>();

  /** `most`: what all values together may weigh; one alone may weigh more. They are weighed again at each use. */
  constructor(most: number, weigh: (value: T) => number) {
    this.most = most;
    this.weigh = weigh;
  }

  get size(): number {
    return this.values.size;
  }

  /** The value, which now was used last. */
  use(key: number): T | undefined {
    const value = this.values.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  /** The value, for keeping it current: that is no use of it. */
  peek(key: number): T | undefined {
    return this.values.get(key);
  }

  set(key: number, value: T): void {
    this.values.delete(key);
    this.values.set(key, value);
    let total = 0;
    for (const one of this.values.values()) total += this.weigh(one);
    for (const [oldest, one] of this.values) {
      if (total <= this.most || oldest === key) return;
      total -= this.weigh(one);
      this.values.delete(oldest);
    }
  }

  delete(key: number): void {
    this.values.delete(key);
  }

  clear(): void {
    this.values.clear();
  }
}
