import { generateKeyPairSync, createPrivateKey } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { readEnvironment } from "../../src/settings/environment.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
const pkcs1 = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const app = { APP_ID: "12", PRIVATE_KEY: pkcs1, WEBHOOK_SECRET: "a long random secret" };

const told = (env: Record<string, string | undefined>) =>
  readEnvironment(env).problems.map(
    ({ path, message, suggestion }) =>
      `${path}: ${message}${suggestion === undefined ? "" : ` -> ${suggestion}`}`,
  );

describe("the environment", () => {
  it.each([
    ["without variables", {}],
    [
      "with empty ones",
      { APP_ID: "", PRIVATE_KEY: " ", PORT: "", FRONTDESK_TICK_SECONDS: "", WEBHOOK_SECRET: "" },
    ],
    ["of another program", { PATH: "/bin", APP: "x" }],
  ])("%s is that of the sandbox", (_, env) => {
    expect(readEnvironment(env)).toEqual({
      problems: [],
      environment: {
        credentials: null,
        github: null,
        host: "localhost",
        port: 3000,
        dataDir: null,
        databaseUrl: null,
        sponsorsSecret: null,
        sponsorsToken: null,
        apiToken: null,
        logLevel: "info",
        logFormat: "pretty",
        noSmeeSetup: false,
        allowedHosts: [],
        reconcileSeconds: 3600,
        tickSeconds: 60,
      },
    });
  });

  it("says all that it is told", () => {
    const { environment } = readEnvironment({
      ...app,
      GHE_HOST: "localhost:3001",
      GHE_PROTOCOL: "http",
      HOST: "0.0.0.0",
      PORT: "0",
      DATA_DIR: "/var/lib/frontdesk",
      DATABASE_URL: "postgres://u:p@db/frontdesk",
      FRONTDESK_SPONSORS_SECRET: "s",
      FRONTDESK_SPONSORS_TOKEN: "t",
      FRONTDESK_API_TOKEN: "a",
      LOG_LEVEL: "WARN",
      LOG_FORMAT: "json",
      NO_SMEE_SETUP: "true",
      FRONTDESK_ALLOWED_HOSTS: " hooks.slack.com, Mail.example.com:587 ,,",
      FRONTDESK_RECONCILE_SECONDS: "0.5",
      FRONTDESK_TICK_SECONDS: "2",
    });
    expect(environment).toEqual({
      credentials: { appId: 12, privateKey: { pem: pkcs1 }, webhookSecret: "a long random secret" },
      github: { host: "localhost:3001", protocol: "http" },
      host: "0.0.0.0",
      port: 0,
      dataDir: "/var/lib/frontdesk",
      databaseUrl: "postgres://u:p@db/frontdesk",
      sponsorsSecret: "s",
      sponsorsToken: "t",
      apiToken: "a",
      logLevel: "warn",
      logFormat: "json",
      noSmeeSetup: true,
      allowedHosts: ["hooks.slack.com", "mail.example.com:587"],
      reconcileSeconds: 0.5,
      tickSeconds: 2,
    });
  });

  it("in production logs as JSON", () => {
    expect(readEnvironment({ NODE_ENV: "production" }).environment?.logFormat).toBe("json");
  });

  it.each([
    ["with its line breaks", pkcs1],
    ["in PKCS#8", pkcs8],
    ["with \\n for line breaks", pkcs1.replaceAll("\n", "\\n")],
    ["with Windows line ends", pkcs1.replaceAll("\n", "\r\n")],
    ["on one line", pkcs8.replaceAll("\n", " ")],
    ["in base64", Buffer.from(pkcs1).toString("base64")],
  ])("has a private key %s", (_, key) => {
    const { environment, problems } = readEnvironment({ ...app, PRIVATE_KEY: key });
    expect(problems).toEqual([]);
    const read = environment?.credentials?.privateKey as { pem: string };
    expect(createPrivateKey(read.pem).export({ type: "pkcs8", format: "pem" })).toBe(pkcs8);
  });

  it("may name a file with the private key, which is left to the reader", () => {
    const { environment } = readEnvironment({ ...app, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "key.pem" });
    expect(environment?.credentials?.privateKey).toEqual({ path: "key.pem" });
  });

  it.each([
    [
      "a missing secret",
      { ...app, WEBHOOK_SECRET: undefined },
      "WEBHOOK_SECRET: it is missing, though APP_ID is set; without it, anybody could send the desk made-up webhooks. Write the secret of the App's webhook",
    ],
    [
      "Probot's own secret",
      { ...app, WEBHOOK_SECRET: "development" },
      "WEBHOOK_SECRET: it is a word that everybody knows; write a random secret, and the same on GitHub",
    ],
    [
      "that secret for sponsors",
      { FRONTDESK_SPONSORS_SECRET: "Development" },
      "FRONTDESK_SPONSORS_SECRET: it is a word that everybody knows; write a random secret, and the same on GitHub",
    ],
    [
      "a key without an App",
      { ...app, APP_ID: "" },
      "APP_ID: it is missing, though there is a private key; it is the number that the App's page calls App ID",
    ],
    [
      "a client ID",
      { ...app, APP_ID: "Iv1.8a61f9b3a7aba766" },
      'APP_ID: "Iv1.8a61f9b3a7aba766" is not the number that the App\'s page calls App ID',
    ],
    [
      "an App without a key",
      { ...app, PRIVATE_KEY: undefined },
      "PRIVATE_KEY: it is missing, though APP_ID is set; write the content of the App's .pem file, or set PRIVATE_KEY_PATH",
    ],
    [
      "half a key",
      { ...app, PRIVATE_KEY: pkcs1.slice(0, 300) },
      "PRIVATE_KEY: it is not a private key: the whole content of the App's .pem file, from -----BEGIN to the end of the -----END line, with \\n for line breaks if need be",
    ],
    [
      "a GitHub with its protocol",
      { GHE_HOST: "https://ghe.example.com/" },
      'GHE_HOST: "https://ghe.example.com/" is not a host\'s name, such as github.example.com -> ghe.example.com',
    ],
    ["a wrong protocol", { GHE_PROTOCOL: "htps" }, 'GHE_PROTOCOL: "htps" is not one of https, http -> https'],
    [
      "a port beyond the last",
      { PORT: "65536" },
      'PORT: "65536" is not a port: a whole number from 0 (any free one) to 65535',
    ],
    [
      "a port in words",
      { PORT: "http" },
      'PORT: "http" is not a port: a whole number from 0 (any free one) to 65535',
    ],
    [
      "another database",
      { DATABASE_URL: "mysql://u:hunter2@db/x" },
      "DATABASE_URL: it does not begin with postgres://; only PostgreSQL is possible",
    ],
    [
      "an address that is none",
      { DATABASE_URL: "postgres://u:hunter/2@db/x" },
      "DATABASE_URL: it is not an address such as postgres://user:password@host:5432/database; in a password, / # ? @ are written as %2F %23 %3F %40",
    ],
    [
      "a level that there is not",
      { LOG_LEVEL: "warning" },
      'LOG_LEVEL: "warning" is not one of trace, debug, info, warn, error, fatal, silent',
    ],
    [
      "all hosts",
      { FRONTDESK_ALLOWED_HOSTS: "*" },
      'FRONTDESK_ALLOWED_HOSTS: "*" is not a host\'s name, such as github.example.com',
    ],
    [
      "no seconds",
      { FRONTDESK_TICK_SECONDS: "0" },
      'FRONTDESK_TICK_SECONDS: "0" is not a number of seconds: more than 0, at most 2147483',
    ],
    [
      "seconds with their unit",
      { FRONTDESK_TICK_SECONDS: "60s" },
      'FRONTDESK_TICK_SECONDS: "60s" is not a number of seconds: more than 0, at most 2147483 -> 60',
    ],
  ])("with %s stops the start", (_, env, expected) => {
    expect(told(env)).toEqual([expected]);
    expect(readEnvironment(env).environment).toBeNull();
  });

  it("tells everything at once", () => {
    expect(told({ APP_ID: "x", PORT: "y", LOG_FORMAT: "z" }).map((line) => line.split(":")[0])).toEqual([
      "APP_ID",
      "PRIVATE_KEY",
      "WEBHOOK_SECRET",
      "PORT",
      "LOG_FORMAT",
    ]);
  });
});
