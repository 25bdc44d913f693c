import { listFailedDeliveries, redeliver } from "../github/deliveries.ts";
import { listInstallations } from "../github/installations.ts";
import { listInstallationRepositories } from "../github/repositories.ts";
import { listChangedThreads, listComments } from "../github/threads.ts";
import { classifyFailure } from "../github/failure.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Comment, Thread } from "../ticket/thread.ts";
import { ticketKey } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Desk } from "./desk.ts";
import { owe } from "./heartbeat.ts";
import { meet } from "./installation.ts";
import { newInstallation } from "./knowledge.ts";
import { noticedDelivery } from "./noticed.ts";
import { standingOf } from "./standing.ts";

/** GitHub keeps deliveries for three days. */
const DELIVERY_WINDOW_MS = 3 * 86_400_000;

/** A delivery that fails this often is not asked for again: its changes are read from the API anyhow. */
const MOST_REDELIVERIES = 3;

/** GitHub's clock and ours differ, and an update may show late in lists: the last minute is read twice. */
const OVERLAP_MS = 60_000;

/**
 * Finds what we missed: deliveries that failed are asked for again, then everything that changed since the last look is
 * read, since a delivery that we answered and then lost looks like a success to GitHub. Finding nothing costs one or
 * two requests a repository. Resolves with false when a passing failure hid some of it: a look soon may find it.
 */
export async function reconcile(desk: Desk): Promise<boolean> {
  const done = [
    await step(desk, "deliveries", () => askAgain(desk)),
    await step(desk, "installations", () => meetInstallations(desk)),
  ];
  for (const repository of await desk.store.repositories()) {
    if (repository.gone || repository.archived) continue;
    if ((await standingOf(desk, repository.installationId)) !== "served") continue;
    done.push(await step(desk, repository.fullName, () => readChanges(desk, repository)));
  }
  desk.log.info("looked for what was missed");
  return done.every(Boolean);
}

/** One part that fails does not stop the others; the next round tries again. False: it may do better soon. */
async function step(desk: Desk, what: string, part: () => Promise<unknown>): Promise<boolean> {
  try {
    return (await part()) !== false;
  } catch (error) {
    const { type, reason } = classifyFailure(error, desk.now());
    const quiet = type === "passing" || type === "limit" || type === "forbidden" || type === "gone";
    desk.log[quiet ? "warn" : "error"](
      { what, reason, ...(quiet ? {} : { err: error }) },
      "could not reconcile",
    );
    return type !== "passing";
  }
}

async function askAgain(desk: Desk): Promise<void> {
  const app = await desk.clients.app();
  const failed = await listFailedDeliveries(app, desk.now() - DELIVERY_WINDOW_MS);
  const listed = new Set(failed.map(({ guid }) => guid));
  for (const guid of desk.memory.redeliveries.keys())
    if (!listed.has(guid)) desk.memory.redeliveries.delete(guid);
  for (const { id, guid, event } of failed) {
    const asked = desk.memory.redeliveries.get(guid) ?? 0;
    if (asked >= MOST_REDELIVERIES) continue;
    desk.memory.redeliveries.set(guid, asked + 1);
    desk.log.info({ delivery: guid, event }, "asked for a failed delivery again");
    owe(desk);
    await redeliver(app, id);
  }
}

/** Installations and repositories that come or went while we were not listening. */
async function meetInstallations(desk: Desk): Promise<boolean> {
  // Before GitHub is asked: what comes while it answers is in no answer, and not gone.
  const before = await desk.store.installations();
  const installations = await listInstallations(await desk.clients.app());
  for (const gone of before) {
    if (gone.gone || installations.some(({ id }) => id === gone.id)) continue;
    await desk.store.merge("installation", String(gone.id), { gone: true });
  }
  let complete = true;
  for (const { id, account, suspended } of installations) {
    const fresh = newInstallation(id, account, desk.now());
    await desk.store.revise("installation", String(id), (known) =>
      known && known.suspended === suspended && !known.gone
        ? null
        : { ...(known ?? fresh), suspended, gone: false },
    );
    // One installation's limit, or its refusal, never keeps the others from being met.
    if (!suspended) {
      const met = await step(desk, `repositories of ${account}`, () => meetRepositories(desk, id));
      complete &&= met;
    }
  }
  return complete;
}

async function meetRepositories(desk: Desk, installationId: number): Promise<void> {
  const known = (await desk.store.repositories()).filter((one) => one.installationId === installationId);
  const served = await listInstallationRepositories(await desk.clients.installation(installationId));
  for (const one of known) {
    if (!one.gone && !served.some(({ id }) => id === one.id)) {
      await desk.store.merge("repository", String(one.id), { gone: true });
    }
  }
  // A repository that is new to us begins now: older threads are read, never acted on.
  for (const { id, fullName, private: isPrivate, archived } of served) {
    const where = { installationId, repositoryId: id, repository: fullName, private: isPrivate, archived };
    await meet(desk, where, desk.now());
  }
}

/** Reads what changed since the last look, and has what we did not hear of worked on like any delivery. */
async function readChanges(desk: Desk, repository: Repository): Promise<void> {
  const { id, installationId, fullName, private: isPrivate, archived, readUntil } = repository;
  const octokit = await desk.clients.installation(installationId);
  const where = { installationId, repositoryId: id, repository: fullName, private: isPrivate, archived };
  // What changes while we read may be of a page that was read already: the next look begins before it.
  const begunAt = desk.now();
  let newest = readUntil;
  for await (const thread of listChangedThreads(octokit, where, readUntil - OVERLAP_MS)) {
    newest = Math.max(newest, Math.min(begunAt, thread.updatedAt));
    const known = await desk.store.read("ticket", ticketKey(thread));
    if (!isNews(thread, known, repository)) continue;
    const comments: Comment[] = [];
    for await (const comment of listComments(octokit, thread, { since: readUntil - OVERLAP_MS })) {
      if (!comment.author?.bot && !known?.heard.includes(comment.nodeId)) comments.push(comment);
    }
    const delivery = noticedDelivery({ thread, comments }, desk.now());
    if (!(await desk.store.receive(delivery))) continue;
    owe(desk);
    desk.log.info({ ticket: ticketKey(thread) }, "noticed a change that no delivery told of");
    await desk.queue.push(delivery.scope);
  }
  if (newest > readUntil) await desk.store.merge("repository", String(id), { readUntil: newest });
}

/**
 * Newer than all we know; a thread that we do not know at all is ours only if it was opened after we came. GitHub's
 * times are whole seconds: of two changes in one second the second shows only by what it changed.
 * Our own writes make a thread newer as well, and it is looked at for each: whether a change whose delivery was lost
 * lies between what we saw and what we wrote, no time can tell.
 */
function isNews(thread: Thread, known: Ticket | null, { since }: Repository): boolean {
  if (!known) return thread.createdAt >= since;
  if (thread.updatedAt !== known.seenAt) return thread.updatedAt > known.seenAt;
  const closed = known.status === "closed";
  return (
    closed !== (thread.state === "closed") || known.ownLabels.some((label) => !thread.labels.includes(label))
  );
}
