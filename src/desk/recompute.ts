import { randomUUID } from "node:crypto";
import type { Delivery } from "../ticket/delivery.ts";
import { parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import { reschedule } from "../triage/reschedule.ts";
import { customerOf } from "./customers.ts";
import type { Desk } from "./desk.ts";
import { effectiveSettings } from "./settings.ts";

/** The name under which word of changed settings or plans waits in the inbox, for each open ticket. */
export const RECOMPUTED = "frontdesk.recomputed";

const OVER = new Set(["solved", "closed", "deleted", "moved"]);

/**
 * Settings or memberships changed: the open tickets of a repository are counted anew, each by its own worker. By the
 * inbox, so that none is forgotten by a crash. `authors`: only theirs, by login in lower case; null: all.
 */
export async function recomputeOpenTickets(
  desk: Desk,
  repositoryId: number,
  authors: ReadonlySet<string> | null = null,
): Promise<void> {
  for await (const { key, status, service, author } of desk.store.tickets({ repositoryId })) {
    if (!service || OVER.has(status)) continue;
    if (authors && !authors.has(author?.toLowerCase() ?? "")) continue;
    const scope = scopeKey("ticket", key);
    const id = randomUUID();
    await desk.store.receive({ id, event: RECOMPUTED, scope, payload: "{}", receivedAt: desk.now() });
    await desk.queue.push(scope);
  }
}

/** The same in all repositories of an installation, where what is known of these people changed. */
export async function recomputeTicketsOf(
  desk: Desk,
  installationId: number,
  authors: ReadonlySet<string>,
): Promise<void> {
  if (authors.size === 0) return;
  for (const repository of await desk.store.repositories()) {
    if (repository.installationId !== installationId || repository.gone) continue;
    await recomputeOpenTickets(desk, repository.id, authors);
  }
}

/** Counts one ticket anew from what is stored of it: no request to GitHub, unless something turns out to be due. */
export async function recompute(desk: Desk, { id, scope, receivedAt }: Delivery): Promise<void> {
  const key = parseScopeKey(scope)[1];
  const ticket = await desk.store.read("ticket", key);
  const repository = ticket && (await desk.store.read("repository", String(ticket.repositoryId)));
  if (!ticket || !repository || repository.gone) return desk.store.discard([id]);
  const settings = await effectiveSettings(desk, repository);
  const author = ticket.author === null ? null : { login: ticket.author, bot: false };
  const customer = await customerOf(desk, repository, settings, author, receivedAt);
  const document = { ...ticket, ...reschedule(ticket, customer, settings, desk.now()) };
  await desk.store.commit({ scope: "ticket", id: key, document, deliveries: [id] });
}
