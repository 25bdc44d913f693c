import type { Action, Outcome } from "../ticket/action.ts";
import type { Fact, Help } from "../ticket/fact.ts";
import { originalId } from "../ticket/suggestion.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What an action that was carried out adds to the ticket's facts: what somebody ordered is their doing. */
export function executed(ticket: Ticket, action: Action, outcome: Outcome, at: number): Fact[] {
  if (outcome.type !== "done") return [];
  switch (action.type) {
    case "label":
    case "unlabel": {
      const type = action.type === "label" ? "labelled" : "unlabelled";
      const by = action.orderedBy ?? "desk";
      return (outcome.labels ?? []).map((label): Fact => ({ at, type, label, by }));
    }
    case "assign":
    case "unassign": {
      const type = action.type === "assign" ? "assigned" : "unassigned";
      return (outcome.logins ?? []).map((login): Fact => ({ at, type, login, by: "desk" }));
    }
    case "comment":
      return action.slot === "triage" ? [...toldOnce(ticket, at), ...shown(ticket, at)] : [];
    case "close":
      return [closed(action, at)];
    case "reopen":
      return [{ at, type: "reopened", by: action.orderedBy ?? "desk" }];
    default:
      return [];
  }
}

function closed(action: Action & { type: "close" }, at: number): Fact {
  const original = action.reason === "duplicate" ? { original: String(action.original) } : {};
  return { at, type: "closed", by: action.orderedBy ?? "desk", reason: action.reason, ...original };
}

function toldOnce({ timeline = [] }: Ticket, at: number): Fact[] {
  return timeline.some(({ type }) => type === "told") ? [] : [{ at, type: "told" }];
}

/** What stands in our comment now and did not before. */
function shown({ timeline = [], suggestions, withdrawn }: Ticket, at: number): Fact[] {
  if (!suggestions || withdrawn) return [];
  const all: { help: Help; id: string; ordered?: true }[] = [
    ...suggestions.answers.map((one) => ({ ...one, help: "article" as const })),
    ...suggestions.duplicates.map((one) => ({ ...one, help: "duplicate" as const, id: originalId(one) })),
  ];
  return all
    .filter(({ help, id }) => !timeline.some((f) => f.type === "shown" && f.help === help && f.id === id))
    .map(({ help, id, ordered }): Fact => {
      return { at, type: "shown", help, id, ...(ordered ? { by: "team" as const } : {}) };
    });
}
