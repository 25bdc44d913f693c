import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Webhook } from "standardwebhooks";
import { NotSent } from "../../src/notify/failure.ts";
import type { Receiver } from "../../src/notify/receiver.ts";
import { connectionOf } from "../../src/notify/email.ts";
import { sendNotice } from "../../src/notify/send.ts";
import { messageOf } from "../../src/notify/slack.ts";
import { webhookId } from "../../src/notify/webhook.ts";
import type { Notice } from "../../src/ticket/notice.ts";
import type { MailReceiver } from "./mail-receiver.ts";
import { openMailReceiver } from "./mail-receiver.ts";
import type { WebReceiver } from "./web-receiver.ts";
import { openWebReceiver, status } from "./web-receiver.ts";

const NOW = Date.parse("2026-03-02T10:00:00Z");
const now = () => NOW;
const KEY = "12/7:notify:sla/firstResponse/1/0.75";
const NOTICE: Notice = {
  kind: "sla-warning",
  title: "octo-org/lantern#7: the first response is due in 1 hour",
  text: "Plan gold, priority P1.",
  url: "https://github.com/octo-org/lantern/issues/7",
  ticket: "12/7",
  private: true,
  channels: null,
  at: Date.parse("2026-03-02T09:59:00Z"),
};
/** What a person could put into a title. */
const HOSTILE =
  "<!channel> <@U012AB3CD> <https://evil.example|our page> @here *bold* & \u202eevil http://evil.example";

let web: WebReceiver;
let mail: MailReceiver;
beforeAll(async () => {
  web = await openWebReceiver();
  mail = await openMailReceiver();
});
afterAll(async () => {
  await web.close();
  await mail.close();
});
beforeEach(() => {
  web.got.length = 0;
  mail.got.length = 0;
  web.answer = (response) => void response.end("ok");
  mail.refuse = null;
});

const secret = `whsec_${randomBytes(32).toString("base64")}`;
const RECEIVERS: Record<Receiver["channel"], () => Receiver> = {
  slack: () => ({ channel: "slack", url: `${web.url}/services/T0/B0/x` }),
  webhook: () => ({ channel: "webhook", url: `${web.url}/in`, secret }),
  email: () => ({
    channel: "email",
    server: { host: mail.host, port: mail.port, secure: false, auth: null },
    from: "desk@example.com",
    to: ["a@example.com", "b@example.com"],
  }),
};
const send = (channel: Receiver["channel"], notice = NOTICE) =>
  sendNotice(RECEIVERS[channel](), notice, KEY, now);

/** How sending fails. */
async function failure(sending: Promise<void>): Promise<NotSent> {
  const error: unknown = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof NotSent) return error;
  throw new Error(`it did not fail as it should: ${String(error)}`);
}

describe("a notice", () => {
  it("comes into Slack as plain text with a link", async () => {
    await send("slack");
    const [message] = web.got.map(({ body }) => JSON.parse(body));
    expect(message).toMatchObject({ text: NOTICE.title, unfurl_links: false, unfurl_media: false });
    expect(message.blocks).toEqual([
      { type: "header", text: { type: "plain_text", text: NOTICE.title, emoji: false } },
      { type: "section", text: { type: "plain_text", text: NOTICE.text, emoji: false } },
      { type: "section", text: { type: "mrkdwn", text: `<${NOTICE.url}|Open on GitHub>`, verbatim: true } },
    ]);
  });

  it("calls nobody in Slack and links nowhere, whatever it says", () => {
    const { text, blocks } = messageOf({ ...NOTICE, title: HOSTILE, text: HOSTILE, url: null });
    expect(text).not.toMatch(/[<>]|@[a-z]|[^\u200b]:\/\/|\*bold|\u202e/);
    expect(blocks.map((block) => block.text.type)).toEqual(["plain_text", "plain_text"]);
    const link = messageOf({ ...NOTICE, url: "https://github.com/a|<!channel>" }).blocks.at(-1)?.text.text;
    expect(link).toBe("<https://github.com/a%7C%3C!channel%3E|Open on GitHub>");
  });

  it("is cut to what Slack takes", () => {
    const { blocks } = messageOf({ ...NOTICE, title: "😀".repeat(100), text: "x".repeat(5_000) });
    expect(blocks.map(({ text }) => text.text.length <= 3_000)).toEqual([true, true, true]);
    expect(blocks[0]?.text.text).toMatch(/^(😀){74}…$/u);
  });

  it("comes as a webhook that its receiver can trust and tell from others", async () => {
    await send("webhook");
    const [got] = web.got;
    const headers = got?.headers as Record<string, string>;
    expect(headers["webhook-id"]).toBe("12/7:notify:sla/firstResponse/1/0%2E75");
    expect(headers["webhook-timestamp"]).toBe(String(NOW / 1_000));
    const signed = new Webhook(secret).sign(headers["webhook-id"] ?? "", new Date(NOW), got?.body ?? "");
    expect(headers["webhook-signature"]).toBe(signed);
    expect(JSON.parse(got?.body ?? "")).toEqual({
      type: "frontdesk.sla-warning",
      timestamp: "2026-03-02T09:59:00.000Z",
      data: { title: NOTICE.title, text: NOTICE.text, url: NOTICE.url, ticket: "12/7" },
    });
  });

  it("passes the verification of the Standard Webhooks library", async () => {
    await sendNotice(RECEIVERS.webhook(), NOTICE, KEY, Date.now);
    const [got] = web.got;
    const verify = (body: string) => new Webhook(secret).verify(body, got?.headers as Record<string, string>);
    expect(verify(got?.body ?? "")).toMatchObject({ type: "frontdesk.sla-warning" });
    expect(() => verify(got?.body.replace("gold", "lead") ?? "")).toThrow("No matching signature");
  });

  it("comes by mail, to everybody, as a machine's", async () => {
    await send("email");
    expect(mail.got).toHaveLength(1);
    const [{ from, to, text } = { from: "", to: [], text: "" }] = mail.got;
    expect([from, to]).toEqual(["desk@example.com", ["a@example.com", "b@example.com"]]);
    expect(text).toMatch(/^Subject: \[Frontdesk\] octo-org\/lantern#7: the first response/m);
    expect(text).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(text).toContain(`${NOTICE.text}\r\n\r\n${NOTICE.url}`);
  });

  it("is the same mail when it is sent again", async () => {
    await send("email");
    await send("email");
    const ids = mail.got.map(({ text }) => /^Message-ID: (.*)$/im.exec(text)?.[1]);
    expect(ids[0]).toMatch(/@frontdesk>/);
    expect(new Set(ids).size).toBe(1);
  });

  it("writes no header of its own into a mail", async () => {
    await send("email", { ...NOTICE, title: "a\r\nBcc: evil@example.com\r\n\r\nhello" });
    expect(mail.got[0]?.to).toEqual(["a@example.com", "b@example.com"]);
    expect(mail.got[0]?.text).not.toMatch(/^Bcc:/im);
  });
});

describe.each<["slack" | "webhook"]>([["slack"], ["webhook"]])("what %s answers", (channel) => {
  it.each<[number, Record<string, string>, boolean, number | null]>([
    [500, {}, true, null],
    [503, { "retry-after": "120" }, true, NOW + 120_000],
    [429, { "retry-after": "30" }, true, NOW + 30_000],
    [429, { "retry-after": "Mon, 02 Mar 2026 10:05:00 GMT" }, true, NOW + 300_000],
    [429, { "retry-after": "soon" }, true, null],
    [408, {}, true, null],
    [409, {}, true, null],
    [425, {}, true, null],
    [400, { "retry-after": "30" }, false, null],
    [401, {}, false, null],
    [404, {}, false, null],
    [410, {}, false, null],
  ])("%s %o: passing is %s", async (code, headers, passing, until) => {
    web.answer = status(code, headers);
    expect(await failure(send(channel))).toMatchObject({ passing, until, message: `it answered ${code}` });
    expect(web.got).toHaveLength(1);
  });

  it.each([301, 302, 307, 308])("%s: it is not followed", async (code) => {
    web.answer = (response) => {
      web.answer = (other) => void other.end("ok");
      response.writeHead(code, { location: `${web.url}/elsewhere` }).end();
    };
    const { passing, message } = await failure(send(channel));
    expect([passing, message]).toEqual([false, expect.stringContaining(`it redirects (${code})`)]);
    expect(web.got.map(({ path }) => path)).not.toContain("/elsewhere");
  });

  it("nothing, as the connection breaks: it passes", async () => {
    web.answer = (response) => void response.destroy();
    expect(await failure(send(channel))).toMatchObject({ passing: true });
  });
});

describe("a receiver that is not there", () => {
  it.each<[Receiver["channel"], Receiver]>([
    ["slack", { channel: "slack", url: "http://localhost:1/services/hunter2" }],
    ["webhook", { channel: "webhook", url: "http://localhost:1/hunter2", secret }],
    [
      "email",
      {
        channel: "email",
        server: { host: "127.0.0.1", port: 1, secure: false, auth: { user: "desk", pass: "hunter2" } },
        from: "desk@example.com",
        to: ["a@example.com"],
      },
    ],
  ])("%s: it passes, and no secret is told", async (_, receiver) => {
    const error = await failure(sendNotice(receiver, NOTICE, KEY, now));
    expect(error.passing).toBe(true);
    expect(error.message).toMatch(/did not (answer|take it)/);
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toMatch(/hunter2|whsec_/);
  });
});

describe("a mail server", () => {
  const auth = { user: "desk", pass: "hunter2" };
  it.each<[string, string, typeof auth | null, boolean]>([
    ["gets a password over TLS only", "mail.example.com", auth, true],
    ["gets it so too where its name only begins like this machine's", "localhost.example.com", auth, true],
    ["on this machine may do without", "127.0.0.1", auth, false],
    ["that asks for no password may do without", "mail.example.com", null, false],
  ])("%s: %s", (_name, host, by, requireTLS) => {
    expect(connectionOf({ host, port: 587, secure: false, auth: by })).toMatchObject({ host, requireTLS });
  });
});

describe("what a mail server answers", () => {
  it.each([
    [421, true],
    [451, true],
    [500, false],
    [550, false],
    [554, false],
  ])("%s: passing is %s", async (code, passing) => {
    mail.refuse = code;
    expect(await failure(send("email"))).toMatchObject({
      passing,
      message: `the mail server answered ${code}`,
    });
  });

  it("a password is taken, and a wrong one is no passing fault", async () => {
    const guarded = await openMailReceiver({ name: "desk", password: "p:/ü" });
    const sendAs = (pass: string) => {
      const server = { host: guarded.host, port: guarded.port, secure: false, auth: { user: "desk", pass } };
      const receiver = { channel: "email", server, from: "desk@example.com", to: ["a@example.com"] } as const;
      return sendNotice({ ...receiver, to: [...receiver.to] }, NOTICE, KEY, now);
    };
    await sendAs("p:/ü");
    expect(guarded.got).toHaveLength(1);
    expect(await failure(sendAs("hunter2"))).toMatchObject({
      passing: false,
      message: "the mail server answered 535",
    });
    await guarded.close();
  });
});

describe("the id of a webhook", () => {
  it("is another for another key, and fits a header", () => {
    const keys = ["1/2:notify:a.b", "1/2:notify:a%2Eb", "1/2:notify:a b", "1/2:notify:ä\n"];
    const ids = keys.map(webhookId);
    expect(new Set(ids).size).toBe(keys.length);
    for (const id of ids) expect(id).toMatch(/^[\w:/%-]+$/);
  });
});
