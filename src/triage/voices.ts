import type { Settings } from "../settings/schema.ts";
import type { Fact, Rating } from "../ticket/fact.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** A person's reaction to one of our comments. */
export interface Reaction {
  login: string;
  /** As the settings name it: `+1`, `confused` ... */
  content: string;
  /** Milliseconds since 1970. */
  at: number;
}

type Rated = Extract<Fact, { type: "rated" }>;

/**
 * What people's reactions add to what is known of their satisfaction: a person counts once, by their last word. Who took
 * a reaction back has none any more, which only a complete list can tell.
 */
export function ratingsOf(
  reactions: readonly Reaction[],
  complete: boolean,
  ticket: Pick<Ticket, "timeline">,
  settings: Settings,
  now: number,
): Rated[] {
  const known = lastRatings(ticket);
  const newest = new Map<string, Reaction>();
  for (const one of reactions) {
    const before = newest.get(one.login.toLowerCase());
    if (!before || isLater(one, before, settings)) newest.set(one.login.toLowerCase(), one);
  }
  const said = [...newest].flatMap(([by, { content, at }]): Rated[] => {
    const before = known.get(by);
    const rating = ratingOf(content, settings);
    if (before && (before.at >= at || before.rating === rating)) return [];
    return [{ at, type: "rated", by, rating, via: "reaction" }];
  });
  if (!complete) return said;
  const takenBack = [...known].flatMap(([by, { via, rating }]): Rated[] =>
    via === "reaction" && rating !== null && !newest.has(by)
      ? [{ at: now, type: "rated", by, rating: null, via }]
      : [],
  );
  return [...said, ...takenBack];
}

/** Within one second, which is all that GitHub tells, the discontented word counts. */
function isLater(one: Reaction, before: Reaction, settings: Settings): boolean {
  if (one.at !== before.at) return one.at > before.at;
  return ratingOf(one.content, settings) < ratingOf(before.content, settings);
}

function ratingOf(content: string, { satisfaction }: Settings): Rating {
  const { positive, negative } = satisfaction;
  if ((positive as readonly string[]).includes(content)) return 1;
  return (negative as readonly string[]).includes(content) ? -1 : 0;
}

/** Each person's last word, by name in small letters. */
export function lastRatings({ timeline = [] }: Pick<Ticket, "timeline">): Map<string, Rated> {
  const rated = timeline.filter((fact): fact is Rated => fact.type === "rated");
  const last = new Map<string, Rated>();
  for (const fact of rated.sort((a, b) => a.at - b.at)) last.set(fact.by.toLowerCase(), fact);
  return last;
}
