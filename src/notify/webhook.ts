import { createHmac } from "node:crypto";
import { visible } from "../messages/sanitize.ts";
import type { Notice } from "../ticket/notice.ts";
import { judgeAnswer, noAnswer } from "./failure.ts";
import type { Receiver } from "./receiver.ts";
import { TIMEOUT_MS } from "./timeout.ts";

/**
 * Posts a notice as Standard Webhooks has it (https://github.com/standard-webhooks/standard-webhooks): id, timestamp
 * and signature in the headers, so that a receiver can trust it and knows a repetition by its id. Throws `NotSent`.
 */
export async function sendToWebhook(
  { url, secret }: Receiver & { channel: "webhook" },
  notice: Notice,
  key: string,
  now: () => number,
): Promise<void> {
  const id = webhookId(key);
  const timestamp = Math.floor(now() / 1_000);
  const body = JSON.stringify(payloadOf(notice));
  const headers = {
    "content-type": "application/json",
    "user-agent": "frontdesk",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatureOf(secret, `${id}.${timestamp}.${body}`),
  };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    // Its text is of no use to us; read, the connection can be used again.
    await answer.arrayBuffer();
    judgeAnswer(answer, now());
  } catch (error) {
    throw noAnswer(error);
  }
}

/** HMAC-SHA256 under the secret's bytes; ours, as the reference library brings a package under the Unlicense. */
function signatureOf(secret: string, content: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}

/** The idempotency key as a header may carry it; without full stops, which separate the parts of what is signed. */
export function webhookId(key: string): string {
  return key.replace(/[^\w:/-]/gu, (character) => encodeURIComponent(character).replace(".", "%2E"));
}

function payloadOf({ kind, title, text, url, ticket, at }: Notice) {
  const data = { title: visible(title), text: visible(text), url, ticket };
  return { type: `frontdesk.${kind}`, timestamp: new Date(at).toISOString(), data };
}
