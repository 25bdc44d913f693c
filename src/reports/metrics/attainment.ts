import { type Period, within } from "../period.ts";
import { type Share, shareOf } from "../share.ts";
import type { Tally } from "../tally.ts";

/**
 * SLA attainment of a policy and one of its clocks = promises met / promises that ended. A share from 0 to 1. A promise
 * ends when the clock stops in time (met) or runs out (broken), and counts in the period in which it did; how it ended
 * first stays, however fast the reply came then. A next response is a promise of its own each time that it is owed.
 */
export interface Attainment {
  policy: string;
  clock: "firstResponse" | "nextResponse" | "resolution";
  met: Share;
}

export function attainment(period: Period): Tally<Attainment[]> {
  const kept = new Map<string, { policy: string; clock: Attainment["clock"]; met: number; all: number }>();
  return {
    add({ facts, served }) {
      if (!served) return;
      const ended = new Set<string>();
      for (const fact of facts) {
        if (fact.type !== "sla" || fact.outcome === "warned") continue;
        const { at, policy, clock, cycle, outcome } = fact;
        const promise = `${clock}/${cycle}`;
        if (ended.has(promise)) continue;
        ended.add(promise);
        if (!within(at, period)) continue;
        const key = `${policy}\n${clock}`;
        const row = kept.get(key) ?? { policy, clock, met: 0, all: 0 };
        kept.set(key, { ...row, met: row.met + Number(outcome === "met"), all: row.all + 1 });
      }
    },
    result: () =>
      [...kept]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { policy, clock, met, all }]) => ({ policy, clock, met: shareOf(met, all) })),
  };
}

/** All promises of all policies together. */
export function attainmentOfAll(attainments: readonly Attainment[]): Share {
  const sum = (count: (met: Share) => number) => attainments.reduce((all, { met }) => all + count(met), 0);
  return shareOf(
    sum(({ part }) => part),
    sum(({ whole }) => whole),
  );
}
