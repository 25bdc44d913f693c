import { readThread } from "../github/threads.ts";
import type { Delivery } from "../ticket/delivery.ts";
import { scopeKey } from "../ticket/delivery.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { ThreadRef } from "../ticket/thread.ts";
import { ticketKey } from "../ticket/thread.ts";
import type { Desk } from "./desk.ts";

/** The name under which word of a move waits in the inbox, for the ticket at the new place. */
export const MOVED = "frontdesk.moved";

interface Move {
  from: string;
  to: ThreadRef;
}

/**
 * Tells the new place of a transferred discussion where it came from: unlike an issue's, its `created` does not say so.
 * It goes by the inbox, so that the ticket there is changed by its own worker, before or after `created`.
 */
export async function announceMove(desk: Desk, event: ThreadEvent): Promise<void> {
  if (event.type !== "transferred" || event.to === null || event.thread.kind !== "discussion") return;
  const { installationId, kind } = event.thread;
  const { key, ...place } = event.to;
  const from = ticketKey(event.thread);
  const move: Move = { from, to: { installationId, kind, ...place } };
  const scope = scopeKey("ticket", key);
  const payload = JSON.stringify(move);
  const id = `${MOVED}:${from}:${key}`;
  await desk.store.receive({ id, event: MOVED, scope, payload, receivedAt: desk.now() });
  await desk.queue.push(scope);
}

/** The event of such a delivery; null when the thread is not there, or not ours to see. */
export async function movedEvent(desk: Desk, { payload }: Delivery): Promise<ThreadEvent | null> {
  const { from, to } = JSON.parse(payload) as Move;
  const thread = await readThread(await desk.clients.installation(to.installationId), to);
  if (!thread) return null;
  return { scope: "ticket", type: "opened", movedFrom: { key: from }, discussed: true, thread, actor: null };
}
