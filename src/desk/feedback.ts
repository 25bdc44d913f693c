import { z } from "zod";
import { type Delivery, parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import { type Fact, type Rating, remember } from "../ticket/fact.ts";
import type { Repository } from "../ticket/repository.ts";
import { ticketKey } from "../ticket/thread.ts";
import type { Feedback, Ticket } from "../ticket/ticket.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./digest.ts";
import { effectiveSettings } from "./settings.ts";
import { isOnTeam } from "./team.ts";

/** The name under which feedback waits in the inbox beside GitHub's deliveries. */
export const FEEDBACK = "frontdesk.feedback";

/** Feedback kept of a ticket: more is somebody's mistake, or worse. */
const MOST_KEPT = 200;

/** Ids of feedback that is not kept any more: at 19 bytes each they are 190 kB. */
const MOST_IDS = 10_000;

/** As long as a comment on GitHub may be. */
const LONGEST_TEXT = 65_536;

/** What `POST /api/feedback` takes. */
export const FeedbackInput = z.strictObject({
  repository: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, "must be owner/name"),
  number: z.int().min(1),
  rating: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)], {
    error: "must be a whole number from 1 to 5",
  }),
  text: z.string().max(LONGEST_TEXT).nullish(),
  respondent: z.string().min(1).max(200).nullish(),
  // It becomes a key of the store, and PostgreSQL's texts hold no U+0000.
  id: z
    .string()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u, "must have no control characters"),
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
  if (isKnown(ticket, input.id)) return "known";
  const { id, rating, text = null, respondent = null } = input;
  const feedback: Feedback = { id, rating, text, respondent, at: desk.now() };
  const scope = scopeKey("ticket", key);
  const stored = await desk.store.receive({
    id: `${FEEDBACK}:${key}:${id}`,
    event: FEEDBACK,
    scope,
    payload: JSON.stringify(feedback),
    receivedAt: feedback.at,
  });
  if (!stored) return "known";
  await desk.queue.push(scope);
  return "stored";
}

function isKnown({ feedback = [], feedbackIds = [] }: Ticket, id: string): boolean {
  return feedback.some((one) => one.id === id) || feedbackIds.includes(digestOf(id));
}

/** Writes feedback down with the ticket. What the team and bots say is kept, and does not count. */
export async function keepFeedback(desk: Desk, { id, scope, payload }: Delivery): Promise<void> {
  const key = parseScopeKey(scope)[1];
  const ticket = await desk.store.read("ticket", key);
  const repository = ticket && (await desk.store.read("repository", String(ticket.repositoryId)));
  if (!ticket || !repository) return desk.store.discard([id]);
  const said = JSON.parse(payload) as Feedback;
  const feedback = { ...said, respondent: nameIn(said.respondent) };
  const all = [...(ticket.feedback ?? []).filter((one) => one.id !== feedback.id), feedback];
  const dropped = all.slice(0, -MOST_KEPT).map((one) => digestOf(one.id));
  const counts = !(await isNoCustomer(desk, repository, feedback));
  const document = {
    ...ticket,
    feedback: all.slice(-MOST_KEPT),
    ...(dropped.length > 0
      ? { feedbackIds: [...(ticket.feedbackIds ?? []), ...dropped].slice(-MOST_IDS) }
      : {}),
    timeline: counts ? remember(ticket.timeline, [ratedBy(feedback)]) : ticket.timeline,
  };
  await desk.store.commit({ scope: "ticket", id: key, document, deliveries: [id] });
}

/** As GitHub writes names, so that a person is the same one however a form spells them; null: nothing is left. */
const nameIn = (respondent: string | null) => respondent?.replace(/^[\s@]+|\s+$/g, "") || null;

/** Neither bots, nor the desk, nor the team say how well the team serves. */
async function isNoCustomer(desk: Desk, repository: Repository, { respondent }: Feedback): Promise<boolean> {
  if (respondent === null) return false;
  const name = respondent.toLowerCase();
  if (name.endsWith("[bot]") || `${name}[bot]` === desk.self.toLowerCase()) return true;
  // An opaque id is nobody's login, and GitHub is not asked about it.
  if (!/^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/.test(name)) return false;
  return isOnTeam(desk, repository, await effectiveSettings(desk, repository), name);
}

function ratedBy({ id, rating, respondent, at }: Feedback): Fact {
  const word: Rating = rating > 3 ? 1 : rating < 3 ? -1 : 0;
  return { at, type: "rated", by: respondent ?? `feedback ${id}`, rating: word, via: "feedback" };
}
