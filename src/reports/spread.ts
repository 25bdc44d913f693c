/** How some amounts are spread. */
export interface Spread {
  count: number;
  /** null of nothing. */
  median: number | null;
  /** The 90th percentile: nine of ten are not above it. */
  p90: number | null;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  return { count: sorted.length, median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) };
}

/** With linear interpolation between the two nearest (Hyndman and Fan's type 7, as in R, NumPy and spreadsheets). */
function quantile(sorted: Float64Array, q: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * q;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}
