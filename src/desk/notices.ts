import type { Settings } from "../settings/schema.ts";
import type { OutboxEntry } from "../ticket/action.ts";
import { idempotencyKey } from "../ticket/action.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey } from "../ticket/delivery.ts";
import type { Channel } from "../ticket/notice.ts";
import type { Desk } from "./desk.ts";
import type { HandedOver } from "./hand-over.ts";
import type { Waiting } from "./send-notices.ts";
import { sendWaiting } from "./send-notices.ts";
import { settingsOf } from "./settings.ts";

/** Does what waits on an installation's notices: takes new ones in, then sends what may go now. */
export async function workNotices(desk: Desk, scope: ScopeKey): Promise<void> {
  const [, id] = parseScopeKey(scope);
  await takeIn(desk, scope, id);
  const byReceiver = new Map<string, Waiting[]>();
  for (const entry of await desk.store.outbox(scope)) {
    if (entry.action.type !== "send-notice") continue;
    const waiting = { ...entry, action: entry.action };
    byReceiver.set(entry.action.variable, [...(byReceiver.get(entry.action.variable) ?? []), waiting]);
  }
  const lookAgain: number[] = [];
  for (const waiting of byReceiver.values()) lookAgain.push(await sendWaiting(desk, scope, waiting));
  const next = Math.min(...lookAgain);
  if (next < Number.POSITIVE_INFINITY) await desk.queue.push(scope, { notBefore: next });
}

/** New notices become an entry for each receiver that the settings name. */
async function takeIn(desk: Desk, scope: ScopeKey, id: string): Promise<void> {
  const deliveries = await desk.store.pending(scope);
  if (deliveries.length === 0) return;
  const outbox: OutboxEntry[] = [];
  for (const delivery of deliveries) {
    const handed = JSON.parse(delivery.payload) as HandedOver;
    const { notifications } = await settingsOf(desk, handed);
    const receivers = receiversOf(notifications, handed.notice.channels);
    if (receivers.length === 0) {
      desk.log.warn({ notice: handed.notice.title }, "a notice that nobody is set up to get");
    }
    for (const receiver of receivers) outbox.push(entryOf(desk, scope, delivery.id, handed, receiver));
  }
  const installationId = Number(id);
  const document = (await desk.store.read("notices", id)) ?? { installationId, sentAt: {} };
  const done = deliveries.map((delivery) => delivery.id);
  await desk.store.commit({ scope: "notices", id, document, deliveries: done, outbox });
}

function entryOf(
  desk: Desk,
  scope: ScopeKey,
  id: string,
  { repositoryId, notice, notBefore }: HandedOver,
  receiver: { channel: Channel; variable: string },
): OutboxEntry {
  const action = { type: "send-notice", id, repositoryId, ...receiver, notice } as const;
  const now = desk.now();
  const key = idempotencyKey(scope, action);
  return { key, action, decidedAt: now, snapshotAt: now, failures: 0, notBefore, parked: null };
}

function receiversOf(
  { slack, email, webhooks }: Settings["notifications"],
  channels: Channel[] | null,
): { channel: Channel; variable: string }[] {
  const all = [
    ...slack.map((variable) => ({ channel: "slack" as const, variable })),
    ...email.map((variable) => ({ channel: "email" as const, variable })),
    ...webhooks.map((variable) => ({ channel: "webhook" as const, variable })),
  ];
  return all.filter(({ channel }) => channels?.includes(channel) ?? true);
}
