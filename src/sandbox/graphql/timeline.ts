import type { Comment, Issue, TimelineEvent } from "../state/thread.ts";
import { iso } from "../state/world.ts";
import { connection, type Page } from "./connection.ts";
import { type Context, repositoryOf, type Resolved } from "./context.ts";
import { actorNode, labelNode } from "./objects.ts";

/** GraphQL's type of each kind of event. */
const TYPES: Record<TimelineEvent["type"], string> = {
  labeled: "LabeledEvent",
  unlabeled: "UnlabeledEvent",
  assigned: "AssignedEvent",
  unassigned: "UnassignedEvent",
  closed: "ClosedEvent",
  reopened: "ReopenedEvent",
  renamed: "RenamedTitleEvent",
  locked: "LockedEvent",
  unlocked: "UnlockedEvent",
  pinned: "PinnedEvent",
  unpinned: "UnpinnedEvent",
  transferred: "TransferredEvent",
};

function eventNode(context: Context, issue: Issue, event: TimelineEvent): Resolved {
  const base = {
    __typename: TYPES[event.type],
    id: event.nodeId,
    createdAt: iso(event.createdAt),
    actor: () => actorNode(context, event.actorId),
  };
  switch (event.type) {
    case "labeled":
    case "unlabeled":
      return { ...base, label: () => labelOfEvent(context, issue, event.label) };
    case "assigned":
    case "unassigned":
      return { ...base, assignee: () => actorNode(context, event.assigneeId) };
    case "closed":
    case "reopened":
      return { ...base, stateReason: event.stateReason?.toUpperCase() ?? null };
    case "renamed":
      return { ...base, previousTitle: event.from, currentTitle: event.to };
    default:
      return base;
  }
}

/** The label as it is now, or as it was when it has been deleted since. */
function labelOfEvent(
  context: Context,
  issue: Issue,
  old: { id: number; name: string; color: string },
): Resolved {
  const label = repositoryOf(context, issue).labels.find((other) => other.id === old.id);
  if (label) return labelNode(context, label);
  return { __typename: "Label", id: `LA_${old.id}`, name: old.name, color: old.color, isDefault: false };
}

/** `LABELED_EVENT` -> `LabeledEvent`. */
function typeOf(itemType: string): string {
  return itemType.toLowerCase().replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

/** Events and comments of an issue in their order. */
export function timelineItems(
  context: Context,
  issue: Issue,
  args: Page & { itemTypes?: string[] | null; since?: string | null },
  comment: (comment: Comment) => Resolved,
): Resolved {
  const wanted = args.itemTypes?.map(typeOf);
  const since = Date.parse(args.since ?? "") || 0;
  const items = [
    ...issue.events.map((event) => ({ at: event.createdAt, node: eventNode(context, issue, event) })),
    ...issue.comments.map((c) => ({ at: c.createdAt, node: comment(c) })),
  ]
    .filter(({ at, node }) => at >= since && (!wanted || wanted.includes(String(node.__typename))))
    .sort((a, b) => a.at - b.at);
  const list = connection("timelineItems", items, args, ({ node }) => node);
  return { ...list, filteredCount: items.length, pageCount: items.length, updatedAt: iso(issue.updatedAt) };
}
