import { createHash } from "node:crypto";
import { must } from "../state/access.ts";
import type { Account, Commit, Repository } from "../state/state.ts";
import type { Actor, World } from "../state/world.ts";
import { commitSummary } from "../views/git.ts";
import { repositoryPage } from "../views/repository.ts";
import { writable } from "./writing.ts";

const ZERO = "0".repeat(40);

/** Git's id of a blob: sha1 of a header and the bytes. */
export function blobSha(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

function shaOf(...parts: unknown[]): string {
  return createHash("sha1").update(JSON.stringify(parts)).digest("hex");
}

/** Changes files of the default branch in one commit; `null` deletes. Tells `push` unless the commit is empty. */
export function commitFiles(
  world: World,
  actor: Actor,
  repository: Repository,
  files: Record<string, string | Buffer | null>,
  message: string,
): Commit {
  writable(repository);
  const changed = { added: [] as string[], modified: [] as string[], removed: [] as string[] };
  for (const [path, text] of Object.entries(files)) {
    const before = repository.files.get(path);
    if (text === null) {
      if (repository.files.delete(path)) changed.removed.push(path);
      continue;
    }
    const content = Buffer.from(text);
    const sha = blobSha(content);
    if (before?.sha === sha) continue;
    repository.files.set(path, { path, content, sha });
    changed[before ? "modified" : "added"].push(path);
  }
  const parent = repository.commits.at(-1)?.sha ?? null;
  const treeSha = shaOf([...repository.files.values()].map(({ path, sha }) => [path, sha]));
  const at = world.now();
  const sha = shaOf(treeSha, parent, message, actor.account.login, at, repository.commits.length);
  const commit: Commit = { sha, treeSha, message, authorId: actor.account.id, at, parent, ...changed };
  repository.commits.push(commit);
  repository.pushedAt = at;
  publishPush(world, actor.account, repository, commit);
  return commit;
}

function publishPush(world: World, sender: Account, repository: Repository, commit: Commit): void {
  const summary = commitSummary(world, repository, commit);
  const before = commit.parent ?? ZERO;
  const author = must(world.state.accounts.get(commit.authorId), "a commit's author");
  world.publish({
    event: "push",
    action: null,
    repository,
    sender,
    payload: {
      ref: `refs/heads/${repository.defaultBranch}`,
      before,
      after: commit.sha,
      base_ref: null,
      created: commit.parent === null,
      deleted: false,
      forced: false,
      compare: `${repositoryPage(world, repository)}/compare/${before.slice(0, 12)}...${commit.sha.slice(0, 12)}`,
      commits: [summary],
      head_commit: summary,
      pusher: { name: author.login, email: `${author.login}@users.noreply.sandbox` },
    },
  });
}
