import type { Settings } from "../settings/schema.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import { type Fact, type Hand, remember } from "../ticket/fact.ts";
import { type Lesson, standing } from "../ticket/lesson.ts";
import type { Comment, Person } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { aboutHelp } from "./help-lessons.ts";
import type { Facts } from "./facts.ts";
import { addedCommands, type Command, parseCommands } from "./commands.ts";
import { speaker } from "./happenings.ts";
import { has } from "./labels.ts";
import { isOurs, isTheirs, ratingOfVerdict, ratingOfWords } from "./verdict.ts";
import { priorityTurns } from "./priority-turns.ts";
import { promiseFacts } from "./promises.ts";
import { dated } from "./unsay.ts";

/** The ticket after a decision, with what happened written down for the reports. `known`: before the event, if it was. */
export function recorded(
  known: Ticket | null,
  after: Ticket,
  event: ThreadEvent,
  facts: Facts,
  lessons: readonly Lesson[],
  settings: Settings,
  now: number,
): Ticket {
  const { thread } = facts;
  const at = happenedAt(event, facts, now);
  const by = handOf(after, facts);
  const taught = standing(lessons);
  const opened: Fact = { at: thread.createdAt, type: "opened", by: openedBy(thread.author, facts) };
  // A transferred thread brings its life with it, also where other news of it came first.
  const beginning = [...(facts.before?.timeline ?? []), ...(known ? [] : [opened])];
  return {
    ...dated(after, at),
    timeline: remember(after.timeline, [
      ...beginning,
      ...heard(known, after, event, facts, at),
      ...turns(known, after, at),
      ...priorityTurns(known ?? facts.before, after, now),
      ...labels(known, after, event, facts, at),
      ...improvements(known, after, at),
      ...verdicts(known, after, event, taught, at),
      ...ratingOfVerdict(after, taught, at),
      ...(known && event.type === "commented" && by === "reporter"
        ? ratingOfWords(known, facts, event.comment.body, at)
        : []),
      ...promiseFacts(after, settings, at, now),
    ]),
  };
}

/** GitHub's time of the event; ours for what GitHub does not date. */
function happenedAt(event: ThreadEvent, { thread }: Facts, now: number): number {
  if (event.type === "commented") return event.comment.createdAt;
  return event.type === "due" || event.type === "disliked" ? now : thread.updatedAt;
}

function openedBy(author: Person | null, { authorOnTeam }: Facts): Hand {
  if (author?.bot) return "bot";
  return authorOnTeam ? "team" : "reporter";
}

function handOf({ author }: Pick<Ticket, "author">, { actor }: Pick<Facts, "actor">): Hand {
  const { person, self, team } = actor;
  if (self) return "desk";
  if (!person) return "other";
  if (person.bot) return "bot";
  if (person.login === author) return "reporter";
  return team ? "team" : "other";
}

/** What the event itself says. */
function heard(known: Ticket | null, after: Ticket, event: ThreadEvent, facts: Facts, at: number): Fact[] {
  const by = handOf(after, facts);
  switch (event.type) {
    case "commented":
      return word(event.comment, after, facts.actor.team);
    case "comment-edited":
      return facts.actor.team && event.before !== null
        ? ordered(addedCommands(event.before, event.comment.body), at)
        : [];
    case "noticed":
      return [
        ...event.comments.flatMap((comment) =>
          word(comment, after, facts.commenters.includes(comment.author?.login ?? "")),
        ),
        ...(known ? noticed(known, after, facts, at) : []),
      ];
    case "closed":
    case "reopened":
    case "unanswered":
      return ended(event.type, by, facts, at);
    case "answered": {
      const byOthers = event.answer !== null && !isOurs(after, event.answer);
      return ended(event.type, by, facts, at, byOthers ? "answered-by-others" : "answered");
    }
    case "assigned":
    case "unassigned":
      return [{ at, type: event.type, login: event.login, by }];
    default:
      return [];
  }
}

function word(comment: Comment, { author }: Ticket, team: boolean): Fact[] {
  const by = speaker(comment, author, team);
  const at = comment.createdAt;
  return [
    ...(by === null ? [] : [{ at, type: "spoke", by } satisfies Fact]),
    ...(team ? ordered(parseCommands(comment.body), at) : []),
  ];
}

/** Commands that only ask. */
const ASKING: readonly Command["name"][] = ["why", "help", "report"];

/** The team's commands are its work on the ticket, though not a word to the reporter. */
function ordered(commands: readonly Command[], at: number): Fact[] {
  return commands.some(({ name }) => !ASKING.includes(name)) ? [{ at, type: "ordered" }] : [];
}

const isOver = ({ status }: Ticket) => status === "closed" || status === "solved";

/** The end or the return of a ticket that no delivery told of: nobody knows by whom. */
function noticed(known: Ticket, after: Ticket, { thread }: Facts, at: number): Fact[] {
  if (isOver(known) === isOver(after)) return [];
  if (!isOver(after)) return [{ at, type: "reopened", by: "other" }];
  return [{ at, type: "closed", by: "other", reason: thread.stateReason ?? "answered" }];
}

/** A word of closing or reopening that came too late, and is not so any more, is no fact. */
function ended(
  type: "closed" | "answered" | "reopened" | "unanswered",
  by: Hand,
  { thread }: Facts,
  at: number,
  mark = "answered",
): Fact[] {
  const closed = thread.state === "closed";
  switch (type) {
    case "closed":
      return closed ? [{ at, type, by, reason: thread.stateReason }] : [];
    case "answered":
      return thread.answered && !closed ? [{ at, type: "closed", by, reason: mark }] : [];
    case "reopened":
      return closed ? [] : [{ at, type, by }];
    case "unanswered":
      return thread.answered || closed ? [] : [{ at, type: "reopened", by }];
  }
}

/** Turns of the status that no event of their own told of. */
function turns(known: Ticket | null, after: Ticket, at: number): Fact[] {
  const before = known?.status;
  if (before === after.status) return [];
  const facts: Fact[] = [];
  if (after.status === "pending") facts.push({ at, type: "waiting" });
  else if (before === "pending") facts.push({ at, type: "resumed" });
  return facts;
}

/** Labels that were set and taken off, and those of ours whose removal only the thread itself shows. */
function labels(known: Ticket | null, after: Ticket, event: ThreadEvent, facts: Facts, at: number): Fact[] {
  const moved: Fact[] =
    event.type === "labeled" || event.type === "unlabeled"
      ? [
          {
            at,
            type: event.type === "labeled" ? "labelled" : "unlabelled",
            label: event.label,
            by: handOf(after, facts),
          },
        ]
      : [];
  const gone = (known?.ownLabels ?? [])
    .filter((label) => has(after.vetoedLabels, label) && !has(known?.vetoedLabels ?? [], label))
    .filter((label) => !moved.some((fact) => "label" in fact && has([fact.label], label)));
  return [...moved, ...gone.map((label): Fact => ({ at, type: "unlabelled", label, by: "other" }))];
}

/** What the team says was put right, or takes back. */
function improvements(known: Ticket | null, { improvement }: Ticket, at: number): Fact[] {
  const same = improvement === undefined || improvement === (known?.improvement ?? null);
  return same ? [] : [{ at, type: "improved", ref: improvement }];
}

/** What the reporter thought of our help, and whether it was refused. */
function verdicts(
  known: Ticket | null,
  after: Ticket,
  event: ThreadEvent,
  lessons: readonly Lesson[],
  at: number,
): Fact[] {
  const judged = lessons.flatMap((lesson): Fact[] => {
    const about = aboutHelp(lesson);
    return about ? [{ at, type: "judged", ...about, helpful: lesson.type === "helpful" }] : [];
  });
  const withdrawn = after.withdrawn && !known?.withdrawn;
  const byReporter = lessons.some((lesson) => lesson.type === "not-helpful" && isTheirs(lesson, after));
  const deleted =
    event.type === "comment-deleted" && after.refusedComments.length > (known?.refusedComments.length ?? 0);
  return [
    ...judged,
    ...(withdrawn || deleted ? [{ at, type: "refused" } satisfies Fact] : []),
    // A thumbs-down is a rating already (`triage/voices`), and goes when it is taken back.
    ...(withdrawn && byReporter && after.author && event.type !== "disliked"
      ? [{ at, type: "rated", by: after.author, rating: -1 } satisfies Fact]
      : []),
  ];
}
