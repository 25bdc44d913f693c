import { describe, expect, it } from "@jest/globals";
import { readReceiver } from "../../src/notify/receiver.ts";
import type { Channel } from "../../src/ticket/notice.ts";

const allowedHosts = ["hooks.slack.com", "mail.example.com:587", "zendesk.example.com", "[::1]"];
const SECRET = `whsec_${"c2VjcmV0".repeat(5)}`;

const read = (channel: Channel, value: string | undefined, secret?: string) =>
  readReceiver(channel, "DESK", { variables: { DESK: value, DESK_SECRET: secret }, allowedHosts });

describe("a variable that holds where notices go", () => {
  it("is a webhook of Slack's", () => {
    expect(read("slack", " https://hooks.slack.com/services/T0/B0/x ")).toEqual({
      channel: "slack",
      url: "https://hooks.slack.com/services/T0/B0/x",
    });
  });

  it("is a webhook, with its secret beside it", () => {
    expect(read("webhook", "https://Zendesk.example.com:8443/in", SECRET)).toEqual({
      channel: "webhook",
      url: "https://zendesk.example.com:8443/in",
      secret: SECRET,
    });
  });

  it("is a mail server with a password, a sender and receivers", () => {
    expect(
      read("email", "smtp://desk%40example.com:p%3A%2F@Mail.example.com/?to=a@example.com,b@example.com"),
    ).toEqual({
      channel: "email",
      server: {
        host: "mail.example.com",
        port: 587,
        secure: false,
        auth: { user: "desk@example.com", pass: "p:/" },
      },
      from: "desk@example.com",
      to: ["a@example.com", "b@example.com"],
    });
  });

  it("is a mail server inside that asks for no password", () => {
    expect(read("email", "smtps://[::1]:2465?to=a@example.com&from=desk@example.com")).toEqual({
      channel: "email",
      server: { host: "::1", port: 2465, secure: true, auth: null },
      from: "desk@example.com",
      to: ["a@example.com"],
    });
  });

  it.each<[string, Channel, string | undefined, string | undefined, string]>([
    ["that is not set", "slack", undefined, undefined, "the environment variable DESK is not set"],
    ["that is empty", "slack", "  ", undefined, "the environment variable DESK is not set"],
    ["that holds a word", "slack", "hunter2", undefined, "DESK holds no address"],
    ["of another protocol", "slack", "file:///etc/passwd", undefined, "begins with https:// or http://"],
    [
      "of the web for mail",
      "email",
      "https://hooks.slack.com/x",
      undefined,
      "begins with smtp:// or smtps://",
    ],
    [
      "of a database",
      "webhook",
      "postgres://desk:hunter2@zendesk.example.com/x",
      SECRET,
      "begins with https://",
    ],
    [
      "of a host that is not allowed",
      "slack",
      "https://evil.example.com/hunter2",
      undefined,
      "leads to evil.example.com, which is not in FRONTDESK_ALLOWED_HOSTS",
    ],
    [
      "of an address inside",
      "webhook",
      "http://169.254.169.254/latest",
      SECRET,
      "leads to 169.254.169.254, which is not",
    ],
    [
      "of a host that only ends like an allowed one",
      "slack",
      "https://hooks.slack.com.evil.example/x",
      undefined,
      "is not in FRONTDESK_ALLOWED_HOSTS",
    ],
    [
      "of a host whose name ends with an allowed one",
      "webhook",
      "https://evil-zendesk.example.com/hunter2",
      SECRET,
      "leads to evil-zendesk.example.com",
    ],
    [
      "of a host below an allowed one",
      "slack",
      "https://evil.hooks.slack.com/hunter2",
      undefined,
      "leads to evil.hooks.slack.com",
    ],
    [
      "with an allowed host as its user",
      "slack",
      "https://hooks.slack.com@evil.example/x",
      undefined,
      "leads to evil.example,",
    ],
    [
      "of an allowed host's other port",
      "email",
      "smtp://mail.example.com:25?to=a@example.com",
      undefined,
      "leads to mail.example.com:25, which is not",
    ],
    [
      "without a secret to sign with",
      "webhook",
      "https://zendesk.example.com/in",
      undefined,
      "DESK_SECRET does not hold a secret",
    ],
    [
      "with a secret of fewer than 24 bytes",
      "webhook",
      "https://zendesk.example.com/in",
      `whsec_${"hunter2x".repeat(4).slice(1)}`,
      "DESK_SECRET does not hold a secret",
    ],
    [
      "with a secret that anybody guesses",
      "webhook",
      "https://zendesk.example.com/in",
      "whsec_aHVudGVyMg==",
      "DESK_SECRET does not hold a secret",
    ],
    [
      "of a mail server without receivers",
      "email",
      "smtp://mail.example.com",
      undefined,
      "DESK names no receiver: add ?to=desk@example.com",
    ],
    [
      "with receivers that carry headers",
      "email",
      "smtp://mail.example.com?to=a@example.com%0d%0aBcc:b@example.com",
      undefined,
      "is no mail address",
    ],
  ])("%s cannot be used, and is not quoted", (_, channel, value, secret, expected) => {
    const receiver = read(channel, value, secret);
    expect(receiver).toEqual({ unusable: expect.stringContaining(expected) });
    expect(JSON.stringify(receiver)).not.toContain("hunter2");
  });
});
