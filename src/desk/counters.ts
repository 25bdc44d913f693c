/** What a process counts from its start: Prometheus takes the difference of two looks. */
export type Counters = Map<string, number>;

/** Names a counter with its labels, as Prometheus writes them; values are words of ours, never a user's. */
export function counterName(name: string, labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(
    ([label, value]) => `${label}="${value.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`,
  );
  return parts.length > 0 ? `${name}{${parts.join(",")}}` : name;
}

/** Counts one more. */
export function count(counters: Counters, name: string, labels: Readonly<Record<string, string>>): void {
  const key = counterName(name, labels);
  counters.set(key, (counters.get(key) ?? 0) + 1);
}
