import type { Comment, Issue, TimelineEvent } from "../../src/sandbox/state/thread.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { REPOSITORY } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Half of the people of the sandbox are served, the others serve. */
const TEAM = ["maria", "octocat"];
const POSITIVE = ["+1", "heart", "hooray", "rocket", "laugh"];

/** Figures of a period, by the names of `frontdesk report`: value and count. */
export type Counted = Record<string, [value: number | null, count: number]>;

/**
 * Counts the figures of a period from what stands on the sandbox's GitHub alone: issues, comments, events and reactions.
 * It knows nothing of tickets and facts, and counts business hours minute by minute.
 */
export function countYear(sandbox: Sandbox, from: number, to: number): Counted {
  const people = new Map([...sandbox.state.accounts.values()].map(({ id, login }) => [id, login]));
  const home = [...sandbox.state.repositories.values()].find(({ name }) => name === REPOSITORY.split("/")[1]);
  const issues = [...(home?.issues.values() ?? [])].filter((issue) => {
    const author = people.get(issue.authorId) ?? "";
    return !issue.deleted && issue.viaAppId === null && !TEAM.includes(author);
  });
  const isTeam = (id: number) => TEAM.includes(people.get(id) ?? "");
  const opened = issues.filter(({ createdAt }) => createdAt >= from && createdAt < to);
  const authors = new Map<number, number>();
  for (const { authorId } of issues) authors.set(authorId, (authors.get(authorId) ?? 0) + 1);
  const closings = issues.flatMap((issue) => closingsOf(issue));
  const first = opened.flatMap((issue) => {
    const reply = spoken(issue).find(({ authorId }) => isTeam(authorId));
    return reply ? [[issue.createdAt, reply.createdAt] as Span] : [];
  });
  const next = issues.flatMap((issue) => laterReplies(issue, isTeam));
  const solved = issues.flatMap((issue) => {
    const last = closingsOf(issue).at(-1);
    return last && last.reopenedAt === null ? [openStretches(issue, last.at)] : [];
  });
  const ratings = issues.flatMap((issue) => ratingsOf(issue, people));
  const liked = ratings.filter((rating) => rating > 0).length;
  const disliked = ratings.filter((rating) => rating < 0).length;
  const reopened = closings.filter(({ reopenedAt }) => reopenedAt !== null && reopenedAt < to).length;
  const ripe = issues
    .flatMap((issue) => closingsOf(issue)[0] ?? [])
    .filter(({ at }) => at + WEEK >= from && at + WEEK < to);
  const bugs = labelCounts(issues, "bug", isTeam);
  const open = issues.filter(({ state }) => state === "open");
  const repeat = [...authors.values()].filter((count) => count > 1).length;
  return {
    opened: [opened.length, opened.length],
    closed: [closings.length, closings.length],
    open: [open.length, open.length],
    csat: [share(liked, ratings.length), ratings.length],
    "net satisfaction": [share(liked - disliked, ratings.length), ratings.length],
    "repeat customers": [repeat, authors.size],
    loyalty: [share(liked + repeat, ratings.length + repeat), ratings.length + repeat],
    "automation response rate": [
      share(opened.filter(({ comments }) => comments.some(isOurs)).length, opened.length),
      opened.length,
    ],
    "reopen rate": [share(reopened, closings.length), closings.length],
    deflection: [share(ripe.filter((end) => isDeflected(end, isTeam)).length, ripe.length), ripe.length],
    "label precision bug": [share(bugs.right, bugs.right + bugs.wrong), bugs.right + bugs.wrong],
    "label recall bug": [share(bugs.right, bugs.right + bugs.missed), bugs.right + bugs.missed],
    "first response, calendar, median": [median(first.map(length)), first.length],
    "first response, business, median": [median(first.map(worked)), first.length],
    "next response, calendar, median": [median(next.map(length)), next.length],
    "resolution, calendar, median": [median(solved.map((spans) => sum(spans.map(length)))), solved.length],
    "resolution, business, median": [median(solved.map((spans) => sum(spans.map(worked)))), solved.length],
    "backlog age, median": [median(open.map(({ createdAt }) => (to - createdAt) / DAY)), open.length],
  };
}

type Span = [from: number, to: number];
interface Closing {
  issue: Issue;
  at: number;
  actorId: number;
  reopenedAt: number | null;
}

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);
const length = ([from, to]: Span) => (to - from) / HOUR;
const isOurs = ({ viaAppId }: Comment) => viaAppId !== null;
const spoken = ({ comments }: Issue) => comments.filter((comment) => !isOurs(comment));

function median(values: number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Hours from nine to five, Monday to Friday, by looking at every minute. */
function worked([from, to]: Span): number {
  let minutes = 0;
  for (let at = from; at < to; at += 60_000) {
    const date = new Date(at);
    const [day, hour] = [date.getUTCDay(), date.getUTCHours()];
    if (day >= 1 && day <= 5 && hour >= 9 && hour < 17) minutes += 1;
  }
  return minutes / 60;
}

const events = <T extends TimelineEvent["type"]>(issue: Issue, ...types: T[]) =>
  issue.events.filter((event): event is TimelineEvent & { type: T } => types.includes(event.type as T));

function closingsOf(issue: Issue): Closing[] {
  const turns = events(issue, "closed", "reopened");
  return turns.flatMap(({ type, createdAt, actorId }, i) =>
    type === "closed" ? [{ issue, at: createdAt, actorId, reopenedAt: turns[i + 1]?.createdAt ?? null }] : [],
  );
}

function openStretches(issue: Issue, end: number): Span[] {
  const ends = closingsOf(issue);
  const starts = [issue.createdAt, ...ends.flatMap(({ reopenedAt }) => reopenedAt ?? [])];
  return starts.map((start, i): Span => [start, Math.min(ends[i]?.at ?? end, end)]);
}

/** From the first word of the reporter after a word of the team to the team's next one. */
function laterReplies(issue: Issue, isTeam: (id: number) => boolean): Span[] {
  const found: Span[] = [];
  const talk = spoken(issue);
  const begun = talk.findIndex(({ authorId }) => isTeam(authorId));
  for (let i = begun + 1; begun >= 0 && i < talk.length; i++) {
    const [before, here] = [talk[i - 1], talk[i]];
    if (!before || !here || here.authorId !== issue.authorId || !isTeam(before.authorId)) continue;
    const reply = talk.slice(i).find(({ authorId }) => isTeam(authorId));
    if (reply) found.push([here.createdAt, reply.createdAt]);
  }
  return found;
}

/** One for each person who reacted to a comment of ours, or refused our help: the reactions of the story contradict nobody. */
function ratingsOf(issue: Issue, people: ReadonlyMap<number, string>): number[] {
  const byPerson = new Map<string, number>();
  for (const comment of issue.comments) {
    const login = people.get(comment.authorId) ?? "";
    if (comment.body.startsWith("/not-helpful")) byPerson.set(login, -1);
    if (!isOurs(comment)) continue;
    for (const { userId, content } of comment.reactions) {
      const who = people.get(userId) ?? "";
      if (!TEAM.includes(who))
        byPerson.set(who, POSITIVE.includes(content) ? 1 : content === "eyes" ? 0 : -1);
    }
  }
  return [...byPerson.values()];
}

/** Our answer, nothing by the team, closed by the reporter, and not taken up within a week. */
function isDeflected({ issue, at, actorId, reopenedAt }: Closing, isTeam: (id: number) => boolean): boolean {
  const answered = issue.comments.some(
    (comment) => isOurs(comment) && comment.body.includes("This may answer your question"),
  );
  const alone =
    actorId === issue.authorId &&
    !spoken(issue).some(({ authorId, createdAt }) => isTeam(authorId) && createdAt <= at) &&
    !issue.events.some((event) => event.viaAppId === null && isTeam(event.actorId) && event.createdAt <= at);
  const refused = issue.comments.some(
    ({ body, createdAt }) => body.startsWith("/not-helpful") && createdAt <= at + WEEK,
  );
  return answered && alone && !refused && (reopenedAt === null || reopenedAt >= at + WEEK);
}

/** What the team did to a label that we had set, or set where we had not. */
function labelCounts(issues: Issue[], name: string, isTeam: (id: number) => boolean) {
  const counts = { right: 0, wrong: 0, missed: 0 };
  for (const issue of issues) {
    const moves = events(issue, "labeled", "unlabeled").filter(({ label }) => label.name === name);
    const ours = moves.find(({ type, viaAppId }) => type === "labeled" && viaAppId !== null);
    const theirs = moves.filter(({ viaAppId }) => viaAppId === null).at(-1);
    if (!ours) {
      if (theirs?.type === "labeled") counts.missed += 1;
      continue;
    }
    const worked = [
      ...issue.events,
      ...spoken(issue).map(({ authorId, createdAt }) => ({ actorId: authorId, createdAt, viaAppId: null })),
    ].some(
      ({ actorId, createdAt, viaAppId }) =>
        viaAppId === null && isTeam(actorId) && createdAt >= ours.createdAt,
    );
    if (theirs?.type === "unlabeled") counts.wrong += 1;
    else if (worked) counts.right += 1;
  }
  return counts;
}
