import type { Settings } from "../settings/schema.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Suggestions } from "../ticket/suggestion.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { suggestionsFor } from "./answer.ts";
import { closeDuplicate } from "./close-duplicate.ts";
import { kindLabel, type Reading, readTicket } from "./classify.ts";
import type { Decision } from "./decide.ts";
import type { Facts } from "./facts.ts";
import { labelActions } from "./labels.ts";
import { missingFields } from "./missing.ts";
import { replyActions, tellMaintainers } from "./reply.ts";
import { audienceOf, rate } from "./serve.ts";

/**
 * Triage of a thread that was opened, edited or moved: its kind and labels, what it lacks, and the one comment.
 * The same thread decided twice wishes for the same things.
 */
export function triageThread(
  ticket: Ticket,
  event: ThreadEvent,
  facts: Facts,
  settings: Settings,
  now: number,
): Decision {
  const { thread } = facts;
  const rests =
    event.type === "edited" && facts.actor.person?.bot
      ? "it was edited by a bot"
      : restsBecause(ticket, facts);
  if (rests) return { ticket, plan: [], lessons: [], because: [rests] };
  const wait = thread.createdAt + settings.classification.quietPeriod;
  if (ticket.triage === null && now < wait) {
    return {
      ticket,
      plan: [],
      lessons: [],
      because: ["the quiet period is not over"],
    };
  }
  const reading = readTicket(facts, ticket.ownLabels, settings);
  const missing = reading.kind === "bug" ? missingOf(ticket, facts, settings) : [];
  const { kind, confidence, because } = reading;
  const asked = ticket.triage?.asked === true || missing.length > 0;
  const next: Ticket = {
    ...ticket,
    suggestions: reading.secret ? null : suggested(ticket, reading, facts, settings),
    status: ticket.status === "new" && missing.length > 0 ? "pending" : ticket.status,
    language: reading.language,
    triage: { kind, confidence, because, missing, asked, at: now },
    kindByPerson: ticket.kindByPerson || reading.byLabel,
  };
  const rated: Ticket =
    next.service && !facts.authorOnTeam
      ? { ...next, service: rate(next, next.service, facts, settings, audienceOf(facts), now) }
      : next;
  const closing = closeDuplicate(rated, facts, settings);
  const plan = [
    ...labelActions(
      rated,
      facts,
      settings,
      reading.own.map(({ label }) => label),
    ),
    ...replyActions(rated, facts, settings, closing.length > 0),
    ...closing,
    ...(reading.secret ? [tellMaintainers(facts)] : []),
  ];
  return { ticket: rated, plan, lessons: [], because };
}

/** The text is not the one that was read: the word of an edit was lost, or is still to come. */
export function hasOtherText({ triage }: Ticket, text: string): boolean {
  return triage?.text !== undefined && triage.text !== text;
}

/** What is suggested; what was said before an edit stays said when the new text finds nothing. */
function suggested(
  ticket: Ticket,
  reading: Reading,
  { thread, found, silent }: Facts,
  settings: Settings,
): Suggestions | null {
  if (!found) return ticket.suggestions;
  const next = suggestionsFor(thread, reading, found, settings, silent);
  const nothing = next.answers.length === 0 && next.duplicates.length === 0;
  return nothing && ticket.comments.triage ? ticket.suggestions : next;
}

/** Why nothing is to be read of this thread, or null. */
export function restsBecause(ticket: Ticket, { thread }: Facts): string | null {
  if (thread.author?.bot) return "it was opened by a bot";
  if (ticket.withdrawn) return "the reporter asked for a person";
  if (ticket.status === "deleted" || ticket.status === "moved") return "the thread is gone";
  if (thread.state === "closed") return "the thread is closed";
  return null;
}

/** What the report lacks. What was not asked for when it was first read is not asked for later. */
function missingOf(ticket: Ticket, { thread, forms }: Facts, settings: Settings): string[] {
  if (!settings.missingInformation.ask) return [];
  // A discussion has no issue form: only what the settings require is asked for.
  const usable = thread.kind === "issue" ? forms : [];
  const missing = missingFields(
    thread,
    usable,
    kindLabel("bug", settings),
    settings.missingInformation.required,
  );
  const asked = ticket.triage?.kind === "bug" ? ticket.triage.missing : null;
  return asked ? missing.filter((field) => asked.includes(field)) : missing;
}
