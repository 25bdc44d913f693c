import type { Member } from "./member-file.ts";
import type { MemberRule, Plan } from "./plan.ts";
import { hasName, sameName } from "./plan.ts";
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
  /** Rows of member files by their path. */
  files: Readonly<Record<string, readonly Member[]>>;
  sponsorships: readonly Sponsorship[];
  /** The repository's owner: who is sponsored where a plan does not say. */
  owner: string;
}

/** Somebody has a plan, from `from` until before `until` (milliseconds since 1970; null: open). */
export interface Membership {
  plan: string;
  from: number | null;
  until: number | null;
  because: string;
}

/** All memberships of a person in a plan, past and future ones too, from all sources. */
export function membershipsOf(requester: Requester, plan: Plan, sources: MemberSources): Membership[] {
  const rows = plan.members.file === null ? [] : (sources.files[plan.members.file] ?? []);
  const fromSettings = settingsReason(requester, plan.members);
  const always = fromSettings ? [{ plan: plan.name, from: null, until: null, because: fromSettings }] : [];
  const listed = rows
    .filter((row) => belongs(requester, row))
    .map(({ type, name, from, until }) => {
      const because = `${type} ${name} is in ${plan.members.file}`;
      return { plan: plan.name, from, until, because };
    });
  return [...always, ...listed, ...bySponsorship(requester, plan, sources)];
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

function belongs({ login, organizations, teams }: Requester, { type, name }: Member): boolean {
  switch (type) {
    case "login":
      return sameName(login, name);
    case "organization":
      return hasName(organizations, name);
    case "team":
      return hasName(teams, name);
  }
}

/**
 * Sponsorships of several accounts add up, as do a person's own and those of their organisations. The membership lasts
 * while the sum reaches the plan's minimum, so that one sponsorship may take over from another.
 */
function bySponsorship(
  requester: Requester,
  plan: Plan,
  { sponsorships, owner }: MemberSources,
): Membership[] {
  const minimum = plan.sponsors.minimumMonthlyDollars;
  if (minimum === null) return [];
  const accounts = plan.sponsors.accounts.length > 0 ? plan.sponsors.accounts : [owner];
  const own = sponsorships.filter(
    (one) =>
      hasName(accounts, one.account) &&
      (one.organization
        ? hasName(requester.organizations, one.sponsor)
        : sameName(requester.login, one.sponsor)),
  );
  const moments = [...new Set(own.flatMap(({ from, until }) => [from, until]))].filter((at) => at !== null);
  return moments
    .sort((a, b) => a - b)
    .flatMap((from, i) => {
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
