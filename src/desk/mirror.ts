import { randomUUID } from "node:crypto";
import { BACKGROUND } from "../github/client.ts";
import { createIssue, editIssue, findOwnIssue } from "../github/issues.ts";
import { readRepository } from "../github/repositories.ts";
import { marker } from "../messages/marker.ts";
import type { Action } from "../ticket/action.ts";
import { parseScopeKey, type ScopeKey, scopeKey } from "../ticket/delivery.ts";
import type { Mirror } from "../ticket/mirror.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./digest.ts";
import type { Done } from "./outcome.ts";
import { effectiveSettings } from "./settings.ts";

/** The name under which what a mirror is to say waits in the inbox beside GitHub's deliveries. */
const MIRRORED = "frontdesk.mirrored";

type Wish = Pick<Action & { type: "mirror" }, "title" | "body" | "open">;

/**
 * Hands what a ticket's private mirror is to say to the mirror's own worker: GitHub's limits and faults on private work
 * hold up nothing that the public sees.
 */
export async function handToMirror(
  desk: Desk,
  { key }: Ticket,
  { title, body, open }: Action & { type: "mirror" },
): Promise<Done<Ticket>> {
  const wish: Wish = { title, body, open };
  const known = await desk.store.read("mirror", key);
  if (known ? isSo(known, wish) : !open)
    return { outcome: { type: "skipped", reason: "it says so already" } };
  const scope = scopeKey("mirror", key);
  const payload = JSON.stringify(wish);
  await desk.store.receive({ id: randomUUID(), event: MIRRORED, scope, payload, receivedAt: desk.now() });
  await desk.queue.push(scope);
  return { outcome: { type: "done" } };
}

const isSo = ({ digest, open, number }: Mirror, wish: Wish) =>
  number !== null && digest === digestOf(wish.body) && open === wish.open;

/** Opens, edits or closes a mirror, as the newest wish says: what is older has been overtaken. */
export async function workMirror(desk: Desk, scope: ScopeKey): Promise<void> {
  const [, key] = parseScopeKey(scope);
  const deliveries = await desk.store.pending(scope);
  const newest = deliveries.at(-1);
  if (!newest) return;
  const wish = JSON.parse(newest.payload) as Wish;
  const done = deliveries.map(({ id }) => id);
  const ticket = await desk.store.read("ticket", key);
  const home = ticket && (await supportOf(desk, ticket));
  if (!ticket || !home) return desk.store.discard(done);
  const known = await desk.store.read("mirror", key);
  const document = await bringInLine(desk, ticket, known, home, wish);
  if (!document) return desk.store.discard(done);
  await desk.store.commit({ scope: "mirror", id: key, document, deliveries: done });
  desk.log.info({ ticket: key, open: document.open }, "mirrored");
}

/** The private support repository; null: there is none, or it turns out to be public. */
async function supportOf(desk: Desk, ticket: Ticket): Promise<string | null> {
  const repository = await desk.store.read("repository", String(ticket.repositoryId));
  const support = repository && (await effectiveSettings(desk, repository)).support.repository;
  if (!support) return null;
  const octokit = await desk.clients.installation(ticket.installationId, BACKGROUND);
  if ((await readRepository(octokit, support))?.private) return support;
  desk.log.warn({ support }, "no mirrors: the support repository is not a private one that we can see");
  return null;
}

async function bringInLine(
  desk: Desk,
  { key, installationId }: Ticket,
  known: Mirror | null,
  repository: string,
  { title, body, open }: Wish,
): Promise<Mirror | null> {
  const octokit = await desk.clients.installation(installationId, BACKGROUND);
  const mirror = { repository, digest: digestOf(body), open };
  const here = known?.repository === repository ? known : null;
  // A try whose answer was lost left a document without a number.
  const tried = here !== null && here.number === null;
  const there = tried ? await findOwnIssue(octokit, repository, marker(`mirror:${key}`), desk.self) : here;
  if (there?.number) {
    const state = open ? "open" : "closed";
    const edited = await editIssue(octokit, repository, there.number, { title, body, state });
    // One that people deleted is not opened again.
    return edited === "gone" && !open ? null : { ...mirror, number: there.number };
  }
  if (!open) return null;
  await desk.store.commit({ scope: "mirror", id: key, document: { ...mirror, number: null } });
  const { number } = await createIssue(octokit, repository, { title, body });
  return { ...mirror, number };
}
