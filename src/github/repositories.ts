import { z } from "zod";
import type { Octokit } from "./client.ts";
import { unlessGone } from "./failure.ts";
import { repository } from "./payload.ts";

/** What a look at a repository says. */
export interface RepositoryFacts {
  id: number;
  /** `owner/name` as it is now, whatever it was asked for as. */
  fullName: string;
  private: boolean;
  archived: boolean;
  defaultBranch: string;
}

const facts = repository.extend({ default_branch: z.string().nullish() }).transform(
  (it): RepositoryFacts => ({
    id: it.id,
    fullName: it.full_name,
    private: it.private,
    archived: it.archived ?? false,
    defaultBranch: it.default_branch ?? "main",
  }),
);

/**
 * `owner/name` as REST's parameters.
 * @throws for anything else: a step of dots would make fetch ask another address.
 */
export function repositoryPath(fullName: string): { owner: string; repo: string } {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(fullName) ?? [];
  if (!owner || !repo || [owner, repo].some((step) => /^\.\.?$/.test(step))) {
    throw new Error(`"${fullName}" is not a repository: it must be owner/name`);
  }
  return { owner, repo };
}

/** A repository by its name; null when it does not exist or is not ours to see. */
export async function readRepository(octokit: Octokit, fullName: string): Promise<RepositoryFacts | null> {
  const answer = await unlessGone(octokit.rest.repos.get(repositoryPath(fullName)));
  return answer && facts.parse(answer.data);
}

/** All repositories that an installation may touch. */
export async function listInstallationRepositories(octokit: Octokit): Promise<RepositoryFacts[]> {
  const found = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, {
    per_page: 100,
  });
  return z.array(facts).parse(found);
}
