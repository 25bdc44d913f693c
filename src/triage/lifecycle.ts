import type { Status } from "../ticket/ticket.ts";
import type { ClockEvent } from "../ticket/clocks.ts";

/** What moves a ticket from state to state. */
export type LifecycleEvent =
  | "team-replied"
  | "reporter-spoke"
  | "waiting"
  | "held"
  | "released"
  | "answered"
  | "unanswered"
  | "closed"
  | "reopened";

/**
 * The state after an event, as help desks have it: new until a person of the team replies, pending while we wait for the
 * reporter, on hold while we wait for others. A closed ticket stays so until somebody reopens it; what is deleted or
 * moved stays so for good.
 */
export function nextStatus(status: Status, event: LifecycleEvent): Status {
  if (status === "deleted" || status === "moved") return status;
  if (event === "closed") return "closed";
  if (status === "closed") return event === "reopened" ? "open" : "closed";
  switch (event) {
    case "team-replied":
      return status === "new" ? "open" : status;
    case "reporter-spoke":
      return status === "pending" || status === "solved" ? "open" : status;
    case "waiting":
      return "pending";
    case "held":
      return "on-hold";
    case "released":
      return status === "on-hold" ? "open" : status;
    case "answered":
      return "solved";
    case "unanswered":
      return status === "solved" ? "open" : status;
    case "reopened":
      return "open";
  }
}

/** What an event does to the clocks. A discussion that has its answer is solved: its clocks stand as if closed. */
export const CLOCK_EVENT: Record<LifecycleEvent, ClockEvent["type"]> = {
  "team-replied": "team-replied",
  "reporter-spoke": "reporter-spoke",
  waiting: "waiting",
  held: "held",
  released: "released",
  answered: "closed",
  unanswered: "reopened",
  closed: "closed",
  reopened: "reopened",
};

/** What is known of a silence. Times are milliseconds since 1970. */
export interface Silence {
  status: Status;
  /** Since when the ticket is pending. */
  pendingSince: number | null;
  /** The reporter's last word. */
  reporterSpokeAt: number;
  /** Our last reminder. */
  remindedAt: number | null;
  /** The reporter spoke last: then the silence is ours. */
  owed: boolean;
}

export interface SilenceRule {
  /** Milliseconds; null: never. */
  remindAfter: number | null;
  /** Milliseconds after the reminder; null: never. */
  closeAfter: number | null;
}

/**
 * What the reporter's silence leads to now, and when to look again. One reminder for each time that we wait, and never
 * a closing without it; never anything for a silence of ours.
 */
export function onSilence(
  silence: Silence,
  rule: SilenceRule,
  now: number,
): { action: "none" | "remind" | "close"; dueAt: number | null } {
  const { status, pendingSince, reporterSpokeAt, remindedAt, owed } = silence;
  const nothing = { action: "none", dueAt: null } as const;
  if (status !== "pending" || pendingSince === null || owed || rule.remindAfter === null) return nothing;
  const since = Math.max(pendingSince, reporterSpokeAt);
  const reminded = remindedAt !== null && remindedAt >= since ? remindedAt : null;
  if (reminded === null) return due("remind", since + rule.remindAfter, now);
  return rule.closeAfter === null ? nothing : due("close", reminded + rule.closeAfter, now);
}

function due(
  action: "remind" | "close",
  at: number,
  now: number,
): { action: "none" | "remind" | "close"; dueAt: number | null } {
  return now >= at ? { action, dueAt: null } : { action: "none", dueAt: at };
}

/**
 * The labels that mirror a state: which to add, and which of ours to remove. `names` has a label for each state that
 * is mirrored. What a person removed is not set again.
 */
export function statusLabels(
  status: Status,
  names: Partial<Record<Status, string | null>>,
  labels: { present: readonly string[]; own: readonly string[]; vetoed: readonly string[] },
): { add: string | null; remove: string[] } {
  const has = (list: readonly string[], name: string) =>
    list.some((one) => one.toLowerCase() === name.toLowerCase());
  const wanted = names[status] ?? null;
  const mirrored = Object.values(names).filter((name) => name !== null && name !== undefined);
  const stale = mirrored.filter(
    (name) => name !== wanted && has(labels.present, name) && has(labels.own, name),
  );
  const add = wanted !== null && !has(labels.present, wanted) && !has(labels.vetoed, wanted) ? wanted : null;
  return { add, remove: [...new Set(stale)] };
}
