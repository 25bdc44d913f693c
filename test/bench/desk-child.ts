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

export interface DeskChildOptions {
  dataDir?: string;
  databaseUrl?: string;
  reconcileSeconds?: number;
  tickSeconds?: number;
  /** When its clock began, and how many times as fast as everybody's it runs. */
  clock?: { begun: number; pace: number };
}

/** Starts a desk that no limit holds back, on a folder or a database, and points the sandbox's webhooks at it. */
export async function startDeskChild(
  sandbox: Sandbox,
  app: InstalledApp,
  options: DeskChildOptions,
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
    clock: { begun: 0, pace: 1 },
    ...options,
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

/** The next message of a process; throws when it ends instead. */
function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (decide: () => void) => {
      child.off("message", answered).off("exit", ended);
      decide();
    };
    const answered = (answer: unknown) => settle(() => resolve(answer));
    const ended = (code: number | null) => settle(() => reject(new Error(`the desk ended with ${code}`)));
    child.once("message", answered).once("exit", ended);
  });
}
