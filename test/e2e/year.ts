import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { hoursOf, isWorkTime, minutes, quantile, type Span, wilson, workedHours } from "./year-hours.ts";
import { answersOf, labelsOf, linksOf, type Verdicts } from "./year-accuracy.ts";
import { isWork, readStories, type Story } from "./year-threads.ts";

const DAY = 86_400_000;

/** A row of `frontdesk report`: value, from how many it was counted, and the interval of a share. */
export type Row = [value: number | null, count: number, low: number | null, high: number | null];
/** The rows of a period by their names, `metric of`. */
export type Counted = Record<string, Row>;

/** The promise of the year's settings: a first response within so many minutes of business. */
export const PROMISED_MINUTES = 8 * 60;

/**
 * Counts every figure of a period from what stands on the sandbox's GitHub alone: threads, comments, events and
 * reactions. It knows nothing of tickets, facts or reports, and must not.
 */
export function countPeriod(sandbox: Sandbox, from: number, to: number): Counted {
  const all = readStories(sandbox).filter(({ openedAt }) => openedAt < to);
  return {
    ...amounts(all, from, to),
    ...contentment(all, from, to),
    ...times(all, from, to),
    ...promises(all, from, to),
    ...automation(all, from, to),
    ...accuracies(all, from, to),
  };
}

const plain = (value: number | null, count = value ?? 0): Row => [value, count, null, null];

function share(part: number, whole: number): Row {
  return whole === 0 ? [null, 0, null, null] : [part / whole, whole, ...wilson(part, whole)];
}

/** Both figures of some amounts. */
function spread(name: string, values: readonly number[]): Counted {
  return {
    [`${name}, median`]: plain(quantile(values, 0.5), values.length),
    [`${name}, p90`]: plain(quantile(values, 0.9), values.length),
  };
}

const isIn = (at: number | undefined, from: number, to: number) => at !== undefined && at >= from && at < to;
const firstWord = ({ words }: Story) => words.find(({ by }) => by === "team")?.at;

function amounts(all: readonly Story[], from: number, to: number): Counted {
  const open = all.filter(({ closings }) => {
    const last = closings.findLast(({ at }) => at < to);
    return !last || (last.reopenedAt !== null && last.reopenedAt < to);
  });
  const unanswered = open.filter((story) => !((firstWord(story) ?? to) < to));
  return {
    opened: plain(all.filter(({ openedAt }) => openedAt >= from).length),
    refused: plain(all.filter(({ refusedAt }) => isIn(refusedAt ?? undefined, from, to)).length),
    closed: plain(all.flatMap(({ closings }) => closings).filter(({ at }) => isIn(at, from, to)).length),
    open: plain(open.length),
    "open, unanswered": plain(unanswered.length, open.length),
    ...spread(
      "backlog age",
      open.map(({ openedAt }) => (to - openedAt) / DAY),
    ),
  };
}

/** Each person's last word on a ticket until the end, if it was said in the period. */
function wordsOn({ ratings }: Story, from: number, to: number): number[] {
  const last = new Map(ratings.filter(({ at }) => at < to).map((one) => [one.who, one]));
  return [...last.values()].filter(({ at }) => at >= from).map(({ rating }) => rating);
}

function csat(all: readonly Story[], from: number, to: number): number | null {
  const words = all.flatMap((story) => wordsOn(story, from, to));
  return words.length === 0 ? null : words.filter((rating) => rating > 0).length / words.length;
}

function contentment(all: readonly Story[], from: number, to: number): Counted {
  const words = all.flatMap((story) => wordsOn(story, from, to));
  const [liked, disliked] = [1, -1].map((one) => words.filter((rating) => rating === one).length) as [
    number,
    number,
  ];
  const here = new Set(all.filter(({ openedAt }) => openedAt >= from).map(({ author }) => author));
  const back = [...here].filter((who) => all.filter(({ author }) => author === who).length > 1).length;
  const [now, before] = [csat(all, from, to), csat(all, from - (to - from), from)];
  const change = now === null || !before ? null : (now - before) / before;
  return {
    csat: share(liked, words.length),
    "net satisfaction": plain(words.length === 0 ? null : (liked - disliked) / words.length, words.length),
    "csat, change": plain(change, words.length),
    "repeat customers": plain(back, here.size),
    loyalty: share(liked + back, words.length + back),
  };
}

/** When the ticket was closed, or waited for its reporter. */
function pausesOf({ closings, commands, words }: Story, waitingCounts: boolean): Span[] {
  const never = Number.POSITIVE_INFINITY;
  const closed = closings.map(({ at, reopenedAt }): Span => [at, reopenedAt ?? never]);
  if (!waitingCounts) return closed;
  const waits = commands.filter(({ text }) => text.startsWith("/waiting"));
  const ends = [
    ...words.filter(({ by }) => by === "reporter").map(({ at }) => at),
    ...closings.flatMap(({ at, reopenedAt }) => [at, reopenedAt ?? never]),
  ];
  return [
    ...closed,
    ...waits.map(({ at }): Span => [at, Math.min(never, ...ends.filter((end) => end > at))]),
  ];
}

/** What is left of a stretch without the pauses. */
function without(span: Span, pauses: readonly Span[]): Span[] {
  return pauses.reduce(
    (spans, [from, to]) =>
      spans.flatMap(([a, b]): Span[] => {
        if (to <= a || from >= b) return [[a, b]];
        const left: Span[] = [
          [a, from],
          [to, b],
        ];
        return left.filter(([start, end]) => end > start);
      }),
    [span],
  );
}

/** From the first word of the reporter after one of the team to the team's next, unless we waited for them in between. */
function laterReplies({ words, commands }: Story): Span[] {
  const begun = words.findIndex(({ by }) => by === "team");
  const found: Span[] = [];
  let owed: number | null = null;
  for (const { at, by } of begun < 0 ? [] : words.slice(begun + 1)) {
    const since = owed;
    if (
      commands.some(
        (one) => one.text.startsWith("/waiting") && since !== null && one.at > since && one.at < at,
      )
    )
      owed = null;
    if (by === "reporter") owed ??= at;
    else if (owed !== null) {
      found.push([owed, at]);
      owed = null;
    }
  }
  return found;
}

function times(all: readonly Story[], from: number, to: number): Counted {
  const first = all.flatMap((story): Span[][] => {
    const at = firstWord(story);
    return at !== undefined && isIn(at, from, to) ? [[[story.openedAt, at]]] : [];
  });
  const next = all.flatMap((story) =>
    laterReplies(story)
      .filter(([, at]) => isIn(at, from, to))
      .map((span) => without(span, pausesOf(story, false))),
  );
  const solved = all.flatMap((story) => {
    const last = story.closings.findLast(({ at }) => at < to);
    const holds = last && last.at >= from && (last.reopenedAt === null || last.reopenedAt >= to);
    return holds ? [without([story.openedAt, last.at], pausesOf(story, true))] : [];
  });
  const both = (name: string, spans: Span[][]) => ({
    ...spread(`${name}, business`, spans.map(workedHours)),
    ...spread(`${name}, calendar`, spans.map(hoursOf)),
  });
  return { ...both("first response", first), ...both("next response", next), ...both("resolution", solved) };
}

/** When the promise of a first response ended: with the reply, or when the time was used up; closed, it stands still. */
function promiseEnd(story: Story, to: number): { at: number; met: boolean } | null {
  const replied = firstWord(story) ?? to;
  let left = PROMISED_MINUTES;
  for (const [a, b] of without([story.openedAt, Math.min(replied, to)], pausesOf(story, false))) {
    for (const minute of minutes(a, b)) {
      if (isWorkTime(minute)) left -= 1;
      if (left === 0) return { at: minute + 60_000, met: minute + 60_000 >= replied };
    }
  }
  return replied < to ? { at: replied, met: true } : null;
}

function promises(all: readonly Story[], from: number, to: number): Counted {
  const ends = all.flatMap((story) => promiseEnd(story, to) ?? []).filter(({ at }) => isIn(at, from, to));
  const met = share(ends.filter((end) => end.met).length, ends.length);
  return {
    "sla attainment": met,
    ...(ends.length > 0 ? { "sla attainment firstResponse, default": met } : {}),
  };
}

const WEEK = 7 * DAY;
const MONTH = 30 * DAY;

function automation(all: readonly Story[], from: number, to: number): Counted {
  const opened = all.filter(({ openedAt }) => openedAt >= from);
  const ends = all.flatMap(({ closings }) => closings).filter(({ at }) => isIn(at, from, to));
  const back = ends.filter(({ reopenedAt }) => reopenedAt !== null && reopenedAt < to);
  const ripe = all.filter(({ closings: [first] }) => first && isIn(first.at + WEEK, from, to));
  const complaints = all
    .map((story) => ({ ...story, complainedAt: complaintOf(story) }))
    .filter(({ complainedAt: at }) => at !== undefined && isIn(at + MONTH, from, to));
  return {
    "automation response rate": share(
      opened.filter(({ comment }) => comment !== null && comment.at < to).length,
      opened.length,
    ),
    deflection: share(ripe.filter(isDeflected).length, ripe.length),
    "reopen rate": share(back.length, ends.length),
    "feedback improvement rate": share(complaints.filter(isImproved).length, complaints.length),
  };
}

/** Our article, then nothing by the team, closed by the reporter, and neither taken up nor refused within a week. */
function isDeflected({
  closings: [end],
  comment,
  words,
  commands,
  moves,
  assignedAt,
  refusedAt,
}: Story): boolean {
  if (!end || !comment?.answered || comment.at > end.at || end.by !== "reporter") return false;
  const touched = [...words, ...commands.filter(isWork), ...moves].some(
    ({ by, at }) => by === "team" && at <= end.at,
  );
  const held = end.reopenedAt === null || end.reopenedAt >= end.at + WEEK;
  const refused = refusedAt !== null && refusedAt < end.at + WEEK;
  return held && !touched && !refused && !assignedAt.some((at) => at <= end.at);
}

/** When somebody was first dissatisfied and did not say otherwise within a month. */
function complaintOf({ ratings }: Story): number | undefined {
  return ratings.find(({ at, who, rating }) => {
    const later = ratings.filter((one) => one.who === who && one.at >= at && one.at < at + MONTH);
    return rating === -1 && later.at(-1)?.rating === -1;
  })?.at;
}

function isImproved({
  commands,
  complainedAt: since = 0,
}: Story & { complainedAt?: number | undefined }): boolean {
  return commands.some(({ text, at }) => text.startsWith("/improved") && at >= since && at < since + MONTH);
}

function accuracies(all: readonly Story[], from: number, to: number): Counted {
  const rows: Counted = {};
  const both = (name: string, of: string, { right, wrong, missed }: Verdicts) => {
    rows[`${name} precision ${of}`.trim()] = share(right, right + wrong);
    rows[`${name} recall ${of}`.trim()] = share(right, right + missed);
  };
  for (const [label, verdicts] of labelsOf(all, from, to)) both("label", label, verdicts);
  const { answers, article } = answersOf(all, from, to);
  both("duplicates", "", linksOf(all, from, to));
  both("answers", "", answers);
  if (article) rows["article precision"] = share(article.right, article.right + article.wrong);
  return rows;
}
