import type { Settings } from "../settings/schema.ts";
import type { BacklogThread } from "../ticket/backlog-thread.ts";
import { withoutOldWitnesses } from "../ticket/example.ts";
import { scopeKey } from "../ticket/delivery.ts";
import type { Repository } from "../ticket/repository.ts";
import {
  namesPeople,
  withoutAuthors,
  withoutOldAsking,
  withoutOldTeam,
  withoutPeople,
} from "../ticket/retention.ts";
import { ticketKey } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Desk } from "./desk.ts";
import { effectiveSettings } from "./settings.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Forgets what is kept for a time only: each hour deliveries that GitHub cannot send again, once a day the people of
 * whom nothing was heard for longer than `privacy.retentionDays`. What is left is what figures are counted from, and
 * what duplicates are found by.
 */
export async function forgetOld(desk: Desk): Promise<void> {
  const { memory, store } = desk;
  if (desk.now() - memory.expiredAt >= HOUR_MS) {
    memory.expiredAt = desk.now();
    await store.expire();
  }
  if (desk.now() - memory.forgotAt < DAY_MS) return;
  memory.forgotAt = desk.now();
  /** The longest of its repositories', by installation: what all share is kept for so long. */
  const asked = new Map<number, number>();
  for (const repository of await store.repositories()) {
    const settings = await effectiveSettings(desk, repository);
    await forgetIn(desk, repository, settings);
    const { installationId } = repository;
    asked.set(installationId, Math.min(asked.get(installationId) ?? desk.now(), askedBefore(desk, settings)));
  }
  for (const [id, before] of asked) {
    await store.revise("installation", String(id), (installation) =>
      installation && namesOldAsking(installation, before) ? withoutOldAsking(installation, before) : null,
    );
  }
}

/** Whoever was asked how it was is known as long as they are not to be asked again. */
function askedBefore(desk: Desk, { privacy, satisfaction }: Settings): number {
  return desk.now() - Math.max(privacy.retentionDays, satisfaction.survey.everyDays) * DAY_MS;
}

const namesOldAsking = (document: object, before: number) =>
  Object.keys(withoutOldAsking(document, before)).length < Object.keys(document).length;

async function forgetIn(desk: Desk, { id }: Repository, settings: Settings): Promise<void> {
  const { store } = desk;
  const before = desk.now() - settings.privacy.retentionDays * DAY_MS;
  for await (const ticket of store.tickets({ repositoryId: id })) {
    if (!ticket.anonymous && lastSeen(ticket) < before) await forgetTicket(desk, ticket, before);
  }
  for await (const thread of store.threads(id)) {
    if (isOld(thread, before)) await forgetThread(desk, thread, before);
  }
  await forgetOldWitnesses(desk, id, before);
  await store.revise("repository", String(id), (repository) => {
    const left =
      repository &&
      withoutOldTeam(withoutOldAsking(repository, askedBefore(desk, settings)), before, desk.now());
    return JSON.stringify(left) === JSON.stringify(repository) ? null : left;
  });
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

async function forgetTicket(desk: Desk, { key }: Ticket, before: number): Promise<void> {
  await desk.store.rewrite(scopeKey("ticket", key), (kept) => {
    const ticket = kept.document as Ticket;
    if (lastSeen(ticket) >= before) return kept;
    return {
      document: withoutPeople(ticket),
      // What still waits after all this time is parked, and nobody is told, asked or given anything by it any more.
      outbox: [],
      // Their keys name whom it was given to.
      outcomes: Object.fromEntries(
        Object.entries(kept.outcomes).filter(([key]) => !/:(?:un)?assign:/.test(key)),
      ),
      lessons: kept.lessons.map((lesson) => ({ ...lesson, by: null })),
    };
  });
}

const isOld = (thread: BacklogThread, before: number) =>
  Math.max(thread.createdAt, thread.updatedAt) < before && namesPeople(thread);

async function forgetThread(desk: Desk, thread: BacklogThread, before: number): Promise<void> {
  await desk.store.revise("thread", ticketKey(thread), (now) =>
    now && isOld(now, before) ? withoutAuthors(now) : null,
  );
}
