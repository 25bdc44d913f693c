/** A part of a whole, with how sure one can be of it. */
export interface Share {
  part: number;
  whole: number;
  /** From 0 to 1; null of nothing. */
  share: number | null;
  /** Wilson's 95% interval; null of nothing. */
  interval: [low: number, high: number] | null;
}

/** The 97.5% quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * `part` of `whole` with Wilson's score interval (E. B. Wilson, 1927), which stays within 0 and 1 and says something
 * useful also of 3 out of 3: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). Throws a RangeError where the part is
 * no part of the whole.
 */
export function shareOf(part: number, whole: number): Share {
  if (part < 0 || part > whole) throw new RangeError(`${part} is no part of ${whole}`);
  if (whole === 0) return { part, whole, share: null, interval: null };
  const p = part / whole;
  const z2 = Z ** 2 / whole;
  const centre = (p + z2 / 2) / (1 + z2);
  const half = (Z / (1 + z2)) * Math.sqrt((p * (1 - p)) / whole + z2 / (4 * whole));
  const low = part === 0 ? 0 : Math.max(0, centre - half);
  const high = part === whole ? 1 : Math.min(1, centre + half);
  return { part, whole, share: p, interval: [low, high] };
}

/**
 * How much more the one share is than the other; null where that may be chance: where Newcombe's 95% interval of the
 * difference (R. G. Newcombe, 1998, his method 10, made of Wilson's intervals) holds 0, and where one is of nothing.
 */
export function differenceOf(now: Share, before: Share): number | null {
  if (now.share === null || before.share === null || !now.interval || !before.interval) return null;
  const difference = now.share - before.share;
  const [higher, lower] = difference > 0 ? [now, before] : [before, now];
  const down = (higher.share ?? 0) - (higher.interval?.[0] ?? 0);
  const up = (lower.interval?.[1] ?? 0) - (lower.share ?? 0);
  return Math.abs(difference) > Math.hypot(down, up) ? difference : null;
}
