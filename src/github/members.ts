import type { Octokit } from "./client.ts";
import { classifyFailure, unlessGone } from "./failure.ts";
import { repositoryPath } from "./repositories.ts";

/**
 * A person's `role_name` in a repository: `admin`, `maintain`, `write`, `triage`, `read`, a custom role's name, or `none`.
 * Not `permission`, which maps triage to read.
 */
export async function roleOf(octokit: Octokit, repository: string, login: string): Promise<string> {
  const answer = await unlessGone(
    octokit.rest.repos.getCollaboratorPermissionLevel({ ...repositoryPath(repository), username: login }),
  );
  return answer?.data.role_name ?? "none";
}

/** Roles of all collaborators by login, or null when there are more than `maxPages` hundred or we may not ask. */
export async function listCollaborators(
  octokit: Octokit,
  repository: string,
  maxPages: number,
): Promise<Record<string, string> | null> {
  const roles: Record<string, string> = {};
  let pages = 0;
  try {
    const iterator = octokit.paginate.iterator(octokit.rest.repos.listCollaborators, {
      ...repositoryPath(repository),
      per_page: 100,
    });
    for await (const { data, headers } of iterator) {
      for (const { login, role_name } of data) roles[login] = role_name;
      pages += 1;
      if (pages === maxPages && headers.link?.includes('rel="next"')) return null;
    }
  } catch (error) {
    const { type } = classifyFailure(error, 0);
    if (type === "forbidden" || type === "gone") return null;
    throw error;
  }
  return roles;
}
