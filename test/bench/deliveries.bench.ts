import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { createRequire } from "node:module";
import type { Row } from "./row.ts";
import { median } from "./row.ts";

const CONNECTIONS = 32;
const SECONDS = 4;
const RUNS = 5;
const SECRET = randomUUID();

interface Examples {
  name: string;
  examples: { action?: string }[];
}

const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as Examples[];
const opened = examples
  .find(({ name }) => name === "issues")
  ?.examples.find(({ action }) => action === "opened");
const body = JSON.stringify({ ...opened, installation: { id: 1 } });
const signature = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;

const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();

/**
 * Deliveries acknowledged a second, each verified, made durable (fsync) and answered, against a bare Probot with an
 * empty handler on the same payload. GitHub is out of reach during the run, so that neither side does any work behind
 * the answer; the runs alternate, the median counts.
 */
export async function deliveriesBench(): Promise<Row[]> {
  const bare: number[] = [];
  const desk: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    bare.push(await perSecond(new URL("./bare-probot.ts", import.meta.url).pathname, ["--import", "tsx"]));
    desk.push(await perSecond(new URL("../../dist/main.js", import.meta.url).pathname, []));
  }
  const ratio = median(desk) / median(bare);
  return [
    { what: "bare Probot, empty handler", value: Math.round(median(bare)), unit: "deliveries/s" },
    { what: "Frontdesk, durable before the answer", value: Math.round(median(desk)), unit: "deliveries/s" },
    { what: "ratio", value: ratio, unit: "x", must: ">= 0.5", aim: ">= 0.65" },
  ];
}

async function perSecond(script: string, execArgv: string[]): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env: Record<string, string | undefined> = {
    ...process.env,
    NODE_ENV: "production",
    APP_ID: "1",
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: SECRET,
    // A port where nothing listens: GitHub is out of reach.
    GHE_HOST: "127.0.0.1:9",
    GHE_PROTOCOL: "http",
    HOST: "127.0.0.1",
    PORT: String(port),
    DATA_DIR: dir,
    LOG_LEVEL: "fatal",
  };
  const child = fork(script, [], { env: env as NodeJS.ProcessEnv, execArgv, stdio: "ignore" });
  try {
    const url = `http://127.0.0.1:${port}/api/github/webhooks`;
    await answering(url);
    const result = await autocannon({
      url,
      connections: CONNECTIONS,
      duration: SECONDS,
      requests: [
        {
          method: "POST",
          body,
          setupRequest: (request: autocannon.Request) => ({ ...request, headers: headers() }),
        },
      ],
    });
    if (result.non2xx > 0 || result.errors > 0)
      throw new Error(`${result.non2xx} refused, ${result.errors} errors`);
    return result.requests.average;
  } finally {
    await ended(child);
    rmSync(dir, { recursive: true, force: true });
  }
}

function headers(): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-github-event": "issues",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": signature,
  };
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(url, { method: "POST", body, headers: headers() }).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}
