import { must } from "../state/access.ts";
import type { Commit, File, Repository } from "../state/state.ts";
import { iso, type World } from "../state/world.ts";
import { accountById, type Json } from "./account.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

function signature(world: World, commit: Commit): { name: string; email: string; username: string } {
  const { login } = must(world.state.accounts.get(commit.authorId), "a commit's author");
  return { name: login, email: `${login}@users.noreply.sandbox`, username: login };
}

/** A commit as `push` lists it. */
export function commitSummary(world: World, repository: Repository, commit: Commit): Json {
  const author = { ...signature(world, commit), date: iso(commit.at) };
  return {
    id: commit.sha,
    tree_id: commit.treeSha,
    distinct: true,
    message: commit.message,
    timestamp: iso(commit.at),
    url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
    author,
    committer: author,
    added: commit.added,
    removed: commit.removed,
    modified: commit.modified,
  };
}

/** GitHub's `commit`. */
export function commitView(world: World, repository: Repository, commit: Commit): Json {
  const url = repositoryUrl(world, repository);
  const { name, email } = signature(world, commit);
  const by = { name, email, date: iso(commit.at) };
  return {
    sha: commit.sha,
    node_id: `C_kwDO${commit.sha.slice(0, 20)}`,
    commit: {
      author: by,
      committer: by,
      message: commit.message,
      tree: { sha: commit.treeSha, url: `${url}/git/trees/${commit.treeSha}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: {
        verified: false,
        reason: "unsigned",
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: accountById(world, commit.authorId),
    committer: accountById(world, commit.authorId),
    parents: commit.parent ? [{ sha: commit.parent, url: `${url}/commits/${commit.parent}` }] : [],
  };
}

/** The commit that a file's `PUT` answers with. */
export function fileCommitView(world: World, repository: Repository, commit: Commit): Json {
  const view = commitView(world, repository, commit) as Json & { commit: Json };
  const { comment_count: _, ...summary } = view.commit;
  return {
    ...summary,
    sha: commit.sha,
    node_id: view.node_id,
    html_url: view.html_url,
    parents: view.parents,
  };
}

function entry(world: World, repository: Repository, path: string, sha: string, type: "file" | "dir"): Json {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const ref = `?ref=${repository.defaultBranch}`;
  const url = `${repositoryUrl(world, repository)}/contents/${encoded}${ref}`;
  const git = `${repositoryUrl(world, repository)}/git/${type === "file" ? "blobs" : "trees"}/${sha}`;
  const page = `${repositoryPage(world, repository)}/${type === "file" ? "blob" : "tree"}/${repository.defaultBranch}/${encoded}`;
  return {
    name: path.split("/").at(-1),
    path,
    sha,
    size: 0,
    url,
    html_url: page,
    git_url: git,
    download_url: null,
    type,
    _links: { self: url, git, html: page },
  };
}

/** GitHub's `content-file`, without its content when it is one of a folder's. */
export function fileView(world: World, repository: Repository, file: File, withContent: boolean): Json {
  const raw = `${repositoryPage(world, repository)}/raw/${repository.defaultBranch}/${file.path}`;
  return {
    ...entry(world, repository, file.path, file.sha, "file"),
    size: file.content.length,
    download_url: raw,
    ...(withContent ? { content: lines(file.content), encoding: "base64" } : {}),
  };
}

/** Base64 in lines of 60 characters, as GitHub breaks it. */
export function lines(content: Buffer): string {
  return content.toString("base64").replace(/(.{60})(?=.)/g, "$1\n") + (content.length ? "\n" : "");
}

export function folderView(world: World, repository: Repository, path: string, sha: string): Json {
  return entry(world, repository, path, sha, "dir");
}
