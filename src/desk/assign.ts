import type { Octokit } from "../github/client.ts";
import { addAssignees, readAssignees, removeAssignees } from "../github/threads.ts";
import type { Action } from "../ticket/action.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { hasName } from "../customers/plan.ts";
import type { Done } from "./outcome.ts";

type Of<T extends Action["type"]> = Action & { type: T };

/**
 * Assigns people, unless somebody else was assigned meanwhile: that was a person's choice. Whom GitHub does not let us
 * assign is not tried on this ticket again.
 */
export async function assignPeople(
  octokit: Octokit,
  ticket: Ticket,
  { logins }: Of<"assign">,
  look: boolean,
): Promise<Done<Ticket>> {
  const { service } = ticket;
  const there = look ? await readAssignees(octokit, ticket) : [];
  const others = there.filter((login) => !hasName(service?.given ?? [], login) && !hasName(logins, login));
  if (service && others.length > 0) {
    const given = service.given.filter((login) => hasName(there, login));
    return skipped("somebody else was assigned", { service: { ...service, given } });
  }
  const wanted = logins.filter((login) => !hasName(there, login));
  if (wanted.length === 0) return skipped("they are assigned already");
  const assigned = await addAssignees(octokit, ticket, wanted);
  const refused = wanted.filter((login) => !hasName(assigned, login));
  const outcome = { type: "done", logins: wanted.filter((login) => !hasName(refused, login)) } as const;
  if (!service || refused.length === 0) return { outcome };
  const given = service.given.filter((login) => !hasName(refused, login));
  const patch = { service: { ...service, given, refused: [...service.refused, ...refused] } };
  const reason = `GitHub does not let us assign ${refused.join(", ")}`;
  return refused.length === wanted.length ? skipped(reason, patch) : { outcome, patch };
}

function skipped(reason: string, patch: Partial<Ticket> = {}): Done<Ticket> {
  return { outcome: { type: "skipped", reason }, patch };
}

/** Takes people off that the desk had assigned; who is gone already is no failure. */
export async function unassignPeople(
  octokit: Octokit,
  ticket: Ticket,
  { logins }: Of<"unassign">,
): Promise<Done<Ticket>> {
  const there = await readAssignees(octokit, ticket);
  const leaving = logins.filter((login) => hasName(there, login));
  if (leaving.length === 0) return skipped("they are not assigned any more");
  await removeAssignees(octokit, ticket, leaving);
  return { outcome: { type: "done", logins: leaving } };
}
