import { originalState } from "../kb/original.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts } from "./facts.ts";
import { has } from "./labels.ts";

/**
 * Closes a ticket that repeats an open one of its own repository, where settings ask for it: only what is said, and so
 * what is sure enough, only while nobody but its reporter has spoken, and never after anybody objected.
 */
export function closeDuplicate(ticket: Ticket, facts: Facts, settings: Settings): Action[] {
  const [original] = ticket.suggestions?.duplicates ?? [];
  if (!settings.duplicates.close || !facts.found || !original || original.repository) return [];
  if (originalState(original).type !== "open" || facts.authorOnTeam || isRefused(ticket, settings)) return [];
  if (ticket.status !== "new" && ticket.status !== "pending") return [];
  return [{ type: "close", reason: "duplicate", original: original.number }];
}

/** Our words, or the label that stands beside them, were taken away by a person. */
function isRefused(ticket: Ticket, { labels }: Settings): boolean {
  if (ticket.withdrawn || ticket.refusedComments.includes("triage")) return true;
  return labels.duplicate !== null && has(ticket.vetoedLabels, labels.duplicate);
}
