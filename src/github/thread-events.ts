import { z } from "zod";
import type { MovedTo, ThreadEvent } from "../ticket/event.ts";
import { type Comment, ticketKey } from "../ticket/thread.ts";
import {
  comment,
  discussion,
  installation,
  issue,
  misshapen,
  type Parsed,
  person,
  repository,
  repositoryRef,
  text,
  threadOfDiscussion,
  threadOfIssue,
} from "./payload.ts";

const origin = z.object({ number: z.number() }).nullish().catch(null);
const destination = z.object({ number: z.number(), node_id: z.string() }).nullish().catch(null);
const home = z.object({ id: z.number(), full_name: z.string() }).nullish().catch(null);

/** Where a transferred thread went to, or came from; each kind has its own field names. */
const changes = z
  .object({
    new_issue: destination,
    new_discussion: destination,
    new_repository: home,
    old_issue: origin,
    old_discussion: origin,
    old_repository: home,
  })
  .nullish()
  .catch(null);

const marked = z.object({ node_id: z.string() }).nullish().catch(null);

const envelope = z.object({
  action: z.string(),
  installation,
  repository,
  sender: person,
  label: z.object({ name: z.string() }).nullish().catch(null),
  assignee: z.object({ login: z.string() }).nullish().catch(null),
  changes,
  answer: marked,
  old_answer: marked,
});

const discussed = z.object({ comments: z.number().nullish().catch(null) });
const opening = z.object({ issue: discussed.nullish(), discussion: discussed.nullish() });

const issueDelivery = envelope.extend({ issue });
const discussionDelivery = envelope.extend({ discussion });

/** `T` without the fields that all thread events share. */
type Own<T> = T extends unknown ? Omit<T, "scope" | "thread" | "actor"> : never;
type Happening = Own<ThreadEvent>;

/** An event of `issues` or `discussion`, or of their comments. */
export function parseThreadEvent(name: string, payload: unknown): Parsed {
  const parsed = name.startsWith("issue") ? fromIssue(name, payload) : fromDiscussion(name, payload);
  if ("ignored" in parsed) return parsed;
  const { delivery, thread } = parsed;
  const happening = name.endsWith("_comment")
    ? happeningOfComment(name, delivery.action, payload)
    : happeningOf(delivery, payload);
  if (happening === null) return { ignored: `${name}.${delivery.action} is not served` };
  if ("ignored" in happening) return happening;
  return { event: { scope: "ticket", thread, actor: delivery.sender, ...happening } };
}

type Delivery = z.infer<typeof envelope>;

function fromIssue(name: string, payload: unknown) {
  const { data, error } = issueDelivery.safeParse(payload);
  if (error) return misshapen(name, error);
  return { delivery: data, thread: threadOfIssue(data.issue, where(data)) };
}

function fromDiscussion(name: string, payload: unknown) {
  const { data, error } = discussionDelivery.safeParse(payload);
  if (error) return misshapen(name, error);
  return { delivery: data, thread: threadOfDiscussion(data.discussion, where(data)) };
}

function where(delivery: Delivery) {
  return repositoryRef(delivery.repository, delivery.installation.id);
}

const COMMENT_EVENTS = {
  created: "commented",
  edited: "comment-edited",
  deleted: "comment-deleted",
} as const;

function happeningOfComment(
  name: string,
  action: string,
  payload: unknown,
): Happening | { ignored: string } | null {
  if (!(action in COMMENT_EVENTS)) return null;
  const { data, error } = z.object({ comment }).safeParse(payload);
  if (error) return misshapen(name, error);
  const said: Comment = data.comment;
  const type = COMMENT_EVENTS[action as keyof typeof COMMENT_EVENTS];
  return type === "comment-edited"
    ? { type, comment: said, before: bodyBefore(payload) }
    : { type, comment: said };
}

const edit = z.object({ changes: z.object({ body: z.object({ from: text }) }) });

function bodyBefore(payload: unknown): string | null {
  return edit.safeParse(payload).data?.changes.body.from ?? null;
}

/** Null for the many things that happen to a thread without being the desk's business, such as milestones. */
function happeningOf(delivery: Delivery, payload: unknown): Happening | null {
  const { action, label, assignee, changes } = delivery;
  switch (action) {
    case "opened":
    case "created":
      return { type: "opened", movedFrom: movedFrom(changes), discussed: wasDiscussed(payload) };
    case "transferred":
      return { type: "transferred", to: movedTo(changes) };
    case "labeled":
    case "unlabeled":
      return label ? { type: action, label: label.name } : null;
    case "assigned":
    case "unassigned":
      return assignee ? { type: action, login: assignee.login } : null;
    case "category_changed":
      return { type: "recategorized" };
    case "edited":
    case "closed":
    case "reopened":
    case "deleted":
    case "locked":
    case "unlocked":
      return { type: action };
    case "answered":
      return { type: action, answer: delivery.answer?.node_id ?? null };
    case "unanswered":
      return { type: action, answer: delivery.old_answer?.node_id ?? null };
    default:
      return null;
  }
}

function wasDiscussed(payload: unknown): boolean {
  const { data } = opening.safeParse(payload);
  return ((data?.issue ?? data?.discussion)?.comments ?? 0) > 0;
}

function movedFrom(changes: Delivery["changes"]): { key: string } | null {
  const thread = changes?.old_issue ?? changes?.old_discussion;
  const from = changes?.old_repository;
  return thread && from ? { key: ticketKey({ repositoryId: from.id, number: thread.number }) } : null;
}

function movedTo(changes: Delivery["changes"]): MovedTo | null {
  const thread = changes?.new_issue ?? changes?.new_discussion;
  const to = changes?.new_repository;
  if (!thread || !to) return null;
  const { number, node_id: nodeId } = thread;
  const key = ticketKey({ repositoryId: to.id, number });
  return { repositoryId: to.id, repository: to.full_name, number, nodeId, key };
}
