import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { WEBHOOK_PATH } from "../../src/app.ts";
import type { InstalledApp, Sandbox } from "../../src/sandbox/sandbox.ts";
import { until } from "./world.ts";

export const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** The desk as it is deployed: a process of its own. */
export interface DeskProcess {
  url: string;
  child: ChildProcess;
  /** Standard output and error so far. */
  output(): string;
  /** Sends a signal and waits for the end; gives the exit code, null when the signal itself ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts the desk on a sandbox and waits until it listens. `variables` go over those of an ordinary start. */
export async function startDesk(
  sandbox: Pick<Sandbox, "host" | "setWebhookUrl">,
  app: InstalledApp,
  variables: NodeJS.ProcessEnv,
): Promise<DeskProcess> {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    APP_ID: String(app.appId),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: "http",
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_FORMAT: "json",
    ...variables,
  };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  await until(() => output.includes(WEBHOOK_PATH) || child.exitCode !== null);
  const url = /http:\/\/[\d.]+:\d+/.exec(output)?.[0] ?? "";
  sandbox.setWebhookUrl(`${url}${WEBHOOK_PATH}`);
  return {
    url,
    child,
    output: () => output,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, "exit");
        child.kill(signal);
        await ended;
      }
      return child.exitCode;
    },
  };
}
