import { createHmac, randomUUID } from "node:crypto";
import { newIdentity } from "../state/identity.ts";
import type { Delivery, Hook } from "../state/state.ts";
import type { World } from "../state/world.ts";

/** What is about to be handed to an app. */
export interface Parcel {
  guid: string;
  appId: number;
  installationId: number | null;
  repositoryId: number | null;
  event: string;
  action: string | null;
  body: string;
  redelivery: boolean;
}

export function newGuid(): string {
  return randomUUID();
}

function headersOf(app: Hook, parcel: Parcel): Record<string, string> {
  const hmac = (algorithm: "sha1" | "sha256") =>
    `${algorithm}=${createHmac(algorithm, app.webhookSecret).update(parcel.body).digest("hex")}`;
  return {
    Accept: "*/*",
    "Content-Type": "application/json",
    "User-Agent": "GitHub-Hookshot/5a4d0b7",
    "X-GitHub-Delivery": parcel.guid,
    "X-GitHub-Event": parcel.event,
    "X-GitHub-Hook-ID": String(app.id),
    "X-GitHub-Hook-Installation-Target-ID": String(app.id),
    "X-GitHub-Hook-Installation-Target-Type": "integration",
    "X-Hub-Signature": hmac("sha1"),
    "X-Hub-Signature-256": hmac("sha256"),
  };
}

/** GitHub waits ten seconds for an answer, and does not try again by itself. */
export const PATIENCE_MS = 10_000;

interface Patience {
  patienceMs: number;
  /** Raised when the sandbox closes. */
  stop: AbortSignal;
}

/** Posts a parcel and writes down how it went. */
export async function post(world: World, app: Hook, parcel: Parcel, patience: Patience): Promise<Delivery> {
  const url = app.webhookUrl ?? "";
  const headers = headersOf(app, parcel);
  const deliveredAt = world.now();
  const begun = performance.now();
  const outcome = await send(url, headers, parcel.body, patience);
  const delivery: Delivery = {
    id: newIdentity(world.state, "delivery").id,
    guid: parcel.guid,
    appId: app.id,
    installationId: parcel.installationId,
    repositoryId: parcel.repositoryId,
    event: parcel.event,
    action: parcel.action,
    deliveredAt,
    redelivery: parcel.redelivery,
    duration: Math.round(performance.now() - begun) / 1000,
    url,
    request: { headers, body: parcel.body },
    ...outcome,
  };
  keep(world, delivery);
  return delivery;
}

/** GitHub forgets after three days; and a long soak must not fill the memory with bodies. */
const KEPT_MS = 3 * 86_400_000;
const KEPT = 20_000;

function keep(world: World, delivery: Delivery): void {
  const { deliveries } = world.state;
  deliveries.push(delivery);
  const oldest = delivery.deliveredAt - KEPT_MS;
  while (deliveries.length > KEPT || (deliveries[0]?.deliveredAt ?? oldest) < oldest) deliveries.shift();
}

/** A new connection for each delivery: a kept one may be dead when the app was restarted in between. */
const CONNECTION = { connection: "close" };

async function send(
  url: string,
  sent: Record<string, string>,
  body: string,
  { patienceMs, stop }: Patience,
): Promise<Pick<Delivery, "status" | "statusCode" | "response">> {
  // Not AbortSignal.any: before Node 22 what it makes stays in memory as long as the longest of its signals.
  const giveUp = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    giveUp.abort();
  }, patienceMs);
  const close = () => giveUp.abort();
  stop.addEventListener("abort", close);
  const { signal } = giveUp;
  const headers = { ...sent, ...CONNECTION };
  try {
    const answer = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    const text = await answer.text();
    return {
      status: answer.ok ? "OK" : `Invalid HTTP Response: ${answer.status}`,
      statusCode: answer.status,
      response: { headers: Object.fromEntries(answer.headers), body: text },
    };
  } catch {
    return {
      status: timedOut ? "timed out" : "failed to connect to host",
      statusCode: timedOut ? 504 : 502,
      response: { headers: {}, body: "" },
    };
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", close);
  }
}
