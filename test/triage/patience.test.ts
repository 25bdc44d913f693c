import { describe, expect, it } from "@jest/globals";
import { Settings } from "../../src/settings/schema.ts";
import type { ClockEvent } from "../../src/ticket/clocks.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { advance, startClocks } from "../../src/triage/clocks.ts";
import type { Facts } from "../../src/triage/facts.ts";
import { followSilence, onReportersSilence } from "../../src/triage/patience.ts";
import { newService } from "../../src/triage/serve.ts";
import { DAY, HOUR } from "../../src/triage/time-zone.ts";
import { facts, OPENED, thread } from "../builders/facts.ts";

const desk = Settings.parse({ lifecycle: { remindAfter: "7d", closeAfter: "3d" } });
const ASKED = OPENED + HOUR;

function waiting(change: Partial<Ticket> = {}): Ticket {
  const silence = { pendingSince: ASKED, reporterSpokeAt: OPENED, remindedAt: null };
  return { ...newTicket(thread()), status: "pending", silence, ...change };
}

function silentFor(days: number, ticket: Partial<Ticket> = {}, change: Partial<Facts> = {}, by = desk) {
  const { actions, dueAt } = onReportersSilence(waiting(ticket), facts(change), by, ASKED + days * DAY);
  return { does: actions.map(({ type }) => type), inDays: dueAt === null ? null : (dueAt - ASKED) / DAY };
}

describe("a reporter's silence", () => {
  const reminded = { pendingSince: ASKED, reporterSpokeAt: OPENED, remindedAt: ASKED + 7 * DAY };

  it("leads to one reminder, then to the close that the settings want", () => {
    expect(silentFor(6)).toEqual({ does: [], inDays: 7 });
    expect(silentFor(7)).toEqual({ does: ["comment"], inDays: 10 });
    expect(silentFor(9, { silence: reminded })).toEqual({ does: [], inDays: 10 });
    expect(silentFor(10, { silence: reminded })).toEqual({ does: ["comment", "close"], inDays: null });
  });

  const owed = (["team-replied", "reporter-spoke"] as const).reduce(
    (clocks, type: ClockEvent["type"], i) => advance(clocks, { id: type, at: OPENED + i, type }),
    startClocks(OPENED),
  );
  it.each<[string, Partial<Ticket>, Partial<Facts>]>([
    ["whom we owe an answer", { service: { ...newService(OPENED), clocks: owed } }, {}],
    ["who asked for a person", { withdrawn: true }, {}],
    ["on a ticket that the team wants quiet", { muted: true }, {}],
    ["on a ticket that is no longer pending", { status: "open" }, {}],
    ["who belongs to the team", {}, { authorOnTeam: true }],
    ["on a locked thread", {}, { thread: thread({ locked: true }) }],
    ["in an archived repository", {}, { thread: thread({ archived: true }) }],
    ["on a thread that is closed already", {}, { thread: thread({ state: "closed" }) }],
  ])("leads to nothing for one %s", (_name, ticket, change) => {
    expect(silentFor(30, ticket, change)).toEqual({ does: [], inDays: null });
  });

  it("begins anew with each word, and with each time that we ask", () => {
    const said = { id: "1", at: ASKED + DAY, type: "reporter-spoke" } as const;
    expect(followSilence(waiting(), [said]).reporterSpokeAt).toBe(ASKED + DAY);
    // Word of an earlier comment may come late.
    expect(followSilence(waiting(), [{ ...said, at: OPENED - 1 }]).reporterSpokeAt).toBe(OPENED);
    const asked = { id: "2", at: ASKED + 2 * DAY, type: "waiting" } as const;
    expect(followSilence(waiting(), [asked]).pendingSince).toBe(ASKED + 2 * DAY);
    expect(followSilence(waiting({ status: "open" }), []).pendingSince).toBeNull();
  });

  it("begins with our first question where an older version wrote nothing down", () => {
    const triage = { kind: null, confidence: 0, because: [], missing: [], asked: true, at: ASKED };
    const { silence: _unknown, ...old } = waiting({ triage });
    expect(followSilence(old, [])).toEqual({
      pendingSince: ASKED,
      reporterSpokeAt: OPENED,
      remindedAt: null,
    });
  });
});
