import { randomUUID } from "node:crypto";
import type { Member } from "../customers/member-file.ts";
import type { HomeProblem, RosterBook } from "../customers/roster-book.ts";
import { newRosterBook } from "../customers/roster-book.ts";
import type { Roster } from "../customers/roster.ts";
import { sponsorshipsIn } from "../customers/sponsor-book.ts";
import { BACKGROUND } from "../github/client.ts";
import { unknownLogins } from "../github/organizations.ts";
import type { Delivery, ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import { forgetRosters } from "./customers.ts";
import type { Desk } from "./desk.ts";
import { retryAt } from "./failure.ts";
import type { MemberFilePlace, Wanted } from "./member-sources.ts";
import { fileKey, groupsIn, wantedBy } from "./member-sources.ts";
import type { RosterReader } from "./read-rosters.ts";
import { isToRead, patient, readFileRoster, readGroup } from "./read-rosters.ts";
import { recomputeTicketsOf } from "./recompute.ts";
import { isDue } from "./sponsors.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** More logins are not looked up: the settings list some, a file that lists thousands is a machine's. */
const MOST_LOGINS = 1_000;

/** Brings an installation's lists of members up to date where they are due or settings ask for new ones. */
export async function workRoster(desk: Desk, scope: ScopeKey): Promise<void> {
  const [, id] = parseScopeKey(scope);
  const wanted = await wantedBy(desk, Number(id));
  await wakeSponsors(desk, wanted.accounts);
  const known = await desk.store.read("roster", id);
  const deliveries = await desk.store.pending(scope);
  const wishes = wanted.groups.length + wanted.files.length + wanted.logins.length + wanted.accounts.length;
  if (!known && wishes === 0) return desk.store.discard(deliveries.map((delivery) => delivery.id));
  const before = known ?? newRosterBook(Number(id));
  const reader = await beginReading(desk, before, deliveries, wanted);
  const read = await readLists(reader, wanted, before);
  const complete = reader.later === null;
  if (reader.later === null) desk.memory.failuresInARow.delete(scope);
  else await desk.queue.push(scope, { notBefore: retryAt(desk, scope, reader.later.until) });
  if (!reader.isDue && deliveries.length === 0 && !isOther(before, read)) return;
  // What could not be read now is still due, and what was said to have changed is still to be read.
  const readAt = reader.isDue && complete ? desk.now() : before.readAt;
  const document: RosterBook = { ...before, ...read, readAt };
  const done = complete ? deliveries.map((delivery) => delivery.id) : [];
  await desk.store.commit({ scope: "roster", id, document, deliveries: done });
  forgetRosters(desk);
  await showProblems(desk, before, document);
  await recomputeTicketsOf(desk, Number(id), changedLogins(before, document));
}

/** Has the sponsors of these accounts synced where that is due. */
async function wakeSponsors(desk: Desk, accounts: readonly string[]): Promise<void> {
  if (!desk.clients.owner) return;
  for (const account of accounts) {
    const book = await desk.store.read("sponsors", account);
    if (!book || isDue(desk, book)) await desk.queue.push(scopeKey("sponsors", account));
  }
}

type Lists = Pick<RosterBook, "groups" | "files" | "problems">;

/** Files first: their rows may name organisations and teams. */
async function readLists(reader: RosterReader, wanted: Wanted, before: RosterBook): Promise<Lists> {
  const files = await readFiles(reader, wanted, before);
  const names = await groupsWanted(reader.desk, wanted, files);
  const groups = await readGroups(reader, names, before);
  if (reader.isDue) await findUnknown(reader, wanted, files);
  const problems = onlyOf(reader.problems, ["", ...names, ...wanted.files.map(keyOf)]);
  return { groups, files, problems };
}

/** The name under which it waits in the inbox beside GitHub's deliveries that lists changed. */
const CHANGED = "frontdesk.roster";

/** Stands for all organisations and teams that are read. */
export const GROUPS = "groups";

/** Has lists read again: a member file by its key (`fileKey`), or all `GROUPS`. */
export async function readAnew(desk: Desk, installationId: number, source: string): Promise<void> {
  const scope = scopeKey("roster", installationId);
  const delivery: Delivery = {
    id: randomUUID(),
    event: CHANGED,
    scope,
    payload: source,
    receivedAt: desk.now(),
  };
  await desk.store.receive(delivery);
  await desk.queue.push(scope);
}

/** Looks whether lists are due, once an hour: a day is how old they may become. */
export async function wakeRosters(desk: Desk): Promise<void> {
  if (desk.now() - desk.memory.rostersLookedAt < HOUR_MS) return;
  desk.memory.rostersLookedAt = desk.now();
  for (const { id, gone, suspended } of await desk.store.installations()) {
    if (!gone && !suspended) await desk.queue.push(scopeKey("roster", id));
  }
}

async function beginReading(
  desk: Desk,
  before: RosterBook,
  changes: Delivery[],
  { groups }: Wanted,
): Promise<RosterReader> {
  const failing = Object.values({ ...before.groups, ...before.files }).some((list) => list.failing);
  const age = before.readAt === null ? Number.POSITIVE_INFINITY : desk.now() - before.readAt;
  return {
    desk,
    installationId: before.installationId,
    account: (
      (await desk.store.read("installation", String(before.installationId)))?.account ?? ""
    ).toLowerCase(),
    homesOf: (group) => groups.filter(({ name }) => name === group).map(({ home }) => home),
    octokit: await desk.clients.installation(before.installationId, BACKGROUND),
    isDue: age >= (failing ? HOUR_MS : DAY_MS),
    changed: new Set(changes.map(({ payload }) => payload)),
    problems: { ...before.problems },
    later: null,
  };
}

async function readFiles(
  reader: RosterReader,
  wanted: Wanted,
  before: RosterBook,
): Promise<RosterBook["files"]> {
  const files: RosterBook["files"] = {};
  for (const place of wanted.files) {
    const key = fileKey(place.home, place.path);
    const known = before.files[key] ?? null;
    const list = isToRead(reader, key, known) ? await readFileRoster(reader, place, known) : known;
    if (list) files[key] = list;
  }
  return files;
}

async function readGroups(
  reader: RosterReader,
  names: readonly string[],
  before: RosterBook,
): Promise<RosterBook["groups"]> {
  const groups: RosterBook["groups"] = {};
  for (const name of names) {
    const known = before.groups[name] ?? null;
    const list = isToRead(reader, GROUPS, known) ? await readGroup(reader, name, known) : known;
    if (list) groups[name] = list;
  }
  return groups;
}

/** Those that plans name, those that member files name, and organisations that sponsor: their members count. */
async function groupsWanted(desk: Desk, wanted: Wanted, files: RosterBook["files"]): Promise<string[]> {
  const listed = Object.values(files).flatMap(({ entries }) => groupsIn(entries));
  const books = await Promise.all(wanted.accounts.map((account) => desk.store.read("sponsors", account)));
  const now = desk.now();
  const sponsoring = books
    .flatMap((book) => (book ? sponsorshipsIn(book, now) : []))
    .filter(({ organization, until }) => organization && (until === null || until > now))
    .map(({ sponsor }) => sponsor.toLowerCase());
  return [...new Set([...wanted.groups.map(({ name }) => name), ...listed, ...sponsoring])];
}

const keyOf = ({ home, path }: MemberFilePlace) => fileKey(home, path);

function onlyOf(problems: RosterBook["problems"], sources: readonly string[]): RosterBook["problems"] {
  return Object.fromEntries(Object.entries(problems).filter(([source]) => sources.includes(source)));
}

/** Are there lists that were not there before, or the other way round? Then settings changed. */
function isOther(before: RosterBook, after: Pick<RosterBook, "groups" | "files">): boolean {
  const names = ({ groups, files }: Pick<RosterBook, "groups" | "files">) =>
    [...Object.keys(groups), "", ...Object.keys(files)].join("\n");
  return names(before) !== names(after);
}

/** Logins that nobody has are most likely written wrong. */
async function findUnknown(reader: RosterReader, wanted: Wanted, files: RosterBook["files"]): Promise<void> {
  const listed = wanted.files.flatMap(({ home, path }) =>
    (files[fileKey(home, path)]?.entries ?? []).flatMap(({ type, name }) =>
      type === "login" ? [{ login: name, home, path }] : [],
    ),
  );
  const all = [...wanted.logins.map((one) => ({ ...one, path: null })), ...listed];
  const some = all.slice(0, MOST_LOGINS);
  const logins = [...new Set(some.map(({ login }) => login))];
  const unknown = await patient(reader, "logins", () => unknownLogins(reader.octokit, logins));
  if (unknown === null) return;
  reader.problems[""] = some
    .filter(({ login }) => unknown.includes(login))
    .map(({ login, home, path }): HomeProblem => {
      const where = path === null ? { path: "plans[].members.logins" } : { file: path, path: "" };
      return { home, severity: "ignored", ...where, message: `there is no account "${login}" on GitHub` };
    });
}

/** The repositories whose private settings the Problems are about show them. */
async function showProblems(desk: Desk, before: RosterBook, after: RosterBook): Promise<void> {
  const found = Object.values(after.problems).flat();
  const homes = new Set(
    [...Object.values(before.problems).flat(), ...found].map(({ home }) => home.toLowerCase()),
  );
  for (const { id, installationId, fullName } of await desk.store.repositories()) {
    if (installationId !== after.installationId || !homes.has(fullName.toLowerCase())) continue;
    await desk.queue.push(scopeKey("repository", id));
  }
  for (const problem of found) desk.log.warn({ problem }, "a Problem with the lists of members");
}

/** Everybody who is in another place than before, in lower case. */
function changedLogins(before: RosterBook, after: RosterBook): Set<string> {
  const changed = new Set<string>();
  const note = (logins: readonly string[]) => {
    for (const login of logins) changed.add(login.toLowerCase());
  };
  for (const name of Object.keys({ ...before.groups, ...after.groups })) {
    note(differing(entriesOf(before.groups[name]), entriesOf(after.groups[name])));
  }
  for (const key of Object.keys({ ...before.files, ...after.files })) {
    const rows = (book: RosterBook) => entriesOf<Member>(book.files[key]).map((row) => JSON.stringify(row));
    for (const row of differing(rows(before), rows(after))) {
      const { type, name } = JSON.parse(row) as Member;
      if (type === "login") note([name]);
      else note(entriesOf(after.groups[name.toLowerCase()]));
    }
  }
  return changed;
}

function entriesOf<T>(list: Roster<T> | undefined): readonly T[] {
  return list?.entries ?? [];
}

function differing(a: readonly string[], b: readonly string[]): string[] {
  const [inA, inB] = [new Set(a), new Set(b)];
  return [...a.filter((one) => !inB.has(one)), ...b.filter((one) => !inA.has(one))];
}
