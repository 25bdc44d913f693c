import type { Delivery } from "../ticket/delivery.ts";
import { scopeKey } from "../ticket/delivery.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Comment, Thread } from "../ticket/thread.ts";
import { ticketKey } from "../ticket/thread.ts";
import { digestOf } from "./digest.ts";

/** The name under which our own findings wait in the inbox beside GitHub's deliveries. */
export const NOTICED = "frontdesk.noticed";

interface Finding {
  thread: Thread;
  comments: Comment[];
}

/** A change that reconciling found, as a delivery: the same state found twice has the same id. */
export function noticedDelivery(finding: Finding, now: number): Delivery {
  const key = ticketKey(finding.thread);
  const payload = JSON.stringify(finding);
  return {
    id: `${NOTICED}:${key}:${digestOf(payload)}`,
    event: NOTICED,
    scope: scopeKey("ticket", key),
    payload,
    receivedAt: now,
  };
}

/** The event of such a delivery. We wrote it ourselves, so it is not judged again. */
export function noticedEvent({ payload }: Delivery): ThreadEvent {
  const { thread, comments } = JSON.parse(payload) as Finding;
  return { scope: "ticket", type: "noticed", thread, comments, actor: null };
}
