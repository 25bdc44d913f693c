import { z } from "zod";
import { type Delivery, parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import { type Fact, type Rating, remember } from "../ticket/fact.ts";
import type { Repository } from "../ticket/repository.ts";
import { ticketKey } from "../ticket/thread.ts";
import type { Feedback } from "../ticket/ticket.ts";
import type { Desk } from "./desk.ts";
import { effectiveSettings } from "./settings.ts";
import { isOnTeam } from "./team.ts";

/** The name under which feedback waits in the inbox beside GitHub's deliveries. */
export const FEEDBACK = "frontdesk.feedback";

/** Feedback kept of a ticket: more is somebody's mistake, or worse. */
const MOST_KEPT = 200;

/** As long as a comment on GitHub may be. */
const LONGEST_TEXT = 65_536;

/** What `POST /api/feedback` takes. */
export const FeedbackInput = z.strictObject({
  repository: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, "must be owner/name"),
  number: z.int().min(1),
  rating: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)], {
    error: "must be a whole number from 1 to 5",
  }),
  text: z.string().max(LONGEST_TEXT).optional(),
  respondent: z.string().min(1).max(200).optional(),
  id: z.string().min(1).max(200),
});
export type FeedbackInput = z.infer<typeof FeedbackInput>;

/**
 * Takes feedback from elsewhere: durable when it resolves, worked into the ticket by the ticket's own worker. `unknown`:
 * there is no such ticket of ours.
 */
export async function takeFeedback(
  desk: Pick<Desk, "store" | "queue" | "now">,
  repository: Repository,
  input: FeedbackInput,
): Promise<"stored" | "known" | "unknown"> {
  const key = ticketKey({ repositoryId: repository.id, number: input.number });
  const ticket = await desk.store.read("ticket", key);
  if (!ticket) return "unknown";
  // The inbox forgets after some days, the ticket does not.
  if (ticket.feedback?.some(({ id }) => id === input.id)) return "known";
  const { rating, text = null, respondent = null } = input;
  const feedback: Feedback = { id: input.id, rating, text, respondent, at: desk.now() };
  const scope = scopeKey("ticket", key);
  const stored = await desk.store.receive({
    id: `${FEEDBACK}:${repository.installationId}:${input.id}`,
    event: FEEDBACK,
    scope,
    payload: JSON.stringify(feedback),
    receivedAt: feedback.at,
  });
  if (!stored) return "known";
  await desk.queue.push(scope);
  return "stored";
}

/** Writes feedback down with the ticket. What the team says of itself is kept, and does not count. */
export async function keepFeedback(desk: Desk, { id, scope, payload }: Delivery): Promise<void> {
  const key = parseScopeKey(scope)[1];
  const ticket = await desk.store.read("ticket", key);
  const repository = ticket && (await desk.store.read("repository", String(ticket.repositoryId)));
  if (!ticket || !repository) return desk.store.discard([id]);
  const feedback = JSON.parse(payload) as Feedback;
  const kept = [...(ticket.feedback ?? []).filter((one) => one.id !== feedback.id), feedback];
  const counts = !(await isByTeam(desk, repository, feedback));
  const document = {
    ...ticket,
    feedback: kept.slice(-MOST_KEPT),
    timeline: counts ? remember(ticket.timeline, [ratedBy(feedback)]) : ticket.timeline,
  };
  await desk.store.commit({ scope: "ticket", id: key, document, deliveries: [id] });
}

async function isByTeam(desk: Desk, repository: Repository, { respondent }: Feedback): Promise<boolean> {
  // An opaque id is nobody's login, and GitHub is not asked about it.
  if (respondent === null || !/^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i.test(respondent)) return false;
  return isOnTeam(desk, repository, await effectiveSettings(desk, repository), respondent);
}

function ratedBy({ id, rating, respondent, at }: Feedback): Fact {
  const word: Rating = rating > 3 ? 1 : rating < 3 ? -1 : 0;
  return { at, type: "rated", by: respondent ?? `feedback ${id}`, rating: word, via: "feedback" };
}
