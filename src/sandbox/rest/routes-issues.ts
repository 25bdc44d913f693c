import { actorOf, demand, holds, need, sees } from "../caller.ts";
import {
  assign,
  closeIssue,
  editThread,
  lockThread,
  openIssue,
  reopenIssue,
  unassign,
  unlockThread,
  withIssues,
} from "../operations/issues.ts";
import { labelsByName, setLabels } from "../operations/labels.ts";
import { accountByLogin } from "../state/access.ts";
import { invalid } from "../state/refusal.ts";
import type { Repository } from "../state/state.ts";
import type { Issue, LockReason } from "../state/thread.ts";
import { repositoryUrl } from "../views/repository.ts";
import { issueView, labelsOf, singleIssueView } from "../views/thread.ts";
import {
  type Answer,
  type Call,
  created,
  issueOfCall,
  names,
  nothing,
  ok,
  optionalText,
  page,
  type Route,
  repositoryOfCall,
  text,
} from "./route.ts";

export const READ = need("issues", "read", "read");
export const OPEN = need("issues", "write", "read");
export const TRIAGE = need("issues", "write", "triage");

/** The issue of the path, for somebody who may triage it. */
export function triaged(call: Call): { repository: Repository; issue: Issue } {
  const repository = repositoryOfCall(call, READ);
  const issue = issueOfCall(call, repository);
  demand(call.world.state, call.caller, repository, TRIAGE);
  return { repository, issue };
}

function list(call: Call): Answer {
  const { world, query } = call;
  const repository = repositoryOfCall(call, READ);
  withIssues(repository);
  const state = query.get("state") ?? "open";
  const since = Date.parse(query.get("since") ?? "") || 0;
  const wanted = (query.get("labels") ?? "").split(",").filter(Boolean);
  const creator = query.get("creator");
  const assignee = query.get("assignee");
  const has = (issue: Issue, name: string) =>
    labelsOf(repository, issue).some((label) => label.name.toLowerCase() === name.trim().toLowerCase());
  const login = (id: number) => world.state.accounts.get(id)?.login;
  const found = [...repository.issues.values()].filter(
    (issue) =>
      !issue.deleted &&
      !issue.movedTo &&
      (state === "all" || issue.state === state) &&
      issue.updatedAt >= since &&
      wanted.every((name) => has(issue, name)) &&
      (!creator || login(issue.authorId) === creator) &&
      (!assignee ||
        (assignee === "none"
          ? issue.assignees.length === 0
          : issue.assignees.some((id) => login(id) === assignee))),
  );
  const by = query.get("sort") ?? "created";
  const key = (issue: Issue) =>
    by === "updated" ? issue.updatedAt : by === "comments" ? issue.comments.length : issue.createdAt;
  const sign = query.get("direction") === "asc" ? 1 : -1;
  found.sort((a, b) => sign * (key(a) - key(b) || a.number - b.number));
  return page(call, `${repositoryUrl(world, repository)}/issues`, found, (issue) =>
    issueView(world, repository, issue),
  );
}

function create(call: Call): Answer {
  const { world, caller, input } = call;
  const repository = repositoryOfCall(call, OPEN);
  const actor = actorOf(world, caller);
  const triager = mayTriage(call, repository);
  const issue = openIssue(world, actor, repository, {
    title: text(call, "title", "Issue"),
    body: optionalText(call, "body"),
    labels: triager ? names(input.labels) : [],
    assignees: triager
      ? accountIds(call, [...(names(input.assignees) ?? []), ...(names([input.assignee]) ?? [])])
      : [],
  });
  return created(singleIssueView(world, repository, issue));
}

/** Labels and assignees of people who may not triage are dropped without a word, as GitHub does. */
function mayTriage(call: Call, repository: Repository): boolean {
  return holds(call.world.state, call.caller, repository, TRIAGE);
}

export function accountIds(call: Call, logins: string[]): number[] {
  return logins.flatMap((login) => accountByLogin(call.world.state, login)?.id ?? []);
}

function update(call: Call): Answer {
  const { world, caller, input } = call;
  const repository = repositoryOfCall(call, READ);
  const issue = issueOfCall(call, repository);
  demand(world.state, caller, repository, TRIAGE, issue.authorId);
  const actor = actorOf(world, caller);
  editThread(world, actor, issue, {
    title: optionalText(call, "title"),
    body: input.body === null ? null : optionalText(call, "body"),
  });
  const triager = mayTriage(call, repository);
  const labels = names(input.labels);
  if (labels && triager) setLabels(world, actor, issue, labelsByName(world, actor, repository, labels));
  const assignees = names(input.assignees);
  if (assignees && triager) {
    const ids = accountIds(call, assignees);
    unassign(
      world,
      actor,
      issue,
      issue.assignees.filter((id) => !ids.includes(id)),
    );
    assign(world, actor, issue, ids);
  }
  changeState(call, issue);
  return ok(singleIssueView(world, repository, issue));
}

const REASONS = ["completed", "not_planned", "duplicate", "reopened"] as const;

function changeState(call: Call, issue: Issue): void {
  const { world, caller, input } = call;
  const reason = REASONS.find((r) => r === input.state_reason);
  if (input.state_reason != null && !reason)
    throw invalid({ resource: "Issue", field: "state_reason", code: "invalid" });
  switch (input.state) {
    case undefined:
      break;
    case "open":
      reopenIssue(world, actorOf(world, caller), issue);
      break;
    case "closed":
      if (reason === "duplicate") canonicalIssue(call);
      closeIssue(world, actorOf(world, caller), issue, reason === "reopened" ? "completed" : reason);
      break;
    default:
      throw invalid({ resource: "Issue", field: "state", code: "invalid" });
  }
}

/** The issue whose duplicate it becomes; GitHub asks that it exists and is the caller's to see. */
function canonicalIssue({ world, caller, input }: Call): void {
  const { duplicate_issue_id: id } = input;
  if (id === undefined) return;
  const homes = [...world.state.repositories.values()].filter((home) => sees(world.state, caller, home));
  if (!homes.some(({ issues }) => [...issues.values()].some((issue) => issue.id === id)))
    throw invalid({ resource: "Issue", field: "duplicate_issue_id", code: "invalid" });
}

const LOCK_REASONS: LockReason[] = ["off-topic", "too heated", "resolved", "spam"];

export const ISSUE_ROUTES: Route[] = [
  { method: "GET", path: "/repos/{owner}/{repo}/issues", operation: "issues/list-for-repo", handle: list },
  { method: "POST", path: "/repos/{owner}/{repo}/issues", operation: "issues/create", handle: create },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/{issue_number}",
    operation: "issues/get",
    handle: (call) => {
      const repository = repositoryOfCall(call, READ);
      return ok(singleIssueView(call.world, repository, issueOfCall(call, repository)));
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/issues/{issue_number}",
    operation: "issues/update",
    handle: update,
  },
  {
    method: "PUT",
    path: "/repos/{owner}/{repo}/issues/{issue_number}/lock",
    operation: "issues/lock",
    handle: (call) => {
      const { issue } = triaged(call);
      const reason = LOCK_REASONS.find((r) => r === call.input.lock_reason) ?? null;
      lockThread(call.world, actorOf(call.world, call.caller), issue, reason);
      return nothing();
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/issues/{issue_number}/lock",
    operation: "issues/unlock",
    handle: (call) => {
      unlockThread(call.world, actorOf(call.world, call.caller), triaged(call).issue);
      return nothing();
    },
  },
];
