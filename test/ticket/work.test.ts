import { describe, expect, it } from "@jest/globals";
import type { Priority } from "../../src/ticket/priority.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { pressing, workOf } from "../../src/ticket/work.ts";
import { newService } from "../../src/triage/serve.ts";
import { OPENED, thread } from "../builders/facts.ts";

function service(level: Priority | null, given: string[] = []) {
  const priority = level && { level, value: 0, weight: 0, because: [] };
  return { ...newService(OPENED), priority, given };
}

const ticket = (change: Partial<Ticket>): Ticket => ({ ...newTicket(thread()), ...change });

describe("the work that a ticket is", () => {
  it.each<[string, Partial<Ticket>, [string[], number] | null]>([
    ["is nobody's while nobody has it", { service: service("P0") }, null],
    ["is that of who is assigned", { assignees: ["Ann"], service: service("P1") }, [["ann"], 2]],
    ["is that of whom we give it to", { service: service("P3", ["Bob"]) }, [["bob"], 0.5]],
    [
      "counts once for each",
      { assignees: ["ann"], service: service("P0", ["Ann", "bob"]) },
      [["ann", "bob"], 4],
    ],
    ["weighs as P2 before it is rated", { assignees: ["ann"], service: service(null) }, [["ann"], 1]],
    [
      "weighs in public what the public may know",
      { assignees: ["ann"], service: service("P2"), privateService: service("P0") },
      [["ann"], 1],
    ],
    ...(["solved", "closed", "deleted", "moved"] as const).map((status): [string, Partial<Ticket>, null] => [
      `is done once it is ${status}`,
      { status, assignees: ["ann"] },
      null,
    ]),
  ])("%s", (_name, change, expected) => {
    const work = workOf(ticket(change));
    expect(work && [work.logins, work.weight]).toEqual(expected);
  });

  it("is as pressing as private places know it", () => {
    expect(pressing(ticket({ service: service("P2"), privateService: service("P0") }))).toBe("P0");
    expect(pressing(ticket({ service: service("P2") }))).toBe("P2");
    expect(pressing(ticket({}))).toBeNull();
  });
});
