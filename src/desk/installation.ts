import type { Delivery } from "../ticket/delivery.ts";
import { scopeKey } from "../ticket/delivery.ts";
import type { InstallationEvent } from "../ticket/event.ts";
import type { Installation } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { newInstallation, newRepository } from "./knowledge.ts";
import { wakeResting } from "./permission.ts";
import { GROUPS, readAnew } from "./roster.ts";

/** Which repositories the desk serves, and whether it may. Installing is the consent, from that moment on. */
export async function followInstallation(
  desk: Desk,
  event: InstallationEvent,
  delivery: Delivery,
): Promise<void> {
  const id = String(event.installationId);
  await welcome(desk, event);
  const mayAgain = event.type === "permissions-changed" || event.type === "unsuspended";
  if (mayAgain) desk.clients.forget(event.installationId);
  const patch = {
    ...(event.account ? { account: event.account } : {}),
    ...changes(event),
    ...(mayAgain ? { permittedAt: desk.now() } : {}),
  };
  const fresh = newInstallation(event.installationId, event.account, delivery.receivedAt);
  // Single fields: tickets and pushes that are worked on at the same time keep the shared settings here.
  await desk.store.revise("installation", id, (known) => ({ ...(known ?? fresh), ...patch }));
  await desk.store.discard([delivery.id]);
  if (mayAgain) await wakeResting(desk);
}

function changes(event: InstallationEvent): Partial<Installation> {
  switch (event.type) {
    case "installed":
      return { since: event.at, gone: false, suspended: false };
    case "suspended":
      return { suspended: true };
    case "unsuspended":
      return { suspended: false };
    case "uninstalled":
      return { gone: true };
    case "repositories-added":
    case "repositories-removed":
    case "permissions-changed":
    case "members-changed":
      return {};
  }
}

/** Repositories that come or go: a new one's cursor starts here; one that comes back starts anew. */
async function welcome(desk: Desk, event: InstallationEvent): Promise<void> {
  if (event.type === "installed" || event.type === "repositories-added") {
    for (const { id, fullName, private: isPrivate } of event.repositories) {
      const where = { installationId: event.installationId, repositoryId: id, repository: fullName };
      if (await meet(desk, { ...where, private: isPrivate, archived: false }, event.at))
        await desk.queue.push(scopeKey("repository", id));
    }
  }
  if (event.type === "repositories-removed") {
    for (const { id } of event.repositories) await desk.store.merge("repository", String(id), { gone: true });
  }
  if (event.type === "uninstalled" || event.type === "members-changed") {
    const theirs = (await desk.store.repositories()).filter(
      (one) => one.installationId === event.installationId,
    );
    const patch = event.type === "uninstalled" ? { gone: true } : { roles: null };
    for (const { id } of theirs) await desk.store.merge("repository", String(id), patch);
  }
  if (event.type === "permissions-changed" || event.type === "members-changed") {
    await readAnew(desk, event.installationId, GROUPS);
  }
}

/**
 * A repository begins, or begins anew, at a moment. One that we met before word of it came, late: its consent is older
 * than our first sight of it. True when it is new to us.
 */
export async function meet(
  desk: Desk,
  where: Parameters<typeof newRepository>[0],
  at: number,
): Promise<boolean> {
  let isNew = false;
  await desk.store.revise("repository", String(where.repositoryId), (known) => {
    isNew = known === null || known.gone;
    if (known === null || known.gone) return newRepository(where, at);
    if (at >= known.since) return null;
    return { ...known, since: at, readUntil: Math.min(known.readUntil, at) };
  });
  return isNew;
}
