import { groupBy } from "../customers/group.ts";
import type { Roster, RosterReading } from "../customers/roster.ts";
import { mergeRoster } from "../customers/roster.ts";
import type { SponsorBook } from "../customers/sponsor-book.ts";
import { newSponsorBook, sponsorshipsIn } from "../customers/sponsor-book.ts";
import type { Sponsorship } from "../customers/sponsorship.ts";
import { readSponsorEvent, recordSponsorEvent } from "../customers/sponsorship.ts";
import { classifyFailure } from "../github/failure.ts";
import { listSponsorships } from "../github/sponsors.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey } from "../ticket/delivery.ts";
import { forgetRosters } from "./customers.ts";
import type { Desk } from "./desk.ts";
import { retryAt } from "./failure.ts";
import { raiseAlarm } from "./hand-over.ts";
import { wantedBy } from "./member-sources.ts";
import { recomputeTicketsOf } from "./recompute.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A list that could not be brought up to date for so long is worth an alarm, even if each fault was a passing one. */
export const STALE_MS = 2 * DAY_MS;

/** Does what waits for a sponsored account: what its webhook told, then the daily sync. */
export async function workSponsors(desk: Desk, scope: ScopeKey): Promise<void> {
  const [, account] = parseScopeKey(scope);
  const before = (await desk.store.read("sponsors", account)) ?? newSponsorBook(account);
  const heard = await hear(desk, scope, before);
  const after = isDue(desk, heard) ? await sync(desk, scope, heard) : heard;
  if (after === before) return;
  forgetRosters(desk);
  await tellOf(desk, account, before, after);
}

/** Adds what was delivered to the ledger. What comes twice or late ends in the same. */
async function hear(desk: Desk, scope: ScopeKey, book: SponsorBook): Promise<SponsorBook> {
  const deliveries = await desk.store.pending(scope);
  if (deliveries.length === 0) return book;
  const events = deliveries.flatMap(({ id, payload, receivedAt }) => {
    const event = readSponsorEvent(JSON.parse(payload), { id, at: receivedAt });
    if (!event) desk.log.warn({ delivery: id, scope }, "a sponsorship that we do not understand");
    return event ?? [];
  });
  const document = { ...book, ledger: events.reduce(recordSponsorEvent, book.ledger) };
  const done = deliveries.map(({ id }) => id);
  await desk.store.commit({ scope: "sponsors", id: book.account, document, deliveries: done });
  desk.log.info({ account: book.account, events: events.length }, "heard of sponsorships");
  return document;
}

/** Once a day; once an hour while it fails, since the operator may have mended it. */
export function isDue(desk: Desk, { triedAt, synced }: SponsorBook): boolean {
  if (desk.clients.owner === null) return false;
  const gap = synced && !synced.failing ? DAY_MS : HOUR_MS;
  return triedAt === null || desk.now() - triedAt >= gap;
}

/** Reads who sponsors the account now. What cannot be read, or is suddenly empty, leaves the last list as it is. */
async function sync(desk: Desk, scope: ScopeKey, book: SponsorBook): Promise<SponsorBook> {
  const began = desk.now();
  const known = book.synced;
  const read = await readSponsors(desk, book);
  if (read.type === "later") {
    await desk.queue.push(scope, { notBefore: retryAt(desk, scope, read.until) });
    if (known && desk.now() - known.readAt > STALE_MS) {
      await alarm(desk, book, `${read.reason}; the list is of ${new Date(known.readAt).toISOString()}`);
    }
    return book;
  }
  desk.memory.failuresInARow.delete(scope);
  const ended = ({ until }: Sponsorship) => until !== null && until <= began;
  const { roster, alarm: reason } = mergeRoster<Sponsorship>(known, read.reading, began, ended);
  if (reason) await alarm(desk, book, reason);
  const includesPrivate = roster.failing ? (known?.includesPrivate ?? false) : read.includesPrivate;
  // Without a list there is nothing to be kept: what the webhook told goes on counting alone.
  const synced = known || !roster.failing ? { ...roster, includesPrivate } : null;
  const document: SponsorBook = { ...book, synced, triedAt: began };
  await desk.store.commit({ scope: "sponsors", id: book.account, document });
  desk.log.info(
    { account: book.account, sponsors: roster.entries.length, failing: roster.failing },
    "synced sponsors",
  );
  return document;
}

type Reading =
  | { type: "read"; reading: RosterReading<Sponsorship>; includesPrivate: boolean }
  | { type: "later"; reason: string; until: number | null };

const failing = (reason: string): Reading => ({
  type: "read",
  reading: { ok: false, reason },
  includesPrivate: false,
});

async function readSponsors(desk: Desk, { account, synced }: SponsorBook): Promise<Reading> {
  const octokit = await desk.clients.owner?.();
  if (!octokit) return failing("FRONTDESK_SPONSORS_TOKEN is not set any more");
  try {
    const seen = await listSponsorships(octokit, account);
    if (!seen) return failing(`there is no account ${account}`);
    const { sponsorships: entries, includesPrivate } = seen;
    if (synced?.includesPrivate && !includesPrivate) {
      return failing(`the owner of FRONTDESK_SPONSORS_TOKEN does not own ${account} any more`);
    }
    if (!includesPrivate)
      desk.log.warn({ account }, "the sponsors token is no owner's: amounts stay unknown");
    return { type: "read", reading: { ok: true, entries }, includesPrivate };
  } catch (error) {
    const failure = classifyFailure(error, desk.now());
    const { reason } = failure;
    const refused = (error as { status?: unknown }).status === 401;
    if (refused) return failing("GitHub does not know FRONTDESK_SPONSORS_TOKEN (any more): it answers 401");
    if (failure.type === "limit") return { type: "later", reason, until: failure.until };
    if (failure.type === "passing") return { type: "later", reason, until: null };
    return failing(`${reason}: the token needs read:user and read:org, and its owner must own ${account}`);
  }
}

/** At most once a day for one reason. */
async function alarm(desk: Desk, { account }: SponsorBook, reason: string): Promise<void> {
  const slot = `sponsors/${account}/${Math.floor(desk.now() / DAY_MS)}/${reason}`;
  const title = `The sponsors of ${account} cannot be read`;
  const text = `The last known list stays in force. What is wrong: ${reason}.`;
  for (const installationId of await servedBy(desk, account)) {
    await raiseAlarm(desk, { installationId, repositoryId: null }, { slot, title, text });
  }
}

/** The installations whose plans an account's sponsors may have: its own, and those that name it. */
async function servedBy(desk: Desk, account: string): Promise<number[]> {
  const installations = (await desk.store.installations()).filter(({ gone }) => !gone);
  const served: number[] = [];
  for (const { id } of installations) {
    if ((await wantedBy(desk, id)).accounts.includes(account)) served.push(id);
  }
  return served;
}

/** Open tickets of those whose sponsorship changed are looked at again. */
async function tellOf(desk: Desk, account: string, before: SponsorBook, after: SponsorBook): Promise<void> {
  const now = desk.now();
  const [old, fresh] = [standing(before, now), standing(after, now)];
  const changed = [...old.keys(), ...fresh.keys()].filter(
    (sponsor) => old.get(sponsor) !== fresh.get(sponsor),
  );
  if (changed.length === 0) return;
  for (const installationId of await servedBy(desk, account)) {
    // Members of organisations that sponsor are read by the roster's own worker.
    await desk.queue.push(`roster:${installationId}`);
    const groups = (await desk.store.read("roster", String(installationId)))?.groups ?? {};
    const logins = changed.flatMap((sponsor) => [sponsor, ...membersOf(groups[sponsor])]);
    await recomputeTicketsOf(desk, installationId, new Set(logins));
  }
}

function membersOf(group: Roster<string> | undefined): string[] {
  return group?.entries.map((login) => login.toLowerCase()) ?? [];
}

/** What each sponsor gives from now on, as a text that changes with it. */
function standing(book: SponsorBook, now: number): Map<string, string> {
  const present = sponsorshipsIn(book, now).filter(({ until }) => until === null || until > now);
  const bySponsor = groupBy(present, ({ sponsor }) => sponsor.toLowerCase());
  return new Map([...bySponsor].map(([sponsor, theirs]) => [sponsor, JSON.stringify(theirs)]));
}
