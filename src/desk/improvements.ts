import { WAITS } from "../reports/metrics/improvement.ts";
import type { Delivery } from "../ticket/delivery.ts";
import { parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import type { RepositoryEvent } from "../ticket/event.ts";
import { remember } from "../ticket/fact.ts";
import { type Lesson, standing } from "../ticket/lesson.ts";
import { aboutHelp } from "../triage/help-lessons.ts";
import type { Desk } from "./desk.ts";
import { MARKDOWN } from "./sources.ts";

/** The name under which word of a changed article waits in a ticket's inbox beside GitHub's deliveries. */
export const IMPROVED = "frontdesk.improved";

/**
 * Articles of a repository were changed by a push: the tickets on which one of them did not help are told, in all
 * repositories of the installation, for it may have answered in any of them. What a push changed that GitHub does not
 * list tells nobody; nor does what was changed when the complaint has waited too long to count.
 */
export async function tellOfImprovements(
  desk: Desk,
  { repository, paths, head }: RepositoryEvent & { type: "pushed" },
): Promise<void> {
  const changed = new Map(
    paths.filter((path) => MARKDOWN.test(path)).map((path) => [`${repository.repositoryId}/${path}`, path]),
  );
  if (changed.size === 0) return;
  for (const { id, installationId, gone } of await desk.store.repositories()) {
    if (gone || installationId !== repository.installationId) continue;
    for (const lesson of standing(await desk.store.lessons(id))) {
      const path = changed.get(refusedFile(lesson) ?? "");
      if (path !== undefined && lesson.at >= desk.now() - WAITS)
        await tell(desk, lesson.ticket, `${path}@${head}`);
    }
  }
}

/** The file whose help a lesson says was none: `repository id/path`; null for any other lesson. */
function refusedFile(lesson: Lesson): string | null {
  const about = lesson.type === "not-helpful" ? aboutHelp(lesson) : null;
  return about?.help === "article" ? about.id.replace(/#[^#]*$/, "") : null;
}

async function tell(desk: Desk, ticket: string, ref: string): Promise<void> {
  const scope = scopeKey("ticket", ticket);
  const id = `${IMPROVED}:${ticket}:${ref}`;
  await desk.store.receive({ id, event: IMPROVED, scope, payload: ref, receivedAt: desk.now() });
  await desk.queue.push(scope);
}

/** Writes down on a ticket that what had not helped there was changed. */
export async function noteImprovement(
  desk: Desk,
  { id, scope, payload, receivedAt }: Delivery,
): Promise<void> {
  const key = parseScopeKey(scope)[1];
  const ticket = await desk.store.read("ticket", key);
  if (!ticket) return desk.store.discard([id]);
  const timeline = remember(ticket.timeline, [{ at: receivedAt, type: "improved", ref: payload }]);
  await desk.store.commit({ scope: "ticket", id: key, document: { ...ticket, timeline }, deliveries: [id] });
}
