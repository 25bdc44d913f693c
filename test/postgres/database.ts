import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

const SERVER = fileURLToPath(new URL("server.mjs", import.meta.url));

export interface Database {
  url: string;
  /** Ends all connections to it, as a restart of the server would. */
  cut(): Promise<void>;
  /** Empties the store's tables. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

/**
 * An empty database on a real PostgreSQL: the one of `TEST_DATABASE_URL`, else one that the first test of a run which
 * needs it starts, and that ends with the run.
 */
export async function createDatabase(): Promise<Database> {
  const server = await serverUrl();
  const name = `frontdesk_${randomUUID().replaceAll("-", "")}`;
  await execute(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    cut: () =>
      execute(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`),
    empty: () =>
      execute(
        url.href,
        "truncate frontdesk.delivery, frontdesk.document, frontdesk.outbox, frontdesk.outcome, frontdesk.lesson",
      ),
    drop: () => execute(server, `drop database ${name} with (force)`),
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function serverUrl(): Promise<string> {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  // Workers of one run share the server: jest's own process is their parent.
  const parent = process.env.JEST_WORKER_ID && process.send ? process.ppid : process.pid;
  const folder = join(tmpdir(), `frontdesk-postgres-${parent}`);
  if (begin(folder)) {
    spawn(process.execPath, [SERVER, folder, `${parent}`], { detached: true, stdio: "ignore" }).unref();
  }
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (existsSync(join(folder, "url"))) return readFileSync(join(folder, "url"), "utf8");
    if (existsSync(join(folder, "failed"))) throw new Error(readFileSync(join(folder, "failed"), "utf8"));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("PostgreSQL did not start within a minute");
}

/** True for the first one who comes. */
function begin(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
