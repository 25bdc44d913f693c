import { fullNameOf, ownerOf } from "../state/access.ts";
import type { Repository } from "../state/state.ts";
import { iso, type World } from "../state/world.ts";
import { accountView, apiUrl, type Json } from "./account.ts";

/** The templates that GitHub puts below a repository's API address. */
const BELOW: Record<string, string> = {
  forks_url: "/forks",
  keys_url: "/keys{/key_id}",
  collaborators_url: "/collaborators{/collaborator}",
  teams_url: "/teams",
  hooks_url: "/hooks",
  issue_events_url: "/issues/events{/number}",
  events_url: "/events",
  assignees_url: "/assignees{/user}",
  branches_url: "/branches{/branch}",
  tags_url: "/tags",
  blobs_url: "/git/blobs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  git_refs_url: "/git/refs{/sha}",
  trees_url: "/git/trees{/sha}",
  statuses_url: "/statuses/{sha}",
  languages_url: "/languages",
  stargazers_url: "/stargazers",
  contributors_url: "/contributors",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  commits_url: "/commits{/sha}",
  git_commits_url: "/git/commits{/sha}",
  comments_url: "/comments{/number}",
  issue_comment_url: "/issues/comments{/number}",
  contents_url: "/contents/{+path}",
  compare_url: "/compare/{base}...{head}",
  merges_url: "/merges",
  archive_url: "/{archive_format}{/ref}",
  downloads_url: "/downloads",
  issues_url: "/issues{/number}",
  pulls_url: "/pulls{/number}",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  labels_url: "/labels{/name}",
  releases_url: "/releases{/id}",
  deployments_url: "/deployments",
};

export function repositoryUrl(world: World, repository: Repository): string {
  return apiUrl(world, `/repos/${fullNameOf(world.state, repository)}`);
}

export function repositoryPage(world: World, repository: Repository): string {
  return `${world.origin}/${fullNameOf(world.state, repository)}`;
}

/** GitHub's `full-repository`, of which `repository` and `minimal-repository` ask for parts. */
export function repositoryView(world: World, repository: Repository): Json {
  const url = repositoryUrl(world, repository);
  const page = repositoryPage(world, repository);
  const open = [...repository.issues.values()].filter(
    (issue) => !issue.deleted && issue.state === "open",
  ).length;
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: fullNameOf(world.state, repository),
    private: repository.private,
    owner: accountView(world, ownerOf(world.state, repository)),
    html_url: page,
    description: repository.description,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(BELOW).map(([key, path]) => [key, url + path])),
    created_at: iso(repository.createdAt),
    updated_at: iso(repository.updatedAt),
    pushed_at: iso(repository.pushedAt),
    git_url: `${page.replace(/^https?/, "git")}.git`,
    ssh_url: `git@${page.replace(/^https?:\/\//, "")}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: [...repository.files.values()].reduce((sum, file) => sum + file.content.length, 0) >> 10,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: false,
    has_downloads: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: repository.hasDiscussions,
    has_pull_requests: true,
    pull_request_creation_policy: "all",
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? "private" : "public",
    default_branch: repository.defaultBranch,
    open_issues_count: open,
    open_issues: open,
    ...COUNTS,
  };
}

const COUNTS = { stargazers_count: 0, watchers_count: 0, forks_count: 0, forks: 0, watchers: 0 };

/** What only `GET /repos/{owner}/{repo}` adds. */
export function fullRepositoryView(world: World, repository: Repository): Json {
  return { ...repositoryView(world, repository), network_count: 0, subscribers_count: 0 };
}

/** As `installation` events list repositories. */
export function shortRepositoryView(world: World, repository: Repository): Json {
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: fullNameOf(world.state, repository),
    private: repository.private,
  };
}
