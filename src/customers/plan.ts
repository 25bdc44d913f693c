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
  languages: readonly string[];
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
