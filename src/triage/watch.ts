import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { earliest } from "./serve.ts";

/** When the reactions on our comment are looked at next; null: no more. GitHub does not tell of reactions by itself. */
export function nextLook({ watch, withdrawn, status }: Ticket, settings: Settings): number | null {
  const after = watch && settings.satisfaction.polling[watch.looks];
  return watch && after !== undefined && !withdrawn && status !== "closed" ? watch.from + (after ?? 0) : null;
}

/** A comment that is written or edited is watched from then on, from the first look again. */
export function watched(ticket: Ticket, plan: Action[], now: number): Ticket {
  if (!plan.some((action) => action.type === "comment" && action.slot === "triage")) return ticket;
  return { ...ticket, watch: { from: now, looks: 0 } };
}

/** The ticket with the moment at which it needs a look next, for whatever reason. */
export function withDue(ticket: Ticket, settings: Settings): Ticket {
  const gone = ticket.status === "deleted" || ticket.status === "moved" || ticket.status === "closed";
  const wakeAt = gone ? null : (ticket.wakeAt ?? null);
  return { ...ticket, wakeAt, dueAt: gone ? null : earliest(nextLook(ticket, settings), wakeAt) };
}

/** The ticket after a look that found nothing to act on. */
export function looked(ticket: Ticket, settings: Settings): Pick<Ticket, "watch" | "dueAt"> {
  const watch = ticket.watch && { ...ticket.watch, looks: ticket.watch.looks + 1 };
  const { dueAt } = withDue({ ...ticket, watch }, settings);
  return { watch, dueAt };
}

/** When the ticket is to be decided on again by itself; null: not before something happens. Reactions are looked at apart. */
export function wakesAt({ wakeAt, watch, dueAt }: Ticket): number | null {
  // Documents of older versions have one time for both.
  return wakeAt === undefined && !watch ? dueAt : (wakeAt ?? null);
}
