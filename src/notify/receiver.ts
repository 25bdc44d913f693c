import type { Channel } from "../ticket/notice.ts";

/** Where notices go, as an environment variable says. */
export type Receiver =
  | { channel: "slack"; url: string }
  | { channel: "webhook"; url: string; secret: string }
  | { channel: "email"; server: MailServer; from: string; to: string[] };

export interface MailServer {
  host: string;
  port: number;
  /** TLS from the first byte; else STARTTLS where the server offers it. */
  secure: boolean;
  /** null: the server asks for none. */
  auth: { user: string; pass: string } | null;
}

/** What is outside of the settings: they only name variables. */
export interface Surroundings {
  variables: Readonly<Record<string, string | undefined>>;
  /** Host names, with their port if one was written, that notices may go to. */
  allowedHosts: readonly string[];
}

/** Reads a variable; what is wrong with it is said without quoting it, since it holds secrets. */
export function readReceiver(
  channel: Channel,
  variable: string,
  surroundings: Surroundings,
): Receiver | { unusable: string } {
  const text = surroundings.variables[variable]?.trim();
  if (!text) return { unusable: `the environment variable ${variable} is not set` };
  if (!URL.canParse(text)) return { unusable: `${variable} holds no address` };
  const url = new URL(text);
  if (!(channel === "email" ? MAIL : WEB).has(url.protocol)) {
    const wanted = channel === "email" ? "smtp:// or smtps://" : "https:// or http://";
    return { unusable: `${variable} holds no address that begins with ${wanted}` };
  }
  if (!isAllowed(url, surroundings.allowedHosts)) {
    const host = url.host.toLowerCase();
    return { unusable: `${variable} leads to ${host}, which is not in FRONTDESK_ALLOWED_HOSTS` };
  }
  switch (channel) {
    case "slack":
      return { channel, url: url.href };
    case "webhook":
      return readWebhook(url, variable, surroundings);
    case "email":
      return readMail(url, variable);
  }
}

const WEB = new Set(["https:", "http:"]);
const MAIL = new Set(["smtp:", "smtps:"]);

const PORTS: Record<string, number> = { "https:": 443, "http:": 80, "smtp:": 587, "smtps:": 465 };

const portOf = (url: URL) => Number(url.port || PORTS[url.protocol]);

/** A host that is allowed without a port is allowed with any. */
function isAllowed(url: URL, allowedHosts: readonly string[]): boolean {
  const host = url.hostname.toLowerCase();
  return allowedHosts.includes(host) || allowedHosts.includes(`${host}:${portOf(url)}`);
}

/** As Standard Webhooks writes secrets: 24 to 64 bytes in base64. */
const SECRET = /^(?:whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/;

function readWebhook(
  url: URL,
  variable: string,
  { variables }: Surroundings,
): Receiver | { unusable: string } {
  const secret = variables[`${variable}_SECRET`]?.trim() ?? "";
  if (!SECRET.test(secret)) {
    const wanted = "whsec_ and 24 to 64 random bytes in base64";
    return { unusable: `${variable}_SECRET does not hold a secret to sign with: ${wanted}` };
  }
  return { channel: "webhook", url: url.href, secret };
}

const ADDRESS = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/;

/** `smtp://user:password@mail.example.com:587/?from=desk@example.com&to=one@example.com,two@example.com` */
function readMail(url: URL, variable: string): Receiver | { unusable: string } {
  const to = url.searchParams
    .getAll("to")
    .flatMap((list) => list.split(","))
    .map((one) => one.trim())
    .filter(Boolean);
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, "");
  const user = decodeURIComponent(url.username);
  const from = url.searchParams.get("from") ?? (ADDRESS.test(user) ? user : `frontdesk@${host}`);
  if (to.length === 0) return { unusable: `${variable} names no receiver: add ?to=desk@example.com` };
  if (![from, ...to].every((one) => ADDRESS.test(one))) {
    return { unusable: `${variable} holds something in from or to that is no mail address` };
  }
  const auth = user === "" ? null : { user, pass: decodeURIComponent(url.password) };
  const server = { host, port: portOf(url), secure: url.protocol === "smtps:", auth };
  return { channel: "email", server, from, to };
}
