import type { Repository } from "../state/state.ts";
import type { Comment, Issue, TimelineEvent } from "../state/thread.ts";
import { iso, type World } from "../state/world.ts";
import { accountById, type Json } from "./account.ts";
import { repositoryUrl } from "./repository.ts";
import { commentView, issueUrl, issueView, viaApp } from "./thread.ts";

/** What each kind of event carries beside who and when. */
function details(world: World, event: TimelineEvent): Json {
  switch (event.type) {
    case "labeled":
    case "unlabeled":
      return { label: { name: event.label.name, color: event.label.color } };
    case "assigned":
    case "unassigned":
      return {
        assignee: accountById(world, event.assigneeId),
        assigner: accountById(world, event.actorId),
      };
    case "closed":
    case "reopened":
      return { state_reason: event.stateReason };
    case "renamed":
      return { rename: { from: event.from, to: event.to } };
    case "locked":
      return { lock_reason: event.reason };
    case "unlocked":
    case "pinned":
    case "unpinned":
    case "transferred":
      return {};
  }
}

/** GitHub's `issue-event`. */
export function eventView(world: World, repository: Repository, event: TimelineEvent): Json {
  return {
    id: event.id,
    node_id: event.nodeId,
    url: `${repositoryUrl(world, repository)}/issues/events/${event.id}`,
    actor: accountById(world, event.actorId),
    event: event.type,
    commit_id: null,
    commit_url: null,
    created_at: iso(event.createdAt),
    ...details(world, event),
    performed_via_github_app: viaApp(world, event.viaAppId),
  };
}

/** An event in the list of the whole repository, which names its issue. */
export function eventOfRepositoryView(
  world: World,
  repository: Repository,
  issue: Issue,
  event: TimelineEvent,
): Json {
  const { state_reason: _, ...view } = eventView(world, repository, event);
  return { ...view, issue: issueView(world, repository, issue) };
}

function commentedView(world: World, repository: Repository, comment: Comment): Json {
  const view = commentView(world, repository, comment);
  const issue_url = issueUrl(world, repository, comment.number);
  return { ...view, issue_url, event: "commented", actor: accountById(world, comment.authorId) };
}

/** Events and comments in their order, as `/timeline` gives them. */
export function timelineOf(world: World, repository: Repository, issue: Issue): Json[] {
  const eventOf = (event: TimelineEvent) => {
    // The timeline, unlike the list of events, does not repeat its actor as the assigner.
    const { assigner: _, ...view } = eventView(world, repository, event);
    return view;
  };
  const items = [
    ...issue.events.map((event) => ({ at: event.createdAt, view: eventOf(event) })),
    ...issue.comments.map((c) => ({ at: c.createdAt, view: commentedView(world, repository, c) })),
  ];
  return items.sort((a, b) => a.at - b.at).map(({ view }) => view);
}
