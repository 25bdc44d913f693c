/** What is in memory to be quick, within a bound: what was not used for longest goes first. */
export class RecentlyUsed<T, K = number> {
  private readonly most: number;
  private readonly weigh: (value: T) => number;
  /** The last used last. */
  private readonly values = new Map<K, T>();

  /** `most`: what all values together may weigh, by default their number; one alone may weigh more. Weighed at each use. */
  constructor(most: number, weigh: (value: T) => number = () => 1) {
    this.most = most;
    this.weigh = weigh;
  }

  get size(): number {
    return this.values.size;
  }

  /** The value, which now was used last. */
  use(key: K): T | undefined {
    const value = this.values.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  /** The value, for keeping it current: that is no use of it. */
  peek(key: K): T | undefined {
    return this.values.get(key);
  }

  set(key: K, value: T): void {
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

  delete(key: K): void {
    this.values.delete(key);
  }

  clear(): void {
    this.values.clear();
  }
}
