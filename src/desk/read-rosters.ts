import type { Member } from "../customers/member-file.ts";
import { parseMemberFile } from "../customers/member-file.ts";
import type { HomeProblem, RosterBook } from "../customers/roster-book.ts";
import type { Roster, RosterReading } from "../customers/roster.ts";
import { mergeRoster } from "../customers/roster.ts";
import type { Octokit } from "../github/client.ts";
import { classifyFailure } from "../github/failure.ts";
import { listOrganizationMembers, listTeamMembers } from "../github/organizations.ts";
import { readFile } from "../github/repository-files.ts";
import type { Desk } from "./desk.ts";
import { raiseAlarm } from "./hand-over.ts";
import type { MemberFilePlace } from "./member-sources.ts";
import { fileKey } from "./member-sources.ts";
import { STALE_MS } from "./sponsors.ts";

const DAY_MS = 86_400_000;

/** One pass over an installation's sources. */
export interface RosterReader {
  desk: Desk;
  installationId: number;
  octokit: Octokit;
  /** The account that it is installed on, in lower case. */
  account: string;
  /** The repositories whose private settings name a group. */
  homesOf: (group: string) => readonly string[];
  /** Everything is read again, not only what is new. */
  isDue: boolean;
  /** Sources that changed, `groups` standing for the organisation's members and teams. */
  changed: ReadonlySet<string>;
  problems: RosterBook["problems"];
  /** Something failed for a moment: the pass is repeated, at `until` if GitHub says when. */
  later: { until: number | null } | null;
}

const GRANT = "grant the App the organisation permission Members: read";

export function isToRead(
  { isDue, changed }: RosterReader,
  source: string,
  known: Roster<unknown> | null,
): boolean {
  return isDue || known === null || changed.has(source);
}

function complain({ problems }: RosterReader, source: string, problem: HomeProblem): void {
  problems[source] = [...(problems[source] ?? []), problem];
}

/** What one source says now, or in words why it says nothing. `publicOnly`: members who hide are not among them. */
type Reading<T> = RosterReading<T> & { publicOnly?: boolean };

/** The members of an organisation (`octo-org`) or a team (`octo-org/customers`); null: nothing is known of it. */
export function readGroup(
  reader: RosterReader,
  name: string,
  known: Roster<string> | null,
): Promise<Roster<string> | null> {
  const read = name.includes("/")
    ? () => readTeam(reader, name)
    : () => readOrganization(reader, name, known);
  return takeOver(reader, name, known, read);
}

async function readOrganization(
  reader: RosterReader,
  org: string,
  known: Roster<string> | null,
): Promise<Reading<string>> {
  const members = await listOrganizationMembers(reader.octokit, org);
  if (!members) return refused(reader, org, `there is no organisation "${org}" that the App can see`);
  if (!members.publicOnly) return { ok: true, entries: members.logins };
  const own = org === reader.account;
  const mend = own
    ? `to count all, ${GRANT}`
    : "no App of another organisation sees the others: list them by login";
  warn(reader, org, `only the members of "${org}" who show it in public count; ${mend}`);
  if (known && !known.publicOnly)
    return { ok: false, reason: `the App may not read all members of ${org} any more` };
  return { ok: true, entries: members.logins, publicOnly: true };
}

async function readTeam(reader: RosterReader, team: string): Promise<Reading<string>> {
  const logins = await listTeamMembers(reader.octokit, team);
  if (logins) return { ok: true, entries: logins };
  return refused(reader, team, `there is no team "${team}" that the App can see: mend its name, or ${GRANT}`);
}

/** The rows of a member file. */
export function readFileRoster(
  reader: RosterReader,
  { home, path }: MemberFilePlace,
  known: Roster<Member> | null,
): Promise<Roster<Member> | null> {
  const source = fileKey(home, path);
  return takeOver(reader, source, known, async () => {
    const file = await readFile(reader.octokit, home, path);
    if (!file || !("text" in file)) {
      const message = file ? `it cannot be read: ${file.refused}` : `there is no such file in ${home}`;
      complain(reader, source, { home, severity: "error", file: path, path: "", message });
      return { ok: false, reason: message };
    }
    const { members, problems } = parseMemberFile(file.text, path);
    for (const problem of problems) {
      // The file's name stands above: what is left is the place in it.
      complain(reader, source, { ...problem, home, file: path, path: problem.path.slice(path.length) });
    }
    const broken = problems.find(({ severity }) => severity === "error");
    return broken ? { ok: false, reason: broken.message } : { ok: true, entries: members };
  });
}

/** A Problem of the settings that name the group. */
function warn(reader: RosterReader, name: string, message: string): void {
  for (const home of reader.homesOf(name)) {
    complain(reader, name, { home, severity: "ignored", path: "plans[].members", message });
  }
}

function refused(reader: RosterReader, name: string, reason: string): Reading<never> {
  warn(reader, name, reason);
  return { ok: false, reason };
}

/** Takes a reading over; a source that fails, or is suddenly empty, keeps its last known list and raises an alarm. */
async function takeOver<T extends string | Member>(
  reader: RosterReader,
  name: string,
  known: Roster<T> | null,
  read: () => Promise<Reading<T>>,
): Promise<Roster<T> | null> {
  const { desk } = reader;
  const { [name]: earlier = [] } = reader.problems;
  reader.problems[name] = [];
  const reading = await patient(reader, name, () => orRefused(reader, name, read));
  if (reading === null) {
    reader.problems[name] = earlier;
    const stale = known !== null && desk.now() - known.readAt > STALE_MS;
    if (stale) await tell(reader, name, `it could not be read since ${new Date(known.readAt).toISOString()}`);
    return known;
  }
  const now = desk.now();
  const ended = (entry: T) => typeof entry !== "string" && entry.until !== null && entry.until <= now;
  const { roster, alarm } = mergeRoster<T>(known, reading, now, ended);
  if (alarm) await tell(reader, name, alarm);
  if (roster.failing) return known ? roster : null;
  return reading.publicOnly ? { ...roster, publicOnly: true } : roster;
}

/** Faults that pass are not the source's: null, and the pass is repeated soon. */
export async function patient<T>(
  reader: RosterReader,
  name: string,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const failure = classifyFailure(error, reader.desk.now());
    if (failure.type !== "passing" && failure.type !== "limit") throw error;
    reader.later = { until: failure.type === "limit" ? failure.until : null };
    reader.desk.log.warn({ source: name, reason: failure.reason }, "a list of members cannot be read now");
    return null;
  }
}

/** What GitHub refuses, people can mend. */
async function orRefused<T>(
  reader: RosterReader,
  name: string,
  read: () => Promise<Reading<T>>,
): Promise<Reading<T>> {
  try {
    return await read();
  } catch (error) {
    const { type, reason } = classifyFailure(error, reader.desk.now());
    if (type === "passing" || type === "limit" || type === "bug") throw error;
    return refused(reader, name, reason);
  }
}

/** At most once a day for one reason. */
function tell({ desk, installationId }: RosterReader, name: string, reason: string): Promise<void> {
  const slot = `roster/${name}/${Math.floor(desk.now() / DAY_MS)}/${reason}`;
  const title = `The list of members ${name} cannot be read`;
  const text = `The last known list stays in force. What is wrong: ${reason}.`;
  return raiseAlarm(desk, { installationId, repositoryId: null }, { slot, title, text });
}
