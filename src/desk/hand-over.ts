import { scopeKey } from "../ticket/delivery.ts";
import type { Notice } from "../ticket/notice.ts";
import type { Desk } from "./desk.ts";

/** The name under which notices wait in the inbox beside GitHub's deliveries. */
export const NOTICE = "frontdesk.notice";

/** Whose settings say where a notice goes; without a repository those that serve the whole installation. */
export interface Origin {
  installationId: number;
  repositoryId: number | null;
}

export interface HandedOver extends Origin {
  notice: Notice;
  /** Milliseconds since 1970. */
  notBefore: number;
}

/**
 * Hands a notice to its installation's worker, once for a key: a receiver that does not answer holds up neither the
 * ticket nor the other receivers, and what is too much for one comes as one digest.
 */
export async function handOver(
  desk: Desk,
  { installationId, repositoryId }: Origin,
  { key, notice, notBefore = 0 }: { key: string; notice: Notice; notBefore?: number },
): Promise<void> {
  const scope = scopeKey("notices", installationId);
  const handed: HandedOver = { installationId, repositoryId, notice, notBefore };
  const delivery = { id: key, event: NOTICE, scope, payload: JSON.stringify(handed), receivedAt: desk.now() };
  if (await desk.store.receive(delivery)) await desk.queue.push(scope);
}

/** Something that is wrong with the desk itself, which people must hear of. `slot`: what it is; said once for each. */
export interface Alarm {
  slot: string;
  title: string;
  text: string;
  url?: string;
}

/** Tells people of an alarm by all ways that are set up; without any, the log has it. */
export async function raiseAlarm(
  desk: Desk,
  origin: Origin,
  { slot, title, text, url }: Alarm,
): Promise<void> {
  desk.log.warn({ ...origin, alarm: slot, text }, title);
  const notice: Notice = {
    kind: "alarm",
    title,
    text,
    url: url ?? null,
    ticket: null,
    private: true,
    channels: null,
    at: desk.now(),
  };
  await handOver(desk, origin, { key: `alarm:${origin.installationId}:${slot}`, notice });
}
