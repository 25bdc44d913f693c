import { comment } from "./comment.ts";
import { relativeTime } from "./language.ts";
import { link } from "./link.ts";
import { say, type Voice } from "./template.ts";

/** A ticket as a notice names it: `owner/name#12`, and where it is. */
export interface NamedTicket {
  name: string;
  url: string;
}

export type SlaClock = "firstResponse" | "nextResponse" | "resolution";

const CLOCK_SENTENCE = {
  firstResponse: "slaFirstResponse",
  nextResponse: "slaNextResponse",
  resolution: "slaResolution",
} as const;

/** One sentence for private places: a clock that is soon due (`dueIn` milliseconds), or overdue (`dueIn` below 0). */
export function slaNotice(voice: Voice, ticket: NamedTicket, clock: SlaClock, dueIn: number): string {
  return say(voice, dueIn >= 0 ? "slaWarning" : "slaBreach", {
    ticket: { markdown: link(ticket.name, ticket.url) },
    clock: say(voice, CLOCK_SENTENCE[clock]),
    when: relativeTime(dueIn, voice.language ?? "en"),
  });
}

/** The same as plain text, for titles. */
export function slaTitle(voice: Voice, name: string, clock: SlaClock, dueIn: number): string {
  return say(voice, dueIn >= 0 ? "slaWarning" : "slaBreach", {
    ticket: { markdown: name },
    clock: { markdown: say(voice, CLOCK_SENTENCE[clock]) },
    when: { markdown: relativeTime(dueIn, voice.language ?? "en") },
  });
}

/** Calls somebody to a ticket whose clock runs out, on the ticket itself. `who`: `@login` or `@organisation/team`, from the settings. */
export function slaCall(
  voice: Voice,
  slot: string,
  who: string,
  ticket: NamedTicket,
  clock: SlaClock,
  dueIn: number,
): string {
  return comment(voice, slot, [`${who} ${slaNotice(voice, ticket, clock, dueIn)}`]);
}

/**
 * The private word to maintainers about a possible vulnerability report. It names and links the ticket, and repeats
 * nothing of it: even a title may give the hole away.
 */
export function securityNotice(voice: Voice, ticket: NamedTicket): { title: string; body: string } {
  return {
    // A title is plain text, where escapes would show.
    title: say(voice, "securityNoticeTitle", { ticket: { markdown: ticket.name } }),
    body: say(voice, "securityNotice", { ticket: { markdown: link(ticket.name, ticket.url) } }),
  };
}

/** What a clock is called. */
export function clockName(voice: Voice, clock: SlaClock): string {
  return say(voice, CLOCK_SENTENCE[clock]);
}

/** Calls people to a ticket that somebody of the team (`login`) escalated, on the ticket itself. `who` comes from the settings. */
export function escalationCall(voice: Voice, slot: string, who: readonly string[], login: string): string {
  return comment(voice, slot, [say(voice, "escalated", { people: { markdown: who.join(" ") }, login })]);
}
