import type { Octokit } from "../github/client.ts";
import type { LabelChange, LabelHistory } from "../github/label-history.ts";
import { readLabelHistory, readLabels, removeLabel } from "../github/threads.ts";
import type { Action, LabelWish } from "../ticket/action.ts";
import { everyLabelOf } from "../ticket/action.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { has } from "../triage/labels.ts";
import type { Desk } from "./desk.ts";
import { putLabels } from "./labels.ts";
import type { Caution, Done } from "./outcome.ts";

type Of<T extends Action["type"]> = Action & { type: T };

/** What a label action may do, judged by how the thread is now. */
interface Plan {
  wanted: LabelWish[];
  /** Set by an earlier try for a wish that has changed since: taken off again. */
  unwanted: string[];
  /** What the ticket learns from the look. */
  ownLabels: string[];
  vetoedLabels: string[];
}

/** All labels in one additive request: what a person set or refused meanwhile is left alone. */
export async function label(
  desk: Desk,
  octokit: Octokit,
  ticket: Ticket,
  action: Of<"label">,
  { look, tried }: Caution,
): Promise<Done<Ticket>> {
  const plan = tried
    ? planAgain(ticket, action, await readLabelHistory(octokit, ticket), desk.self)
    : planOnce(ticket, action, look ? await readLabels(octokit, ticket) : []);
  const { wanted, unwanted, vetoedLabels } = plan;
  const names = wanted.map(({ name }) => name);
  if (wanted.length > 0) await putLabels(desk, octokit, ticket, wanted);
  for (const name of unwanted) await removeLabel(octokit, ticket, name);
  const ownLabels = union(without(plan.ownLabels, unwanted), names);
  const changed = ownLabels.some((name) => !has(ticket.ownLabels, name)) || unwanted.length > 0;
  const patch = { ownLabels, vetoedLabels, ...(changed ? { wroteAt: desk.now() } : {}) };
  if (names.length === 0)
    return { outcome: { type: "skipped", reason: "the labels are settled already" }, patch };
  return { outcome: { type: "done", labels: names }, patch };
}

const union = (some: string[], more: string[]) => [...some, ...more.filter((name) => !has(some, name))];
const without = (some: string[], less: string[]) => some.filter((name) => !has(less, name));

function wishesLeft({ labels }: Of<"label">, present: string[], taboo: string[], yielded: string[]) {
  return labels.filter(
    ({ name, yieldsTo }) =>
      !has([...present, ...taboo], name) && !yieldsTo.some((other) => has(yielded, other)),
  );
}

function planOnce(ticket: Ticket, action: Of<"label">, present: string[]): Plan {
  const { ownLabels, vetoedLabels } = ticket;
  const wanted = wishesLeft(action, present, vetoedLabels, present);
  return { wanted, unwanted: [], ownLabels, vetoedLabels };
}

/** After a try whose answer was lost. */
function planAgain(
  ticket: Ticket,
  action: Of<"label">,
  { labels: present, changes }: LabelHistory,
  self: string,
): Plan {
  const tried = everyLabelOf(action);
  const refused = tried.filter((name) => !has(present, name) && wasTakenOff(name, changes, ticket, self));
  // Ours, unless a person chose. Were it theirs, GitHub's event makes it theirs again.
  const applied = tried.filter(
    (name) => has(present, name) && !ticket.kindByPerson && !isTheirs(name, changes, self),
  );
  const unwanted = (action.abandoned ?? []).filter((name) => has(applied, name));
  const vetoedLabels = union(ticket.vetoedLabels, refused);
  return {
    wanted: wishesLeft(action, present, vetoedLabels, without(present, unwanted)),
    unwanted,
    // What was taken off was ours: word of that is still to come.
    ownLabels: union(ticket.ownLabels, [...applied, ...refused]),
    vetoedLabels,
  };
}

const lastChange = (changes: LabelChange[], name: string) =>
  changes.findLast((change) => has([change.label], name));

/** Of a label that is there: the timeline says that somebody else set it. A discussion has none. */
function isTheirs(name: string, changes: LabelChange[], self: string): boolean {
  const last = lastChange(changes, name);
  return last?.type === "labeled" && last.actor?.login !== self;
}

/**
 * Of a label that is not there, after a try whose answer was lost: either it never came to be, or it did and somebody has
 * taken it off. An issue's timeline tells; of a discussion, GitHub's event that we set it is all that can.
 */
function wasTakenOff(name: string, changes: LabelChange[], { ownLabels }: Ticket, self: string): boolean {
  const last = lastChange(changes, name);
  return last?.type === "unlabeled" ? last.actor?.login !== self : has(ownLabels, name);
}

/** Only a label that is ours and still there: the thread is read again right before. */
export async function unlabel(
  desk: Desk,
  octokit: Octokit,
  ticket: Ticket,
  { label: name }: Of<"unlabel">,
): Promise<Done<Ticket>> {
  const skipped = (reason: string, patch: Partial<Ticket> = {}): Done<Ticket> => {
    return { outcome: { type: "skipped", reason }, patch };
  };
  if (!has(ticket.ownLabels, name)) return skipped("the label is not ours");
  const { labels, changes } = await readLabelHistory(octokit, ticket);
  const ownLabels = without(ticket.ownLabels, [name]);
  const patch = { ownLabels, wroteAt: desk.now() };
  // Gone already may mean that we took it off and the answer was lost.
  if (!has(labels, name)) return skipped("it is gone already", patch);
  if (isTheirs(name, changes, desk.self)) return skipped("somebody else set it since", { ownLabels });
  await removeLabel(octokit, ticket, name);
  return { outcome: { type: "done", labels: [name] }, patch };
}
