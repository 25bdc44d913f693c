import { describe, expect, it } from "@jest/globals";
import { Settings } from "../../src/settings/schema.ts";
import type { SuggestedThread } from "../../src/ticket/suggestion.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { closeDuplicate } from "../../src/triage/close-duplicate.ts";
import type { Facts } from "../../src/triage/facts.ts";
import { facts, thread } from "../builders/facts.ts";

const original: SuggestedThread = {
  number: 3,
  title: "Crash when a widget is removed",
  url: "https://github.com/octo-org/lantern/issues/3",
  state: "open",
  stateReason: null,
  fixedIn: null,
  probability: 0.97,
};
const found = { articles: [], duplicates: [], feedback: { articles: [], duplicates: [] } };
const wanted = Settings.parse({ duplicates: { close: true } });

/** A new ticket that surely repeats an open one, with what is otherwise. */
function closed(
  change: Partial<Ticket> = {},
  seen: Partial<Facts> = {},
  one: Partial<SuggestedThread> = {},
  settings = wanted,
) {
  const suggestions = { answers: [], duplicates: [{ ...original, ...one }], related: [] };
  const ticket = { ...newTicket(thread()), suggestions, ...change };
  return closeDuplicate(ticket, facts({ found, ...seen }), settings);
}

describe("a ticket that surely repeats another one", () => {
  const close = [{ type: "close", reason: "duplicate", original: 3 }];

  it.each<[string, Partial<Ticket>]>([
    ["new", {}],
    ["pending, as we asked for something just now", { status: "pending" }],
  ])("is closed while it is %s", (_name, change) => {
    expect(closed(change)).toEqual(close);
  });

  it.each<[string, Partial<Ticket>, Partial<Facts>, Partial<SuggestedThread>]>([
    ["nothing was looked for", {}, { found: null }, {}],
    ["nothing was found", { suggestions: null }, {}, {}],
    ["the original is in another repository", {}, {}, { repository: "octo-org/other" }],
    ["the original is fixed", {}, {}, { state: "closed", stateReason: "completed" }],
    ["the original was closed as not planned", {}, {}, { state: "closed", stateReason: "not_planned" }],
    ["it is the team's own", {}, { authorOnTeam: true }, {}],
    ["the team has spoken", { status: "open" }, {}, {}],
    ["it is on hold", { status: "on-hold" }, {}, {}],
    ["its reporter refused our help", { withdrawn: true }, {}, {}],
    ["a person deleted our comment", { refusedComments: ["triage"] }, {}, {}],
    ["a person took the label off", { vetoedLabels: ["Possible-Duplicate"] }, {}, {}],
  ])("stays open where %s", (_name, change, seen, one) => {
    expect(closed(change, seen, one)).toEqual([]);
  });

  it("stays open where the settings do not ask for it, as they do not by themselves", () => {
    expect(closed({}, {}, {}, Settings.parse({}))).toEqual([]);
  });
});
