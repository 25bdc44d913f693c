import type { Priority } from "./priority.ts";

/** Who did something, as figures tell people apart: by their part, never by name. `other`: a stranger, or nobody knows. */
export type Hand = "reporter" | "team" | "desk" | "bot" | "other";

/** What may be shown to a reporter. */
export type Help = "article" | "duplicate";

/**
 * Something that happened to a ticket and that figures are counted from, at the time when it happened (milliseconds
 * since 1970), not when it was heard of. A ticket's facts are a set: in which order they were heard makes no difference.
 */
export type Fact = { at: number } & (
  | { type: "opened"; by: Hand }
  /** A public word. A bot's is none. */
  | { type: "spoke"; by: "reporter" | "team" }
  /** The team told the desk by a command what to do here. */
  | { type: "ordered" }
  /** Our comment of triage reached the ticket: an answer, a question, or that the ticket has arrived. */
  | { type: "told" }
  /** We wait for the reporter; we do not any more. */
  | { type: "waiting" }
  | { type: "resumed" }
  /**
   * `reason`: GitHub's word in lower case, or `answered` for a discussion whose answer was marked, `answered-by-others`
   * where that is not our comment. `original`: which thread it repeats, where that is known.
   */
  | { type: "closed"; by: Hand; reason: string | null; original?: string }
  | { type: "reopened"; by: Hand }
  | { type: "labelled" | "unlabelled"; label: string; by: Hand }
  /**
   * An article (`repository id/path#anchor`) or an original (its number) was shown to the reporter. `by`: the team named
   * it, so that it says nothing of how well the desk chooses.
   */
  | { type: "shown"; help: Help; id: string; by?: "team" }
  /** What became of it: it helped, or it did not. The last verdict counts. */
  | { type: "judged"; help: Help; id: string; helpful: boolean }
  /**
   * A person's word on how well they were served. `by`: their login, or an opaque id. The last one of each counts; null:
   * they took it back. `via`: where we have it from, if it was not from their own words to us.
   */
  | { type: "rated"; by: string; rating: Rating | null; via?: "reaction" | "feedback" | "words" }
  /** The desk's help was refused: taken back on the reporter's word, or deleted by somebody. */
  | { type: "refused" }
  /**
   * Something was put right because of what people said of the help here: a thread, a commit, an address, a file. null:
   * the team took that back.
   */
  | { type: "improved"; ref: string | null }
  /** A promise that was warned of, kept or broken. `cycle` counts the times that a next response was owed. */
  | {
      type: "sla";
      policy: string;
      clock: "firstResponse" | "nextResponse" | "resolution";
      cycle: number;
      outcome: "warned" | "met" | "breached";
      /** Of the second decision, which knows private customers: told in private places only. */
      private?: true;
    }
  /** Another priority from now on, as private places may know it: told by weights of work alone, which are private too. */
  | { type: "prioritised"; from: Priority | null; to: Priority | null }
  /** `by`: not in documents of older versions, which only knew what others than the desk had done. */
  | { type: "assigned" | "unassigned"; login: string; by?: Hand }
);

/** Satisfied, neither, dissatisfied. */
export type Rating = 1 | 0 | -1;

/** A label that was set, or taken off. */
export type LabelMove = Extract<Fact, { type: "labelled" | "unlabelled" }>;

export const isLabelMove = (fact: Fact): fact is LabelMove =>
  fact.type === "labelled" || fact.type === "unlabelled";

/** A person's word on how well they were served. */
export type Rated = Extract<Fact, { type: "rated" }>;

/**
 * An answer to a survey elsewhere, of which nothing is to be seen on the thread: nothing that the public sees may depend
 * on it, since only customers may have been asked.
 */
export function isSaidElsewhere(fact: Fact): fact is Rated {
  return fact.type === "rated" && fact.via === "feedback";
}

/** Facts kept of a ticket beside people's ratings. Ordinary ones have under 20; at about 60 bytes each this many are 12 kB. */
const MOST = 200;

/** From the beginning of a long ticket so many are kept whatever they say: the first response is among them. */
const FIRST = 20;

/** Ratings kept of a ticket: GitHub's busiest threads have as many reactions. At about 75 bytes each they are 750 kB. */
const MOST_RATINGS = 10_000;

/** GitHub's times are whole seconds: what happens in the same one is put into the order in which people do it. */
const RANK: Record<Fact["type"], number> = {
  opened: 0,
  reopened: 1,
  resumed: 2,
  spoke: 3,
  ordered: 3,
  told: 4,
  shown: 5,
  labelled: 6,
  unlabelled: 7,
  assigned: 8,
  unassigned: 9,
  prioritised: 10,
  judged: 11,
  rated: 12,
  refused: 13,
  improved: 14,
  waiting: 15,
  sla: 16,
  closed: 17,
};

/** The order in which things happened, the same for whoever heard of them in another order. */
export function inOrder(a: Fact, b: Fact): number {
  return a.at - b.at || RANK[a.type] - RANK[b.type] || compare(JSON.stringify(a), JSON.stringify(b));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Adds facts to those that are known of a ticket; what is known already changes nothing. */
export function remember(known: readonly Fact[] | undefined, facts: readonly Fact[]): Fact[] {
  const before = [...(known ?? [])];
  const all = new Map([...before, ...facts].map((fact) => [JSON.stringify(fact), fact]));
  return all.size === before.length ? before : thin([...all.values()].sort(inOrder));
}

/** Ratings have room of their own: what a person thinks is not forgotten because many others do, or because of talk. */
function thin(facts: Fact[]): Fact[] {
  const ratings = facts.filter((fact) => fact.type === "rated");
  const others = facts.filter(({ type }) => type !== "rated");
  const forgotten = new Set<Fact>([...surplusRatings(ratings), ...surplus(others)]);
  return forgotten.size === 0 ? facts : facts.filter((fact) => !forgotten.has(fact));
}

/** Words that the same person took back by later ones are forgotten first, then whatever is oldest. */
function surplusRatings(ratings: Extract<Fact, { type: "rated" }>[]): Fact[] {
  const over = ratings.length - MOST_RATINGS;
  if (over <= 0) return [];
  const last = new Set(new Map(ratings.map((fact) => [fact.by.toLowerCase(), fact])).values());
  return [...ratings.filter((fact) => !last.has(fact)), ...last].slice(0, over);
}

/** Of a ticket that people talk on for years the talk in the middle is forgotten first, then whatever is oldest. */
function surplus(facts: Fact[]): Fact[] {
  const over = facts.length - MOST;
  if (over <= 0) return [];
  const talk = facts.filter(({ type }, i) => i >= FIRST && type === "spoke").slice(0, over);
  const rest = facts.filter((fact) => !talk.includes(fact));
  return [...talk, ...rest.slice(FIRST, FIRST + over - talk.length)];
}
