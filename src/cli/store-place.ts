import { existsSync } from "node:fs";
import { readEnvironment } from "../settings/environment.ts";
import { BrokenBackup } from "../store/backup-file.ts";
import { type Holding, NotEmpty } from "../store/holding.ts";
import { loadLowdbHoldings, readLowdbHoldings } from "../store/lowdb/holdings.ts";
import { FolderInUse } from "../store/lowdb/lock.ts";
import { openLowdbStore } from "../store/lowdb/open.ts";
import { loadPostgresHoldings, readPostgresHoldings } from "../store/postgres/holdings.ts";
import { openPostgresStore } from "../store/postgres/open.ts";
import type { Store } from "../store/store.ts";
import { UnreadableInput, WrongUse } from "./archive.ts";

/** Where a desk keeps what it knows. */
export type StorePlace = { dataDir: string } | { databaseUrl: string };

/** The place that DATABASE_URL or DATA_DIR names, as the desk itself would choose it. */
export function storePlace({ DATA_DIR, DATABASE_URL }: NodeJS.ProcessEnv): StorePlace {
  const { environment, problems } = readEnvironment({ DATA_DIR, DATABASE_URL });
  if (environment === null) {
    throw new WrongUse(problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  }
  const { databaseUrl, dataDir } = environment;
  return databaseUrl === null ? { dataDir: dataDir ?? "./data" } : { databaseUrl };
}

/** For people; a database's user and password stay out. */
export function nameOf(place: StorePlace): string {
  if ("dataDir" in place) return `the folder ${place.dataDir}`;
  const { host, pathname } = new URL(place.databaseUrl);
  return `the database ${host}${pathname}`;
}

/** Also while a desk works there. What cannot be read is left out, and told by `onDamage`. */
export function readHoldings(
  place: StorePlace,
  onDamage: (message: string) => void,
  payloads: "open" | "all" = "open",
): AsyncGenerator<Holding> {
  if ("databaseUrl" in place) return readPostgresHoldings(place.databaseUrl);
  if (!existsSync(place.dataDir)) throw new UnreadableInput(`There is no folder ${place.dataDir}.`);
  return readLowdbHoldings(place.dataDir, onDamage, payloads);
}

export function loadHoldings(place: StorePlace, holdings: AsyncIterable<Holding>): Promise<void> {
  return "databaseUrl" in place
    ? loadPostgresHoldings(place.databaseUrl, holdings)
    : loadLowdbHoldings(place.dataDir, holdings);
}

/** The store itself, to change it. A folder is refused while a desk works there. */
export function openStore(place: StorePlace): Promise<Store> {
  if ("dataDir" in place) return openLowdbStore({ dir: place.dataDir, now: Date.now });
  const enqueue = () => Promise.resolve();
  const onError = (error: Error) => process.stderr.write(`${error.message}\n`);
  return openPostgresStore({ url: place.databaseUrl, now: Date.now, enqueue, onError });
}

/** What a connection to PostgreSQL fails with when its address, user, password or database is wrong. */
const UNREACHABLE = ["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "EHOSTUNREACH", "28P01", "28000", "3D000"];

/** A store's failure as the kind that users can mend, with exit code 2 or 3; other failures as they are. */
export function mendable(cause: unknown, place: StorePlace): unknown {
  if (cause instanceof BrokenBackup) return new UnreadableInput(`${cause.message}.`, { cause });
  if (cause instanceof NotEmpty || cause instanceof FolderInUse)
    return new WrongUse(`${cause.message}.`, { cause });
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === undefined || !UNREACHABLE.includes(code)) return cause;
  return new UnreadableInput(`Cannot use ${nameOf(place)}: ${message || code}`, { cause });
}

/** Runs a command's work on a store. */
export async function withStorePlace<T>(place: StorePlace, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw mendable(cause, place);
  }
}
