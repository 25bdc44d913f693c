const MINUTE_MS = 60_000;

/**
 * How long a caller has to wait for their next request, in milliseconds; 0: go on. A window a minute is enough to stop
 * what runs wild; each caller has a count of their own, so that one who does takes nothing from the others.
 */
export function atMostAMinute(limit: number, now: () => number): (caller: string) => number {
  let from = 0;
  const counts = new Map<string, number>();
  return (caller) => {
    const at = now();
    if (at - from >= MINUTE_MS) {
      from = at;
      counts.clear();
    }
    const count = (counts.get(caller) ?? 0) + 1;
    counts.set(caller, count);
    return count > limit ? from + MINUTE_MS - at : 0;
  };
}
