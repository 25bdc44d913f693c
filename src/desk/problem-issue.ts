import { createIssue, editIssue, findOwnIssue } from "../github/issues.ts";
import { marker } from "../messages/marker.ts";
import type { Action } from "../ticket/action.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./digest.ts";
import type { Done } from "./outcome.ts";

/** Opens, edits or closes the issue. */
export async function showProblems(
  desk: Desk,
  repository: Repository,
  action: Action & { type: "show-problems" },
  look: boolean,
): Promise<Done<Repository>> {
  const octokit = await desk.clients.installation(repository.installationId);
  const { fullName } = repository;
  const known = repository.problemIssue?.number ?? null;
  const there =
    known ?? (look ? (await findOwnIssue(octokit, fullName, marker("problems"), desk.self))?.number : null);
  if (action.body === null) {
    if (!there) return { outcome: { type: "skipped", reason: "there is no such issue" } };
    await editIssue(octokit, fullName, there, { state: "closed" });
    return { outcome: { type: "done" }, patch: { problemIssue: { number: there, digest: "", open: false } } };
  }
  const { title, body } = action;
  const digest = digestOf(body);
  if (there) {
    const edited = await editIssue(octokit, fullName, there, { title, body, state: "open" });
    if (edited)
      return { outcome: { type: "done" }, patch: { problemIssue: { number: there, digest, open: true } } };
  }
  const issue = await createIssue(octokit, fullName, { title, body });
  const patch = { problemIssue: { number: issue.number, digest, open: true } };
  return { outcome: { type: "done", url: issue.url }, patch };
}
