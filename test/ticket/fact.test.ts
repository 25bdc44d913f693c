import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Fact, remember } from "../../src/ticket/fact.ts";

const at = fc.integer({ min: 0, max: 50 });
const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    at,
    type: fc.constant("spoke" as const),
    by: fc.constantFrom("team" as const, "reporter" as const),
  }),
  fc.record({ at, type: fc.constantFrom("waiting" as const, "resumed" as const, "told" as const) }),
  fc.record({
    at,
    type: fc.constantFrom("labelled" as const, "unlabelled" as const),
    label: fc.constantFrom("bug", "ui"),
    by: fc.constantFrom("team" as const, "desk" as const),
  }),
);
const each = (facts: readonly Fact[]) => facts.reduce<Fact[]>((known, one) => remember(known, [one]), []);

describe("remembering facts", () => {
  it("comes to the same in whatever order they are heard, and however often", () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 30 }), fc.array(fc.nat(29)), (facts, again) => {
        const shuffled = [...again.flatMap((i) => facts[i] ?? []), ...facts.toReversed()];
        expect(each(shuffled)).toEqual(each(facts));
      }),
    );
  });

  it("stays short, and keeps the beginning and the end", () => {
    const talk = Array.from({ length: 1_000 }, (_, i): Fact => ({ at: i, type: "spoke", by: "team" }));
    const end: Fact = { at: 2_000, type: "closed", by: "team", reason: null };
    const kept = each([{ at: 0, type: "opened", by: "reporter" }, ...talk, end]);
    expect(kept).toHaveLength(200);
    expect(kept.slice(0, 2)).toEqual([{ at: 0, type: "opened", by: "reporter" }, talk[0]]);
    expect(kept.at(-1)).toEqual(end);
  });

  it("forgets the oldest in the middle where there is no talk to forget", () => {
    const labels = Array.from(
      { length: 300 },
      (_, i): Fact => ({ at: i, type: "labelled", label: "bug", by: "team" }),
    );
    const kept = each(labels);
    expect(kept).toHaveLength(200);
    expect([kept[0], kept[19], kept[20], kept.at(-1)]).toEqual([
      labels[0],
      labels[19],
      labels[120],
      labels[299],
    ]);
  });

  const rated = (by: string, i: number): Fact => ({ at: i, type: "rated", by, rating: 1, via: "reaction" });

  it("keeps 10,000 people's ratings, whatever else happens", () => {
    const ratings = Array.from({ length: 10_000 }, (_, i) => rated(`reader-${i}`, i));
    const talk = Array.from({ length: 300 }, (_, i): Fact => ({ at: i, type: "spoke", by: "team" }));
    const kept = remember(remember([], ratings), talk);
    expect(kept.filter(({ type }) => type === "rated")).toEqual(ratings);
    expect(kept.filter(({ type }) => type === "spoke")).toHaveLength(200);
  });

  it("forgets of even more the words that their people took back, before anybody's last word", () => {
    const changes = Array.from({ length: 6_000 }, (_, i) => rated(i % 2 === 0 ? "mona" : "Mona", i + 1));
    const others = Array.from({ length: 6_000 }, (_, i) => rated(`reader-${i}`, i + 10_000));
    const kept = remember([], [rated("otto", 0), ...changes, ...others]);
    expect(kept).toHaveLength(10_000);
    const people = new Set(kept.flatMap((fact) => (fact.type === "rated" ? fact.by.toLowerCase() : [])));
    expect(people.size).toBe(6_002);
    const more = Array.from({ length: 5_000 }, (_, i) => rated(`late-${i}`, i + 20_000));
    expect(remember(kept, more)).toEqual([...others.slice(-5_000), ...more]);
  });
});
