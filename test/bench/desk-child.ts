import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { WEBHOOK_PATH } from "../../src/app.ts";
import type { InstalledApp, Sandbox } from "../../src/sandbox/sandbox.ts";

const SCRIPT = fileURLToPath(new URL("desk.mjs", import.meta.url));
const HOUR = 3_600;

export interface Usage {
  /** Bytes; after a collection. */
  rss: number;
  heapUsed: number;
  cpuSeconds: number;
}

/** The built desk in a process of its own, so that what it takes can be told from what the sandbox takes. */
export interface DeskChild {
  usage(): Promise<Usage>;
  kill(): Promise<void>;
}

/** Starts a desk that no limit holds back, on a folder or a database, and points the sandbox's webhooks at it. */
export async function startDeskChild(
  sandbox: Sandbox,
  app: InstalledApp,
  place: { dataDir: string } | { databaseUrl: string },
  pace = 1,
): Promise<DeskChild> {
  const child = fork(SCRIPT, [], { execArgv: ["--expose-gc"] });
  const ask = async <T>(message: object | string): Promise<T> => {
    const answer = answerOf(child);
    child.send(message);
    return (await answer) as T;
  };
  const { url } = await ask<{ url: string }>({
    credentials: app,
    github: { host: sandbox.host, protocol: "http" },
    logLevel: "error",
    logFormat: "json",
    dataDir: "",
    databaseUrl: null,
    host: "127.0.0.1",
    port: 0,
    reconcileSeconds: HOUR,
    tickSeconds: HOUR,
    pace,
    ...place,
  });
  sandbox.setWebhookUrl(`${url}${WEBHOOK_PATH}`);
  return {
    usage: () => ask<Usage>("usage"),
    async kill() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the desk ended with ${code}`);
  });
  ended.catch(() => undefined);
  const [answer] = await Promise.race([once(child, "message"), ended]);
  return answer;
}
