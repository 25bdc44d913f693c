import { z } from "zod";
import type { Octokit } from "./client.ts";
import { classifyFailure, exceptErrors, unlessGone } from "./failure.ts";

/** Whom we may see of an organisation. */
export interface OrganizationMembers {
  logins: string[];
  /** The App may not read members here: only those who show it themselves are listed. */
  publicOnly: boolean;
}

/** The members of an organisation; null: there is none of that name. */
export async function listOrganizationMembers(
  octokit: Octokit,
  org: string,
): Promise<OrganizationMembers | null> {
  try {
    const all = await octokit.paginate(octokit.rest.orgs.listMembers, { org, per_page: 100 });
    return { logins: all.map(({ login }) => login), publicOnly: false };
  } catch (error) {
    const { type } = classifyFailure(error, 0);
    if (type !== "forbidden" && type !== "gone") throw error;
  }
  const shown = await unlessGone(
    octokit.paginate(octokit.rest.orgs.listPublicMembers, { org, per_page: 100 }),
  );
  return shown && { logins: shown.map(({ login }) => login), publicOnly: true };
}

/** The members of a team (`octo-org/customers`); null: there is no such team, or none that we may see. */
export async function listTeamMembers(octokit: Octokit, team: string): Promise<string[] | null> {
  const [org = "", slug = ""] = team.split("/");
  const members = await unlessGone(
    octokit.paginate(octokit.rest.teams.listMembersInOrg, { org, team_slug: slug, per_page: 100 }),
  );
  return members?.map(({ login }) => login) ?? null;
}

/** More accounts in one document make it slow; each is a point of GitHub's count of nodes. */
const MOST_LOGINS = 100;

export function accountsQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const variables = numbers.map((i) => `$l${i}: String!`).join(", ");
  return `query (${variables}) { ${numbers.map((i) => `a${i}: repositoryOwner(login: $l${i}) { login }`).join(" ")} }`;
}

const accounts = z.record(z.string(), z.object({ login: z.string() }).nullable());

/** Those of the logins that no user and no organisation has, a hundred a request. */
export async function unknownLogins(octokit: Octokit, logins: readonly string[]): Promise<string[]> {
  const unknown: string[] = [];
  for (let from = 0; from < logins.length; from += MOST_LOGINS) {
    const some = logins.slice(from, from + MOST_LOGINS);
    const variables = Object.fromEntries(some.map((login, i) => [`l${i}`, login]));
    const found = accounts.parse(
      await exceptErrors(["NOT_FOUND"], octokit.graphql(accountsQuery(some.length), variables)),
    );
    unknown.push(...some.filter((_, i) => found[`a${i}`] === null));
  }
  return unknown;
}
