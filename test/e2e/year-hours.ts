/** Stretches of time, and how they are spread: counted the slow way, minute by minute. */
export type Span = [from: number, to: number];

const MINUTE = 60_000;

export const hoursOf = (spans: readonly Span[]) =>
  sum(spans.map(([from, to]) => (to - from) / (60 * MINUTE)));
export const workedHours = (spans: readonly Span[]) =>
  sum(spans.map(([from, to]) => minutes(from, to).filter(isWorkTime).length / 60));
export const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** From nine to five, Monday to Friday. */
export function isWorkTime(at: number): boolean {
  const date = new Date(at);
  const [day, hour] = [date.getUTCDay(), date.getUTCHours()];
  return day >= 1 && day <= 5 && hour >= 9 && hour < 17;
}

export function minutes(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / MINUTE)) }, (_, i) => from + i * MINUTE);
}

/** The value below which such a part of them lies, drawn as a line through the sorted values. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === undefined || high === undefined) return null;
  return low * (1 - (place % 1)) + high * (place % 1);
}

/** The ends of Wilson's interval: where (share - p)^2 = z^2 p (1 - p) / n, found by halving. */
export function wilson(part: number, whole: number): [low: number, high: number] {
  const share = part / whole;
  const outside = (p: number) => (share - p) ** 2 > (1.959963984540054 ** 2 * p * (1 - p)) / whole;
  const edge = (out: number, within: number): number => {
    let [a, b] = [out, within];
    for (let i = 0; i < 60; i++) [a, b] = outside((a + b) / 2) ? [(a + b) / 2, b] : [a, (a + b) / 2];
    return b;
  };
  return [share === 0 ? 0 : edge(0, share), share === 1 ? 1 : edge(1, share)];
}
