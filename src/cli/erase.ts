import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { erasedMark, erasedName } from "../desk/erased.ts";
import { executeOn, openPool } from "../postgres/connection.ts";
import { gripsHeld } from "../queue/leases.ts";
import { keptWithout } from "../store/people.ts";
import type { Kept, Store } from "../store/store.ts";
import { withoutWords } from "../ticket/example.ts";
import { parseScopeKey, type ScopeKey } from "../ticket/delivery.ts";
import type { Erased, Ticket } from "../ticket/ticket.ts";
import { type StorePlace, openStore } from "./store-place.ts";
import { heldIn, type Traces, wantedBy, withoutQuotes } from "./traces.ts";
import { type Held, heldOf } from "./held.ts";

/** What became of a wish to erase somebody. */
export interface Erasure {
  scopes: ScopeKey[];
  /** Deliveries whose payloads were emptied. */
  deliveries: number;
  /** What may still hold something of them, in words. */
  left: string[];
}

/** Takes a person away from all that is kept. A folder is refused while a desk works there. */
export async function erase(place: StorePlace, login: string): Promise<Erasure> {
  // First the lock, where there is one: what is found must be what is erased.
  const store = await openStore(place);
  try {
    const held = await heldOf(place, login);
    await eraseHeld(store, held);
    const left = "databaseUrl" in place ? await eraseRest(place, store, held) : inCorruptFiles(place, login);
    return {
      scopes: held.records.map(({ scope }) => scope),
      deliveries: held.done.length,
      left: [
        ...held.damage,
        ...left,
        ...held.open.map(({ id, scope }) => {
          return `The delivery ${id} waits to be worked on (${scope}): when it is done, erase again.`;
        }),
      ],
    };
  } finally {
    await store.close();
  }
}

async function eraseHeld(store: Store, { records, done, traces }: Held): Promise<void> {
  for (const { scope } of records) await store.rewrite(scope, (kept) => without(scope, kept, traces));
  await store.forgetPayloads(done.map(({ id }) => id));
}

/** What is kept of a scope, without the person and without what brings them back when the thread is next heard of. */
function without(scope: ScopeKey, kept: Kept, traces: Traces): Kept {
  if (heldIn(scope, kept, traces).length === 0) return kept;
  const [kind, id] = parseScopeKey(scope);
  const { document } = kept;
  switch (kind) {
    case "ticket": {
      const ticket = document as Ticket;
      const erased = erasedAfter(ticket, traces);
      const alias = erasedName(erased, erasedMark(erased, traces.login));
      const left = keptWithout(scope, kept, { ...wantedBy(traces), alias });
      const { suggestions, ...rest } = left.document as Ticket;
      const unquoted = suggestions && withoutQuotes(suggestions, traces);
      return { ...left, document: { ...rest, suggestions: unquoted, erased } };
    }
    case "thread": {
      const left = keptWithout(scope, kept, wantedBy(traces));
      return traces.threads.has(id)
        ? { ...left, document: { ...left.document, erased: true } as never }
        : left;
    }
    case "example": {
      const left = keptWithout(scope, kept, wantedBy(traces));
      return traces.threads.has(id) ? { ...left, document: withoutWords(left.document as never) } : left;
    }
    default:
      return keptWithout(scope, kept, wantedBy(traces));
  }
}

function erasedAfter({ erased, author }: Ticket, { login }: Traces): Erased {
  const before: Erased = erased ?? { salt: randomBytes(16).toString("hex"), marks: [] };
  const mark = erasedMark(before, login);
  const reporter = author?.toLowerCase() === login.toLowerCase() ? { author: mark } : {};
  return { ...before, marks: [...new Set([...before.marks, mark])], ...reporter };
}

/** How long it is waited for work that was under way: with a limit of GitHub's it may take minutes. */
const WAIT_MS = 60_000;

/**
 * A desk that works on a database meanwhile may write back a document that it had read before. Whoever begins later reads
 * what is left: so when all that was under way has ended, another pass finds the rest.
 */
async function eraseRest(
  { databaseUrl }: StorePlace & { databaseUrl: string },
  store: Store,
  before: Held,
): Promise<string[]> {
  const ended = await workEnded(databaseUrl);
  const again = await heldOf({ databaseUrl }, before.traces.login);
  const traces = { ...again.traces, threads: union(before.traces.threads, again.traces.threads) };
  await eraseHeld(store, { ...again, traces });
  return ended ? [] : [`A desk has worked on something for over ${WAIT_MS / 1_000} s: erase again.`];
}

const union = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>) => new Set([...a, ...b]);

async function workEnded(url: string): Promise<boolean> {
  const pool = openPool(url, 1, () => undefined);
  try {
    const before = new Set(await gripsHeld(executeOn(pool)));
    for (let waited = 0; waited < WAIT_MS; waited += 200) {
      const now = await gripsHeld(executeOn(pool));
      if (!now.some((grip) => before.has(grip))) return true;
      await wait(200);
    }
    return false;
  } finally {
    await pool.end();
  }
}

/** Files that could not be read when they were needed: nobody can say what in them is whose. */
function inCorruptFiles({ dataDir }: StorePlace & { dataDir: string }, login: string): string[] {
  const folder = join(dataDir, "corrupt");
  if (!existsSync(folder)) return [];
  const name = login.toLowerCase();
  return readdirSync(folder)
    .filter((file) => readFileSync(join(folder, file), "utf8").toLowerCase().includes(name))
    .map((file) => `${join(folder, file)} cannot be read and holds the name: delete it.`);
}
