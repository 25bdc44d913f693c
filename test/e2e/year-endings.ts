import type { Rated, Story } from "./year-threads.ts";

/**
 * What the reporter says of our help by closing and taking up again: closing it before the team spoke says that it
 * helped, unless they had said otherwise; coming back to what our help alone had ended says that it did not.
 */
export function endingsOf(
  { author, closings, words, commands, comment, refusedAt }: Omit<Story, "ratings" | "endings">,
  others: readonly Rated[],
): Rated[] {
  const team = words.find(({ by }) => by === "team")?.at ?? Number.POSITIVE_INFINITY;
  const found: Rated[] = [];
  let helped = false;
  /** Something of ours stood there to be judged: an article, or what the team had us link. */
  const stood = (at: number) => {
    const linkedAt = commands.findLast((one) => one.text.startsWith("/duplicate") && one.at < at)?.at;
    const refused = refusedAt !== null && refusedAt < at && (linkedAt ?? 0) < refusedAt;
    return !refused && (linkedAt !== undefined || (comment?.answered === true && comment.at <= at));
  };
  for (const [i, { at, by, reason, reopenedAt, reopenedBy }] of closings.entries()) {
    const last = [...others, ...found].filter((one) => one.who === author && one.at < at).at(-1);
    const content = i === 0 && at < team && by === "reporter" && reason !== "answered" && last?.rating !== -1;
    if (content && stood(at)) {
      found.push({ at, who: author, rating: 1 });
      helped = true;
    }
    if (reopenedAt === null || reopenedBy !== "reporter" || !stood(reopenedAt)) continue;
    if (refusedAt !== null && refusedAt > at && refusedAt < reopenedAt) helped = false;
    const onOurs = by !== "reporter" && team > reopenedAt;
    if (!helped && !onOurs) continue;
    found.push({ at: reopenedAt, who: author, rating: -1 });
    helped = false;
  }
  return found;
}
