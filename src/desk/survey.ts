import type { Decision } from "../triage/decide.ts";
import type { Facts } from "../triage/facts.ts";
import { mayAsk, SURVEY } from "../triage/survey.ts";
import type { Desk } from "./desk.ts";
import type { Gathered } from "./gather.ts";

/**
 * Decides, and where somebody is to be asked, makes sure of it before the question goes out: of tickets that are closed
 * together only one asks, the others are decided again without. A crash in between costs a question, never a second one.
 * Who was asked in public is not asked in private again. A public thread knows nothing of private ones: that it asks
 * nothing would tell that somebody has tickets there.
 */
export async function askOnce(
  desk: Desk,
  { facts, settings }: Gathered,
  decide: (facts: Facts) => Decision | null,
): Promise<Decision | null> {
  const decision = decide(facts);
  const login = facts.thread.author?.login;
  const asks = decision?.plan.some((action) => action.type === "comment" && action.slot === SURVEY);
  if (!asks || login === undefined) return decision;
  const name = login.toLowerCase();
  const field = facts.thread.private ? (`surveyedInPrivate:${name}` as const) : (`surveyed:${name}` as const);
  const now = desk.now();
  let isClaimed = false;
  await desk.store.revise("installation", String(facts.thread.installationId), (known) => {
    const asked = known ? [known[field], known[`surveyed:${name}`]] : [];
    isClaimed = known !== null && asked.every((at) => mayAsk(at ?? null, settings, now));
    return isClaimed && known ? { ...known, [field]: now } : null;
  });
  return isClaimed ? decision : decide({ ...facts, surveyedAt: now });
}
