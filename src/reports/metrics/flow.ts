import type { Kind } from "../../learning/kind.ts";
import type { Period } from "../period.ts";
import type { Tally } from "../tally.ts";

/** How many tickets of people whom the desk serves came and went, in some periods in a row. */
export interface Flow {
  /** A count for each period, in their order. */
  opened: number[];
  closed: number[];
  /**
   * Of the last period: how many of each kind; null: of a kind that is not sure, or that must not be told. That somebody
   * reported a vulnerability is not counted by itself: the number alone would tell of a hole.
   */
  kinds: Map<Kind | null, number>;
}

/** `periods` follow each other, the oldest first. */
export function flow(periods: readonly Period[]): Tally<Flow> {
  const opened = periods.map(() => 0);
  const closed = periods.map(() => 0);
  const kinds: Flow["kinds"] = new Map();
  const count = (counts: number[], at: number) => {
    const i = periods.findIndex(({ since, until }) => at >= since && at < until);
    if (i >= 0) counts[i] = (counts[i] as number) + 1;
    return i;
  };
  return {
    add({ record, served, secret, openedAt, closings }) {
      if (!served) return;
      for (const { at } of closings) count(closed, at);
      if (count(opened, openedAt) !== periods.length - 1) return;
      const told = secret ? null : (record.triage?.kind ?? null);
      kinds.set(told, (kinds.get(told) ?? 0) + 1);
    },
    result: () => ({ opened, closed, kinds }),
  };
}
