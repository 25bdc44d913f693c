import type { Settings } from "../settings/schema.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Thread } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Found } from "../triage/answer.ts";
import { feedbackOf } from "../triage/help-lessons.ts";
import { findArticles } from "./articles.ts";
import { knowBacklog, usesBacklog } from "./backlog.ts";
import type { Desk } from "./desk.ts";
import { findDuplicates } from "./duplicates.ts";

/**
 * What may answer a ticket that was just opened, or whose text was edited before anybody else spoke; null for all
 * others: an answer that comes late is noise.
 */
export async function findHelp(
  desk: Desk,
  event: ThreadEvent,
  known: Ticket | null,
  repository: Repository,
  settings: Settings,
): Promise<Found | null> {
  const { thread } = event;
  if (!isFresh(event, known) || !isOurs(thread, known, event, repository)) return null;
  if (known?.triage == null && desk.now() < thread.createdAt + settings.classification.quietPeriod)
    return null;
  const site = new URL(thread.url).origin;
  const { duplicates: originals } = settings;
  // Answered discussions and solved issues are articles too: the backlog is read first.
  if (usesBacklog(settings)) await knowBacklog(desk, repository, settings);
  const articles = await findArticles(desk, repository, settings, thread, site);
  const duplicates = originals.enabled ? await findDuplicates(desk, repository, settings, thread) : [];
  const feedback = feedbackOf(await desk.store.lessons(repository.id));
  return { articles, duplicates, feedback };
}

/** Nobody but the reporter has spoken yet. */
function isFresh(event: ThreadEvent, known: Ticket | null): boolean {
  switch (event.type) {
    case "opened":
      return !known?.triage && !event.discussed;
    case "noticed":
      return (
        !known?.triage && event.comments.every(({ author }) => author?.login === event.thread.author?.login)
      );
    case "due":
      return !known?.triage && (known?.heard.length ?? 0) === 0;
    case "edited":
      return (
        !known?.triage || (known.heard.length === 0 && (known.status === "new" || known.status === "pending"))
      );
    default:
      return false;
  }
}

function isOurs(thread: Thread, known: Ticket | null, event: ThreadEvent, { since }: Repository): boolean {
  if (thread.author?.bot || thread.locked || thread.archived || thread.state === "closed") return false;
  if (known?.withdrawn || known?.refusedComments.includes("triage")) return false;
  return known !== null || event.type === "opened" || thread.createdAt >= since;
}
