import type { Member } from "../customers/member-file.ts";
import { parseSettings } from "../settings/parse.ts";
import type { Settings } from "../settings/schema.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { effectiveSettings } from "./settings.ts";

/** Where an installation's settings say that members come from, beside the logins that they list. */
export interface Wanted {
  /** Organisations (`octo-org`) and teams (`octo-org/customers`), with the repository whose settings name them. */
  groups: { name: string; home: string }[];
  files: MemberFilePlace[];
  /** Logins that plans list, with the repository whose settings do. */
  logins: { login: string; home: string }[];
  /** Accounts whose sponsors have a plan, in lower case. */
  accounts: string[];
}

export interface MemberFilePlace {
  /** `owner/name` of the private repository. */
  home: string;
  /** From its root. */
  path: string;
}

export function ownerOf({ fullName }: Pick<Repository, "fullName">): string {
  return fullName.split("/")[0] ?? "";
}

/** Whose sponsors have a plan here: the repository's owner, where a plan names nobody. */
export function sponsoredAccounts(repository: Pick<Repository, "fullName">, { plans }: Settings): string[] {
  const accounts = plans
    .filter(({ sponsors }) => sponsors.minimumMonthlyDollars !== null)
    .flatMap(({ sponsors }) => (sponsors.accounts.length > 0 ? sponsors.accounts : [ownerOf(repository)]));
  return distinct(accounts.map((account) => account.toLowerCase()));
}

/** What is read of a repository to know where its private settings are. */
export type SettingsPlace = Pick<Repository, "fullName" | "private" | "settings">;

/** The private repository whose settings name a member file: this one, or that of the whole organisation. */
export function fileHome(repository: SettingsPlace, path: string): string {
  const own = repository.private ? repository.settings?.lastGood : null;
  const plans = own ? (parseSettings(own, { private: true }).settings?.plans ?? []) : [];
  return plans.some(({ members }) => members?.file === path) ? repository.fullName : sharedHome(repository);
}

/** Where the private settings of a whole organisation are. */
export function sharedHome(repository: Pick<Repository, "fullName">): string {
  return `${ownerOf(repository)}/.github-private`;
}

/** All that the settings of an installation's repositories ask for. */
export async function wantedBy(desk: Desk, installationId: number): Promise<Wanted> {
  const wanted: Wanted = { groups: [], files: [], logins: [], accounts: [] };
  for (const repository of await desk.store.repositories()) {
    if (repository.installationId !== installationId || repository.gone || repository.archived) continue;
    const settings = await effectiveSettings(desk, repository);
    for (const { members } of settings.plans) {
      const home =
        repository.private && repository.settings?.lastGood ? repository.fullName : sharedHome(repository);
      const names = [...members.organizations, ...members.teams].map((name) => name.toLowerCase());
      wanted.groups.push(...names.map((name) => ({ name, home })));
      wanted.logins.push(...members.logins.map((login) => ({ login, home })));
      if (members.file !== null) {
        wanted.files.push({ home: fileHome(repository, members.file), path: members.file });
      }
    }
    wanted.accounts.push(...sponsoredAccounts(repository, settings));
  }
  return {
    groups: distinctBy(wanted.groups, ({ name, home }) => `${name} ${home}`),
    files: distinctBy(wanted.files, ({ home, path }) => fileKey(home, path)),
    logins: distinctBy(wanted.logins, ({ login }) => login.toLowerCase()),
    accounts: distinct(wanted.accounts),
  };
}

/** The organisations and teams that rows of a member file name. */
export function groupsIn(members: readonly Member[]): string[] {
  return distinct(members.filter(({ type }) => type !== "login").map(({ name }) => name.toLowerCase()));
}

export function fileKey(home: string, path: string): string {
  return `${home}/${path}`.toLowerCase();
}

function distinct(names: string[]): string[] {
  return [...new Set(names)];
}

function distinctBy<T>(list: T[], keyOf: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [keyOf(one), one])).values()];
}
