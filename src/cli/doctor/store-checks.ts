import { problemsOf, SETTINGS_PATH } from "../../desk/settings.ts";
import type { Surroundings } from "../../notify/receiver.ts";
import type { HeldDelivery, HeldRecord } from "../../store/holding.ts";
import type { Parked } from "../../store/store.ts";
import type { Repository } from "../../ticket/repository.ts";
import { UnreadableInput } from "../archive.ts";
import type { StorePlace } from "../store-place.ts";
import { nameOf, readHoldings, withStorePlace } from "../store-place.ts";
import type { Finding } from "./finding.ts";
import { failure, ok, warning } from "./finding.ts";
import { failingLists, unusableReceivers } from "./membership-checks.ts";

interface Census {
  tickets: number;
  waiting: number;
  /** Since when the oldest work waits that nothing holds back. Milliseconds since 1970. */
  oldest: number;
  parked: Parked[];
  repositories: Repository[];
  /** Lists of members that could not be brought up to date, and why. */
  failing: string[];
  /** Receivers of notices that settings name and that cannot be used, and why. */
  unusable: Set<string>;
}

const STANDS = "The last known list stays in force until it can be read again.";
const RECEIVERS = "Set it as README says under notices, and start the desk again.";

/** A desk that works takes up what came an hour ago, whatever its load. */
const LONG_MS = 3_600_000;

/** More of a kind are counted and not listed. */
const MOST_LISTED = 10;

/**
 * Looks at the store without disturbing a desk that works there: is it readable, what waits, what is parked, and which
 * settings have Problems, since in `observe` nobody else tells.
 */
export async function examineStore(
  place: StorePlace,
  surroundings: Surroundings,
  now: number,
): Promise<Finding[]> {
  const damage: string[] = [];
  const check = "store";
  try {
    const census = await withStorePlace(place, () => count(place, surroundings, now, damage));
    const parked = census.parked.map(({ scope, reason }) =>
      warning("parked", `${scope}: ${reason}`, "Mend the cause, then: frontdesk retry"),
    );
    return [
      ok(check, `${nameOf(place)} holds ${census.tickets} tickets`),
      ...damage.map((message) => warning(check, message, "It is rebuilt by itself when the desk runs.")),
      queue(census, now),
      ...listed(parked, "parked"),
      ...listed(census.repositories.flatMap(settings), "settings"),
      ...listed(
        census.failing.map((says) => warning("members", says, STANDS)),
        "members",
      ),
      ...listed(
        [...census.unusable].map((says) => warning("notifications", says, RECEIVERS)),
        "notifications",
      ),
    ];
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    if (error instanceof UnreadableInput && "dataDir" in place)
      return [
        warning(check, says, "The desk makes it when it first starts. Else set DATA_DIR to where it is."),
      ];
    return [failure(check, says, "Check DATA_DIR or DATABASE_URL, and who may read there.")];
  }
}

function queue({ waiting, oldest }: Census, now: number): Finding {
  const pieces = `${waiting} ${waiting === 1 ? "piece" : "pieces"} of work`;
  if (now - oldest < LONG_MS) return ok("queue", `${pieces} ${waiting === 1 ? "waits" : "wait"}`);
  const says = `of ${pieces} the oldest waits since ${new Date(oldest).toISOString()}`;
  return warning(
    "queue",
    says,
    "Is the desk running? Its log says what it is doing, /readyz what is in its way.",
  );
}

/** Problems of a repository's newest settings. */
function settings({ fullName, settings: file, private: isPrivate, gone }: Repository): Finding[] {
  if (!file || gone) return [];
  return problemsOf(file, isPrivate).map(({ line, path, message, suggestion }) => {
    const where = [line === undefined ? "" : `line ${line}`, path].filter((part) => part !== "").join(", ");
    const mend = `${suggestion ? `Write ${suggestion}` : "Mend it"} in ${SETTINGS_PATH} of ${fullName}.`;
    return warning(`settings of ${fullName}`, `${where}: ${message}`, mend);
  });
}

function listed(findings: Finding[], what: string): Finding[] {
  const more = findings.length - MOST_LISTED;
  if (more <= 0) return findings;
  return [
    ...findings.slice(0, MOST_LISTED),
    warning(what, `${more} more`, "They show when these are mended."),
  ];
}

async function count(
  place: StorePlace,
  surroundings: Surroundings,
  now: number,
  damage: string[],
): Promise<Census> {
  const nothing = { parked: [], repositories: [], failing: [], unusable: new Set<string>() };
  const found: Census = { tickets: 0, waiting: 0, oldest: now, ...nothing };
  for await (const holding of readHoldings(place, (message) => damage.push(message))) {
    if (holding.type === "delivery") {
      addDelivery(found, holding);
      continue;
    }
    addRecord(found, holding, now);
    found.failing.push(...failingLists(holding));
    for (const says of unusableReceivers(holding, surroundings)) found.unusable.add(says);
  }
  return found;
}

function addRecord(found: Census, { scope, document, outbox }: HeldRecord, now: number): void {
  if (scope.startsWith("ticket:")) found.tickets += 1;
  if (scope.startsWith("repository:")) found.repositories.push(document as Repository);
  for (const { entry, savedAt } of outbox) {
    if (entry.parked !== null) {
      found.parked.push({ scope, what: entry.key, reason: entry.parked, at: savedAt });
      continue;
    }
    found.waiting += 1;
    // What was put off, for a limit or a fault, waits only from then on.
    if (entry.notBefore <= now) found.oldest = Math.min(found.oldest, Math.max(savedAt, entry.notBefore));
  }
}

function addDelivery(found: Census, { delivery, done, parkedAt, reason }: HeldDelivery): void {
  if (parkedAt !== null) {
    found.parked.push({ scope: delivery.scope, what: delivery.id, reason, at: parkedAt });
  } else if (!done) {
    found.waiting += 1;
    found.oldest = Math.min(found.oldest, delivery.receivedAt);
  }
}
