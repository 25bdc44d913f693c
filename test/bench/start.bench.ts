import { spawn } from "node:child_process";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "./row.ts";
import { median } from "./row.ts";

const RUNS = 5;
const IDLE_MS = 3_000;

/** Cold start to `/readyz` saying 200, of the built desk with an empty store, and its memory when it idles. */
export async function startBench(): Promise<Row[]> {
  const github = createServer((request, response) => {
    const body = request.url?.startsWith("/api/v3/app/") ? "[]" : '{"slug":"frontdesk"}';
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => github.listen(0, "127.0.0.1", resolve));
  const { port } = github.address() as AddressInfo;
  const times: number[] = [];
  const memory: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const { ready, megabytes } = await once(port, run === RUNS - 1);
    times.push(ready);
    if (megabytes !== null) memory.push(megabytes);
  }
  github.close();
  return [
    { what: "cold start to ready", value: Math.round(median(times)), unit: "ms", aim: "< 1000" },
    { what: "idle memory (resident)", value: Math.round(median(memory)), unit: "MB" },
  ];
}

async function once(
  github: number,
  measureMemory: boolean,
): Promise<{ ready: number; megabytes: number | null }> {
  const dir = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const env: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    APP_ID: "1",
    PRIVATE_KEY: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    WEBHOOK_SECRET: randomUUID(),
    GHE_HOST: `127.0.0.1:${github}`,
    GHE_PROTOCOL: "http",
    HOST: "127.0.0.1",
    PORT: String(port),
    DATA_DIR: dir,
    LOG_LEVEL: "fatal",
  };
  const main = new URL("../../dist/main.js", import.meta.url).pathname;
  const begun = performance.now();
  const child = spawn(process.execPath, [main], { env: env as NodeJS.ProcessEnv, stdio: "ignore" });
  try {
    while ((await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.status !== 200) {
      if (performance.now() - begun > 30_000) throw new Error("the desk does not get ready");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const ready = performance.now() - begun;
    if (!measureMemory) return { ready, megabytes: null };
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    return { ready, megabytes: residentMegabytes(child.pid ?? 0) };
  } finally {
    child.kill("SIGKILL");
    rmSync(dir, { recursive: true, force: true });
  }
}

/** From /proc: Linux only; elsewhere null is shown as no figure. */
function residentMegabytes(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes ? Number(kilobytes) / 1024 : null;
  } catch {
    return null;
  }
}
