import { originalState } from "../kb/original.ts";
import { securityNotice } from "../messages/notice.ts";
import type { Voice } from "../messages/template.ts";
import { type TriageComment, triageComment } from "../messages/triage-comment.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import { threadName } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts } from "./facts.ts";
import { usesPriorities } from "./policies.ts";
import { reasons } from "./service-notices.ts";

/**
 * The one comment: written when it helps the reporter, kept current once it is there, never on the team's own tickets,
 * and never again once a person deleted it. `closing`: this very decision closes the ticket, or an earlier one did.
 */
export function replyActions(
  ticket: Ticket,
  facts: Facts,
  settings: Settings,
  closing = ticket.closedByUs,
): Action[] {
  const { triage } = ticket;
  if (!triage || facts.authorOnTeam || ticket.refusedComments.includes("triage")) return [];
  const secret = triage.kind === "security";
  const there = ticket.comments.triage !== undefined;
  const body = triageComment({
    ...voiceOf(ticket, settings),
    greeting: ticket.author,
    ...(triage.kind && !secret ? { kind: { kind: triage.kind, confidence: triage.confidence } } : {}),
    missing: triage.missing,
    ...(secret ? { securityPointer: facts.security } : {}),
    // A comment that asked for something and has nothing left to ask says so.
    complete: there && triage.asked && triage.missing.length === 0,
    ...(secret ? {} : suggestionsOf(ticket, closing)),
    acknowledgement: settings.acknowledge === "always",
    withdrawn: ticket.withdrawn,
    // Reasons would tell readers where to look.
    because: secret ? [] : [...triage.because, ...serviceReasons(ticket, settings)],
  });
  return body === null ? [] : [{ type: "comment", slot: "triage", body }];
}

/** Why it is as pressing as it is, and what the plan promises, where anything goes by that. */
function serviceReasons({ service }: Ticket, settings: Settings): string[] {
  return service && usesPriorities(settings) ? reasons(service, null) : [];
}

function suggestionsOf(
  { suggestions }: Ticket,
  closing: boolean,
): Pick<TriageComment, "answers" | "duplicates" | "closed" | "related"> {
  if (!suggestions) return {};
  const { answers, duplicates, related } = suggestions;
  const named = duplicates.map((one) => ({
    ...one,
    name: `${one.repository ?? ""}#${one.number}`,
    state: originalState(one),
  }));
  return { answers, duplicates: named, closed: closing && named.length > 0, related };
}

/** In which words a reporter is spoken to. */
export function voiceOf({ language }: Ticket, settings: Settings): Voice {
  return {
    language: settings.language === "auto" ? language : settings.language,
    overrides: settings.messages,
    privacyUrl: settings.privacy.notice,
  };
}

/** Nothing of the report is quoted: whoever may see the ticket reads it there. */
export function tellMaintainers({ thread }: Facts): Action {
  return {
    type: "tell-maintainers",
    slot: "security",
    ...securityNotice({ language: "en" }, { name: threadName(thread), url: thread.url }),
  };
}
