import { roleOf } from "../state/access.ts";
import { newIdentity, register } from "../state/identity.ts";
import { invalid, Refusal } from "../state/refusal.ts";
import type { Repository } from "../state/state.ts";
import type { Issue, LockReason, Thread } from "../state/thread.ts";
import type { Actor, World } from "../state/world.ts";
import { accountById } from "../views/account.ts";
import { repositoryView } from "../views/repository.ts";
import { issueView } from "../views/thread.ts";
import { addLabels, labelByName, labelsByName } from "./labels.ts";
import { publishThread, repositoryOf } from "./threads.ts";
import { checkBody, checkTitle, record, touch, writable } from "./writing.ts";

export interface NewIssue {
  title: string;
  body?: string | null | undefined;
  labels?: string[] | undefined;
  assignees?: number[] | undefined;
}

export function blankIssue(
  world: World,
  actor: Actor,
  repository: Repository,
  title: string,
  body: string,
): Issue {
  const now = world.now();
  const issue: Issue = {
    is: "issue",
    ...newIdentity(world.state, "issue", { repositoryId: repository.id }),
    repositoryId: repository.id,
    number: repository.nextNumber++,
    title,
    body,
    authorId: actor.account.id,
    viaAppId: actor.app?.id ?? null,
    labels: [],
    assignees: [],
    state: "open",
    stateReason: null,
    locked: false,
    lockReason: null,
    pinned: false,
    comments: [],
    reactions: [],
    events: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedById: null,
    deleted: false,
    movedTo: null,
  };
  repository.issues.set(issue.number, issue);
  return register(world.state, issue);
}

/** GitHub calls everything about issues gone where they are switched off. */
export function withIssues(repository: Repository): void {
  if (!repository.hasIssues) throw new Refusal(410, "Issues are disabled for this repo");
}

/** Opens an issue: `opened` first, then a `labeled` for each label and an `assigned` for each person. */
export function openIssue(world: World, actor: Actor, repository: Repository, fields: NewIssue): Issue {
  writable(repository);
  withIssues(repository);
  const title = checkTitle("Issue", fields.title);
  const issue = blankIssue(world, actor, repository, title, checkBody("Issue", fields.body ?? ""));
  const labels = labelsByName(world, actor, repository, fields.labels ?? []);
  // The payload of "opened" shows the labels that the issue is born with.
  issue.labels = [...new Set(labels.map((label) => label.id))];
  publishThread(world, actor, issue, "opened");
  issue.labels = [];
  addLabels(world, actor, issue, labels);
  assign(world, actor, issue, fields.assignees ?? []);
  return issue;
}

/** Changes title or body; `changes` tells webhooks what was there before. */
export function editThread(
  world: World,
  actor: Actor,
  thread: Thread,
  fields: { title?: string | undefined; body?: string | null | undefined },
): void {
  writable(repositoryOf(world, thread));
  const resource = thread.is === "issue" ? "Issue" : "Discussion";
  const title = fields.title === undefined ? thread.title : checkTitle(resource, fields.title);
  const body = fields.body === undefined ? thread.body : checkBody(resource, fields.body ?? "");
  const changes: Record<string, { from: string }> = {};
  if (title !== thread.title) {
    changes.title = { from: thread.title };
    record(world, actor, thread, { type: "renamed", from: thread.title, to: title });
  }
  if (body !== thread.body) changes.body = { from: thread.body };
  if (Object.keys(changes).length === 0) return;
  Object.assign(thread, { title, body });
  touch(world, thread);
  publishThread(world, actor, thread, "edited", { changes });
}

export function closeIssue(
  world: World,
  actor: Actor,
  issue: Issue,
  reason: "completed" | "not_planned" | "duplicate" = "completed",
): void {
  writable(repositoryOf(world, issue));
  if (issue.state === "closed" && issue.stateReason === reason) return;
  const wasOpen = issue.state === "open";
  Object.assign(issue, { state: "closed", stateReason: reason, closedById: actor.account.id });
  touch(world, issue);
  if (!wasOpen) return;
  issue.closedAt = world.now();
  record(world, actor, issue, { type: "closed", stateReason: reason });
  publishThread(world, actor, issue, "closed");
}

export function reopenIssue(world: World, actor: Actor, issue: Issue): void {
  writable(repositoryOf(world, issue));
  if (issue.state === "open") return;
  Object.assign(issue, { state: "open", stateReason: "reopened", closedAt: null, closedById: null });
  record(world, actor, issue, { type: "reopened", stateReason: "reopened" });
  touch(world, issue);
  publishThread(world, actor, issue, "reopened");
}

/** Assigns people; those who cannot be assigned are silently left out, as GitHub does. */
export function assign(world: World, actor: Actor, issue: Issue, accountIds: number[]): void {
  const repository = repositoryOf(world, issue);
  writable(repository);
  for (const id of accountIds) {
    if (issue.assignees.includes(id) || !assignable(world, repository, id)) continue;
    issue.assignees.push(id);
    assignmentChanged(world, actor, issue, id, "assigned");
  }
}

export function unassign(world: World, actor: Actor, issue: Issue, accountIds: number[]): void {
  writable(repositoryOf(world, issue));
  for (const id of accountIds.filter((id) => issue.assignees.includes(id))) {
    issue.assignees = issue.assignees.filter((other) => other !== id);
    assignmentChanged(world, actor, issue, id, "unassigned");
  }
}

/** Only people with a role of their own can be assigned; reading what is public is none. */
export function assignable(world: World, repository: Repository, accountId: number): boolean {
  const asPrivate = { ...repository, private: true };
  return roleOf(world.state, asPrivate, accountId) !== null;
}

function assignmentChanged(
  world: World,
  actor: Actor,
  issue: Issue,
  assigneeId: number,
  type: "assigned" | "unassigned",
): void {
  record(world, actor, issue, { type, assigneeId });
  touch(world, issue);
  publishThread(world, actor, issue, type, { assignee: accountById(world, assigneeId) });
}

export function lockThread(world: World, actor: Actor, thread: Thread, reason: LockReason | null): void {
  writable(repositoryOf(world, thread));
  if (thread.locked) return;
  Object.assign(thread, { locked: true, lockReason: reason });
  record(world, actor, thread, { type: "locked", reason });
  touch(world, thread);
  publishThread(world, actor, thread, "locked");
}

export function unlockThread(world: World, actor: Actor, thread: Thread): void {
  writable(repositoryOf(world, thread));
  if (!thread.locked) return;
  Object.assign(thread, { locked: false, lockReason: null });
  record(world, actor, thread, { type: "unlocked" });
  touch(world, thread);
  publishThread(world, actor, thread, "unlocked");
}

/** Pins an issue; a repository holds three. */
export function pinIssue(world: World, actor: Actor, issue: Issue, pinned: boolean): void {
  const repository = repositoryOf(world, issue);
  writable(repository);
  if (issue.pinned === pinned) return;
  const others = [...repository.issues.values()].filter((other) => other.pinned && !other.deleted);
  if (pinned && others.length >= 3) {
    throw invalid({
      resource: "Issue",
      field: "base",
      code: "custom",
      message: "Maximum 3 pinned issues per repository",
    });
  }
  issue.pinned = pinned;
  record(world, actor, issue, { type: pinned ? "pinned" : "unpinned" });
  publishThread(world, actor, issue, pinned ? "pinned" : "unpinned");
}

export function deleteIssue(world: World, actor: Actor, issue: Issue): void {
  writable(repositoryOf(world, issue));
  publishThread(world, actor, issue, "deleted");
  issue.deleted = true;
  world.state.nodes.delete(issue.nodeId);
}

/**
 * Moves an issue: a new issue with a new id and number; labels survive where the new repository has the
 * same names. The old place tells `transferred`, the new one `opened`, each naming the other.
 */
export function transferIssue(world: World, actor: Actor, issue: Issue, to: Repository): Issue {
  const from = repositoryOf(world, issue);
  writable(from);
  writable(to);
  const moved = blankIssue(world, actor, to, issue.title, issue.body);
  const { authorId, viaAppId, state, stateReason, createdAt, closedAt, closedById, locked } = issue;
  Object.assign(moved, { authorId, viaAppId, state, stateReason, createdAt, closedAt, closedById, locked });
  moved.labels = from.labels
    .filter((label) => issue.labels.includes(label.id))
    .flatMap((label) => labelByName(to, label.name)?.id ?? []);
  moved.assignees = issue.assignees.filter((id) => assignable(world, to, id));
  moved.reactions = issue.reactions;
  moved.events = issue.events;
  moved.comments = issue.comments;
  for (const comment of moved.comments) Object.assign(comment, { repositoryId: to.id, number: moved.number });
  record(world, actor, moved, { type: "transferred", fromRepositoryId: from.id });
  publishThread(world, actor, issue, "transferred", {
    changes: { new_issue: issueView(world, to, moved), new_repository: repositoryView(world, to) },
  });
  publishThread(world, actor, moved, "opened", {
    changes: { old_issue: issueView(world, from, issue), old_repository: repositoryView(world, from) },
  });
  Object.assign(issue, {
    movedTo: { repositoryId: to.id, number: moved.number },
    comments: [],
    reactions: [],
  });
  world.state.nodes.delete(issue.nodeId);
  return moved;
}
