import type { Delivery } from "../ticket/delivery.ts";
import { scopeKey } from "../ticket/delivery.ts";
import type { RepositoryEvent } from "../ticket/event.ts";
import type { Repository, SettingsFile } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { tellOfImprovements } from "./improvements.ts";
import { knowInstallation, newRepository, owner } from "./knowledge.ts";
import { renameInExamples } from "./lessons.ts";
import { fileKey } from "./member-sources.ts";
import { recomputeOpenTickets } from "./recompute.ts";
import { readAnew } from "./roster.ts";
import { MARKDOWN } from "./sources.ts";
import { newerFile, readSettingsFile } from "./settings.ts";

/** Keeps our picture of a repository current: what an event makes stale is forgotten, and read when it is next needed. */
export async function followRepository(
  desk: Desk,
  event: RepositoryEvent,
  delivery: Delivery,
): Promise<void> {
  const {
    repositoryId,
    installationId,
    repository: fullName,
    private: isPrivate,
    archived,
  } = event.repository;
  const id = String(repositoryId);
  const known = await desk.store.read("repository", id);
  const before = known ?? newRepository({ ...event.repository, repository: fullName }, delivery.receivedAt);
  const seen = { installationId, fullName, private: isPrivate, archived };
  const told = await changes(desk, event, { ...before, ...seen });
  const stale = Object.keys(told).length > 0 ? { staleAt: desk.now() } : {};
  const patch = { ...seen, ...told, ...stale };
  await shareSettings(desk, event, { ...before, ...patch });
  // Single fields: tickets that are worked on at the same time keep their caches in the same document.
  await desk.store.revise("repository", id, (current) => ({ ...(current ?? before), ...patch }));
  if (changesSettings(event)) {
    await recomputeAll(desk, { ...before, ...patch });
    // They may name other lists of members.
    await desk.queue.push(scopeKey("roster", installationId));
  }
  await readMemberFiles(desk, event, fullName);
  if (event.type === "pushed" && event.defaultBranch) await tellOfImprovements(desk, event);
  await desk.store.discard([delivery.id]);
}

/** Lists of members that a push changed are read again. */
async function readMemberFiles(desk: Desk, event: RepositoryEvent, fullName: string): Promise<void> {
  if (event.type !== "pushed" || !event.defaultBranch) return;
  const { installationId } = event.repository;
  const files = (await desk.store.read("roster", String(installationId)))?.files ?? {};
  const pushed = new Set(event.paths.map((path) => fileKey(fullName, path)));
  for (const key of Object.keys(files)) {
    const here = key.startsWith(`${fullName.toLowerCase()}/`);
    if (pushed.has(key) || (here && event.truncated)) await readAnew(desk, installationId, key);
  }
}

async function changes(desk: Desk, event: RepositoryEvent, known: Repository): Promise<Partial<Repository>> {
  switch (event.type) {
    case "pushed":
      return pushed(desk, event, known);
    case "label-renamed":
      await renameInExamples(desk, known.id, event.from, event.to);
      return { labels: null };
    case "labels-changed":
    case "label-deleted":
      return { labels: null };
    case "members-changed":
      return { roles: null };
    case "repository-deleted":
      return { gone: true };
    case "repository-changed":
      return {};
  }
}

const touches = (event: RepositoryEvent & { type: "pushed" }, pattern: RegExp) =>
  event.truncated || event.paths.some((path) => pattern.test(path));

async function pushed(
  desk: Desk,
  event: RepositoryEvent & { type: "pushed" },
  known: Repository,
): Promise<Partial<Repository>> {
  if (!event.defaultBranch) return {};
  const stale: Partial<Repository> = {};
  if (touches(event, MARKDOWN)) stale.articlesChangedAt = desk.now();
  if (touches(event, /^\.github\/ISSUE_TEMPLATE\//i)) stale.forms = null;
  if (touches(event, /(?:^|\/)SECURITY\.md$/i)) stale.security = null;
  if (touches(event, /^\.github\/frontdesk\.yml$/)) {
    stale.settings = await readSettingsFile(
      desk,
      known.installationId,
      known.fullName,
      known.private,
      known.settings ?? (await sharedBefore(desk, known)),
    );
  }
  return stale;
}

/** Which of the installation's settings a repository holds, by its name. */
function sharedBy({ fullName }: Repository): "organisationSettings" | "privateSettings" | null {
  const name = fullName.split("/")[1];
  if (name === ".github") return "organisationSettings";
  return name === ".github-private" ? "privateSettings" : null;
}

/** What the installation knows of this repository's file already: it was read for the others, not for itself. */
async function sharedBefore(desk: Desk, repository: Repository): Promise<SettingsFile | null> {
  const shared = sharedBy(repository);
  const installation = shared && (await desk.store.read("installation", String(repository.installationId)));
  return installation ? installation[shared] : null;
}

/** What happens to `OWNER/.github` or `OWNER/.github-private` changes the settings of every repository it serves. */
async function shareSettings(desk: Desk, event: RepositoryEvent, document: Repository): Promise<void> {
  const shared = sharedBy(document);
  if (!shared || !changesSettings(event)) return;
  const { installationId, fullName, gone } = document;
  const installation = await knowInstallation(desk, installationId, owner(fullName));
  const hidden = shared === "privateSettings";
  // What the public can read by now is not private any more.
  const file =
    gone || (hidden && !document.private)
      ? { sha: null, lastGood: null, broken: null, readAt: desk.now() }
      : await readSettingsFile(desk, installationId, fullName, hidden, installation[shared]);
  await desk.store.revise(
    "installation",
    String(installationId),
    (current) => current && { ...current, [shared]: newerFile(current[shared], file) },
  );
}

function changesSettings(event: RepositoryEvent): boolean {
  if (event.type === "pushed") return event.defaultBranch && touches(event, /^\.github\/frontdesk\.yml$/);
  return event.type === "repository-changed" || event.type === "repository-deleted";
}

/** Promises and deadlines of open tickets follow the settings: also those of other repositories that a shared file serves. */
async function recomputeAll(desk: Desk, changed: Repository): Promise<void> {
  const shared = sharedBy(changed) !== null;
  const theirs = shared
    ? (await desk.store.repositories()).filter(
        ({ installationId }) => installationId === changed.installationId,
      )
    : [changed];
  for (const { id, gone } of theirs) if (!gone) await recomputeOpenTickets(desk, id);
}
