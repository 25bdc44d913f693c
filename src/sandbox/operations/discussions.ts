import { newIdentity, register } from "../state/identity.ts";
import { forbidden, Refusal } from "../state/refusal.ts";
import type { Category, Repository } from "../state/state.ts";
import type { Comment, Discussion } from "../state/thread.ts";
import type { Actor, World } from "../state/world.ts";
import { repositoryView } from "../views/repository.ts";
import { discussionCommentView, discussionView } from "../views/thread.ts";
import { addLabels, labelByName } from "./labels.ts";
import { publishThread, repositoryOf } from "./threads.ts";
import { checkBody, checkTitle, record, touch, writable } from "./writing.ts";

/** The categories that GitHub makes when discussions are switched on. */
export const DEFAULT_CATEGORIES: [string, string, string, boolean][] = [
  ["Announcements", ":mega:", "Updates from maintainers", false],
  ["General", ":speech_balloon:", "Chat about anything and everything here", false],
  ["Ideas", ":bulb:", "Share ideas for new features", false],
  ["Polls", ":ballot_box:", "Take a vote from the community", false],
  ["Q&A", ":pray:", "Ask the community for help", true],
  ["Show and tell", ":raised_hands:", "Show off something you've made", false],
];

export function addCategory(
  world: World,
  repository: Repository,
  [name, emoji, description, answerable]: (typeof DEFAULT_CATEGORIES)[number],
): Category {
  const category: Category = {
    is: "category",
    ...newIdentity(world.state, "category", { repositoryId: repository.id }),
    repositoryId: repository.id,
    name,
    slug: name.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    emoji,
    description,
    answerable,
    createdAt: world.now(),
  };
  repository.categories.push(category);
  return register(world.state, category);
}

export interface NewDiscussion {
  title: string;
  body: string;
  category: Category;
  labels?: string[] | undefined;
}

export function openDiscussion(
  world: World,
  actor: Actor,
  repository: Repository,
  fields: NewDiscussion,
): Discussion {
  writable(repository);
  if (!repository.hasDiscussions) throw new Refusal(410, "Discussions are disabled for this repo");
  const discussion = blankDiscussion(world, actor, repository, fields);
  publishThread(world, actor, discussion, "created");
  const labels = (fields.labels ?? []).flatMap((name) => labelByName(repository, name) ?? []);
  addLabels(world, actor, discussion, labels);
  return discussion;
}

function blankDiscussion(
  world: World,
  actor: Actor,
  repository: Repository,
  { title, body, category }: NewDiscussion,
): Discussion {
  const now = world.now();
  const discussion: Discussion = {
    is: "discussion",
    ...newIdentity(world.state, "discussion", { repositoryId: repository.id }),
    repositoryId: repository.id,
    number: repository.nextNumber++,
    title: checkTitle("Discussion", title),
    body: checkBody("Discussion", body),
    categoryId: category.id,
    authorId: actor.account.id,
    viaAppId: actor.app?.id ?? null,
    labels: [],
    state: "open",
    stateReason: null,
    locked: false,
    lockReason: null,
    answer: null,
    comments: [],
    reactions: [],
    events: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    deleted: false,
    movedTo: null,
  };
  repository.discussions.set(discussion.number, discussion);
  return register(world.state, discussion);
}

export function recategorize(world: World, actor: Actor, discussion: Discussion, category: Category): void {
  const repository = repositoryOf(world, discussion);
  writable(repository);
  if (discussion.categoryId === category.id) return;
  const before = discussionView(world, repository, discussion).category;
  discussion.categoryId = category.id;
  touch(world, discussion);
  publishThread(world, actor, discussion, "category_changed", { changes: { category: { from: before } } });
}

export function closeDiscussion(
  world: World,
  actor: Actor,
  discussion: Discussion,
  reason: "resolved" | "outdated" | "duplicate" = "resolved",
): void {
  writable(repositoryOf(world, discussion));
  if (discussion.state === "closed") return;
  Object.assign(discussion, { state: "closed", stateReason: reason, closedAt: world.now() });
  record(world, actor, discussion, { type: "closed", stateReason: reason });
  touch(world, discussion);
  publishThread(world, actor, discussion, "closed");
}

export function reopenDiscussion(world: World, actor: Actor, discussion: Discussion): void {
  writable(repositoryOf(world, discussion));
  if (discussion.state === "open") return;
  Object.assign(discussion, { state: "open", stateReason: "reopened", closedAt: null });
  record(world, actor, discussion, { type: "reopened", stateReason: "reopened" });
  touch(world, discussion);
  publishThread(world, actor, discussion, "reopened");
}

export function markAnswer(world: World, actor: Actor, discussion: Discussion, comment: Comment): void {
  const repository = repositoryOf(world, discussion);
  writable(repository);
  const category = repository.categories.find((c) => c.id === discussion.categoryId);
  if (!category?.answerable) throw forbidden("Discussion category does not support answers");
  discussion.answer = { commentId: comment.id, chosenAt: world.now(), chosenById: actor.account.id };
  touch(world, discussion);
  const answer = discussionCommentView(world, repository, discussion, comment);
  publishThread(world, actor, discussion, "answered", { answer });
}

export function unmarkAnswer(world: World, actor: Actor, discussion: Discussion): void {
  const repository = repositoryOf(world, discussion);
  writable(repository);
  const old = discussion.comments.find((comment) => comment.id === discussion.answer?.commentId);
  if (!old) return;
  discussion.answer = null;
  touch(world, discussion);
  const view = discussionCommentView(world, repository, discussion, old);
  publishThread(world, actor, discussion, "unanswered", { old_answer: view });
}

export function deleteDiscussion(world: World, actor: Actor, discussion: Discussion): void {
  writable(repositoryOf(world, discussion));
  publishThread(world, actor, discussion, "deleted");
  discussion.deleted = true;
  world.state.nodes.delete(discussion.nodeId);
}

/** Moves a discussion; the new place keeps the category of the same name, or its first one. */
export function transferDiscussion(
  world: World,
  actor: Actor,
  discussion: Discussion,
  to: Repository,
): Discussion {
  const from = repositoryOf(world, discussion);
  writable(from);
  writable(to);
  const name = from.categories.find((category) => category.id === discussion.categoryId)?.name;
  const category = to.categories.find((other) => other.name === name) ?? to.categories[0];
  if (!category) throw new Refusal(410, "Discussions are disabled for this repo");
  const { title, body } = discussion;
  const moved = blankDiscussion(world, actor, to, { title, body, category });
  const { authorId, viaAppId, state, stateReason, createdAt, closedAt, comments, reactions } = discussion;
  Object.assign(moved, { authorId, viaAppId, state, stateReason, createdAt, closedAt, comments, reactions });
  for (const comment of comments) Object.assign(comment, { repositoryId: to.id, number: moved.number });
  publishThread(world, actor, discussion, "transferred", {
    changes: {
      new_discussion: discussionView(world, to, moved),
      new_repository: repositoryView(world, to),
    },
  });
  publishThread(world, actor, moved, "created");
  Object.assign(discussion, {
    movedTo: { repositoryId: to.id, number: moved.number },
    comments: [],
    reactions: [],
  });
  world.state.nodes.delete(discussion.nodeId);
  return moved;
}
