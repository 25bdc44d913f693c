import { describe, expect, it } from "@jest/globals";
import { Settings } from "../../src/settings/schema.ts";
import type { ClockEvent } from "../../src/ticket/clocks.ts";
import type { Fact } from "../../src/ticket/fact.ts";
import type { ServiceState } from "../../src/ticket/service.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { advance } from "../../src/triage/clocks.ts";
import { promiseFacts } from "../../src/triage/promises.ts";
import { newService } from "../../src/triage/serve.ts";
import { HOUR } from "../../src/triage/time-zone.ts";
import { OPENED, thread } from "../builders/facts.ts";

const settings = Settings.parse({
  sla: { default: { firstResponse: "4h", nextResponse: "2h", resolution: "8h" } },
  businessHours: { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", to: "24:00" },
});

/** `3 team-replied`: three hours after the opening the team replied. */
function service(lines: readonly string[], told: ServiceState["clocks"]["told"] = {}): ServiceState {
  const state = newService(OPENED);
  const clocks = lines.reduce((known, line) => {
    const [hours, type] = line.split(" ");
    return advance(known, { id: line, at: OPENED + Number(hours) * HOUR, type: type as ClockEvent["type"] });
  }, state.clocks);
  return { ...state, clocks: { ...clocks, told } };
}

/** What is found at an hour, as `firstResponse/0 met 3`; the mark of what is private at its end. */
function facts(ticket: Partial<Ticket>, hour: number): string[] {
  const at = OPENED + hour * HOUR;
  const found = promiseFacts({ ...newTicket(thread()), ...ticket }, settings, at, at);
  return found.map(
    ({ clock, cycle, outcome, at: when, private: hidden }) =>
      `${clock}/${cycle} ${outcome} ${(when - OPENED) / HOUR}${hidden ? " private" : ""}`,
  );
}

function known(clock: "firstResponse" | "nextResponse", cycle: number, more: { private?: true } = {}): Fact {
  return { at: OPENED, type: "sla", policy: "default", clock, cycle, outcome: "met", ...more };
}

describe("of a promise is written down", () => {
  it.each<[string, string[], number, string[]]>([
    ["nothing while it runs in time", [], 3, []],
    ["when it was broken, not when that was seen", [], 6, ["firstResponse/0 breached 4"]],
    ["that it was kept, once what was promised came", ["3 team-replied"], 3, ["firstResponse/0 met 3"]],
    ["nothing when its clock only stands", ["2 held"], 3, []],
    [
      "nothing of a solution while the reporter is waited for",
      ["1 team-replied", "2 waiting"],
      2,
      ["firstResponse/0 met 2"],
    ],
    ["a solution in time, and no answer that never came", ["3 closed"], 3, ["resolution/0 met 3"]],
    [
      "each debt by itself",
      ["1 team-replied", "2 reporter-spoke", "3 team-replied", "4 reporter-spoke"],
      7,
      ["firstResponse/0 met 7", "nextResponse/0 met 7", "nextResponse/1 breached 6"],
    ],
    [
      "no answer to who was left without one when it closed",
      ["1 team-replied", "2 reporter-spoke", "3 closed"],
      3,
      ["firstResponse/0 met 3", "resolution/0 met 3"],
    ],
  ])("%s", (_name, lines, hour, expected) => {
    expect(facts({ service: service(lines) }, hour)).toEqual(expected);
  });

  it("a warning that was told, also when the clock stands by now", () => {
    const told = { resolution: { cycle: 0, level: 1 } };
    expect(facts({ service: service(["1 team-replied", "7 held"], told) }, 7)).toEqual([
      "firstResponse/0 met 7",
      "resolution/0 warned 7",
    ]);
  });

  it("each once: by its debt, and by who may know of it", () => {
    const lines = ["1 team-replied", "2 reporter-spoke", "3 team-replied"];
    const timeline = [known("firstResponse", 0, { private: true }), known("nextResponse", 1)];
    const both = { service: service(lines), privateService: service(lines), timeline };
    expect(facts(both, 3)).toEqual([
      "firstResponse/0 met 3",
      "nextResponse/0 met 3",
      "nextResponse/0 met 3 private",
    ]);
  });
});
