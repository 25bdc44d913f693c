import type { HeldDelivery, HeldRecord } from "../../store/holding.ts";
import type { Parked } from "../../store/store.ts";
import type { StorePlace } from "../store-place.ts";
import { nameOf, readHoldings, withStorePlace } from "../store-place.ts";
import type { Finding } from "./finding.ts";
import { failure, ok, warning } from "./finding.ts";

interface Census {
  tickets: number;
  waiting: number;
  parked: Parked[];
}

/** Looks at the store without disturbing a desk that works there: is it readable, what waits, what is parked. */
export async function examineStore(place: StorePlace): Promise<Finding[]> {
  const damage: string[] = [];
  const check = "store";
  try {
    const { tickets, waiting, parked } = await withStorePlace(place, () => census(place, damage));
    return [
      ok(check, `${nameOf(place)} holds ${tickets} tickets`),
      ...damage.map((message) => warning(check, message, "It is rebuilt by itself when the desk runs.")),
      ok("queue", `${waiting} pieces of work wait`),
      ...parked.map(({ scope, reason }) =>
        warning("parked", `${scope}: ${reason}`, "Mend the cause, then: frontdesk retry"),
      ),
    ];
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return [failure(check, says, "Check DATA_DIR or DATABASE_URL, and who may read there.")];
  }
}

async function census(place: StorePlace, damage: string[]): Promise<Census> {
  const found: Census = { tickets: 0, waiting: 0, parked: [] };
  for await (const holding of readHoldings(place, (message) => damage.push(message))) {
    if (holding.type === "record") addRecord(found, holding);
    else addDelivery(found, holding);
  }
  return found;
}

function addRecord(found: Census, { scope, outbox }: HeldRecord): void {
  if (scope.startsWith("ticket:")) found.tickets += 1;
  for (const { entry, savedAt } of outbox) {
    if (entry.parked === null) found.waiting += 1;
    else found.parked.push({ scope, what: entry.key, reason: entry.parked, at: savedAt });
  }
}

function addDelivery(found: Census, { delivery, done, parkedAt, reason }: HeldDelivery): void {
  if (parkedAt !== null)
    found.parked.push({ scope: delivery.scope, what: delivery.id, reason, at: parkedAt });
  else if (!done) found.waiting += 1;
}
