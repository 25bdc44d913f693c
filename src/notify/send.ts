import type { Notice } from "../ticket/notice.ts";
import { sendByMail } from "./email.ts";
import type { Receiver } from "./receiver.ts";
import { sendToSlack } from "./slack.ts";
import { sendToWebhook } from "./webhook.ts";

/** Sends one notice to one receiver; `key` is the same for each try. Throws `NotSent`. */
export function sendNotice(
  receiver: Receiver,
  notice: Notice,
  key: string,
  now: () => number,
): Promise<void> {
  switch (receiver.channel) {
    case "slack":
      return sendToSlack(receiver, notice, now);
    case "email":
      return sendByMail(receiver, notice, key);
    case "webhook":
      return sendToWebhook(receiver, notice, key, now);
  }
}
