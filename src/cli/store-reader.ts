import { existsSync } from "node:fs";
import type { RosterBook } from "../customers/roster-book.ts";
import type { SponsorBook } from "../customers/sponsor-book.ts";
import { readLowdbDocuments } from "../store/lowdb/read-documents.ts";
import { openPostgresStore } from "../store/postgres/open.ts";
import type { Installation, Repository } from "../ticket/repository.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { UnreadableInput } from "./archive.ts";
import type { StorePlace } from "./store-place.ts";

/** What a command reads of a store, whether a desk works there or not; nothing is written. */
export interface StoreReader {
  repositories(): Promise<Repository[]>;
  installation(id: number): Promise<Installation | null>;
  tickets(repositoryId: number): Iterable<Ticket> | AsyncIterable<Ticket>;
  /** The lists that say who has a plan. */
  roster(installationId: number): Promise<RosterBook | null>;
  sponsors(account: string): Promise<SponsorBook | null>;
  close(): Promise<void>;
}

export async function openReader(place: StorePlace): Promise<StoreReader> {
  const warn = (message: string) => void process.stderr.write(`${message}\n`);
  if ("databaseUrl" in place) {
    const enqueue = () => Promise.resolve();
    const onError = (error: Error) => warn(error.message);
    const store = await openPostgresStore({ url: place.databaseUrl, now: Date.now, enqueue, onError });
    return {
      repositories: () => store.repositories(),
      installation: (id) => store.read("installation", String(id)),
      tickets: (repositoryId) => store.tickets({ repositoryId }),
      roster: (id) => store.read("roster", String(id)),
      sponsors: (account) => store.read("sponsors", account),
      close: () => store.close(),
    };
  }
  const { dataDir } = place;
  if (!existsSync(dataDir)) throw new UnreadableInput(`There is no folder ${dataDir}.`);
  return {
    repositories: async () => [...readLowdbDocuments(dataDir, "repository", warn)],
    installation: async (id) =>
      [...readLowdbDocuments(dataDir, "installation", warn)].find((one) => one.id === id) ?? null,
    tickets: (repositoryId) => readLowdbDocuments(dataDir, "ticket", warn, repositoryId),
    roster: async (id) =>
      [...readLowdbDocuments(dataDir, "roster", warn)].find((one) => one.installationId === id) ?? null,
    sponsors: async (account) =>
      [...readLowdbDocuments(dataDir, "sponsors", warn)].find((one) => one.account === account) ?? null,
    close: () => Promise.resolve(),
  };
}
