import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { CreditEntry } from "../../src/ticket/credit.ts";
import { type CreditLedger, creditBalance, creditOf, moveCredits } from "../../src/customers/credit.ts";

type Line = [type: CreditEntry["type"], credits: number, ticket?: string];

/** The ledger after the movements, and what was refused. */
function story(lines: Line[]): { ledger: CreditLedger; refusals: string[] } {
  return lines.reduce<{ ledger: CreditLedger; refusals: string[] }>(
    ({ ledger, refusals }, [type, credits, ticket = "1/1"], i) => {
      const shared = { id: String(i), at: i, credits };
      const change = moveCredits(
        ledger,
        type === "bought" ? { ...shared, type } : { ...shared, type, ticket },
      );
      return change.ok
        ? { ledger: change.ledger, refusals }
        : { ledger, refusals: [...refusals, change.reason] };
    },
    { ledger: [], refusals: [] },
  );
}

describe("credits", () => {
  it.each<[string, Line[], number, string | null]>([
    ["bought are available", [["bought", 5]], 5, null],
    [
      "reserved are not",
      [
        ["bought", 5],
        ["reserved", 1],
      ],
      4,
      "reserved",
    ],
    [
      "used are gone",
      [
        ["bought", 5],
        ["reserved", 2],
        ["used", 2],
      ],
      3,
      "used",
    ],
    [
      "refunded come back",
      [
        ["bought", 5],
        ["reserved", 2],
        ["used", 2],
        ["refunded", 2],
      ],
      5,
      "refunded",
    ],
    [
      "refunded before use come back",
      [
        ["bought", 5],
        ["reserved", 1],
        ["refunded", 1],
      ],
      5,
      "refunded",
    ],
    [
      "may be reserved again",
      [
        ["bought", 1],
        ["reserved", 1],
        ["refunded", 1],
        ["reserved", 1],
      ],
      0,
      "reserved",
    ],
    [
      "used are what was reserved",
      [
        ["bought", 5],
        ["reserved", 2],
        ["used", 1],
      ],
      3,
      "used",
    ],
    [
      "of other tickets stay theirs",
      [
        ["bought", 5],
        ["reserved", 1, "1/2"],
      ],
      4,
      null,
    ],
  ])("that are %s", (_, lines, available, state) => {
    const { ledger, refusals } = story(lines);
    expect(refusals).toEqual([]);
    expect(creditBalance(ledger).available).toBe(available);
    expect(creditOf(ledger, "1/1")).toBe(state);
  });

  it.each<[string, Line[], string]>([
    ["without any", [["reserved", 1]], "1 credits are asked for, 0 are left"],
    [
      "twice for a ticket",
      [
        ["bought", 5],
        ["reserved", 1],
        ["reserved", 1],
      ],
      "the ticket has its credits reserved already",
    ],
    [
      "again for a ticket that has used its own",
      [
        ["bought", 5],
        ["reserved", 1],
        ["used", 1],
        ["reserved", 1],
      ],
      "the ticket has its credits used already",
    ],
    [
      "used without a reservation",
      [
        ["bought", 5],
        ["used", 1],
      ],
      "only reserved credits can be used; the ticket has nothing",
    ],
    [
      "refunded twice",
      [
        ["bought", 1],
        ["reserved", 1],
        ["refunded", 1],
        ["refunded", 1],
      ],
      "only reserved or used credits can be refunded; the ticket has refunded",
    ],
    ["by halves", [["bought", 0.5]], "0.5 is no number of credits"],
    ["below zero", [["bought", -3]], "-3 is no number of credits"],
  ])("are refused %s", (_, lines, reason) => {
    expect(story(lines).refusals).toEqual([reason]);
  });

  it("count a repeated movement once", () => {
    const entry: CreditEntry = { id: "a", at: 1, type: "bought", credits: 3 };
    const once = moveCredits([], entry);
    expect(once.ok && moveCredits(once.ledger, entry)).toEqual(once);
  });

  it("are never spent beyond what was bought, whatever is tried", () => {
    const line = fc.tuple(
      fc.constantFrom<CreditEntry["type"]>("bought", "reserved", "used", "refunded"),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom("1/1", "1/2", "1/3"),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const { bought, reserved, used, available } = creditBalance(story(lines).ledger);
        expect(available).toBeGreaterThanOrEqual(0);
        expect(reserved + used + available).toBe(bought);
      }),
    );
  });
});
