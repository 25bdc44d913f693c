import { z } from "zod";
import type { Kind } from "../learning/kind.ts";
import { courseOf } from "../reports/course.ts";
import { type Satisfaction, satisfaction } from "../reports/metrics/satisfaction.ts";
import type { Period } from "../reports/period.ts";
import type { Tally } from "../reports/tally.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { FeedbackInput } from "./feedback.ts";

/** Days begin in UTC. Left open, as in `since=&until=`, it is as if it were not there. */
const instant = z
  .union([z.literal(""), z.iso.date(), z.iso.datetime({ offset: true })], {
    error: "must be a time such as 2026-03-02 or 2026-03-02T09:00:00Z",
  })
  .transform((text) => (text === "" ? undefined : Date.parse(text)))
  .optional();

const once = z.array(z.string()).length(1, "must be given once");

/** What `GET /api/satisfaction` takes: the values of each parameter. */
export const SatisfactionQuery = z
  .record(z.string(), once)
  .transform((given) => Object.fromEntries(Object.entries(given).map(([name, [value]]) => [name, value])))
  .pipe(
    z
      .strictObject({ repository: FeedbackInput.shape.repository, since: instant, until: instant })
      .refine(({ since, until }) => since === undefined || until === undefined || since <= until, {
        path: ["since"],
        error: "must not be after until",
      }),
  );

/** Of all tickets of a repository, and of those of each kind: for who may know what was said in private. */
export async function satisfactionOf(desk: Desk, { id }: Repository, period: Period): Promise<unknown> {
  const all = satisfaction(period);
  const byKind = new Map<Kind | "unknown", Tally<Satisfaction>>();
  for await (const ticket of desk.store.tickets({ repositoryId: id })) {
    const course = courseOf(ticket, { confidential: true });
    const kind = ticket.triage?.kind ?? "unknown";
    const own = byKind.get(kind) ?? satisfaction(period);
    byKind.set(kind, own);
    for (const tally of [all, own]) tally.add(course);
  }
  const shown = ({ csat, net }: Satisfaction) => ({
    rated: csat.whole,
    satisfied: csat.part,
    csat: csat.share,
    interval: csat.interval,
    net,
  });
  const rated = [...byKind].map(([kind, tally]) => [kind, shown(tally.result())] as const);
  return {
    ...shown(all.result()),
    byKind: Object.fromEntries(rated.filter(([, figure]) => figure.rated > 0)),
  };
}
