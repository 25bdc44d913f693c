import type { Member, MemberIndex } from "./member-file.ts";
import { memberKey } from "./member-file.ts";
import type { MemberRule, Plan } from "./plan.ts";
import { hasName } from "./plan.ts";
import type { SponsorIndex } from "./sponsors.ts";
import type { Sponsorship } from "./sponsorship.ts";

/** Who asks: a login with the organisations and teams that it is known to belong to. */
export interface Requester {
  login: string;
  organizations: readonly string[];
  /** `organisation/team`. */
  teams: readonly string[];
}

/** What is known from outside the settings. */
export interface MemberSources {
  /** Rows of member files by the file's path. */
  files: ReadonlyMap<string, MemberIndex>;
  sponsors: SponsorIndex;
  /** The repository's owner: who is sponsored where a plan does not say. */
  owner: string;
}

/** Who will see what follows from a membership. */
export type Audience = "public" | "private";

/** Somebody has a plan, from `from` until before `until` (milliseconds since 1970; null: open). */
export interface Membership {
  plan: string;
  from: number | null;
  until: number | null;
  because: string;
}

/**
 * All memberships of a person in a plan, past and future ones too, from all sources. In public a private sponsorship is
 * not there at all: neither its sum, nor its end, nor a word of it can show.
 */
export function membershipsOf(
  requester: Requester,
  plan: Plan,
  sources: MemberSources,
  audience: Audience,
): Membership[] {
  if (audience === "public" && !plan.public) return [];
  const fromSettings = settingsReason(requester, plan.members);
  const always = fromSettings ? [{ plan: plan.name, from: null, until: null, because: fromSettings }] : [];
  const listed = rowsOf(requester, sources.files.get(plan.members.file ?? "")).map(
    ({ type, name, from, until }) => {
      return { plan: plan.name, from, until, because: `${type} ${name} is in ${plan.members.file}` };
    },
  );
  const own = sponsorshipsOf(requester, sources.sponsors).filter(
    (one) => audience === "private" || !one.private,
  );
  const all = [...always, ...listed, ...sponsoring(own, plan, sources.owner)];
  if (audience === "private") return all;
  // Which list names them, of whom they are a member in secret, and how much they give, GitHub does not tell in public.
  return all.map((membership) => ({ ...membership, because: `${requester.login} has this plan` }));
}

export function activeAt({ from, until }: Pick<Membership, "from" | "until">, now: number): boolean {
  return (from === null || from <= now) && (until === null || now < until);
}

/** When the next of these begins or ends after `now`; null: never. Then open tickets are looked at again. */
export function nextChange(memberships: readonly Membership[], now: number): number | null {
  const changes = memberships
    .flatMap(({ from, until }) => [from, until])
    .filter((at) => at !== null && at > now);
  return changes.length > 0 ? Math.min(...(changes as number[])) : null;
}

function settingsReason({ login, organizations, teams }: Requester, rule: MemberRule): string | null {
  if (hasName(rule.logins, login)) return `${login} is listed`;
  const organization = organizations.find((name) => hasName(rule.organizations, name));
  if (organization) return `${login} belongs to ${organization}`;
  const team = teams.find((name) => hasName(rule.teams, name));
  return team ? `${login} is in the team ${team}` : null;
}

function rowsOf({ login, organizations, teams }: Requester, rows: MemberIndex | undefined): Member[] {
  const keys = [
    memberKey("login", login),
    ...organizations.map((name) => memberKey("organization", name)),
    ...teams.map((name) => memberKey("team", name)),
  ];
  return keys.flatMap((key) => rows?.get(key) ?? []);
}

/** A person's own sponsorships and those of their organisations. */
function sponsorshipsOf({ login, organizations }: Requester, sponsors: SponsorIndex): Sponsorship[] {
  const of = (name: string, organization: boolean) =>
    (sponsors.get(name.toLowerCase()) ?? []).filter((one) => one.organization === organization);
  return [...of(login, false), ...organizations.flatMap((name) => of(name, true))];
}

/**
 * Memberships that sponsorships of one sponsor give. Those of several accounts add up. The membership lasts while the sum
 * reaches the plan's minimum, so that one sponsorship may take over from another.
 */
export function sponsoring(
  sponsorships: readonly Sponsorship[],
  plan: Pick<Plan, "name" | "sponsors">,
  owner: string,
): Membership[] {
  const minimum = plan.sponsors.minimumMonthlyDollars;
  if (minimum === null) return [];
  const accounts = plan.sponsors.accounts.length > 0 ? plan.sponsors.accounts : [owner];
  const own = sponsorships.filter((one) => hasName(accounts, one.account));
  const moments = [...new Set(own.flatMap(({ from, until }) => [from, until]))]
    .filter((at) => at !== null)
    .sort((a, b) => a - b);
  return moments.flatMap((from, i) => {
    const active = own.filter((one) => activeAt(one, from));
    const because = reached(active, minimum);
    return because ? [{ plan: plan.name, from, until: moments[i + 1] ?? null, because }] : [];
  });
}

/** Why these sponsorships reach the minimum, or null. An amount that we may not see counts as any amount above 0. */
function reached(active: readonly Sponsorship[], minimum: number): string | null {
  if (active.length === 0) return null;
  const names = active.map(({ sponsor, account }) => `${sponsor} sponsors ${account}`).join(" and ");
  const known = active.reduce((sum, { dollars }) => sum + (dollars ?? 0), 0);
  if (known >= minimum) return `${names} with $${known}`;
  return minimum <= 1 && active.some(({ dollars }) => dollars === null)
    ? `${names} (amount not visible)`
    : null;
}
