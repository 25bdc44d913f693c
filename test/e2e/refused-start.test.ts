import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

const PRIVATE_KEY = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();

describe("a desk that cannot start", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "frontdesk-refused-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs the app until it gives up. Nothing waits for GitHub: it is out of reach. */
  const start = (variables: Record<string, string>) => {
    const env = {
      PATH: process.env.PATH,
      APP_ID: "1",
      PRIVATE_KEY,
      WEBHOOK_SECRET: "a-secret-of-this-test",
      GHE_HOST: "127.0.0.1:1",
      GHE_PROTOCOL: "http",
      PORT: "0",
      LOG_LEVEL: "fatal",
      DATA_DIR: join(folder, "data"),
      ...variables,
    } as NodeJS.ProcessEnv;
    const { status, stderr } = spawnSync(process.execPath, [MAIN], {
      env,
      encoding: "utf8",
      timeout: 20_000,
    });
    return { status, stderr };
  };

  it.each([
    ["missing", "", /^WEBHOOK_SECRET: it is missing.*\n$/],
    ["known to everybody", "development", /^WEBHOOK_SECRET: it is a word that everybody knows.*\n$/],
  ])("because the webhook's secret is %s says so", (_, WEBHOOK_SECRET, sentence) => {
    const { status, stderr } = start({ WEBHOOK_SECRET });
    expect([status, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  });

  it("because another process has its folder says which, and what to do", async () => {
    const store = await openLowdbStore({ dir: join(folder, "data"), now: Date.now });
    const { status, stderr } = start({});
    await store.close();
    expect(status).toBe(2);
    expect(stderr).toMatch(/^.*frontdesk\.lock is held by process \d+ on .+ DATABASE_URL .+\n$/);
  });

  it("because the database does not answer names it, without the password", () => {
    const { status, stderr } = start({ DATABASE_URL: "postgres://desk:hidden@127.0.0.1:1/desk" });
    expect([status, stderr]).toEqual([
      3,
      "Cannot use the database 127.0.0.1:1/desk: connect ECONNREFUSED 127.0.0.1:1\n",
    ]);
  });

  it("because its port is taken says so", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const { status, stderr } = start({ HOST: "127.0.0.1", PORT: `${port}` });
    server.close();
    expect([status, stderr]).toEqual([
      2,
      `Cannot listen on port ${port} of 127.0.0.1 (EADDRINUSE): set PORT to a free one.\n`,
    ]);
  });

  it("because its key is not there says which file", () => {
    const { status, stderr } = start({ PRIVATE_KEY: "", PRIVATE_KEY_PATH: join(folder, "no.pem") });
    expect([status, stderr]).toEqual([3, expect.stringMatching(/^PRIVATE_KEY_PATH: ENOENT.*no\.pem'\n$/)]);
  });
});
