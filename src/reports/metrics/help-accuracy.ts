import type { Fact, Help } from "../../ticket/fact.ts";
import { type Course, isByReporter } from "../course.ts";
import { type Period, within } from "../period.ts";
import { type Count, countOf } from "./count.ts";

/** What became of something that the desk showed, as it is at the end of a period: courses go no further here. */
type Verdict = "right" | "wrong" | null;

/** Articles: right and wrong by the last verdict on any that was shown, missed where a question had none and people worked on it. */
export function countAnswers(course: Course, period: Period, count: Count): void {
  const shown = shownIn(course, "article");
  const first = shown[0] ?? course.facts[0];
  if (!first || !within(first.at, period)) return;
  if (shown.length === 0) {
    const asks = course.record.triage?.kind === "question";
    const helped = course.facts.some((fact) => fact.type === "spoke" && fact.by === "team");
    const named = course.facts.some((fact) => fact.type === "shown" && fact.help === "article");
    count.missed += Number(asks && (helped || named));
    return;
  }
  count.given += 1;
  judge(count, verdictOn(course, shown));
}

/** Each article that was shown by itself. */
export function countArticles(course: Course, period: Period, counts: Map<string, Count>): void {
  const seen = new Set<string>();
  for (const shown of shownIn(course, "article")) {
    if (seen.has(shown.id)) continue;
    seen.add(shown.id);
    if (!within(shown.at, period)) continue;
    const count = countOf(counts, shown.id);
    count.given += 1;
    judge(count, verdictOn(course, [shown]));
  }
}

/**
 * Originals. A person's closing as a duplicate confirms what was linked, unless it names another one or the link was
 * refused; then, and where none was linked, it is one that was missed.
 */
export function countOriginals(course: Course, period: Period, count: Count): void {
  const shown = shownIn(course, "duplicate");
  const first = shown[0] ?? course.facts[0];
  if (!first || !within(first.at, period)) return;
  const named = namedByPeople(course, period);
  const ids = new Set(shown.map(({ id }) => id));
  count.given += Number(shown.length > 0);
  const said = verdictOn(course, shown);
  const same = named !== null && named.original !== null && ids.has(named.original);
  const other = named !== null && named.original !== null && !ids.has(named.original);
  const verdict = same ? "right" : other ? "wrong" : (said ?? (named ? "right" : null));
  if (shown.length > 0) judge(count, verdict);
  count.missed += Number(named !== null && (shown.length === 0 || verdict === "wrong"));
}

type Shown = Fact & { type: "shown" };

/** What the desk showed by its own choice. */
function shownIn({ facts }: Course, help: Help): Shown[] {
  return facts.filter(
    (fact): fact is Shown => fact.type === "shown" && fact.help === help && fact.by !== "team",
  );
}

function judge(count: Count, verdict: Verdict): void {
  if (verdict) count[verdict] += 1;
}

/**
 * The last word on what was shown: a verdict, or how content the reporter said they were while nobody of the team had
 * spoken, so that it is said of our help. (A thumbs-down is a verdict by itself; without this, only those would count.)
 */
function verdictOn({ record, facts, firstResponse }: Course, shown: readonly Shown[]): Verdict {
  const [first] = shown;
  if (!first) return null;
  const judged = facts.findLast(
    (fact) => fact.type === "judged" && shown.some(({ help, id }) => help === fact.help && id === fact.id),
  );
  const rated = facts.findLast(
    (fact) =>
      fact.type === "rated" &&
      isByReporter(record, fact) &&
      fact.at >= first.at &&
      (firstResponse === null || fact.at < firstResponse.at),
  );
  const rating = rated?.type === "rated" && rated.at >= (judged?.at ?? 0) ? (rated.rating ?? 0) : 0;
  if (rating !== 0) return rating === 1 ? "right" : "wrong";
  return judged?.type === "judged" ? (judged.helpful ? "right" : "wrong") : null;
}

/** Of what a ticket is a duplicate, as people have it when the period is over; null: of nothing that they would say. */
function namedByPeople({ facts, closings }: Course, { until }: Period): { original: string | null } | null {
  const last = closings.findLast(({ at }) => at < until);
  const holds = last && (last.reopenedAt === null || last.reopenedAt >= until);
  if (holds && last.reason === "duplicate" && last.by !== "desk" && last.by !== "bot") return last;
  const said = facts.findLast(
    (fact) => fact.type === "shown" && fact.help === "duplicate" && fact.by === "team" && fact.at < until,
  );
  if (said?.type !== "shown") return null;
  const takenBack = facts.some(({ type, at }) => type === "reopened" && at >= said.at && at < until);
  return takenBack ? null : { original: said.id };
}
