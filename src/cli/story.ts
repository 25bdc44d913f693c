import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frontdesk } from "../app.ts";
import { startFrontdesk } from "../app.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Environment } from "../settings/environment.ts";
import type { Told } from "./story/play.ts";
import { furnish, play } from "./story/play.ts";
import { epilogue, prologue, tell } from "./story/tell.ts";
import { TICKETS } from "./story/tickets.ts";

/**
 * The desk and a GitHub that runs here, with a story of tickets: what `npm start` shows when there are no credentials.
 * With `--once` it ends after the story: 0 when every ticket ended as told, 1 when not. Without, it stays up.
 */
export async function story(argv: string[], environment: Environment): Promise<number> {
  const once = argv.includes("--once");
  const dataDir = environment.dataDir ?? (await mkdtemp(join(tmpdir(), "frontdesk-story-")));
  const { sandbox, credentials } = await furnish();
  const github = { host: sandbox.host, protocol: "http" };
  const quiet = { logLevel: process.env.LOG_LEVEL ?? "error", logFormat: environment.logFormat };
  const frontdesk = await startFrontdesk({
    ...environment,
    credentials,
    github,
    dataDir,
    databaseUrl: null,
    ...quiet,
  });
  process.stdout.write(prologue(sandbox.url, frontdesk.url, TICKETS.length));
  const told: Told[] = [];
  for (const ticket of TICKETS) {
    const one = await play(sandbox, frontdesk, ticket);
    told.push(one);
    process.stdout.write(tell(one));
  }
  const failed = told.filter(({ differs }) => differs.length > 0).length;
  process.stdout.write(
    epilogue(told.length, failed, once ? null : { sandbox: sandbox.url, desk: frontdesk.url }),
  );
  if (!once) await interrupted();
  await leave(sandbox, frontdesk, environment.dataDir ? null : dataDir);
  return failed === 0 ? 0 : 1;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
}

async function leave(sandbox: Sandbox, frontdesk: Frontdesk, temporary: string | null): Promise<void> {
  await frontdesk.stop();
  await sandbox.close();
  if (temporary) await rm(temporary, { recursive: true, force: true });
}
