import type { Repository } from "../state/state.ts";
import type { Comment, Reaction, ReactionContent, Thread, TimelineEvent } from "../state/thread.ts";
import type { World } from "../state/world.ts";
import { associationOf } from "../views/account.ts";
import { labelsOf } from "../views/thread.ts";
import { type Html, html } from "./html.ts";
import { ago, face, labelChip, loginOf, repositoryLayout } from "./layout.ts";
import { markdown } from "./markdown.ts";

const EMOJI: Record<ReactionContent, string> = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  hooray: "🎉",
  confused: "😕",
  heart: "❤️",
  rocket: "🚀",
  eyes: "👀",
};

function reactionsRow(world: World, reactions: Reaction[]): Html | null {
  if (reactions.length === 0) return null;
  const groups = (Object.keys(EMOJI) as ReactionContent[]).flatMap((content) => {
    const found = reactions.filter((reaction) => reaction.content === content);
    const who = found.map((reaction) => loginOf(world.state, reaction.userId)).join(", ");
    return found.length > 0 ? [html`<span title="${who}">${EMOJI[content]} ${found.length}</span>`] : [];
  });
  return html`<div class="reactions">${groups}</div>`;
}

/** The opening text or a comment, in its box. */
function said(world: World, repository: Repository, thing: Thread | Comment, marks: string[]): Html {
  const author = world.state.accounts.get(thing.authorId);
  const isBot = author?.type === "Bot";
  const association = associationOf(world.state, repository, thing.authorId);
  const badges = [isBot ? "bot" : association === "NONE" ? null : association.toLowerCase()];
  const edited = thing.is === "comment" && thing.updatedAt > thing.createdAt ? " · edited" : "";
  const classes = ["said", ...(isBot ? ["bot"] : []), ...marks].join(" ");
  const id =
    thing.is === "comment"
      ? `${thing.on === "issue" ? "issuecomment" : "discussioncomment"}-${thing.id}`
      : "top";
  return html`<div class="${classes}" id="${id}">${face(author)}<div class="box">
    <div class="head"><b>${loginOf(world.state, thing.authorId)}</b>
    ${badges.map((badge) => (badge ? html`<span class="badge">${badge}</span>` : null))}
    ${ago(world.now(), thing.createdAt)}${edited}
    ${marks.includes("answer") ? html` · <span class="ok">✓ answer</span>` : null}</div>
    <div class="body">${thing.body === "" ? html`<span class="soft">No description.</span>` : markdown(thing.body)}</div>
    ${reactionsRow(world, thing.reactions)}</div></div>`;
}

function deed(world: World, event: TimelineEvent): Html {
  switch (event.type) {
    case "labeled":
      return html`added ${labelChip(event.label)}`;
    case "unlabeled":
      return html`removed ${labelChip(event.label)}`;
    case "assigned":
      return html`assigned <b>${loginOf(world.state, event.assigneeId)}</b>`;
    case "unassigned":
      return html`unassigned <b>${loginOf(world.state, event.assigneeId)}</b>`;
    case "closed":
      return html`closed this${event.stateReason ? ` as ${event.stateReason.replace("_", " ")}` : ""}`;
    case "renamed":
      return html`changed the title from <s>${event.from}</s> to <b>${event.to}</b>`;
    case "locked":
      return html`locked the conversation${event.reason ? ` as ${event.reason}` : ""}`;
    case "reopened":
    case "unlocked":
    case "pinned":
    case "unpinned":
    case "transferred":
      return html`${event.type} this`;
  }
}

function eventLine(world: World, event: TimelineEvent): Html {
  const who = loginOf(world.state, event.actorId);
  return html`<div class="event"><b>${who}</b> ${deed(world, event)} ${ago(world.now(), event.createdAt)}</div>`;
}

/** Comments, each followed by its replies, and events, in their order. */
function timeline(world: World, repository: Repository, thread: Thread): Html[] {
  const answerId = thread.is === "discussion" ? thread.answer?.commentId : undefined;
  const marksOf = (comment: Comment) => [
    ...(comment.parentId === null ? [] : ["reply"]),
    ...(comment.id === answerId ? ["answer"] : []),
  ];
  const withReplies = (comment: Comment): Html => {
    const replies = thread.comments.filter((other) => other.parentId === comment.id);
    return html`${[comment, ...replies].map((one) => said(world, repository, one, marksOf(one)))}`;
  };
  const top = thread.comments.filter((comment) => comment.parentId === null);
  return [
    ...top.map((comment) => ({ at: comment.createdAt, view: withReplies(comment) })),
    ...thread.events.map((event) => ({ at: event.createdAt, view: eventLine(world, event) })),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ view }) => view);
}

/** One issue or discussion, as people read it. */
export function threadPage(world: World, repository: Repository, thread: Thread): Html {
  const tab = thread.is === "issue" ? "issues" : "discussions";
  const category =
    thread.is === "discussion" ? repository.categories.find((c) => c.id === thread.categoryId) : undefined;
  const assignees = thread.is === "issue" ? thread.assignees.map((id) => loginOf(world.state, id)) : [];
  const content = html`<h1>${thread.title} <span class="number">#${thread.number}</span></h1>
    <p><span class="state ${thread.state}">${thread.state === "open" ? "Open" : "Closed"}</span>
    <span class="soft"><b>${loginOf(world.state, thread.authorId)}</b> opened this
    ${ago(world.now(), thread.createdAt)} · ${thread.comments.length} comment${thread.comments.length === 1 ? "" : "s"}
    ${category ? html` · in ${category.name}` : null}
    ${assignees.length > 0 ? html` · assigned to <b>${assignees.join(", ")}</b>` : null}
    ${thread.locked ? " · 🔒 locked" : ""}</span></p>
    <p>${labelsOf(repository, thread).map(labelChip)}</p>
    ${said(world, repository, thread, [])}${timeline(world, repository, thread)}`;
  return repositoryLayout(world.state, repository, tab, thread.title, content);
}
