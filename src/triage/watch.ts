import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts } from "./facts.ts";
import { earliest } from "./serve.ts";

/** Our comments whose reactions are looked at, and the team's where the settings say so: their node ids. */
export function listenedTo({ comments, teamComments = [] }: Ticket): string[] {
  const ours = Object.entries(comments).filter(([slot]) => slot === "triage" || slot.startsWith("survey:"));
  return [...ours.flatMap(([, comment]) => comment?.nodeId ?? []), ...teamComments];
}

/** When the reactions are looked at next; null: no more. GitHub does not tell of reactions by itself. */
export function nextLook({ watch }: Ticket, settings: Settings): number | null {
  const after = watch && settings.satisfaction.polling[watch.looks];
  return watch && after !== undefined ? watch.from + (after ?? 0) : null;
}

/** Comments of the team that are looked at on one ticket: the newest ones. */
const MOST_OF_THE_TEAM = 5;

/** What is written or edited is watched from then on, and what is watched is looked at sooner after somebody spoke. */
export function watched(
  ticket: Ticket,
  event: ThreadEvent,
  { actor }: Facts,
  { satisfaction }: Settings,
  plan: Action[],
  now: number,
): Ticket {
  const spoken = plan.some(
    (action) => action.type === "comment" && (action.slot === "triage" || action.slot.startsWith("survey:")),
  );
  const heard = event.type === "commented" ? event.comment.nodeId : null;
  const byTeam = heard !== null && satisfaction.teamReplies && actor.team && !actor.person?.bot;
  const active = heard !== null && ticket.watch !== null;
  if (!spoken && !byTeam && !active) return ticket;
  const before = (ticket.teamComments ?? []).filter((id) => id !== heard);
  const teamComments = byTeam ? { teamComments: [...before, heard].slice(-MOST_OF_THE_TEAM) } : {};
  return { ...ticket, ...teamComments, watch: { from: now, looks: 0 } };
}

/** The ticket with the moment at which it needs a look next, for whatever reason. */
export function withDue(ticket: Ticket, settings: Settings): Ticket {
  const gone = ticket.status === "deleted" || ticket.status === "moved";
  const wakeAt = gone || ticket.status === "closed" ? null : (ticket.wakeAt ?? null);
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
