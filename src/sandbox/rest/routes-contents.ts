import { createHash } from "node:crypto";
import { actorOf, need } from "../caller.ts";
import { commitFiles } from "../operations/files.ts";
import { must } from "../state/access.ts";
import { notFound, Refusal } from "../state/refusal.ts";
import type { Commit, File, Repository } from "../state/state.ts";
import { commitView, fileCommitView, fileView, folderView } from "../views/git.ts";
import { repositoryUrl } from "../views/repository.ts";
import { type Answer, type Call, created, ok, page, type Route, repositoryOfCall, text } from "./route.ts";

const READ = need("contents", "read", "read");
const WRITE = need("contents", "write", "write");

const byPath = (a: string, b: string) => (a < b ? -1 : 1);

/** A folder's id: it changes whenever anything below it does. */
function folderSha(repository: Repository, folder: string): string {
  const prefix = folder === "" ? "" : `${folder}/`;
  const below = [...repository.files.values()].filter((file) => file.path.startsWith(prefix));
  return createHash("sha1")
    .update(
      below
        .map((file) => `${file.path}\0${file.sha}`)
        .sort()
        .join("\n"),
    )
    .digest("hex");
}

/** Only the default branch is kept: any other reference is not found. */
function checkRef(repository: Repository, ref: string | null | undefined): void {
  const known = [
    repository.defaultBranch,
    `heads/${repository.defaultBranch}`,
    `refs/heads/${repository.defaultBranch}`,
    "HEAD",
    "",
  ];
  if (ref == null || known.includes(ref)) return;
  const tip = repository.commits.at(-1);
  if (ref === tip?.sha || ref === tip?.treeSha) return;
  throw new Refusal(404, `No commit found for the ref ${ref}`);
}

function raw(file: File): Answer {
  return {
    status: 200,
    body: file.content,
    headers: { "content-type": "application/vnd.github.raw; charset=utf-8" },
  };
}

function getContent(call: Call): Answer {
  const { world, params, query, accept } = call;
  const repository = repositoryOfCall(call, READ);
  checkRef(repository, query.get("ref"));
  const path = (params.path ?? "").replace(/^\/+|\/+$/g, "");
  const file = repository.files.get(path);
  if (file) return /[./]raw/.test(accept) ? raw(file) : ok(fileView(world, repository, file, true));
  const prefix = path === "" ? "" : `${path}/`;
  const names = new Set<string>();
  for (const other of repository.files.keys()) {
    if (other.startsWith(prefix)) names.add(other.slice(prefix.length).split("/")[0] ?? "");
  }
  if (names.size === 0) throw path === "" ? new Refusal(404, "This repository is empty.") : notFound();
  return ok(
    [...names].sort(byPath).map((name) => {
      const inside = repository.files.get(prefix + name);
      if (inside) return fileView(world, repository, inside, false);
      return folderView(world, repository, prefix + name, folderSha(repository, prefix + name));
    }),
  );
}

function putContent(call: Call): Answer {
  const { world, params } = call;
  const repository = repositoryOfCall(call, WRITE);
  const path = params.path ?? "";
  const before = repository.files.get(path);
  if (before && call.input.sha !== before.sha) {
    if (call.input.sha === undefined) throw new Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
    throw new Refusal(409, `${path} does not match ${String(call.input.sha)}`);
  }
  const content = Buffer.from(text(call, "content", "Content"), "base64");
  const commit = commitFiles(
    world,
    actorOf(world, call.caller),
    repository,
    { [path]: content },
    text(call, "message", "Commit"),
  );
  const file = must(repository.files.get(path), "a file just written");
  const answer = {
    content: fileView(world, repository, file, false),
    commit: fileCommitView(world, repository, commit),
  };
  return before ? ok(answer) : created(answer);
}

function deleteContent(call: Call): Answer {
  const { world, params } = call;
  const repository = repositoryOfCall(call, WRITE);
  const path = params.path ?? "";
  const before = repository.files.get(path);
  if (!before) throw notFound();
  const sha = call.input.sha ?? call.query.get("sha");
  if (sha !== before.sha) throw new Refusal(409, `${path} does not match ${String(sha)}`);
  const message = String(call.input.message ?? call.query.get("message") ?? `Delete ${path}`);
  const commit = commitFiles(world, actorOf(world, call.caller), repository, { [path]: null }, message);
  return ok({ content: null, commit: fileCommitView(world, repository, commit) });
}

function getTree(call: Call): Answer {
  const { world, params, query } = call;
  const repository = repositoryOfCall(call, READ);
  checkRef(repository, params.tree_sha);
  const url = repositoryUrl(world, repository);
  const folders = new Set<string>();
  for (const path of repository.files.keys()) {
    const parts = path.split("/");
    for (let i = 1; i < parts.length; i++) folders.add(parts.slice(0, i).join("/"));
  }
  const trees = [...folders].map((path) => {
    const sha = folderSha(repository, path);
    return { path, mode: "040000", type: "tree", sha, url: `${url}/git/trees/${sha}` };
  });
  const blobs = [...repository.files.values()].map(({ path, sha, content }) => {
    return { path, mode: "100644", type: "blob", sha, size: content.length, url: `${url}/git/blobs/${sha}` };
  });
  const all = [...trees, ...blobs].sort((a, b) => byPath(a.path, b.path));
  const tree = query.get("recursive") ? all : all.filter((entry) => !entry.path.includes("/"));
  const sha = repository.commits.at(-1)?.treeSha ?? folderSha(repository, "");
  return ok({ sha, url: `${url}/git/trees/${sha}`, tree, truncated: false });
}

function getBlob(call: Call): Answer {
  const { world, params, accept } = call;
  const repository = repositoryOfCall(call, READ);
  const file = [...repository.files.values()].find((other) => other.sha === params.file_sha);
  if (!file) throw notFound();
  if (/[./]raw/.test(accept)) return raw(file);
  return ok({
    sha: file.sha,
    node_id: `B_kwDO${file.sha.slice(0, 20)}`,
    size: file.content.length,
    url: `${repositoryUrl(world, repository)}/git/blobs/${file.sha}`,
    content: file.content.toString("base64"),
    encoding: "base64",
  });
}

function tip(repository: Repository): Commit {
  const commit = repository.commits.at(-1);
  if (!commit) throw new Refusal(409, "Git Repository is empty.");
  return commit;
}

function getBranch(call: Call): Answer {
  const { world, params } = call;
  const repository = repositoryOfCall(call, READ);
  if (params.branch !== repository.defaultBranch) throw new Refusal(404, "Branch not found");
  const self = `${repositoryUrl(world, repository)}/branches/${repository.defaultBranch}`;
  return ok({
    name: repository.defaultBranch,
    commit: commitView(world, repository, tip(repository)),
    _links: { self, html: self.replace("/api/v3/repos", "") },
    protected: false,
    protection: { enabled: false },
    protection_url: `${self}/protection`,
  });
}

function listCommits(call: Call): Answer {
  const { world, query } = call;
  const repository = repositoryOfCall(call, READ);
  const path = query.get("path");
  const touches = (commit: Commit) =>
    !path ||
    [...commit.added, ...commit.modified, ...commit.removed].some(
      (p) => p === path || p.startsWith(`${path}/`),
    );
  const commits = repository.commits.filter(touches).reverse();
  return page(call, `${repositoryUrl(world, repository)}/commits`, commits, (commit) =>
    commitView(world, repository, commit),
  );
}

const CONTENTS = "/repos/{owner}/{repo}/contents/{path}";

export const CONTENT_ROUTES: Route[] = [
  { method: "GET", path: CONTENTS, operation: "repos/get-content", handle: getContent },
  { method: "PUT", path: CONTENTS, operation: "repos/create-or-update-file-contents", handle: putContent },
  { method: "DELETE", path: CONTENTS, operation: "repos/delete-file", handle: deleteContent },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/git/trees/{tree_sha}",
    operation: "git/get-tree",
    handle: getTree,
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/git/blobs/{file_sha}",
    operation: "git/get-blob",
    handle: getBlob,
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/branches/{branch}",
    operation: "repos/get-branch",
    handle: getBranch,
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/commits",
    operation: "repos/list-commits",
    handle: listCommits,
  },
];
