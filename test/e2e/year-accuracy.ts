import { isWork, type Story } from "./year-threads.ts";

export interface Verdicts {
  right: number;
  wrong: number;
  missed: number;
}

const none = (): Verdicts => ({ right: 0, wrong: 0, missed: 0 });

/** Labels that follow rules: nobody guesses them. */
const RULED = ["needs-info", "needs-human", "possible-duplicate", "P0", "P1", "P2", "P3"];

/** Everything that the team did, by when. */
function workOf({ words, commands, moves, closings, assignedAt }: Story): number[] {
  const orders = commands.filter(isWork);
  const reopened = closings.flatMap(({ reopenedAt }) => reopenedAt ?? []);
  const told = [...words, ...orders, ...moves, ...closings].filter(({ by }) => by === "team");
  // In this story whoever reopens is the reporter, or the desk on the reporter's word.
  return [...told.map(({ at }) => at), ...assignedAt].filter((at) => !reopened.includes(at));
}

/** By label: what the team did to what we had set in the period, or set itself where we had not. */
export function labelsOf(all: readonly Story[], from: number, to: number): Map<string, Verdicts> {
  const found = new Map<string, Verdicts>();
  for (const story of all) {
    const work = workOf(story);
    for (const name of new Set(story.moves.map(({ label }) => label))) {
      const moves = story.moves.filter(({ label, at }) => label === name && at < to);
      const ours = moves.find(({ on, by }) => on && by === "desk");
      const theirs = moves.filter(({ by }) => by !== "desk").at(-1);
      const begun = ours ?? (theirs?.on ? theirs : undefined);
      if (RULED.includes(name) || !begun || begun.at < from) continue;
      const verdicts = found.get(name) ?? none();
      found.set(name, verdicts);
      if (!ours) verdicts.missed += 1;
      else if (theirs) verdicts[theirs.on ? "right" : "wrong"] += 1;
      else if (moves.at(-1)?.on && work.some((at) => at >= ours.at && at < to)) verdicts.right += 1;
    }
  }
  return found;
}

/** Nothing is linked in this story: what the team calls a duplicate was missed, unless that was taken back. */
export function linksOf(all: readonly Story[], from: number, to: number): Verdicts {
  const missed = all
    .filter(({ openedAt }) => openedAt >= from)
    .filter(({ commands, closings }) => {
      const named = commands.findLast(({ text, at }) => text.startsWith("/duplicate") && at < to);
      if (!named) return false;
      return !closings.some(
        ({ reopenedAt }) => reopenedAt !== null && reopenedAt >= named.at && reopenedAt < to,
      );
    });
  return { ...none(), missed: missed.length };
}

/** What the reporter made of the one article that answers here; null: it was not shown in the period. */
export function answersOf(
  all: readonly Story[],
  from: number,
  to: number,
): { answers: Verdicts; article: Verdicts | null } {
  const answers = none();
  let article: Verdicts | null = null;
  for (const story of all) {
    const { comment, openedAt, asks, words } = story;
    if (comment?.answered) {
      if (comment.at < from || comment.at >= to) continue;
      article ??= none();
      const verdict = verdictOn(story, to);
      if (!verdict) continue;
      answers[verdict] += 1;
      article[verdict] += 1;
    } else if (openedAt >= from && asks && words.some(({ by, at }) => by === "team" && at < to)) {
      answers.missed += 1;
    }
  }
  return { answers, article };
}

/**
 * The reporter's last word: closing without the team says that it helped, coming back that it had not; a refusal, or a
 * reaction, as long as the team had not spoken.
 */
function verdictOn(story: Story, to: number): "right" | "wrong" | null {
  const { words, endings, refusedAt, ratings, author } = story;
  const team = words.find(({ by }) => by === "team")?.at ?? Number.POSITIVE_INFINITY;
  const said = [...endings, ...(refusedAt === null ? [] : [{ at: refusedAt, rating: -1 }])];
  const rating = ratings.findLast(({ who, at }) => who === author && at < team && at < to);
  if (rating && rating.rating !== 0) said.push(rating);
  const last = said
    .filter(({ at }) => at < to)
    .sort((a, b) => a.at - b.at)
    .at(-1);
  return last ? (last.rating > 0 ? "right" : "wrong") : null;
}
