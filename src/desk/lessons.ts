import type { Example, Witness } from "../ticket/example.ts";
import { withAgreement, withLabel, withoutLabel, withPresent } from "../ticket/example.ts";
import { ticketKey } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Desk } from "./desk.ts";
import { featuresOf, isWorthKeeping, newExample } from "./example.ts";
import type { Gathered } from "./gather.ts";
import { teach } from "./repository-model.ts";

/**
 * Keeps what the thread of an event teaches, also of a thread from before our time. The same event heard twice teaches the
 * same. In steady state only a label, a closing, or a change of what is kept already costs a write.
 */
export async function learnFrom(desk: Desk, gathered: Gathered, ticket: Ticket | null): Promise<void> {
  const { event, settings } = gathered;
  if (!settings.classification.learn) return;
  const id = ticketKey(event.thread);
  const known = await desk.store.read("example", id);
  if (known?.erased) return;
  const begun = known ?? firstExample(gathered, ticket);
  const document = lessonOfEvent(begun, gathered, ticket, desk.now());
  const news = known ? JSON.stringify(known) !== JSON.stringify(document) : isWorthKeeping(document);
  if (!news) return;
  await desk.store.commit({ scope: "example", id, document });
  const isCorrection = event.type === "labeled" || event.type === "unlabeled";
  const teacher = isCorrection ? teacherOf(gathered, desk.now()) : null;
  await teach(desk, event.thread.repositoryId, [document], teacher?.login ?? null);
}

/** What was moved here was written for other labels. */
function firstExample({ event, facts }: Gathered, ticket: Ticket | null): Example {
  const example = newExample(facts.thread, facts.thread.repositoryId);
  const moved = ticket?.movedFrom != null || (event.type === "opened" && event.movedFrom !== null);
  return { ...example, excluded: example.excluded || moved };
}

function lessonOfEvent(example: Example, gathered: Gathered, ticket: Ticket | null, now: number): Example {
  const { event, facts } = gathered;
  const teacher = teacherOf(gathered, now);
  const { labels } = facts.thread;
  switch (event.type) {
    case "labeled": {
      const labelled = withLabel(
        agreed(example, gathered, ticket, now),
        event.label,
        teacher ? "person" : "bot",
        teacher,
      );
      return withPresent(labelled, labels);
    }
    case "unlabeled":
      return withPresent(
        withoutLabel(agreed(example, gathered, ticket, now), event.label, teacher !== null, teacher),
        labels,
      );
    case "edited":
      return withPresent({ ...example, ...featuresOf(facts.thread) }, labels);
    case "deleted":
    case "transferred":
      return { ...example, features: "", excluded: true, testimony: [] };
    case "locked":
      return { ...example, excluded: true };
    case "unlocked":
      return { ...example, excluded: facts.thread.author?.bot === true };
    case "noticed":
      return withPresent(example, labels);
    case "closed":
    case "commented":
    case "assigned":
      return agreed(example, gathered, ticket, now);
    default:
      return example;
  }
}

/**
 * Who teaches by this event: somebody of the team. GitHub names the author as the one who set what the template of an issue
 * asks for, which nobody chose.
 */
function teacherOf({ event, facts }: Gathered, at: number): Witness | null {
  const { person, team } = facts.actor;
  if (!team || !person || person.bot) return null;
  const ofTemplate =
    event.type === "labeled" &&
    person.login === facts.thread.author?.login &&
    facts.forms.some(({ labels }) => labels.includes(event.label));
  return ofTemplate ? null : { login: person.login, at };
}

/**
 * Our labels that stand when somebody of the team works on the ticket, after the quiet period that people have to correct
 * us, count as agreed to. The label that the event is about is judged by itself.
 */
function agreed(
  example: Example,
  { event, facts, settings }: Gathered,
  ticket: Ticket | null,
  now: number,
): Example {
  const judged = "label" in event ? event.label : null;
  // That one as it stood before the event: whose word changed it is still to be told.
  const others = facts.thread.labels.filter((label) => label !== judged);
  const before = example.labels.flatMap(({ name }) => (name === judged ? name : []));
  const present = withPresent(example, [...others, ...before]);
  const { person, team } = facts.actor;
  if (!ticket?.triage || !team || !person || person.bot) return present;
  if (now < ticket.triage.at + settings.classification.quietPeriod) return present;
  return withAgreement(
    present,
    ticket.ownLabels.filter((label) => label !== judged),
    { login: person.login, at: now },
  );
}

/** A label has another name from now on, also in what was learned of it: the model is made anew when it is next needed. */
export async function renameInExamples(
  desk: Desk,
  repositoryId: number,
  from: string,
  to: string,
): Promise<void> {
  const rename = (name: string) => (name === from ? to : name);
  for await (const example of desk.store.examples(repositoryId)) {
    const { labels, removed, testimony } = example;
    const told = testimony?.some(({ label }) => label === from);
    if (!told && !removed.includes(from) && !labels.some(({ name }) => name === from)) continue;
    const document = {
      ...example,
      labels: labels.map((label) => ({ ...label, name: rename(label.name) })),
      removed: removed.map(rename),
      ...(testimony && { testimony: testimony.map((one) => ({ ...one, label: rename(one.label) })) }),
    };
    await desk.store.commit({ scope: "example", id: `${repositoryId}/${example.number}`, document });
  }
  desk.memory.models.delete(repositoryId);
}
