/** At most `most` units in any `span` milliseconds: safe whether GitHub's own windows slide or stand. */
export interface Window {
  most: number;
  span: number;
}

/** A request that waits, or would like to go. */
export interface Wish {
  /** Names the request, so that it finds its place when it comes back. */
  key: string;
  units: number;
  /** Higher goes first. */
  urgency: number;
  /** Of equal urgency lower goes first: when the work that it is for began to ask. */
  age: number;
}

interface Waiting extends Wish {
  /** When its bearer was told to come back, milliseconds since 1970. */
  back: number;
}

interface Spent {
  at: number;
  units: number;
}

/** A place whose bearer does not come is kept for so long after its time. */
const PATIENCE_MS = 60_000;

/**
 * The line before a limit. Who is refused keeps a place in it: the more urgent before the less, of equal ones the older.
 * Each is told the time at which its turn comes, so that nobody comes back in vain unless somebody
 * more urgent came in between. Nobody sleeps here.
 */
export class Line {
  readonly #windows: readonly Window[];
  /** The oldest first; no longer than the longest window. */
  #spent: Spent[] = [];
  /** In the order in which they go. */
  #waiting: Waiting[] = [];

  constructor(windows: readonly Window[]) {
    this.#windows = windows.filter(({ most }) => most < Number.POSITIVE_INFINITY);
  }

  /**
   * When this wish may go: at `from`, or later. It has a place in the line from now on.
   * @param from the earliest time at which anything may go at all, `now` or later
   */
  turn(wish: Wish, now: number, from: number): number {
    const longest = Math.max(0, ...this.#windows.map(({ span }) => span));
    const kept = this.#spent.findIndex(({ at }) => at + longest > now);
    this.#spent = kept < 0 ? [] : this.#spent.slice(kept);
    this.#waiting = this.#waiting.filter(({ back }) => back + PATIENCE_MS > now);
    const place = this.#placeOf(wish);
    const ahead = this.#waiting.slice(0, place + 1).map(({ units }) => units);
    const at = timeOfLast(this.#windows, this.#spent, ahead, from);
    this.hold(wish.key, at);
    return at;
  }

  /** Its bearer was told to come back at `until`: the place is kept until then. */
  hold(key: string, until: number): void {
    const waiting = this.#waiting.find((one) => one.key === key);
    if (waiting) waiting.back = until;
  }

  /** It goes now, and leaves the line. */
  spend({ key, units }: Wish, now: number): void {
    this.#waiting = this.#waiting.filter((one) => one.key !== key);
    this.#spent.push({ at: now, units });
  }

  /** How many units would fit now, beside those that wait. */
  room(now: number): number {
    const used = (span: number) =>
      this.#spent.filter(({ at }) => at + span > now).reduce((sum, { units }) => sum + units, 0);
    return Math.min(...this.#windows.map(({ most, span }) => Math.max(0, most - used(span))));
  }

  /** The place of a wish in the line; a new one is put where it belongs. */
  #placeOf(wish: Wish): number {
    const known = this.#waiting.findIndex(({ key }) => key === wish.key);
    if (known >= 0 && this.#waiting[known]?.urgency === wish.urgency) return known;
    if (known >= 0) this.#waiting.splice(known, 1);
    const behind = this.#waiting.findIndex((one) => goesBefore(wish, one));
    const place = behind < 0 ? this.#waiting.length : behind;
    this.#waiting.splice(place, 0, { ...wish, back: Number.POSITIVE_INFINITY });
    return place;
  }
}

function goesBefore(a: Wish, b: Wish): boolean {
  return a.urgency > b.urgency || (a.urgency === b.urgency && a.age < b.age);
}

/** When the last of some amounts goes, if all go one after the other, each as early as every window lets it. */
function timeOfLast(
  windows: readonly Window[],
  spent: readonly Spent[],
  amounts: number[],
  from: number,
): number {
  const stamps = [...spent];
  const sum = spent.reduce((total, { units }) => total + units, 0);
  const tails = windows.map((window) => ({ ...window, first: 0, used: sum }));
  let at = from;
  for (const units of amounts) {
    for (const tail of tails) {
      for (let stamp = stamps[tail.first]; stamp; stamp = stamps[tail.first]) {
        const left = stamp.at + tail.span;
        if (left > at && tail.used + units <= tail.most) break;
        at = Math.max(at, left);
        tail.used -= stamp.units;
        tail.first += 1;
      }
      tail.used += units;
    }
    stamps.push({ at, units });
  }
  return at;
}
