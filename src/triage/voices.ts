import type { Settings } from "../settings/schema.ts";
import { isSaidElsewhere, type Rated, type Rating } from "../ticket/fact.ts";
import type { Sign, Ticket } from "../ticket/ticket.ts";

/** A person's reaction to one of our comments. */
export interface Reaction {
  login: string;
  /** As the settings name it: `+1`, `confused` ... */
  content: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What stands under a comment that could be read. */
export interface Look {
  reactions: readonly Reaction[];
  /** What stands there in nobody's name: accounts that are gone, and apps. */
  nameless: readonly string[];
  /** There is nothing else. */
  complete: boolean;
}

const RATINGS: readonly Rating[] = [1, 0, -1];

/**
 * Each person's newest sign under each comment after looks at some of them, by node id. What was seen and is not there
 * any more was taken back: but not where the comment is gone or only a part of it was read, nor where so many more signs
 * of the same meaning stand in nobody's name than before, since they may be theirs whose accounts were deleted. Those of
 * apps, which GitHub does not name either, hide nobody's taking back.
 */
export function signsAfter(
  ticket: Pick<Ticket, "signs" | "nameless" | "timeline" | "comments">,
  looks: ReadonlyMap<string, Look>,
  settings: Settings,
): Required<Pick<Ticket, "signs" | "nameless">> {
  const signs = { ...signsOf(ticket) };
  const nameless = { ...ticket.nameless };
  for (const [comment, look] of looks) {
    const shown = newestOf(look.reactions, settings);
    const unseen = (signs[comment] ?? []).filter(({ by }) => !shown.has(by.toLowerCase()));
    const { kept, others } = look.complete
      ? keptOf(unseen, look.nameless, nameless[comment] ?? {}, settings)
      : { kept: unseen, others: nameless[comment] ?? {} };
    signs[comment] = [...kept, ...shown.values()].sort((a, b) => a.at - b.at || (a.by < b.by ? -1 : 1));
    if (signs[comment].length === 0) delete signs[comment];
    nameless[comment] = others;
    if (Object.keys(others).length === 0) delete nameless[comment];
  }
  return { signs, nameless };
}

/** Which of the signs that are not seen any more may stand there in nobody's name, and how many stand there besides. */
function keptOf(
  unseen: readonly Sign[],
  nameless: readonly string[],
  before: Partial<Record<Rating, number>>,
  settings: Settings,
) {
  const kept: Sign[] = [];
  const others: Partial<Record<Rating, number>> = {};
  for (const rating of RATINGS) {
    const standing = nameless.filter((content) => ratingOf(content, settings) === rating).length;
    const more = unseen
      .filter((sign) => sign.rating === rating)
      .slice(0, Math.max(0, standing - (before[rating] ?? 0)));
    kept.push(...more);
    if (standing > more.length) others[rating] = standing - more.length;
  }
  return { kept, others };
}

/** The signs that are known of a ticket. Older versions did not note under which comment: most stood under the first. */
export function signsOf({
  signs,
  timeline,
  comments,
}: Pick<Ticket, "signs" | "timeline" | "comments">): Record<string, Sign[]> {
  if (signs) return signs;
  const known = [...lastRatings({ timeline }).values()].flatMap(({ by, rating, at, via }): Sign[] =>
    via === "reaction" && rating !== null ? [{ by, rating, at }] : [],
  );
  return known.length > 0 ? { [comments.triage?.nodeId ?? ""]: known } : {};
}

/**
 * What people's signs change in what is known of their satisfaction: a person counts once, by their last word that
 * stands. Where that is an older one, because the last was taken back, it counts anew from now on. What they said
 * elsewhere is another matter (`reports/audience`): no fact that the public may know depends on it.
 */
export function ratingsOf(
  ticket: Pick<Ticket, "timeline">,
  signs: Readonly<Record<string, readonly Sign[]>>,
  now: number,
): Rated[] {
  const known = lastRatings(ticket);
  const standing = lastRatings({
    timeline: (ticket.timeline ?? []).filter((fact) => fact.type === "rated" && fact.via !== "reaction"),
  });
  for (const sign of Object.values(signs).flat()) {
    const before = standing.get(sign.by.toLowerCase());
    if (!before || isLater(sign, before))
      standing.set(sign.by.toLowerCase(), { ...sign, type: "rated", via: "reaction" });
  }
  const said = [...standing].flatMap(([by, word]): Rated[] => {
    const before = known.get(by);
    if (before?.rating === word.rating) return [];
    return [before && before.at >= word.at ? { ...word, at: now } : word];
  });
  const takenBack = [...known].flatMap(([by, { rating }]): Rated[] =>
    rating !== null && !standing.has(by)
      ? [{ at: now, type: "rated", by, rating: null, via: "reaction" }]
      : [],
  );
  return [...said, ...takenBack];
}

/** The reporter's newest sign under our answer says that it does not help. */
export function isRefused(
  { author, comments }: Pick<Ticket, "author" | "comments">,
  looks: ReadonlyMap<string, Look>,
  settings: Settings,
): boolean {
  const onOurs = looks.get(comments.triage?.nodeId ?? "")?.reactions ?? [];
  return newestOf(onOurs, settings).get(author?.toLowerCase() ?? "")?.rating === -1;
}

/** Each person's newest sign under one comment, by name in small letters. */
function newestOf(reactions: readonly Reaction[], settings: Settings): Map<string, Sign> {
  const newest = new Map<string, Sign>();
  for (const { login, content, at } of reactions) {
    const sign = { by: login, rating: ratingOf(content, settings), at };
    const before = newest.get(login.toLowerCase());
    if (!before || isLater(sign, before)) newest.set(login.toLowerCase(), sign);
  }
  return newest;
}

/** Within one second, which is all that GitHub tells, the discontented word counts. */
function isLater(one: Pick<Sign, "at" | "rating">, before: Pick<Rated, "at" | "rating">): boolean {
  return one.at === before.at ? one.rating < (before.rating ?? 1) : one.at > before.at;
}

function ratingOf(content: string, { satisfaction }: Settings): Rating {
  const { positive, negative } = satisfaction;
  if ((positive as readonly string[]).includes(content)) return 1;
  return (negative as readonly string[]).includes(content) ? -1 : 0;
}

/** Each person's last word on the thread, by name in small letters. */
export function lastRatings({ timeline = [] }: Pick<Ticket, "timeline">): Map<string, Rated> {
  const rated = timeline.filter((fact): fact is Rated => fact.type === "rated" && !isSaidElsewhere(fact));
  const last = new Map<string, Rated>();
  for (const fact of rated.sort((a, b) => a.at - b.at)) last.set(fact.by.toLowerCase(), fact);
  return last;
}
