import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Comment } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts } from "./facts.ts";
import { earliest } from "./serve.ts";

/** Our comments whose reactions are looked at, and the team's where the settings say so: their node ids. */
export function listenedTo({ comments, teamComments = [] }: Ticket): string[] {
  const ours = Object.entries(comments).filter(([slot]) => slot === "triage" || slot.startsWith("survey:"));
  return [...ours.flatMap(([, comment]) => comment?.nodeId ?? []), ...teamComments];
}

/** When the reactions are looked at next; null: no more. GitHub does not tell of reactions by itself. */
export function nextLook({ watch }: Ticket, { satisfaction }: Settings): number | null {
  if (!watch) return null;
  const after = satisfaction.polling[watch.looks];
  return earliest(after === undefined ? null : watch.from + after, watch.soon ?? null);
}

/**
 * How long before its time a look may come, where a request for others has room for it: at most a quarter of the first
 * interval. So requests go out full, or with fewer than a hundred comments at most four times an hour.
 */
export const EARLY_MS = 15 * 60_000;

function earlyMs({ satisfaction: { polling } }: Settings): number {
  return Math.min(EARLY_MS, (polling[0] ?? 0) / 4);
}

/** The reactions may be looked at, though it need not be now. */
export function mayLook(ticket: Ticket, settings: Settings, now: number): boolean {
  const next = nextLook(ticket, settings);
  return next !== null && next <= now + earlyMs(settings);
}

/** Comments of the team that are looked at on one ticket: the newest ones. */
const MOST_OF_THE_TEAM = 5;

/**
 * What is written or edited is watched from then on. After somebody spoke the looks begin anew; the one that was to come
 * next is still owed if it comes sooner than that, or a thread with a comment an hour would never be looked at.
 */
export function watched(
  ticket: Ticket,
  event: ThreadEvent,
  facts: Facts,
  settings: Settings,
  plan: Action[],
  now: number,
): Ticket {
  const spoken = plan.some(
    (action) => action.type === "comment" && (action.slot === "triage" || action.slot.startsWith("survey:")),
  );
  const heard = saidIn(event);
  const byTeam = settings.satisfaction.teamReplies ? heard.filter((one) => isByTeam(one, facts)) : [];
  const active = heard.length > 0 && ticket.watch !== null;
  const next = followed(ticket, event, byTeam);
  if (!spoken && byTeam.length === 0 && !active) return next;
  const owed = nextLook(ticket, settings);
  const soon = owed !== null && owed < now + (settings.satisfaction.polling[0] ?? 0) ? { soon: owed } : {};
  return { ...next, watch: { from: now, looks: 0, ...soon } };
}

function saidIn(event: ThreadEvent): Comment[] {
  if (event.type === "noticed") return event.comments;
  return event.type === "commented" ? [event.comment] : [];
}

function isByTeam({ author }: Comment, { actor, commenters }: Facts): boolean {
  return (
    author !== null &&
    (commenters.includes(author.login) || (actor.team && actor.person?.login === author.login))
  );
}

/** The ticket with the team's newest comments, without what was deleted. */
function followed(ticket: Ticket, event: ThreadEvent, byTeam: Comment[]): Ticket {
  const gone = event.type === "comment-deleted" ? [event.comment] : byTeam;
  const before = ticket.teamComments ?? [];
  const others = before.filter((id) => !gone.some(({ nodeId }) => nodeId === id));
  if (byTeam.length === 0 && others.length === before.length) return ticket;
  return {
    ...ticket,
    teamComments: [...others, ...byTeam.map(({ nodeId }) => nodeId)].slice(-MOST_OF_THE_TEAM),
  };
}

/** The ticket with the moment at which it needs a look next, for whatever reason. */
export function withDue(ticket: Ticket, settings: Settings): Ticket {
  const gone = ticket.status === "deleted" || ticket.status === "moved";
  const wakeAt = gone || ticket.status === "closed" ? null : (ticket.wakeAt ?? null);
  return { ...ticket, wakeAt, dueAt: gone ? null : earliest(nextLook(ticket, settings), wakeAt) };
}

/** The ticket after a look, which stands for all that were to come until now. */
export function looked(ticket: Ticket, settings: Settings, now: number): Pick<Ticket, "watch" | "dueAt"> {
  if (!ticket.watch) return ticket;
  const { from, looks } = ticket.watch;
  const { polling } = settings.satisfaction;
  const over = now + earlyMs(settings);
  const left = polling.findIndex((after, i) => i >= looks && from + after > over);
  const watch = { from, looks: left < 0 ? polling.length : left };
  const { dueAt } = withDue({ ...ticket, watch }, settings);
  return { watch, dueAt };
}

/** When the ticket is to be decided on again by itself; null: not before something happens. Reactions are looked at apart. */
export function wakesAt({ wakeAt, watch, dueAt }: Ticket): number | null {
  // Documents of older versions have one time for both.
  return wakeAt === undefined && !watch ? dueAt : (wakeAt ?? null);
}
