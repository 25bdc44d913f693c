import { withoutOldWitnesses } from "../ticket/example.ts";
import { withoutPeople } from "../ticket/person.ts";
import { scopeKey } from "../ticket/delivery.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Desk } from "./desk.ts";
import { effectiveSettings } from "./settings.ts";

const DAY_MS = 86_400_000;

/**
 * Takes the people off tickets on which nothing happened for longer than `privacy.retentionDays`, and off labels that they set
 * before: what is left is what figures are counted from, and what is learned from. Once a day.
 */
export async function forgetOldPeople(desk: Desk): Promise<void> {
  if (desk.now() - desk.memory.forgotAt < DAY_MS) return;
  desk.memory.forgotAt = desk.now();
  for (const repository of await desk.store.repositories()) {
    const { retentionDays } = (await effectiveSettings(desk, repository)).privacy;
    const before = desk.now() - retentionDays * DAY_MS;
    for await (const ticket of desk.store.tickets({ repositoryId: repository.id })) {
      if (!ticket.anonymous && lastSeen(ticket) < before) await forget(desk, ticket, before);
    }
    await forgetOldWitnesses(desk, repository.id, before);
  }
}

/** Labels that somebody set long ago go on teaching, without their name. */
async function forgetOldWitnesses(desk: Desk, repositoryId: number, before: number): Promise<void> {
  for await (const example of desk.store.examples(repositoryId)) {
    if (withoutOldWitnesses(example, before) === example) continue;
    await desk.store.revise(
      "example",
      `${repositoryId}/${example.number}`,
      (current) => current && withoutOldWitnesses(current, before),
    );
  }
}

const lastSeen = ({ createdAt, seenAt, wroteAt }: Ticket) => Math.max(createdAt, seenAt, wroteAt);

async function forget(desk: Desk, { key }: Ticket, before: number): Promise<void> {
  const kept = await desk.store.revise("ticket", key, (ticket) =>
    ticket && lastSeen(ticket) < before ? withoutPeople(ticket) : null,
  );
  if (!kept) return;
  await desk.store.revise("thread", key, (thread) => thread && { ...thread, author: null });
  await desk.store.rewriteLessons(scopeKey("ticket", key), (lesson) => ({ ...lesson, by: null }));
}
