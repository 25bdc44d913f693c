import { describe, expect, it } from "@jest/globals";
import { Settings } from "../../src/settings/schema.ts";
import type { Action } from "../../src/ticket/action.ts";
import type { Priority } from "../../src/ticket/priority.ts";
import type { ServiceState } from "../../src/ticket/service.ts";
import type { Thread } from "../../src/ticket/thread.ts";
import { newTicket } from "../../src/ticket/ticket.ts";
import { give, handsDue } from "../../src/triage/give.ts";
import { newService } from "../../src/triage/serve.ts";
import { DAY, HOUR } from "../../src/triage/time-zone.ts";
import { NOW, OPENED, thread } from "../builders/facts.ts";

/** NOW is Monday, 2026-03-02, eleven o'clock. */
const THURSDAY = Date.UTC(2026, 2, 5);
const NIGHT = Date.UTC(2026, 2, 2, 22);
const team = [{ login: "ann", away: [{ from: "2026-03-05", to: "2026-03-06" }] }, { login: "bob" }];
const assignment = { enabled: true, strategy: "round-robin", for: ["P0", "P1"] };
const desk = Settings.parse({ team, assignment });
const alone = Settings.parse({ team: team.slice(0, 1), assignment });

function state(level: Priority, given: string[] = []): ServiceState {
  return { ...newService(OPENED), priority: { level, value: 0, weight: 0, because: [] }, given };
}

function given(before: ServiceState, change: Partial<Thread> = {}, now = NOW, by = desk) {
  const about = thread({ assignees: before.given, ...change });
  return give(newTicket(about), before, { thread: about, people: new Map() }, by, now);
}

const named = (actions: readonly Action[]) =>
  actions.flatMap((action) =>
    action.type === "assign" || action.type === "unassign" ? `${action.type} ${action.logins.join()}` : [],
  );

describe("a ticket", () => {
  it("is given to somebody whose next absence is looked at as it begins", () => {
    const { actions, state: after, dueAt } = given(state("P1"));
    expect(named(actions)).toEqual(["assign ann"]);
    expect(after.given).toEqual(["ann"]);
    expect(dueAt).toBe(THURSDAY);
  });

  it("of a priority that the settings do not name is nobody's, but stays with whom it was given to", () => {
    expect(given(state("P2"))).toMatchObject({ actions: [], dueAt: null });
    const handed = given(state("P2", ["ann"]), {}, THURSDAY + 10 * HOUR);
    expect(named(handed.actions)).toEqual(["assign bob", "unassign ann"]);
  });

  it("that nobody is free for is looked at again after four hours, be it new or left behind", () => {
    const away = THURSDAY + 10 * HOUR;
    expect(given(state("P1"), {}, away, alone)).toMatchObject({ actions: [], dueAt: away + 4 * HOUR });
    const left = given(state("P1", ["ann"]), {}, away, alone);
    expect(left).toMatchObject({ actions: [], dueAt: away + 4 * HOUR });
    expect(left.state.given).toEqual(["ann"]);
  });

  it("that goes on keeps those who joined", () => {
    const { state: after } = given(state("P1", ["ann", "boss"]), {}, THURSDAY + 10 * HOUR);
    expect(after.given).toEqual(["bob", "boss"]);
  });

  it("that a person gave to somebody too is theirs, beside those of ours who are there still", () => {
    const { actions, state: after } = given(state("P1", ["ann", "boss"]), { assignees: ["zoe", "Ann"] });
    expect(actions).toEqual([]);
    expect(after.given).toEqual(["ann"]);
  });

  it.each<[string, number, Partial<Settings["assignment"]>, number | null]>([
    ["is left alone at night, until the absence", NIGHT, {}, THURSDAY],
    ["is looked at at once while its owner is away", THURSDAY + 10 * HOUR, {}, THURSDAY + 10 * HOUR],
    ["is looked at at once in the very moment in which the absence begins", THURSDAY, {}, THURSDAY],
    ["needs no look after the last absence", THURSDAY + 4 * DAY + 10 * HOUR, {}, null],
    ["needs none where nobody is assigned", NIGHT, { enabled: false }, null],
  ])("%s", (_name, now, change, expected) => {
    const by = { ...desk, assignment: { ...desk.assignment, ...change } };
    expect(handsDue(state("P1", ["ann"]), by, now)).toBe(expected);
  });
});
