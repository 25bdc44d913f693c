import { describe, expect, it } from "@jest/globals";
import type { Priority } from "../../src/ticket/priority.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";
import { urgencyOf } from "../../src/ticket/urgency.ts";
import { sampleTicket } from "../store/samples.ts";

/** How one audience sees that a ticket is served, as far as its urgency goes. */
function served(plan: string | null, level: Priority | null): Ticket["service"] {
  return {
    plan,
    because: [],
    until: null,
    priority: level && { level, value: 0, because: [], weight: 0 },
    priorityByPerson: false,
    clocks: { base: {}, log: [], told: {} } as never,
    climbed: {},
    given: [],
    refused: [],
    givenBecause: [],
    dueAt: null,
  };
}

const urgency = (patch: Partial<Ticket>) => urgencyOf(sampleTicket("1/1", patch));
const withService = (service: Ticket["service"]) => urgency(service ? { service } : {});

describe("the urgency of a ticket", () => {
  it("puts plans before the community, then the higher priority first", () => {
    const order = [
      served("gold", "P0"),
      served("gold", "P2"),
      served("gold", "P3"),
      served(null, "P0"),
      served(null, "P1"),
      served(null, "P3"),
    ].map(withService);
    expect(order).toEqual([...order].sort((a, b) => b - a));
    expect(new Set(order).size).toBe(order.length);
  });

  it.each<[string, Ticket["service"]]>([
    ["has not been served yet", undefined],
    ["is the community's and not rated", served(null, null)],
    ["is the community's of the lowest priority", served(null, "P3")],
  ])("is none when it %s", (_, service) => {
    expect(withService(service)).toBe(0);
  });

  it("takes a plan that has no rating yet for one of the lowest priority", () => {
    expect(withService(served("gold", null))).toBe(withService(served("gold", "P3")));
  });

  it("does not know of private customers in a public repository, but in a private one", () => {
    const services = { service: served(null, "P3"), privateService: served("gold", "P0") } as Partial<Ticket>;
    expect(urgency({ ...services, private: false })).toBe(0);
    expect(urgency({ ...services, private: true })).toBe(withService(served("gold", "P0")));
  });
});
