import { existsSync } from "node:fs";
import type { RosterBook } from "../customers/roster-book.ts";
import type { SponsorBook } from "../customers/sponsor-book.ts";
import { readParkedDeliveries } from "../store/lowdb/holdings.ts";
import { readLowdbDocuments, readLowdbRecords } from "../store/lowdb/read-documents.ts";
import { openPostgresStore } from "../store/postgres/open.ts";
import { type ScopeKey, scopeKey } from "../ticket/delivery.ts";
import type { Installation, Repository } from "../ticket/repository.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { UnreadableInput } from "./archive.ts";
import type { Kept } from "../store/store.ts";
import type { StorePlace } from "./store-place.ts";

/** A ticket, and how many actions of those that are kept with it are parked. */
interface KeptTicket {
  ticket: Ticket;
  parked: number;
}

/** What a command reads of a store, whether a desk works there or not; nothing is written. */
export interface StoreReader {
  repositories(): Promise<Repository[]>;
  installation(id: number): Promise<Installation | null>;
  tickets(repositoryId: number): Iterable<KeptTicket> | AsyncIterable<KeptTicket>;
  /** The scopes of all parked work that is not told with tickets. */
  parked(): Promise<ScopeKey[]>;
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
      tickets: (repositoryId) => alone(store.tickets({ repositoryId })),
      parked: async () => (await store.parked()).map(({ scope }) => scope),
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
    tickets: (repositoryId) => withParked(readLowdbRecords(dataDir, "ticket", warn, repositoryId)),
    parked: async () => [
      ...readParkedDeliveries(dataDir).map(({ scope }) => scope),
      ...[...readLowdbRecords(dataDir, "repository", warn)].flatMap(({ document, outbox }) =>
        parkedIn(outbox).map(() => scopeKey("repository", document.id)),
      ),
    ],
    roster: async (id) =>
      [...readLowdbDocuments(dataDir, "roster", warn)].find((one) => one.installationId === id) ?? null,
    sponsors: async (account) =>
      [...readLowdbDocuments(dataDir, "sponsors", warn)].find((one) => one.account === account) ?? null,
    close: () => Promise.resolve(),
  };
}

/** A database finds parked work by itself. */
async function* alone(tickets: AsyncIterable<Ticket>): AsyncGenerator<KeptTicket> {
  for await (const ticket of tickets) yield { ticket, parked: 0 };
}

/** Files are opened once: for those of 100,000 tickets that alone takes a second. */
function* withParked(records: ReturnType<typeof readLowdbRecords<"ticket">>): Generator<KeptTicket> {
  for (const { document, outbox } of records) {
    yield { ticket: document, parked: parkedIn(outbox).length };
  }
}

const parkedIn = (outbox: Kept["outbox"]) => outbox.filter(({ entry }) => entry.parked !== null);
