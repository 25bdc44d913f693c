import { demand, need } from "../caller.ts";
import { addComment, deleteComment, editComment } from "../operations/comments.ts";
import {
  closeDiscussion,
  deleteDiscussion,
  markAnswer,
  openDiscussion,
  recategorize,
  reopenDiscussion,
  transferDiscussion,
  unmarkAnswer,
} from "../operations/discussions.ts";
import {
  assign,
  closeIssue,
  deleteIssue,
  editThread,
  lockThread,
  openIssue,
  pinIssue,
  reopenIssue,
  transferIssue,
  unassign,
  unlockThread,
} from "../operations/issues.ts";
import { addLabels, labelByName, labelsByName, removeLabels } from "../operations/labels.ts";
import { react, unreact } from "../operations/reactions.ts";
import { repositoryOf } from "../operations/threads.ts";
import { must } from "../state/access.ts";
import type { Category, Repository } from "../state/state.ts";
import type { Discussion, Issue, LockReason, ReactionContent, Thread } from "../state/thread.ts";
import {
  accountNamed,
  commentSaid,
  type Hand,
  type Opened,
  openedAs,
  type Place,
  repositoryNamed,
  type Said,
  threadAt,
  threadFor,
} from "./place.ts";

const READ = need("issues", "write", "read");
const TRIAGE = need("issues", "write", "triage");
const WRITE = need("issues", "write", "write");
const ADMIN = need("issues", "write", "admin");

function categoryOf(repository: Repository, name: string): Category {
  return must(
    repository.categories.find((category) => category.name === name),
    `the category ${name}`,
  );
}

function issueOf(thread: Thread): Issue {
  if (thread.is !== "issue") throw new Error(`#${thread.number} is a discussion`);
  return thread;
}

function discussionOf(thread: Thread): Discussion {
  if (thread.is !== "discussion") throw new Error(`#${thread.number} is an issue`);
  return thread;
}

/** Opening threads and changing them as a whole. */
export function threadActs(hand: Hand) {
  const { world, actor, caller } = hand;
  return {
    openIssue(
      repository: string,
      fields: { title: string; body?: string; labels?: string[]; assignees?: string[] },
    ): Opened {
      const found = demand(world.state, caller, repositoryNamed(world, repository), READ);
      const assignees = fields.assignees?.map((login) => accountNamed(world, login).id);
      return openedAs(repository, openIssue(world, actor, found, { ...fields, assignees }));
    },
    openDiscussion(
      repository: string,
      fields: { title: string; body: string; category?: string; labels?: string[] },
    ): Opened {
      const found = demand(world.state, caller, repositoryNamed(world, repository), READ);
      const category = categoryOf(found, fields.category ?? "Q&A");
      return openedAs(repository, openDiscussion(world, actor, found, { ...fields, category }));
    },
    edit(place: Place, fields: { title?: string; body?: string }): void {
      editThread(world, actor, threadFor(hand, place, TRIAGE, true), fields);
    },
    close(place: Place, reason: "completed" | "not_planned" | "duplicate" = "completed"): void {
      const thread = threadFor(hand, place, TRIAGE, true);
      const words = { completed: "resolved", not_planned: "outdated", duplicate: "duplicate" } as const;
      if (thread.is === "issue") closeIssue(world, actor, thread, reason);
      else closeDiscussion(world, actor, thread, words[reason]);
    },
    reopen(place: Place): void {
      const thread = threadFor(hand, place, TRIAGE, true);
      if (thread.is === "issue") reopenIssue(world, actor, thread);
      else reopenDiscussion(world, actor, thread);
    },
    /** Moves a thread to another repository; gives its new place. */
    transfer(place: Place, to: string): Opened {
      const thread = threadFor(hand, place, WRITE);
      const there = demand(world.state, caller, repositoryNamed(world, to), WRITE);
      const moved =
        thread.is === "issue"
          ? transferIssue(world, actor, thread, there)
          : transferDiscussion(world, actor, thread, there);
      return openedAs(to, moved);
    },
    delete(place: Place): void {
      const thread = threadFor(hand, place, deleters(threadAt(world, place)));
      if (thread.is === "issue") deleteIssue(world, actor, thread);
      else deleteDiscussion(world, actor, thread);
    },
  };
}

/** What triagers do: labels, people, locks and pins. */
export function triageActs(hand: Hand) {
  const { world, actor } = hand;
  return {
    label(place: Place, ...names: string[]): void {
      const thread = threadFor(hand, place, TRIAGE);
      const labels = labelsByName(world, actor, repositoryOf(world, thread), names);
      addLabels(world, actor, thread, labels);
    },
    unlabel(place: Place, ...names: string[]): void {
      const thread = threadFor(hand, place, TRIAGE);
      for (const name of names) {
        const label = labelByName(repositoryOf(world, thread), name);
        // A test or a story that takes away what is not there has gone wrong before: say so.
        if (!label || !thread.labels.includes(label.id)) {
          throw new Error(`${place.repository}#${place.number} has no label "${name}" to take away`);
        }
        removeLabels(world, actor, thread, [label]);
      }
    },
    assign(place: Place, ...logins: string[]): void {
      const ids = logins.map((login) => accountNamed(world, login).id);
      assign(world, actor, issueOf(threadFor(hand, place, TRIAGE)), ids);
    },
    unassign(place: Place, ...logins: string[]): void {
      const ids = logins.map((login) => accountNamed(world, login).id);
      unassign(world, actor, issueOf(threadFor(hand, place, TRIAGE)), ids);
    },
    lock(place: Place, reason: LockReason | null = null): void {
      lockThread(world, actor, threadFor(hand, place, TRIAGE), reason);
    },
    unlock(place: Place): void {
      unlockThread(world, actor, threadFor(hand, place, TRIAGE));
    },
    pin(place: Place, pinned = true): void {
      pinIssue(world, actor, issueOf(threadFor(hand, place, WRITE)), pinned);
    },
    recategorize(place: Place, category: string): void {
      const discussion = discussionOf(threadFor(hand, place, TRIAGE, true));
      recategorize(world, actor, discussion, categoryOf(repositoryOf(world, discussion), category));
    },
  };
}

/** Issues are deleted by admins, discussions by maintainers. */
function deleters(thread: Thread) {
  return thread.is === "issue" ? ADMIN : { ...ADMIN, role: "maintain" as const };
}

/** Writing, answering and reacting. */
export function commentActs(hand: Hand) {
  const { world, actor } = hand;
  return {
    comment(place: Place, body: string, replyTo: Said | null = null): Said {
      const thread = threadFor(hand, place, READ);
      const { id, nodeId } = addComment(world, actor, thread, body, replyTo && commentSaid(hand, replyTo));
      return { id, nodeId };
    },
    editComment(said: Said, body: string): void {
      editComment(world, actor, commentSaid(hand, said), body);
    },
    deleteComment(said: Said): void {
      deleteComment(world, actor, commentSaid(hand, said));
    },
    /** Reacts to a thread or to a comment. */
    react(to: Place | Said, content: ReactionContent): void {
      react(world, actor, "number" in to ? threadFor(hand, to, READ) : commentSaid(hand, to), content);
    },
    unreact(to: Place | Said, content: ReactionContent): void {
      const subject = "number" in to ? threadFor(hand, to, READ) : commentSaid(hand, to);
      const mine = subject.reactions.find((r) => r.userId === actor.account.id && r.content === content);
      if (mine) unreact(world, actor, subject, mine);
    },
    /** Marks a comment as the discussion's answer. */
    answer(place: Place, said: Said): void {
      const discussion = discussionOf(threadFor(hand, place, TRIAGE, true));
      markAnswer(world, actor, discussion, commentSaid(hand, said));
    },
    unanswer(place: Place): void {
      unmarkAnswer(world, actor, discussionOf(threadFor(hand, place, TRIAGE, true)));
    },
  };
}
