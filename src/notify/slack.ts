import { visible } from "../messages/sanitize.ts";
import type { Notice } from "../ticket/notice.ts";
import type { Receiver } from "./receiver.ts";
import { judgeAnswer, noAnswer } from "./failure.ts";
import { TIMEOUT_MS } from "./timeout.ts";

/** Slack's own limits of a header and of a section, in characters. */
const MOST = { header: 150, section: 3_000 };

/**
 * Posts a notice into a Slack channel. Slack knows no idempotency key: a notice whose answer was lost comes twice.
 * Throws `NotSent`.
 */
export async function sendToSlack(
  { url }: Receiver & { channel: "slack" },
  notice: Notice,
  now: () => number,
): Promise<void> {
  const { IncomingWebhook } = await import("@slack/webhook");
  const asked: { answer: Response | null } = { answer: null };
  const watched: typeof fetch = async (address, options) => {
    asked.answer = await fetch(address, { ...options, redirect: "manual" });
    return asked.answer;
  };
  try {
    await new IncomingWebhook(url, { timeout: TIMEOUT_MS, fetch: watched }).send(messageOf(notice));
  } catch (error) {
    // Once there is a status, the status decides: what went wrong afterwards must not post the notice again.
    if (asked.answer) judgeAnswer(asked.answer, now());
    else throw noAnswer(error);
  }
}

/** Plain text blocks, in which Slack looks for nothing: neither mentions, nor links, nor emphasis. */
export function messageOf({ title, text, url }: Notice) {
  const plain = (words: string, most: number) =>
    ({ type: "plain_text", text: shortened(visible(words), most), emoji: false }) as const;
  const link = url === null ? null : new URL(url).href;
  return {
    // What shows in notifications, where Slack does read its own markup.
    text: disarmed(shortened(visible(title), MOST.section)),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header" as const, text: plain(title, MOST.header) },
      ...(text.trim() === "" ? [] : [{ type: "section" as const, text: plain(text, MOST.section) }]),
      ...(link === null
        ? []
        : [
            {
              type: "section" as const,
              text: {
                type: "mrkdwn" as const,
                text: `<${escaped(link.replace(/\|/g, "%7C"))}|Open on GitHub>`,
                verbatim: true,
              },
            },
          ]),
    ],
  };
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Slack's markup is made of these three: escaped, nothing calls `<!channel>`, names a person or dresses a link up. */
function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** A gap after `@` and before `://` keeps Slack from linking by itself. */
function disarmed(text: string): string {
  return escaped(text)
    .replace(/@/g, "@\u200b")
    .replace(/:\/\//g, "\u200b://")
    .replace(/[*_~`]/g, "$&\u200b");
}
