import { describe, expect, it } from "@jest/globals";
import type { TicketRecord } from "../../src/reports/course.ts";
import { notable } from "../../src/reports/notable.ts";
import { DAY, label, life, measured, reply, show, type Step, unlabel, WEEK } from "../builders/lives.ts";

const isRuled = (label: string) => label.toLowerCase() === "needs-info";
const named = (records: readonly TicketRecord[]) => measured(notable(WEEK, WEEK.until, isRuled), records);

describe("a label that people took off", () => {
  const off = unlabel("bug", "team");

  it.each<[string, Step[], number]>([
    ["the team's hand", [[2, off]], 1],
    ["its reporter's", [[2, { ...off, by: "reporter" }]], 1],
    ["nobody knows whose", [[2, { ...off, by: "other" }]], 1],
    ["a bot's", [[2, unlabel("bug", "bot")]], 0],
    ["our own", [[2, unlabel("bug", "desk")]], 0],
    ["when the week was over", [[7 * 24, off]], 0],
  ])("is named by whose hand it was: %s", (_, steps, count) => {
    const { wrongLabels } = named([life(1, [[1, label("bug", "desk")], ...steps])]);
    expect(wrongLabels.get("bug") ?? []).toHaveLength(count);
  });

  it("is not named where it was never ours, or follows a rule", () => {
    const { wrongLabels } = named([
      life(1, [
        [1, label("ui", "team"), label("Needs-Info", "desk")],
        [2, unlabel("ui", "team"), unlabel("Needs-Info", "team")],
      ]),
    ]);
    expect([...wrongLabels.keys()]).toEqual([]);
  });
});

describe("a question without an article", () => {
  const question = { triage: { kind: "question" } as TicketRecord["triage"] };

  it.each<[string, TicketRecord, number]>([
    ["of the week", life(1, [], question), 1],
    ["that the team answered", life(1, [[1, reply]], question), 1],
    ["of the week before", life(1, [[1, reply]], { ...question, createdAt: WEEK.since - DAY }), 0],
    ["to which one was shown", life(1, [[1, show("article", "12/a.md")]], question), 0],
    ["that is none", life(1), 0],
    [
      "for which one was found, sure enough to be one, that was not said",
      life(1, [], { ...question, suggestions: { answers: [], duplicates: [], related: [], known: true } }),
      0,
    ],
  ])("%s", (_, record, count) => {
    expect(named([record]).unanswered).toHaveLength(count);
  });
});

describe("a ticket with several promises", () => {
  const sla = (
    clock: "firstResponse" | "nextResponse" | "resolution",
    outcome: "warned" | "breached" | "met",
  ) => ({ type: "sla", policy: "gold", clock, cycle: 0, outcome }) as const;
  const broken = [3, sla("firstResponse", "breached")] satisfies Step;

  it.each<[string, Step[], overdue: string[], due: string[]]>([
    [
      "is overdue once, by what was broken first",
      [broken, [9, sla("resolution", "breached")]],
      ["firstResponse"],
      [],
    ],
    ["is not due as well", [[2, sla("resolution", "warned")], broken], ["firstResponse"], []],
    [
      "is due once",
      [
        [2, sla("resolution", "warned")],
        [3, sla("firstResponse", "warned")],
      ],
      [],
      ["resolution"],
    ],
    [
      "is overdue by the second when the first was kept after all",
      [broken, [4, reply], [9, sla("resolution", "breached")]],
      ["resolution"],
      [],
    ],
  ])("%s", (_, steps, ...expected) => {
    const { overdue, due } = named([life(1, steps)]);
    expect([overdue, due].map((all) => all.map(({ clock }) => clock))).toEqual(expected);
  });
});
