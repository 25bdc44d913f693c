import { createHash } from "node:crypto";
import { visible } from "../messages/sanitize.ts";
import type { Notice } from "../ticket/notice.ts";
import { codeOf, NotSent } from "./failure.ts";
import type { MailServer, Receiver } from "./receiver.ts";
import { TIMEOUT_MS } from "./timeout.ts";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/** Sends a notice as a mail of plain text. Throws `NotSent`. */
export async function sendByMail(
  { server, from, to }: Receiver & { channel: "email" },
  notice: Notice,
  key: string,
): Promise<void> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    ...connectionOf(server),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ from, to, ...messageOf(notice, key) });
  } catch (error) {
    throw refusal(error);
  } finally {
    transport.close();
  }
}

/** How the server is spoken to: a password is never sent in the clear, but on this machine. */
export function connectionOf({ host, port, secure, auth }: MailServer) {
  const requireTLS = auth !== null && !LOOPBACK.test(host);
  return { host, port, secure, requireTLS, ...(auth ? { auth } : {}) };
}

function messageOf({ title, text, url }: Notice, key: string) {
  const subject = `[Frontdesk] ${visible(title).replace(/\s+/g, " ").slice(0, 200)}`;
  return {
    subject,
    text: [visible(text), ...(url === null ? [] : [url])].filter(Boolean).join("\n\n"),
    // The same notice has the same id, by which mail programs drop a repetition.
    messageId: `<${createHash("sha256").update(key).digest("hex").slice(0, 32)}@frontdesk>`,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/** Faults of the line, by nodemailer's codes; EAUTH, EENVELOPE and EMESSAGE carry the server's own verdict. */
const LINE = new Set([
  "ECONNECTION",
  "ETIMEDOUT",
  "ESOCKET",
  "EDNS",
  "EPROTOCOL",
  "ECONNREFUSED",
  "ECONNRESET",
]);

/** SMTP's replies from 500 on are final, those from 400 on are about the moment (RFC 5321, 4.2.1). */
function refusal(error: unknown): NotSent {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === "number") {
    return new NotSent(`the mail server answered ${responseCode}`, { passing: responseCode < 500 });
  }
  const passing = typeof code === "string" && LINE.has(code);
  return new NotSent(`the mail server did not take it (${codeOf(error)})`, { passing });
}
