import { randomUUID } from "node:crypto";
import { scopeKey } from "../ticket/delivery.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Desk } from "./desk.ts";
import type { Done } from "./outcome.ts";

/** The name under which the team's `/report` waits in the repository's inbox beside GitHub's deliveries. */
export const REPORT_ORDERED = "frontdesk.report-ordered";

/** Hands the order to the repository's own worker, which alone writes reports. */
export async function askForReports(desk: Desk, { repositoryId }: Ticket): Promise<Done<Ticket>> {
  const scope = scopeKey("repository", repositoryId);
  const order = { id: randomUUID(), event: REPORT_ORDERED, scope, payload: "{}", receivedAt: desk.now() };
  await desk.store.receive(order);
  await desk.queue.push(scope);
  return { outcome: { type: "done" } };
}
