import type { CreditEntry } from "./credit.ts";
import type { Channel, Notice } from "./notice.ts";

/** A label as it is created when the repository lacks it. */
export interface LabelSpec {
  name: string;
  /** Six hexadecimal digits, without `#`. */
  color: string;
  description: string;
}

/** The slots of our comments: one comment of each a ticket, except for numbered ones. */
export type CommentSlot = "triage" | `${"reminder" | "survey" | "reply" | "sla"}:${string}`;

/** A label to add, unless one of `yieldsTo` is there by then: a person was quicker. */
export interface LabelWish extends LabelSpec {
  yieldsTo: string[];
}

/** On whose command the desk acts: what it does then is theirs in every figure. */
export type Orderer = "team" | "reporter";

/**
 * What the desk wants done on GitHub: data that can be printed instead of being executed.
 * `label` adds all of its labels at once; `comment` writes our comment of that slot, or edits it if it is there.
 */
export type Action =
  /** `abandoned`: an earlier wish of that slot may have been carried out for these, and they are not wanted any more. */
  | { type: "label"; slot: string; labels: LabelWish[]; abandoned?: string[]; orderedBy?: Orderer }
  | { type: "unlabel"; label: string; orderedBy?: Orderer }
  /** `notBefore`: people are left alone until then (milliseconds since 1970). */
  | { type: "comment"; slot: CommentSlot; body: string; notBefore?: number }
  /** Additive; only whom GitHub lets us assign. Issues alone have assignees. */
  | { type: "assign"; logins: string[] }
  | { type: "unassign"; logins: string[] }
  /** What the team told us to close, a word of the reporter's does not open again. */
  | { type: "close"; reason: "completed" | "not_planned"; orderedBy?: Orderer }
  /** `original`: the number of the thread that it repeats, in the same repository. */
  | { type: "close"; reason: "duplicate"; original: number; orderedBy?: Orderer }
  | { type: "reopen"; orderedBy?: Orderer }
  | { type: "react"; commentNodeId: string; content: "+1" | "-1" | "eyes" | "confused" }
  /** The private issue that stands for a paid ticket, as it is to be. */
  | { type: "mirror"; title: string; body: string; open: boolean }
  /** A movement of the customer's credits, kept with the installation. */
  | { type: "credit"; plan: string; customer: string; entry: CreditEntry }
  /** People are told outside GitHub. */
  | { type: "notify"; slot: string; notice: Notice }
  /** Such a notice on its way to one receiver, which `variable` names; `id` is what the notice is known by there. */
  | {
      type: "send-notice";
      id: string;
      /** Whose settings hold; null: those that serve the whole installation. */
      repositoryId: number | null;
      channel: Channel;
      variable: string;
      notice: Notice;
    }
  /** An issue in the private support repository. */
  | { type: "tell-maintainers"; slot: string; title: string; body: string }
  /** The one issue that shows a repository's Problems: opened, edited in place, closed when `body` is null. */
  | { type: "show-problems"; title: string; body: string | null }
  /** The repository's reports on the running period are wanted now. */
  | { type: "report" }
  /** The one issue that reports on a period (by its beginning): opened or edited in place; that of the one before is closed. */
  | {
      type: "show-report";
      subject: ReportSubject;
      period: number;
      /** The issue of the report before, which this one names. Not in documents of older versions. */
      previous?: number | null;
      title: string;
      body: string;
      label: string | null;
      pin: boolean;
    };

/** What a report is about: the repository in which it stands, or all that the organisation's desk serves. */
export type ReportSubject = "repository" | "organisation";

/** Labels that carrying it out, or what was wished for before it, may have set. */
export function everyLabelOf({ labels, abandoned = [] }: Action & { type: "label" }): string[] {
  return [...labels.map(({ name }) => name), ...abandoned];
}

/** Ticket key + action + slot: the same wish has the same key, however often it is decided. */
export function idempotencyKey(scope: string, action: Action): string {
  return `${scope}:${action.type}:${slotOf(action)}`;
}

function slotOf(action: Action): string {
  switch (action.type) {
    case "label":
    case "comment":
    case "notify":
    case "tell-maintainers":
      return action.slot;
    case "assign":
    case "unassign":
      return action.logins.join(",");
    case "send-notice":
      return `${action.variable}/${action.id}`;
    case "unlabel":
      return action.label;
    case "close":
      return action.reason;
    case "reopen":
    case "show-problems":
    case "mirror":
    case "report":
      return "";
    case "show-report":
      return `${action.subject}:${action.period}`;
    case "credit":
      return action.entry.id;
    case "react":
      return `${action.commentNodeId}:${action.content}`;
  }
}

/** An action on its way: committed with the ticket, executed after the commit, kept until it is settled. */
export interface OutboxEntry {
  key: string;
  action: Action;
  /** When it was decided, milliseconds since 1970. */
  decidedAt: number;
  /** How often it failed for reasons of its own (not network, 5xx or limits). */
  failures: number;
  /** When the thread was as the decision saw it: an older snapshot than 10 s is read again before a write. */
  snapshotAt: number;
  /** Not to be tried before this time. */
  notBefore: number;
  /** When GitHub last refused it for want of a permission. */
  rests?: number;
  /** Parked after too many failures, with the last reason; retried by command only. */
  parked: string | null;
}

/** How an action ended: what the ticket learns from it. */
export type Outcome =
  | { type: "done"; commentNodeId?: string; url?: string; labels?: string[]; logins?: string[] }
  /** Nothing to do, or no longer allowed: the reason in words. */
  | { type: "skipped"; reason: string }
  /** Our comment was deleted by a person: never posted again. */
  | { type: "refused"; reason: string };
