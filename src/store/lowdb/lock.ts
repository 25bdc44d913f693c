import { randomUUID } from "node:crypto";
import {
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/**
 * Who holds the folder. In containers every process has the id 1, and a host name may live on with a new container: only
 * host, id and the moment at which the process started tell it apart.
 */
interface Holder {
  host: string;
  pid: number;
  /** Boot and clock ticks since then, where the system tells. */
  started: string | null;
}

/** Another process has the folder. */
export class FolderInUse extends Error {}

export interface Lock {
  /** Throws when somebody else holds the folder by now. */
  check(): void;
  /** The same, as last seen when the file was touched: cheap enough to ask before every write. */
  mayWrite(): void;
  release(): void;
}

/** A holder on another host cannot be asked whether it lives, so it shows that by touching the file. */
const TOUCH_MS = 5_000;
const SILENT_MS = 30_000;

/**
 * Takes a folder for this process. Throws with the holder's name when another process has it; a lock whose process is
 * dead (or, on another host, has not touched it for 30 s) is taken over.
 */
export function takeLock(dir: string, touchMs = TOUCH_MS): Lock {
  const path = join(dir, "frontdesk.lock");
  const mine = JSON.stringify({ host: hostname(), pid: process.pid, started: startOf(process.pid) });
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, mine);
  try {
    while (!link(draft, path)) evict(path);
  } finally {
    rmSync(draft);
  }
  const check = (): void => {
    if (read(path) === mine) return;
    throw new FolderInUse(`${path} is no longer ours: another process has taken ${dir}`);
  };
  let lost: unknown = null;
  const touch = setInterval(() => {
    try {
      check();
      const now = new Date();
      utimesSync(path, now, now);
      lost = null;
    } catch (error) {
      lost = error;
    }
  }, touchMs);
  touch.unref();
  return {
    check,
    // A process that was suspended for so long that its lock was taken over writes nothing more.
    mayWrite() {
      if (lost !== null) throw lost;
    },
    release() {
      clearInterval(touch);
      if (read(path) === mine) rmSync(path);
    },
  };
}

/** False when somebody else's file is there: a link is made whole or not at all. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves a dead process's lock away. Throws when its process lives. */
function evict(path: string): void {
  const text = read(path);
  if (text === null) return;
  const holder = parse(text);
  if (holder && lives(holder, path)) {
    throw new FolderInUse(
      `${path} is held by process ${holder.pid} on ${holder.host}. One process at a time may use an embedded store: ` +
        "stop that one, choose another DATA_DIR, or set DATABASE_URL to share a PostgreSQL. " +
        `If it died on another host, the lock is free ${SILENT_MS / 1000} s later`,
    );
  }
  const aside = `${path}.${randomUUID()}`;
  renameSync(path, aside);
  // Somebody quicker may have evicted it already, and this may be their lock: then it goes back.
  if (read(aside) !== text) link(aside, path);
  rmSync(aside);
}

function lives(holder: Holder, path: string): boolean {
  if (holder.host !== hostname()) return Date.now() - statSync(path).mtimeMs < SILENT_MS;
  return holder.started !== null && startOf(holder.pid) === holder.started;
}

/** When a process of this host started; null when there is none with that id. */
function startOf(pid: number): string | null {
  if (!existsSync("/proc/self/stat")) return isRunning(pid) ? "running" : null;
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name in parentheses may hold blanks; the start time is the 20th field after it, in clock ticks since boot.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A zombie is dead; only its parent has not asked yet.
  if (state === "Z" || state === "X") return null;
  return `${read("/proc/sys/kernel/random/boot_id")?.trim()}/${fields[18]}`;
}

/** Where there is no /proc, a process with that id counts as the same one. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

function parse(text: string): Holder | null {
  try {
    const { host, pid, started } = JSON.parse(text);
    return { host, pid, started };
  } catch {
    return null;
  }
}
