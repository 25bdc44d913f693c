import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { doubtsOf } from "../../src/learning/agreement.ts";
import { KIND_LABELS } from "../../src/learning/kind-label.ts";
import { loadModel } from "../../src/learning/kind-model.ts";
import type { Lesson } from "../../src/learning/lesson.ts";
import { lied, type Made, makeTickets, signed } from "./corpus.ts";

const shipped = loadModel(readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url)));
const doubted = (history: readonly Lesson[]) =>
  doubtsOf(history, { shipped, labels: KIND_LABELS, ignored: new Set() }).map(({ login }) => login);

/** Two people in turn. */
const past = makeTickets(200).map((ticket, i) => signed(ticket, i % 2 === 0 ? "ann" : "bob", i));
const AREAS: Record<string, string> = { network: "editor", editor: "network" };
const misplaced = (ticket: Made) => ({ ...ticket, labels: ticket.labels.map((name) => AREAS[name] ?? name) });
const by = (login: string, count: number, change = (ticket: Made) => ticket) =>
  makeTickets(count, 7).map((ticket, i) => signed(change(ticket), login, 1_000 + i));

/** Of each ten so many are lies. */
const mixed = (login: string, count: number, lies: number) =>
  makeTickets(count, 7).map((ticket, i) => signed(i % 10 < lies ? lied(ticket) : ticket, login, 1_000 + i));

describe("who is believed", () => {
  it.each<[string, Lesson[], string[]]>([
    ["everybody who labels as the others do", past, []],
    ["somebody new who does, too", [...past, ...by("cy", 20)], []],
    ["not who says the wrong kinds", [...past, ...by("eve", 20, lied)], ["eve"]],
    ["not who does so more often than all others say anything", [...past, ...by("eve", 400, lied)], ["eve"]],
    [
      "not who sets the wrong labels of the repository's own",
      [...past, ...by("eve", 60, misplaced)],
      ["eve"],
    ],
    ["not who teaches alone, and says nothing but wrong kinds", by("eve", 60, lied), ["eve"]],
    ["who teaches alone", by("ann", 60), []],
    ["two liars: neither", [...past, ...by("eve", 30, lied), ...by("mal", 30, lied)], ["eve", "mal"]],
    ["not who is wrong in two of five", [...past, ...mixed("eve", 100, 4)], ["eve"]],
    ["who is wrong in one of ten", [...past, ...mixed("cy", 100, 1)], []],
    ["who said too little to be told apart from chance", [...past, ...by("eve", 2, lied)], []],
    [
      "who uses labels that nobody else does",
      [...past, ...by("cy", 60, (it) => ({ ...it, labels: ["cy"] }))],
      [],
    ],
    ["who sets labels that no text tells", [...past, ...unpredictable()], []],
    ["a history without a name", past.map(({ testimony: _, ...lesson }) => lesson), []],
  ])("%s", (_, history, expected) => {
    expect(doubted(history).sort()).toEqual(expected);
  });

  it("a thousand people and a hundred labels cost less than two seconds", () => {
    const busy = makeTickets(3_000).map((ticket, i) =>
      signed({ ...ticket, labels: [...ticket.labels, `area ${i % 100}`] }, `user${i % 1_000}`, i),
    );
    const start = process.cpuUsage();
    doubted(busy);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(2);
  });
});

/** "wontfix" by the flip of a coin, by three people. */
function unpredictable(): Lesson[] {
  return makeTickets(180, 21).map((ticket, i) =>
    signed(
      { ...ticket, labels: i % 7 < 3 ? ["wontfix"] : ["triaged"] },
      ["ann", "bob", "cy"][i % 3] as string,
      2_000 + i,
    ),
  );
}
