import { z } from "zod";
import type { RepositoryRef } from "../ticket/event.ts";
import type { Comment, Thread, ThreadRef } from "../ticket/thread.ts";
import type { Octokit } from "./client.ts";
import { unlessGone, unlessInvalid, untilRefused } from "./failure.ts";
import { comment, issue, repository, repositoryRef, threadOfIssue } from "./payload.ts";
import { repositoryPath } from "./repositories.ts";

/** Issues, by REST. Everybody but `threads.ts` goes through `threads.ts`. */

function pathOf(ref: ThreadRef) {
  return { ...repositoryPath(ref.repository), issue_number: ref.number };
}

const foundIssue = issue.extend({ repository_url: z.string() });

/** Two requests: an issue does not say whether its repository is private or archived. */
export async function readIssue(octokit: Octokit, ref: ThreadRef): Promise<Thread | null> {
  const answers = await unlessGone(
    Promise.all([
      octokit.rest.repos.get(repositoryPath(ref.repository)),
      octokit.rest.issues.get(pathOf(ref)),
    ]),
  );
  if (!answers) return null;
  const [home, found] = answers;
  const where = repositoryRef(repository.parse(home.data), ref.installationId);
  const it = foundIssue.parse(found.data);
  // The name may belong to another repository by now, and a transferred issue answers from its new home.
  const moved = !it.repository_url.toLowerCase().endsWith(`/repos/${where.repository}`.toLowerCase());
  if (where.repositoryId !== ref.repositoryId || moved || it.number !== ref.number) return null;
  return threadOfIssue(it, where);
}

/**
 * Issues that changed at or after `since` (milliseconds since 1970), the newest change first; no pull requests, and none
 * where issues are switched off.
 * Not the oldest first: an issue that changes while pages are read would draw the next page's first issue onto a page
 * that was read already.
 */
export async function* listChangedIssues(
  octokit: Octokit,
  where: RepositoryRef,
  since: number,
): AsyncGenerator<Thread> {
  const pages = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
    ...repositoryPath(where.repository),
    state: "all",
    sort: "updated",
    direction: "desc",
    since: new Date(since).toISOString(),
    per_page: 100,
  });
  for await (const { data } of untilRefused(pages)) {
    for (const found of data) {
      const it = issue.parse(found);
      if (!it.pull_request) yield threadOfIssue(it, where);
    }
  }
}

export async function* listIssueComments(
  octokit: Octokit,
  ref: ThreadRef,
  since?: number,
): AsyncGenerator<Comment> {
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    ...pathOf(ref),
    per_page: 100,
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
  });
  for await (const { data } of pages) yield* data.map((it) => comment.parse(it));
}

function namesOf(labels: { name: string }[]): string[] {
  return labels.map((label) => label.name);
}

export async function readIssueLabels(octokit: Octokit, ref: ThreadRef): Promise<string[]> {
  const { data } = await octokit.rest.issues.listLabelsOnIssue({ ...pathOf(ref), per_page: 100 });
  return namesOf(data);
}

export async function addIssueLabels(octokit: Octokit, ref: ThreadRef, labels: string[]): Promise<string[]> {
  const { data } = await octokit.rest.issues.addLabels({ ...pathOf(ref), labels });
  return namesOf(data);
}

/** @throws for a name that fetch would take out of the address: what is left means all labels of the issue. */
export async function removeIssueLabel(octokit: Octokit, ref: ThreadRef, label: string): Promise<void> {
  if (/^\.{0,2}$/.test(label)) throw new Error(`the label "${label}" cannot be removed alone`);
  await unlessGone(octokit.rest.issues.removeLabel({ ...pathOf(ref), name: label }));
}

export async function postIssueComment(octokit: Octokit, ref: ThreadRef, body: string) {
  const { data } = await octokit.rest.issues.createComment({ ...pathOf(ref), body });
  return { nodeId: data.node_id, url: data.html_url };
}

export async function editIssueComment(
  octokit: Octokit,
  ref: ThreadRef,
  number: number,
  body: string,
): Promise<"edited" | "gone"> {
  const path = { ...repositoryPath(ref.repository), comment_id: number };
  const answer = await unlessGone(octokit.rest.issues.updateComment({ ...path, body }));
  return answer === null ? "gone" : "edited";
}

export async function closeIssue(
  octokit: Octokit,
  ref: ThreadRef,
  reason: "completed" | "not_planned",
): Promise<void> {
  await octokit.rest.issues.update({ ...pathOf(ref), state: "closed", state_reason: reason });
}

const canonical = z.object({ id: z.number(), state: z.string() });

/**
 * GitHub links an issue that is closed as a duplicate with its original, by that one's id. Servers that do not know this
 * (and originals that are discussions) get it as not planned: our comment links the original anyhow.
 * @returns false when the original is not open.
 */
export async function closeIssueAsDuplicate(
  octokit: Octokit,
  ref: ThreadRef,
  original: Pick<ThreadRef, "kind" | "number">,
): Promise<boolean> {
  if (original.kind === "issue") {
    const path = { ...repositoryPath(ref.repository), issue_number: original.number };
    const found = await unlessGone(octokit.rest.issues.get(path));
    const { id = 0, state = "gone" } = found ? canonical.parse(found.data) : {};
    if (state !== "open") return false;
    const native = { state: "closed", state_reason: "duplicate", duplicate_issue_id: id } as const;
    if (await unlessInvalid(octokit.rest.issues.update({ ...pathOf(ref), ...native }))) return true;
  }
  await closeIssue(octokit, ref, "not_planned");
  return true;
}

export async function reopenIssue(octokit: Octokit, ref: ThreadRef): Promise<void> {
  await octokit.rest.issues.update({ ...pathOf(ref), state: "open" });
}

const assigned = z.object({ assignees: z.array(z.object({ login: z.string() })).nullish() });

function assigneesOf(data: unknown): string[] {
  return (assigned.parse(data).assignees ?? []).map(({ login }) => login);
}

export async function readIssueAssignees(octokit: Octokit, ref: ThreadRef): Promise<string[]> {
  const { data } = await octokit.rest.issues.get(pathOf(ref));
  return assigneesOf(data);
}

export async function addIssueAssignees(
  octokit: Octokit,
  ref: ThreadRef,
  logins: string[],
): Promise<string[]> {
  const { data } = await octokit.rest.issues.addAssignees({ ...pathOf(ref), assignees: logins });
  return assigneesOf(data);
}

export async function removeIssueAssignees(
  octokit: Octokit,
  ref: ThreadRef,
  logins: string[],
): Promise<void> {
  await octokit.rest.issues.removeAssignees({ ...pathOf(ref), assignees: logins });
}
