import type { MemberIndex } from "../customers/member-file.ts";
import { indexMembers } from "../customers/member-file.ts";
import type { MemberSources, Requester } from "../customers/membership.ts";
import type { RosterBook } from "../customers/roster-book.ts";
import { type SponsorBook, sponsorshipsIn } from "../customers/sponsor-book.ts";
import { indexSponsors } from "../customers/sponsors.ts";
import type { Settings } from "../settings/schema.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Person } from "../ticket/thread.ts";
import type { CustomerFacts } from "../triage/facts.ts";
import type { Desk } from "./desk.ts";
import { fileHome, fileKey, ownerOf, type SettingsPlace, sponsoredAccounts } from "./member-sources.ts";

/** How long what was put together is used: another process may have learned more. */
const KEPT_MS = 60_000;

/** What the clocks of two processes on one database may differ by. */
const CLOCKS_DIFFER_MS = 2_000;

/** Who has a plan, from all sources, as far as they were read. */
export interface CustomerRoster {
  /** Logins in lower case of organisations (`octo-org`) and teams (`octo-org/customers`), by name in lower case. */
  groups: ReadonlyMap<string, ReadonlySet<string>>;
  sources: MemberSources;
}

/**
 * Puts together who has a plan in a repository: groups, member files and sponsors as they were read last. Reads the
 * store only; the lists are brought up to date by workers of their own (`roster`, `sponsors`).
 * @param asOf what another process learned until then is among it, milliseconds since 1970
 */
export function rosterOf(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  asOf = 0,
): Promise<CustomerRoster> {
  const { rosters } = desk.memory;
  const known = rosters.use(repository.id);
  const current = known && known.at > asOf + CLOCKS_DIFFER_MS && desk.now() - known.at < KEPT_MS;
  if (current && known.settings === settings) return known.roster;
  const roster = readRoster(desk, repository, settings);
  rosters.set(repository.id, { at: desk.now(), settings, roster });
  roster.catch(() => rosters.delete(repository.id));
  return roster;
}

async function readRoster(desk: Desk, repository: Repository, settings: Settings): Promise<CustomerRoster> {
  if (settings.plans.length === 0) {
    const sources = { files: new Map(), sponsors: new Map(), owner: ownerOf(repository) };
    return { groups: new Map(), sources };
  }
  const book = await desk.store.read("roster", String(repository.installationId));
  const sponsored = sponsoredAccounts(repository, settings).map((account) =>
    desk.store.read("sponsors", account),
  );
  const books = (await Promise.all(sponsored)).filter((one) => one !== null);
  const groups = Object.entries(book?.groups ?? {}).map(
    ([name, { entries }]) => [name, new Set(entries.map((login) => login.toLowerCase()))] as const,
  );
  return {
    groups: new Map(groups),
    sources: memberSources(repository, settings, book, books, desk.now()),
  };
}

/** What lists outside the settings say of a repository's plans, from the documents that hold them. */
export function memberSources(
  repository: SettingsPlace,
  { plans }: Settings,
  book: RosterBook | null,
  sponsored: readonly SponsorBook[],
  now: number,
): MemberSources {
  const files = new Map<string, MemberIndex>();
  for (const { members } of plans) {
    if (members.file === null) continue;
    const list = book?.files[fileKey(fileHome(repository, members.file), members.file)];
    files.set(members.file, indexMembers(list?.entries ?? []));
  }
  const sponsors = indexSponsors(sponsored.flatMap((one) => sponsorshipsIn(one, now)));
  return { files, sponsors, owner: ownerOf(repository) };
}

/** Who asks, for the choice of a plan. */
export async function customerOf(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  author: Person | null,
  asOf = 0,
): Promise<CustomerFacts> {
  const { groups, sources } = await rosterOf(desk, repository, settings, asOf);
  return { requester: requesterIn(groups, author), sources, credits: new Map() };
}

/** A deleted account has no plan, whatever its name was. */
function requesterIn(groups: CustomerRoster["groups"], author: Person | null): Requester {
  const login = author?.login ?? "";
  const names = [...groups].filter(([, logins]) => logins.has(login.toLowerCase())).map(([name]) => name);
  return {
    login,
    organizations: names.filter((name) => !name.includes("/")),
    teams: names.filter((name) => name.includes("/")),
  };
}

/** What was put together is put together anew: a source changed. */
export function forgetRosters(desk: Desk): void {
  desk.memory.rosters.clear();
}
