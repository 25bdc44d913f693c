import type { Kind } from "../learning/kind.ts";

/** How support is paid for: not at all, by time, by the incident, or as a service such as training. */
export type SupportMode = "community" | "subscription" | "incidents" | "services";

/** What the choice of a plan reads of it. */
export interface Plan {
  name: string;
  mode: SupportMode;
  members: MemberRule;
  sponsors: SponsorRule;
  /** Incidents that a purchase pays for; null: they are not counted. */
  credits: number | null;
  covers: readonly Kind[];
  /** ISO 639-1 codes of the languages that are served; none: all. */
  languages?: readonly string[];
  /** Added to the priority. */
  weight: number;
  /** May public traces depend on membership in this plan? */
  public: boolean;
}

export interface MemberRule {
  logins: readonly string[];
  organizations: readonly string[];
  /** `organisation/team`. */
  teams: readonly string[];
  /** Path of a file with members. */
  file: string | null;
}

export interface SponsorRule {
  minimumMonthlyDollars: number | null;
  /** Who is sponsored; none: the repository's owner. */
  accounts: readonly string[];
}

/** GitHub's names differ by more than capitals. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function hasName(names: readonly string[], name: string): boolean {
  return names.some((one) => sameName(one, name));
}

/** Mistakes in the settings' plans that no single plan shows, in words. */
export function planMistakes(plans: readonly Plan[]): { index: number; message: string }[] {
  return plans.flatMap((plan, index) => {
    const twin = plans.findIndex((other) => sameName(other.name, plan.name));
    if (twin < index)
      return [{ index, message: `two plans are called ${plan.name}; name this one otherwise` }];
    const shadow = plans.slice(0, index).find((earlier) => shadows(earlier, plan));
    if (!shadow) return [];
    return [
      {
        index,
        message: `${plan.name} is never chosen: whoever has it is served by ${shadow.name} above; put it above that one`,
      },
    ];
  });
}

/** Everybody and everything that `later` serves, `earlier` serves already. */
function shadows(earlier: Plan, later: Plan): boolean {
  if (earlier.mode === "incidents" && earlier.credits !== null) return false;
  if ((earlier.languages ?? []).length > 0) return false;
  if (!later.covers.every((kind) => earlier.covers.includes(kind))) return false;
  return !isEmpty(later) && membersWithin(later.members, earlier.members) && sponsorsWithin(later, earlier);
}

function isEmpty({ members, sponsors }: Plan): boolean {
  const { logins, organizations, teams, file } = members;
  const nobody = logins.length + organizations.length + teams.length === 0 && file === null;
  return nobody && sponsors.minimumMonthlyDollars === null;
}

function membersWithin(inner: MemberRule, outer: MemberRule): boolean {
  return (
    inner.logins.every((name) => hasName(outer.logins, name)) &&
    inner.organizations.every((name) => hasName(outer.organizations, name)) &&
    inner.teams.every((name) => hasName(outer.teams, name)) &&
    (inner.file === null || inner.file === outer.file)
  );
}

function sponsorsWithin({ sponsors: inner }: Plan, { sponsors: outer }: Plan): boolean {
  if (inner.minimumMonthlyDollars === null) return true;
  if (outer.minimumMonthlyDollars === null || outer.minimumMonthlyDollars > inner.minimumMonthlyDollars)
    return false;
  // None stands for the owner, so none is only within none.
  if (inner.accounts.length === 0) return outer.accounts.length === 0;
  return inner.accounts.every((name) => hasName(outer.accounts, name));
}
