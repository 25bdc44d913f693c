import { readLabels } from "../github/threads.ts";
import type { Delivery } from "../ticket/delivery.ts";
import type { DeskEvent } from "../ticket/event.ts";
import { ticketKey } from "../ticket/thread.ts";
import { has } from "../triage/labels.ts";
import type { Desk } from "./desk.ts";

/**
 * Our own writes come back as deliveries, and are not acted on. But GitHub's word that it was us who set a label is the
 * proof that the label is ours: the write's answer may have been lost.
 */
export async function noteOwnEvent(desk: Desk, event: DeskEvent, delivery: Delivery): Promise<void> {
  if (event.scope !== "ticket" || event.type !== "labeled") return desk.store.discard([delivery.id]);
  const id = ticketKey(event.thread);
  const ticket = await desk.store.read("ticket", id);
  if (!ticket || ticket.ownLabels.includes(event.label)) return desk.store.discard([delivery.id]);
  // A late event: we, or a person, took the label off since.
  const octokit = await desk.clients.installation(ticket.installationId);
  if (!has(await readLabels(octokit, ticket), event.label)) return desk.store.discard([delivery.id]);
  const document = { ...ticket, ownLabels: [...ticket.ownLabels, event.label] };
  await desk.store.commit({ scope: "ticket", id, document, deliveries: [delivery.id] });
}
